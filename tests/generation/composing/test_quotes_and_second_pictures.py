"""A short quote stands whole on the opener, and no page shows one photo twice while the reel has another."""

from __future__ import annotations

import pytest

from reelwright.generation.composing.gather_quote import MAX_CHARACTERS, gather_quote
from reelwright.generation.composing.scene import Scene
from reelwright.generation.composing.spare_pictures import name_others
from reelwright.reels.reel import Picture, Reel, Text
from tests.generation.composing.made_elements import SCRIPT, compose
from tests.generation.planning.brief_material import make_clip, make_photo

QUOTE = "We do not remember days, we remember moments."


def quoted(prompt: str, count: int = 4) -> Reel:
    media = tuple(make_photo(place, size=(2880, 1920)) for place in range(count))
    return compose(media, prompt, seconds=13, template="quote", handle="@one.line.a.day")[1]


def words_of(reel: Reel) -> list[str]:
    return [" ".join(layer.text for layer in clip.layers if isinstance(layer, Text)) for clip in reel.tracks[0].clips]


def test_a_short_quote_stands_whole_on_the_opener_and_its_author_once() -> None:
    words = words_of(quoted(f"“{QUOTE}” by Cesare Pavese"))
    assert words[0] == f"{QUOTE} —— Cesare Pavese"
    assert sum("Pavese" in text for text in words) == 1


def test_the_author_can_be_read_before_the_quote_goes() -> None:
    assert float(quoted(f"“{QUOTE}” by Cesare Pavese").tracks[0].clips[0].duration) > 3.5


def test_a_quote_over_a_single_photo_is_left_as_long_as_it_is() -> None:
    assert words_of(quoted(f"“{QUOTE}” by Cesare Pavese", 1))[0].startswith(QUOTE)


def test_the_last_words_of_its_parts_are_set_apart() -> None:
    opener = quoted(f"“{QUOTE}” by Cesare Pavese").tracks[0].clips[0]
    apart = [layer.text.split()[place] for layer in opener.layers if isinstance(layer, Text) for place in layer.emphasised]
    assert apart == ["days,", "moments.", "——"]


def test_a_long_quote_goes_on_from_card_to_card_and_its_author_comes_last() -> None:
    long = "We do not remember days, we remember moments, and the moments remember us, even when we have long gone home."
    assert len(long) > MAX_CHARACTERS
    words = words_of(quoted(f"“{long}” by Cesare Pavese", 6))
    assert "gone home" not in words[0]
    assert "Pavese" not in words[0]
    assert sum("Pavese" in text for text in words) <= 1


def test_other_templates_keep_their_cards() -> None:
    plan, _ = compose((make_photo(0), make_photo(1)), template="soft")
    assert gather_quote(plan) is plan


@pytest.mark.parametrize("template", ["soft", "travel", "quote"])
def test_no_page_shows_one_photo_twice_while_the_reel_has_others(template: str) -> None:
    media = tuple(make_photo(place, size=(2880, 1920)) for place in range(6))
    reel = compose(media, script=SCRIPT, template=template, seconds=25)[1]
    for clip in reel.tracks[0].clips:
        sharp = [layer.media_id for layer in clip.layers if isinstance(layer, Picture) and layer.blur == 0 and layer.mask != "circle"]
        assert len(sharp) == len(set(sharp)), clip.id


def test_what_may_stand_beside_is_unshown_or_far_away_and_no_clip() -> None:
    media = {item.media_id: item for item in (*(make_photo(place) for place in range(5)), make_clip(9, 6.0))}
    ids = [*media]
    scenes = [Scene(place, (media_id,), {}, 2.0) for place, media_id in enumerate((*ids[:4], ids[5]))]
    named = name_others(scenes, [ids[4]], media)
    assert named[0].others[0] == ids[4]
    assert not set(named[1].others) & {ids[0], ids[1], ids[2], ids[5]}
    assert not named[0].is_alone


def test_a_single_photo_has_nothing_to_stand_beside_it() -> None:
    photo = make_photo(0)
    (only,) = name_others([Scene(0, (photo.media_id,), {}, 2.0)], (), {photo.media_id: photo})
    assert only.is_alone
    assert only.others == ()


@pytest.mark.parametrize(("template", "is_dimmed"), [("quote", True), ("soft", False)])
def test_a_nearly_white_photo_is_dimmed_where_the_template_is_dark(template: str, is_dimmed: bool) -> None:
    pale = make_photo(1, size=(1920, 2880))
    pale = pale.model_copy(update={"analysis": pale.analysis.model_copy(update={"luma_median": 0.9, "luma_mean": 0.9})})
    reel = compose((make_photo(0, size=(1920, 2880)), pale), template=template)[1]
    shown = [layer for clip in reel.tracks[0].clips[1:-1] for layer in clip.layers if isinstance(layer, Picture) and layer.media_id == pale.media_id]
    assert shown
    assert all((layer.brightness < 0.9) == is_dimmed for layer in shown)


def test_of_two_pictures_the_other_one_stands_beside_though_it_was_just_seen() -> None:
    photos = [make_photo(0), make_photo(1)]
    media = {photo.media_id: photo for photo in photos}
    scenes = [Scene(number, (photos[number % 2].media_id,), {}, 2.0) for number in range(4)]
    named = name_others(scenes, (), media)
    assert [scene.others for scene in named] == [(photos[(number + 1) % 2].media_id,) for number in range(4)]
