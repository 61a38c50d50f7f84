from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import pytest
from numpy.typing import NDArray

from reelwright.generation.plan import PlanInput, PlannedMedia
from reelwright.generation.planning.media_traits import find_duplicates, words_of_name
from reelwright.generation.planning.plan_reel import plan_reel
from reelwright.kit.errors import InvalidInput
from reelwright.media.media import MediaFacts
from reelwright.reels.project import Brief
from tests.generation.planning.brief_material import make_clip, make_photo, plan_text


class LettersEmbedder:
    """Texts with the same letters are alike: enough to see that meaning is asked."""

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        rows = np.array([[text.lower().count(letter) + 0.01 for letter in "abcdefghijklmnopqrstuvwxyz"] for text in texts], dtype=np.float32)
        return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def plan_with(
    media: tuple[PlannedMedia, ...], prompt: str, script: str = "", *, seconds: int = 20, embed: LettersEmbedder | None = None, keep_order: bool = False
):
    brief = Brief(prompt=prompt, script=script, length_seconds=seconds, keep_order=keep_order)
    return plan_reel(PlanInput(brief=brief, template="editorial", media=media), embed)


def test_a_picture_goes_where_its_thing_is_named() -> None:
    media = (make_photo(0, labels=("bicycle",)), make_photo(1, labels=("harbour",)), make_photo(2, labels=("bakery",)))
    plan = plan_with(media, "My week", "The bakery opens at six. Then I take my bicycle. I end at the harbour.")
    shown = {beat.spoken: beat for beat in plan.beats if beat.spoken}
    assert shown["The bakery opens at six."].media_ids[0] == "media_2"
    assert "it shows bakery" in shown["The bakery opens at six."].reason
    assert shown["Then I take my bicycle."].media_ids[0] == "media_0"


def test_file_names_that_a_person_gave_count_as_labels() -> None:
    assert words_of_name("03-red_window.jpg") == ("window",)
    assert words_of_name("IMG_2033.jpg") == ()
    media = (make_photo(0, "IMG_1.jpg"), make_photo(1, "IMG_2.jpg"), make_photo(2, "lighthouse.jpg"))
    plan = plan_with(media, "Coast", "We saw the lighthouse first. Then it rained all day. We went home by bus.")
    assert plan.beats[0].media_ids[0] == "media_2"
    assert "its name says" in plan.beats[0].reason


def test_the_things_of_an_enumeration_get_a_picture_each() -> None:
    media = tuple(make_photo(number, name) for number, name in enumerate(("door.jpg", "chair.jpg", "lamp.jpg", "curtain.jpg", "x1.jpg", "x2.jpg")))
    plan = plan_with(media, "Room", "Come through the door. You find a very tall lamp, a long green curtain, and a soft leather chair. Stay here.")
    beat = next(beat for beat in plan.beats if beat.spoken and "curtain" in beat.spoken)
    assert beat.media_ids == ("media_2", "media_3", "media_1")
    assert sum(beat.media_words) == len(beat.spoken.split()) if beat.spoken else False


def test_with_an_embedder_likeness_of_meaning_is_used() -> None:
    media = (make_photo(0, labels=("zzzz",)), make_photo(1, labels=("mmmm",)))
    plan = plan_with(media, "Pair", "Mammoth mummies murmur my mum's mammoth memo. Zigzag jazz puzzles buzz and fizz with pizzazz.", embed=LettersEmbedder())
    assert plan.beats[0].media_ids[0] == "media_1"


def test_the_creators_order_can_be_kept() -> None:
    media = tuple(make_photo(number) for number in range(5))
    plan = plan_with(media, "Trip: bus, ferry, hill, lake", keep_order=True)
    shown = [beat.media_ids[0] for beat in plan.beats]
    assert [shown.index(media_id) for media_id in dict.fromkeys(shown)] == sorted(shown.index(media_id) for media_id in dict.fromkeys(shown))
    assert list(dict.fromkeys(shown)) == sorted(dict.fromkeys(shown))


def test_before_and_after_show_the_first_and_the_last_state() -> None:
    plan = plan_text("Before and after of our hut. Two weeks of work")
    cards = {beat.cards[0]: beat.media_ids[0] for beat in plan.beats if beat.cards}
    assert (cards["Before"], cards["After"]) == ("media_0", "media_4")


def test_near_duplicates_are_shown_once_and_named() -> None:
    twin = make_photo(1, "twin.jpg")
    media = (make_photo(0), twin, twin.model_copy(update={"media_id": "media_9", "file_name": "twin again.jpg"}))
    assert set(find_duplicates(media)) == {"media_9"}
    plan = plan_with(media, "Two views of our valley")
    assert not any("media_9" in beat.media_ids for beat in plan.beats)
    assert any("twin again.jpg" in note for note in plan.notes)


def test_spare_media_are_named_as_not_used() -> None:
    plan = plan_text("Reel of our yard: hens, pears", media=40, seconds=15)
    assert len(plan.unused_media) > 20
    assert any(note.startswith("Not used: ") and "more" in note and note.endswith(": there was no room in 15 s.") for note in plan.notes)


def test_no_two_neighbours_show_the_same_media_where_there_are_others() -> None:
    for count in (2, 3, 4, 6):
        plan = plan_text("Reel of our yard: hens, pears, plums, one old dog, rain, mud", media=count)
        shown = [beat.media_ids[0] for beat in plan.beats]
        assert all(before != after for before, after in pairwise(shown))


@pytest.mark.parametrize(
    "media",
    [
        (make_photo(0),),
        (make_clip(0), make_clip(1)),
        (make_clip(0, seconds=0.8),),
        tuple(make_photo(number) for number in range(40)),
        (make_photo(0, size=(240, 320)),),
    ],
    ids=["one photo", "only videos", "a very short clip", "forty files", "a tiny picture"],
)
@pytest.mark.parametrize("script", ["", "We found a key. It opened nothing. Then we saw the door."])
def test_any_material_gives_a_plan(media: tuple[PlannedMedia, ...], script: str) -> None:
    plan = plan_with(media, "Our house", script)
    assert plan.beats
    assert plan.hook


@pytest.mark.parametrize(
    ("prompt", "script"),
    [
        ("", ""),
        ("شاطئ بيروت في الصباح", "الصباح هادئ في بيروت. البحر أزرق اليوم. تعال معنا."),
        ("京都の朝", "昨日は京都に行きました。朝6時に出た。とても静かでした。"),
        ("जयपुर", "आज हम जयपुर में हैं। सुबह 6 बजे निकले।"),
        ("Привет из Риги", "Мы приехали утром. Было холодно."),
        ("🙂🙂", "🙂"),
        ('"; DROP TABLE "', "--- ... !!!"),
        ("a" * 2000, ""),
    ],
    ids=["nothing", "arabic", "japanese", "hindi", "russian", "emoji", "symbols", "one endless word"],
)
def test_any_text_gives_a_plan(prompt: str, script: str) -> None:
    plan = plan_text(prompt, script)
    assert plan.beats
    assert set(plan.post_texts) == {"instagram", "facebook", "youtube", "tiktok"}


def test_sounds_alone_are_refused_in_words() -> None:
    sound = PlannedMedia(media_id="m", file_name="a.m4a", facts=MediaFacts(kind="audio", container="mov"), analysis=make_photo(0).analysis)
    with pytest.raises(InvalidInput, match="no usable photo or clip"):
        plan_with((sound,), "Our house")
