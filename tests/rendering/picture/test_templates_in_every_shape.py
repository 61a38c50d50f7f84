"""Two frames of each template in each shape, drawn from the sample photos and held against stored ones."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pytest

from local.samples import list_sample_photos
from reelwright.generation.composing.draw_layout import draw_layout
from reelwright.generation.composing.scene import Scene
from reelwright.generation.composing.shapes import layout_for
from reelwright.generation.composing.studio import Studio
from reelwright.generation.plan import PlannedMedia
from reelwright.media.analysis import MediaAnalysis
from reelwright.media.media import MediaFacts
from reelwright.reels.reel import SHAPES, Canvas, Clip, CutReason, MediaReference, Reel, Shape, Track
from reelwright.reels.scale_reel import scale_reel
from reelwright.reels.template import TextSource, find_template
from reelwright.rendering.compose import Composer
from reelwright.rendering.planes import to_bgr

SIDE = 270
AT_FRAME, SECONDS = 54, Fraction(3)
PHOTOS = {"tall": "pexels-6963788.jpg", "plant": "pexels-36179987.jpg", "wide": "pexels-6963783.jpg", "dark": "pexels-1317558.jpg"}
SIZES = {"tall": (1920, 2880), "plant": (1920, 2560), "wide": (1920, 1280), "dark": (1920, 2880)}


class Case(NamedTuple):
    """A layout of a template, the photos it shows and its words."""

    template: str
    layout: str
    photos: tuple[str, ...]
    texts: dict[TextSource, str]


CASES = (
    Case("editorial", "cover", ("dark",), {"title": "Autumn", "masthead": "Autumn", "after": "before the snow", "date": "October 2026"}),
    Case("editorial", "spread", ("plant", "tall"), {"title": "small things"}),
    Case("editorial", "duo", ("wide", "plant"), {"running": "Autumn in the mountains", "folio": "2/5"}),
    Case("hype", "slab", ("dark",), {"title": "Stop scrolling, watch this", "line_1": "Stop", "line_2": "scrolling", "line_3": "watch this"}),
    Case("hype", "card_slab_captioned", ("wide",), {"title": "Stop scrolling, watch this", "line_1": "Stop", "line_2": "scrolling", "line_3": "watch this"}),
    Case("hype", "card_title_body", ("plant",), {"title": "Nobody slept"}),
    Case("soft", "arch", ("plant",), {"title": "slow mornings"}),
    Case("soft", "duo", ("plant", "tall"), {"title": "little rituals"}),
    Case("retro", "marker", ("dark",), {"title": "The summer we stayed", "taken": "OCT 14 '26", "frame": "→ 11A"}),
    Case("retro", "contact", ("wide", "dark"), {"running": "The summer we stayed", "frame": "→ 12A"}),
    Case("minimal", "product", ("plant",), {"title": "One cup. Six hours.", "line_1": "One cup.", "line_2": "Six hours."}),
    Case("minimal", "number", ("tall",), {"figure": "12 kg", "label": "of solid oak"}),
    Case("travel", "arrival", ("dark",), {"head": "9 days", "tail": "of getting lost", "date": "September 2026"}),
    Case("travel", "map", ("plant",), {"title": "3 places, 9 days", "places": "Lisbon\nPorto\nBraga"}),
    Case("countdown", "list_title", ("plant",), {"title": "3 things that make any room", "lead": "3 things that make", "tag": "any room better"}),
    Case("countdown", "item", ("tall",), {"number": "2", "item": "cups you reuse", "chapter": "cups you reuse", "title": "cups you reuse"}),
    Case("quote", "spoken", ("dark",), {"title": "We do not remember days, we remember moments.", "author": "Nora Lind, notebook"}),
    Case("quote", "strips_two", ("wide", "dark"), {"echo": "We do not remember days"}),
)


def planned(name: str) -> PlannedMedia:
    width, height = SIZES[name]
    facts = MediaFacts(kind="photo", container="jpeg", width=width, height=height)
    return PlannedMedia(media_id=name, file_name=PHOTOS[name], facts=facts, analysis=MediaAnalysis(luma_median=0.42, luma_mean=0.42))


def draw(case: Case, shape: Shape) -> np.ndarray:
    """The frame at 1.8 s, 270 px on its short side (height, width, 3), BGR."""
    paths = {path.name: path for path in list_sample_photos()}
    references = {name: MediaReference(kind="photo", file=PHOTOS[name], width=SIZES[name][0], height=SIZES[name][1]) for name in case.photos}
    template = find_template(case.template)
    studio = Studio(template, {name: planned(name) for name in case.photos}, references, 1, shape=shape)
    scene = Scene(1, case.photos, case.texts, float(SECONDS), emphasis=("remember", "moments"))
    drawn = draw_layout(studio, scene, layout_for(template, case.layout, shape), take=False)
    assert drawn.fits, "all words fit"
    clip = Clip(id="shot", start=Fraction(0), duration=SECONDS, layers=drawn.layers, cut=CutReason(on="start"))
    width, height = SHAPES[shape]
    reel = Reel(
        template=case.template,
        canvas=Canvas(width=width, height=height),
        look=template.look,
        background=template.theme.background,
        media=references,
        tracks=(Track(clips=(clip,)),),
    )
    files: dict[str, Path] = {PHOTOS[name]: paths[PHOTOS[name]] for name in case.photos}
    with Composer(scale_reel(reel, 2 * round(width * SIDE / min(width, height) / 2)), files) as composer:
        return to_bgr(composer.frame(AT_FRAME))


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.template}_{case.layout}")
def test_a_template_looks_designed_in_every_shape(case: Case, shape: Shape, check_golden: Callable[[str, np.ndarray], None]) -> None:
    picture = draw(case, shape)
    assert min(picture.shape[:2]) == SIDE
    check_golden(f"template_{case.template}_{case.layout}_{shape.replace(':', 'x')}", picture)
