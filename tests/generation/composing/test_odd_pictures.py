from __future__ import annotations

from itertools import pairwise

import pytest

from reelwright.generation.compose_reel import explain_composition
from reelwright.generation.composing.mount_small import MAX_ENLARGEMENT, mount_small
from reelwright.generation.composing.moves import Look, make_motion, move_of
from reelwright.generation.plan import PlannedMedia
from reelwright.media.analysis import Box
from reelwright.reels.geometry import Size, enlargement
from reelwright.reels.reel import Clip, Picture, Rect
from reelwright.reels.template import TEMPLATES, PictureSlot, find_template
from tests.generation.composing.made_elements import compose
from tests.generation.planning.brief_material import make_photo

SLOT = PictureSlot(name="photo", rect=Rect(x=72, y=336, width=1008, height=1584))
TINY = Size(160, 120)


def changed(number: int, **facts: object) -> PlannedMedia:
    photo = make_photo(number)
    return photo.model_copy(update={"analysis": photo.analysis.model_copy(update=facts)})


def pictures(clip: Clip) -> list[Picture]:
    return [layer for layer in clip.layers if isinstance(layer, Picture) and not layer.blur]


def test_a_tiny_picture_becomes_a_small_print_in_its_own_proportions() -> None:
    mounted = mount_small(SLOT, TINY, "page", 1.05)
    assert enlargement(TINY, mounted.rect, 1.05) <= MAX_ENLARGEMENT
    assert mounted.rect.width / mounted.rect.height == pytest.approx(4 / 3, rel=0.02)
    assert mounted.rect.x + mounted.rect.width / 2 == pytest.approx(SLOT.rect.x + SLOT.rect.width / 2, abs=2)
    assert mounted.shadow is not None


@pytest.mark.parametrize(("size", "family"), [((160, 120), "full"), ((1200, 900), "page")])
def test_pictures_with_pixels_enough_and_those_with_nothing_under_them_fill_their_hole(size: tuple[int, int], family: str) -> None:
    assert mount_small(SLOT, Size(*size), family, 1.05) == SLOT  # type: ignore[arg-type]


@pytest.mark.parametrize("template", TEMPLATES)
def test_a_tiny_picture_is_never_blown_up_over_the_whole_canvas(template: str) -> None:
    _, reel = compose((make_photo(0, size=TINY), *(make_photo(number) for number in range(1, 5))), template=template, seconds=15)
    shown = [picture for clip in reel.tracks[0].clips[1:-1] for picture in pictures(clip) if picture.media_id == "media_0"]
    assert all(enlargement(TINY, picture.rect) <= 9.0 for picture in shown)


@pytest.mark.parametrize("template", ["editorial", "soft", "travel", "minimal", "quote"])
def test_a_picture_of_one_colour_never_fills_the_canvas_alone(template: str) -> None:
    media = (*(make_photo(number) for number in range(4)), changed(4, sharpness=0.0, luma_mean=0.5, luma_median=0.5))
    _, reel = compose(media, template=template, seconds=15)
    for clip in reel.tracks[0].clips[1:-1]:
        covering = [picture for picture in pictures(clip) if picture.rect.width == 1080 and picture.rect.height == 1920]
        assert all(picture.media_id != "media_4" for picture in covering)


def test_a_white_picture_is_dimmed_beside_light_paper() -> None:
    assert find_template("soft").theme.background > "#F00000"
    media = (changed(0, luma_mean=0.95, luma_median=0.96), changed(1, luma_mean=0.5, luma_median=0.5))
    _, reel = compose(media, template="soft", seconds=12)
    shown = [picture for clip in reel.tracks[0].clips for picture in pictures(clip)]
    assert {picture.brightness < 1 for picture in shown if picture.media_id == "media_0"} == {True}
    assert {picture.brightness for picture in shown if picture.media_id == "media_1"} == {1.0}


def test_of_a_panorama_another_part_is_seen_each_time() -> None:
    _, reel = compose((make_photo(0, size=(4800, 960)),), "Three quiet rooms in Leipzig: the window, the chair, the lamp", template="hype", seconds=8)
    centres = [round(picture.motion.end.x, 1) for clip in reel.tracks[0].clips for picture in pictures(clip)]
    assert len(set(centres)) >= 3


def test_a_picture_of_a_thing_that_comes_again_closer_still_shows_the_thing() -> None:
    rect, flower = Rect(x=70, y=500, width=640, height=800), Box(x=0.26, y=0.2, width=0.44, height=0.65)
    analysis = make_photo(0).analysis.model_copy(update={"subject": flower, "subject_strength": 1.0, "faces": ()})
    look = Look(Size(640, 427), rect, analysis, seconds=2.0, closer=1.5, turn=1)
    motion = make_motion(look, "in", find_template("soft").camera, 0.0)
    assert 0.4 <= motion.end.x <= 0.56


def test_a_small_panorama_is_mounted_wide() -> None:
    mounted = mount_small(SLOT, Size(1200, 240), "page", 1.05)
    assert mounted.rect.width / mounted.rect.height == pytest.approx(16 / 9, rel=0.02)


def test_a_picture_of_one_colour_gives_way_to_others_and_is_told() -> None:
    media = (*(make_photo(number) for number in range(4)), changed(4, sharpness=0.0, luma_mean=1.0, luma_median=1.0))
    plan, reel = compose(media, template="soft", seconds=20)
    assert "media_4" not in reel.media
    if any(media_id == "media_4" for beat in plan.beats for media_id in beat.media_ids):
        assert any("one colour" in note for note in explain_composition(plan, reel))


def test_where_there_is_nothing_but_one_colour_its_stillness_is_declared() -> None:
    _, reel = compose((changed(0, sharpness=0.0, luma_mean=1.0, luma_median=1.0),), template="countdown", seconds=8)
    assert {one.kind for one in reel.declarations} == {"still"}


def test_a_picture_that_is_nearly_black_is_lightened_until_it_is_seen() -> None:
    _, reel = compose((changed(0, luma_mean=0.04, luma_median=0.04),), template="editorial", seconds=8)
    assert all(picture.exposure == 2.0 for clip in reel.tracks[0].clips for picture in pictures(clip))


def test_the_larger_picture_beside_a_mounted_one_makes_another_move_than_the_shot_before() -> None:
    media = (make_photo(0, size=TINY), *(make_photo(number) for number in range(1, 4)))
    for seed in range(6):
        _, reel = compose(media, template="hype", seconds=20, seed=seed)
        shots = (pictures(clip) for clip in reel.tracks[0].clips)
        largest = [max(shown, key=lambda one: one.rect.width * one.rect.height) for shown in shots if shown]
        moves = [move_of(picture.motion) for picture in largest[: -1 if reel.is_loop else None]]
        assert all(one != other for one, other in pairwise(moves)), (seed, moves)


def test_a_small_clip_of_a_usual_shape_is_no_panorama() -> None:
    mounted = mount_small(SLOT, Size(720, 404), "page", 1.05)
    assert mounted.rect.height > mounted.rect.width
