from __future__ import annotations

from itertools import pairwise

import pytest

from reelwright.generation.composing.arrange import Arrangement
from reelwright.generation.composing.draw_layout import draw_layout
from reelwright.generation.composing.overlays import _colour_over
from reelwright.generation.composing.scene import Scene
from reelwright.generation.composing.shapes import layout_for
from reelwright.generation.composing.studio import Studio
from reelwright.generation.plan import PlannedMedia
from reelwright.media.analysis import Box
from reelwright.reels.geometry import Area
from reelwright.reels.reel import Fill, Picture, Reel, Text
from reelwright.reels.template import find_template
from tests.generation.composing.made_elements import compose, make_references
from tests.generation.planning.brief_material import make_photo

SMALL = (640, 427)


def loud_reel() -> Reel:
    media = tuple(make_photo(at, size=SMALL, seed=at) for at in range(6))
    return compose(media, "Stop scrolling, watch this", seconds=12, template="hype", bpm=132.0)[1]


def draw(name: str, *photos: PlannedMedia) -> tuple[Studio, Arrangement]:
    template = find_template("hype")
    studio = Studio(template, {photo.media_id: photo for photo in photos}, make_references(photos), 1)
    scene = Scene(1, tuple(photo.media_id for photo in photos), {}, 1.0)
    return studio, draw_layout(studio, scene, layout_for(template, name, "9:16"), take=False)


def bar_over(studio: Studio, drawn: Arrangement) -> str | None:
    part = studio.template.progress
    assert part is not None
    return _colour_over(part, studio, drawn)


def test_small_photos_of_a_loud_reel_stand_on_colour_and_never_on_a_blurred_copy() -> None:
    for clip in loud_reel().tracks[0].clips:
        assert not [layer for layer in clip.layers if isinstance(layer, Picture) and layer.blur]


def test_grounds_of_a_loud_reel_alternate_from_card_to_card() -> None:
    theme = find_template("hype").theme
    assert {theme.colour("panel", turn) for turn in range(4)} == {theme.accent, theme.second}
    assert all(theme.colour("panel", turn) != theme.colour("panel", later) for turn, later in pairwise(range(4)))


def test_the_headline_over_a_small_photo_stands_in_boxes_with_one_tilted_tag() -> None:
    opener = loud_reel().tracks[0].clips[0]
    lines = [layer for layer in opener.layers if isinstance(layer, Text)]
    assert len(lines) > 1
    assert " ".join(line.text for line in lines).startswith("STOP SCROLLING")
    assert [line.box is not None and line.rotation != 0 for line in lines] == [number == 1 for number in range(len(lines))]
    assert isinstance(opener.layers[0], Fill)


@pytest.mark.parametrize("top", [0.05, 0.5])
def test_the_bar_is_left_out_only_where_it_would_strike_out_a_face(top: float) -> None:
    studio, drawn = draw("full", make_photo(0, size=(1080, 1920)))
    face = Area(400, 1920 * top, 680, 1920 * top + 400)
    assert (bar_over(studio, _with_face(drawn, face)) is None) == (top < 0.15)


def test_the_bar_is_left_out_over_the_subject_of_one_of_several_pictures() -> None:
    first, second = make_photo(0, size=(1080, 960)), make_photo(1, size=(1080, 960))
    about = first.analysis.model_copy(update={"subject": Box(x=0.2, y=0.1, width=0.6, height=0.8), "subject_strength": 0.6})
    calm = first.analysis.model_copy(update={"subject": None, "subject_strength": 0.0})
    assert bar_over(*draw("duo", first.model_copy(update={"analysis": about}), second)) is None
    assert bar_over(*draw("duo", first.model_copy(update={"analysis": calm}), second)) is not None


def _with_face(drawn: Arrangement, face: Area) -> Arrangement:
    return Arrangement(drawn.layout, drawn.layers, (face,), drawn.texts, drawn.pictures, drawn.moves)
