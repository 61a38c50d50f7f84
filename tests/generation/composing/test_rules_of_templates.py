from __future__ import annotations

import random
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

import pytest

from reelwright.generation.plan import Plan, PlannedMedia
from reelwright.reels.geometry import Size, area_of, place_box, visible_faces
from reelwright.reels.reel import LOUD_TRANSITIONS, SHAPES, Clip, Picture, Reel, Text
from reelwright.reels.template import TEMPLATES, find_template
from reelwright.reels.type_fit import measure
from tests.generation.composing.made_elements import SCRIPT, compose
from tests.generation.planning.brief_material import make_clip, make_photo

PROMPTS = (
    "3 things that make any room feel expensive: one loud flower, cups you reuse, a cat who judges.",
    "Ember chair: solid oak, hand oiled, 12 kg, made in 14 days.",
    "Our harbour",
    "We built this room in nine days and then nobody slept for a week.",
)
SIZES = ((1920, 2880), (2880, 1920), (1600, 1600), (4000, 1500), (640, 427))


@cache
def made(template: str, number: int) -> tuple[Plan, Reel, tuple[PlannedMedia, ...]]:
    """One of many reels: material, words and length are drawn by the number."""
    chance = random.Random(number)
    count = chance.choice((1, 2, 3, 5, 8, 12))
    photos = [make_photo(at, size=chance.choice(SIZES), faces=chance.choice((0, 0, 0, 1)), seed=at + number) for at in range(count)]
    media = tuple(make_clip(at, 8.0) if count > 2 and at % 4 == 3 else photo for at, photo in enumerate(photos))
    script = SCRIPT if number % 3 == 0 else ""
    bpm = find_template(template).bpm
    plan, reel = compose(media, PROMPTS[number % len(PROMPTS)], script, seconds=chance.choice((8, 15, 30, 60)), seed=number, template=template, bpm=bpm)
    return plan, reel, media


CASES = [(template, number) for template in TEMPLATES for number in range(8)]


def clips(reel: Reel) -> tuple[Clip, ...]:
    return reel.tracks[0].clips


def texts(clip: Clip) -> list[Text]:
    return [layer for layer in clip.layers if isinstance(layer, Text)]


def pictures(clip: Clip) -> list[Picture]:
    return [layer for layer in clip.layers if isinstance(layer, Picture) and layer.blur == 0]


def events(reel: Reel) -> Iterator[float]:
    """When something new is seen: cuts, entries of layers, steps and pushes of the camera, captions."""
    for clip in clips(reel):
        yield float(clip.start)
        for layer in clip.layers:
            yield float(clip.start + max(layer.start + layer.entry.start, 0)) if layer.entry.kind != "none" else float(clip.start)
            if isinstance(layer, Picture):
                yield from (float(clip.start + step.at) for step in layer.motion.steps)
                yield from (float(clip.start + pulse.at) for pulse in layer.motion.pulses)
    yield from (float(chunk.start) for chunk in reel.captions.chunks)


@pytest.mark.parametrize(("template", "number"), CASES)
def test_loud_joins_are_few_and_never_close_together(template: str, number: int) -> None:
    _, reel, _ = made(template, number)
    joins = [clip.transition for clip in clips(reel)]
    assert joins[0].kind == "cut"
    kinds = {join.kind for join in joins} - {"cut", "beat_cut"}
    assert len(kinds) <= 3
    loud = [place for place, join in enumerate(joins) if join.kind in LOUD_TRANSITIONS]
    assert len(loud) <= max(1, find_template(template).pacing.loud_share * (len(joins) - 1))
    assert all(later - earlier >= 3 for earlier, later in pairwise(loud))


@pytest.mark.parametrize(("template", "number"), CASES)
def test_most_joins_of_a_template_that_cuts_are_cuts(template: str, number: int) -> None:
    _, reel, _ = made(template, number)
    joins = [clip.transition for clip in clips(reel)[1:]]
    seen = [join for join in joins if join.kind not in {"cut", "beat_cut"}]
    assert len(seen) <= max(1, (1 - find_template(template).pacing.plain_cut_share) * len(joins) + 0.5)


@pytest.mark.parametrize("template", TEMPLATES)
def test_at_least_three_shots_in_ten_are_no_plain_full_picture(template: str) -> None:
    shots = [clip for number in range(8) for clip in clips(made(template, number)[1])]
    canvas = SHAPES["9:16"]
    plain = [clip for clip in shots if len(pictures(clip)) == 1 and pictures(clip)[0].rect.height >= canvas[1] and pictures(clip)[0].rect.width >= canvas[0]]
    assert len(plain) <= 0.7 * len(shots)


@pytest.mark.parametrize(("template", "number"), CASES)
def test_type_keeps_clear_of_the_platforms_and_of_its_own_edges(template: str, number: int) -> None:
    _, reel, _ = made(template, number)
    for clip in clips(reel):
        for text in texts(clip):
            assert text.y <= 1300
            width = measure(text.text, text.font, text.size, text.tracking / text.size)
            assert text.max_width is None or width <= 1.02 * text.max_width
            left = text.x - {"left": 0.0, "centre": 0.5, "right": 1.0}[text.align] * width
            assert left >= 40
            assert left + width <= 1040


@pytest.mark.parametrize(("template", "number"), CASES)
def test_the_hook_can_be_read_whole_on_the_first_frames(template: str, number: int) -> None:
    plan, reel, _ = made(template, number)
    shown = " ".join(text.text for text in texts(clips(reel)[0])).casefold()
    for word in plan.hook.casefold().replace(",", " ").replace(".", " ").split():
        assert word.strip("“”\"'!?:;") in shown
    settled = [text.entry.start + text.entry.duration for text in texts(clips(reel)[0]) if text.size >= 84 and text.entry.kind != "light_up"]
    assert min(settled, default=0) <= 0.2


@pytest.mark.parametrize(("template", "number"), CASES)
def test_something_new_is_seen_often_enough(template: str, number: int) -> None:
    _, reel, _ = made(template, number)
    times = sorted(events(reel))
    limit = max(find_template(template).pacing.event_seconds, find_template(template).pacing.max_seconds)
    late = [later - earlier for earlier, later in pairwise(times) if later - earlier > limit + 0.4]
    assert not late


@pytest.mark.parametrize("template", TEMPLATES)
def test_three_shots_in_a_row_are_hardly_ever_of_one_length(template: str) -> None:
    threes = equal = 0
    for number in range(8):
        lengths = [clip.duration for clip in clips(made(template, number)[1])]
        threes += max(0, len(lengths) - 2)
        equal += sum(max(lengths[at : at + 3]) - min(lengths[at : at + 3]) <= 1 / 30 for at in range(len(lengths) - 2))
    assert equal <= 0.06 * threes


@pytest.mark.parametrize("template", TEMPLATES)
def test_titles_stand_beside_faces(template: str) -> None:
    shots = covered = 0
    for number in range(8):
        _, reel, media = made(template, number)
        known = {item.media_id: item for item in media}
        shots += len(clips(reel))
        covered += sum(_covers_a_face(clip, known) for clip in clips(reel))
    assert covered <= 0.05 * shots


def _covers_a_face(clip: Clip, media: dict[str, PlannedMedia]) -> bool:
    for picture in pictures(clip):
        item = media[picture.media_id]
        views = [picture.motion.start, picture.motion.end]
        faces = visible_faces(item.analysis.faces, Size(item.facts.width, item.facts.height), picture.rect, views)
        for text in texts(clip):
            width = measure(text.text, text.font, text.size, text.tracking / text.size)
            left = text.x - {"left": 0.0, "centre": 0.5, "right": 1.0}[text.align] * width
            area = area_of(picture.rect)._replace(left=left, right=left + width, top=text.y - 0.7 * text.size, bottom=text.y)
            if any(face.overlap(area) > 0 for face in faces):
                return True
    return False


def test_faces_are_where_eyes_rest() -> None:
    photo = make_photo(0, size=(1920, 2880), faces=1, seed=3)
    _, reel = compose((photo,), "Our harbour", seconds=8)
    for clip in clips(reel):
        for picture in pictures(clip):
            face = place_box(photo.analysis.faces[0], Size(1920, 2880), picture.rect, picture.motion.end)
            assert face.top >= picture.rect.y
