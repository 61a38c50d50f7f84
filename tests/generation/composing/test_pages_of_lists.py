from __future__ import annotations

import pytest

from reelwright.generation.plan import Plan
from reelwright.reels.reel import Clip, Fill, Picture, Reel, Text
from tests.generation.composing.made_elements import compose
from tests.generation.planning.brief_material import make_photo

PHOTOS = tuple(make_photo(number, seed=3, size=(3000, 3400)) for number in range(3))
SCRIPT = (
    "Three things that make any room feel expensive. Number one, one loud flower. Number two, cups you reuse. Number three, a cat who judges. Which one first?"
)
LABELS = {"1": "One loud flower", "2": "Cups you reuse", "3": "A cat who judges"}


@pytest.fixture(scope="module", params=[0, 1, 2, 3])
def made(request: pytest.FixtureRequest) -> tuple[Plan, Reel]:
    return compose(
        PHOTOS, "3 things that make any room feel expensive", SCRIPT, seconds=12, handle="@rooms", seed=request.param, template="countdown", bpm=122.0
    )


def words_of(clip: Clip) -> list[str]:
    return [layer.text for layer in clip.layers if isinstance(layer, Text)]


def pages_of(reel: Reel) -> dict[str, Clip]:
    """The body's shots with a numeral, by it."""
    return {words_of(clip)[0]: clip for clip in reel.tracks[0].clips[1:-1] if words_of(clip) and words_of(clip)[0].isdigit()}


def test_every_item_has_its_numeral_and_its_whole_label(made: tuple[Plan, Reel]) -> None:
    pages = pages_of(made[1])
    assert {number: " ".join(words_of(page)[1:]) for number, page in pages.items()} == LABELS


def test_numeral_and_label_stand_in_the_same_place_on_every_page(made: tuple[Plan, Reel]) -> None:
    numerals = [next(layer for layer in page.layers if isinstance(layer, Text)) for page in pages_of(made[1]).values()]
    labels = [next(layer for layer in page.layers if isinstance(layer, Text) and not layer.text.isdigit()) for page in pages_of(made[1]).values()]
    assert len({(one.x, one.y, one.size) for one in numerals}) == 1
    assert len({(one.x, one.size) for one in labels}) == 1


def test_what_is_said_of_an_item_is_said_over_its_page(made: tuple[Plan, Reel]) -> None:
    _, reel = made
    pages = pages_of(reel)
    assert reel.captions is not None
    for number, word in {"1": "flower.", "2": "reuse.", "3": "judges."}.items():
        spoken = next(one for one in reel.captions.words if one.text == word)
        assert pages[number].start <= spoken.start < pages[number].start + pages[number].duration


def test_no_caption_repeats_the_numeral_or_the_label(made: tuple[Plan, Reel]) -> None:
    captions = made[1].captions
    assert captions is not None
    shown = " ".join(word.text for chunk in captions.chunks for word in captions.words[chunk.first : chunk.last + 1])
    assert "Number" not in shown
    assert "judges" not in shown


def test_numeral_and_label_are_there_with_their_page(made: tuple[Plan, Reel]) -> None:
    for page in pages_of(made[1]).values():
        assert all(layer.entry.kind == "none" for layer in page.layers if isinstance(layer, Text))


def test_each_item_has_the_picture_of_its_place_and_none_is_seen_before_its_turn(made: tuple[Plan, Reel]) -> None:
    plan, reel = made
    shown = [tuple(layer.media_id for layer in clip.layers if isinstance(layer, Picture)) for clip in reel.tracks[0].clips]
    pages = pages_of(reel)
    own = [next(layer.media_id for layer in pages[number].layers if isinstance(layer, Picture)) for number in LABELS]
    assert len(set(own)) == 3, plan.beats
    opener = shown[0][0]
    for number, media_id in zip(LABELS, own, strict=True):
        before = [ids for clip, ids in zip(reel.tracks[0].clips, shown, strict=True) if clip.start < pages[number].start]
        assert media_id == opener or all(media_id not in ids for ids in before)


def test_the_question_stands_once_on_the_end_card_while_it_is_said(made: tuple[Plan, Reel]) -> None:
    _, reel = made
    asking = [clip for clip in reel.tracks[0].clips if "first?" in " ".join(words_of(clip))]
    assert asking == [reel.tracks[0].clips[-1]]
    assert reel.captions is not None
    assert next(word for word in reel.captions.words if word.text == "first?").start >= asking[0].start


def test_the_discs_have_the_colours_of_the_pages(made: tuple[Plan, Reel]) -> None:
    _, reel = made
    end = reel.tracks[0].clips[-1]
    discs = [layer.colour for layer in end.layers if isinstance(layer, Fill) and layer.radius and layer.rect.width == layer.rect.height]
    grounds = [next(layer.colour for layer in pages_of(reel)[number].layers if isinstance(layer, Fill)) for number in LABELS]
    assert discs == grounds


def test_the_bar_is_dark_on_light_panels(made: tuple[Plan, Reel]) -> None:
    _, reel = made
    page = pages_of(reel)["1"]
    bar = next(one for one in reel.overlays if one.start <= page.start < one.start + one.duration)
    assert bar.layers[0].colour == "#0C0D14"
