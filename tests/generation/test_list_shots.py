"""Shots of a reel are found in the plan, in its order, so that one can be named and exchanged."""

from __future__ import annotations

from reelwright.generation.list_shots import PlanPlace, place_shots
from reelwright.generation.plan import Beat, Plan


def plan_of(*beats: tuple[str, ...]) -> Plan:
    made = tuple(Beat(role="build", seconds=2, media_ids=media_ids, reason="r") for media_ids in beats)
    facts = {"language": "en", "template": "soft", "look": "cream", "title": "t", "hook": "h", "intent": "story", "music_word": "calm", "bpm": 90}
    return Plan(beats=made, length_seconds=10, **facts)


def test_each_clip_is_found_at_its_beat_and_picture() -> None:
    plan = plan_of(("a",), ("b", "c"), ("a",))
    assert place_shots([["a"], ["b"], ["c"], ["a"]], plan) == [PlanPlace(0, 0), PlanPlace(1, 0), PlanPlace(1, 1), PlanPlace(2, 0)]


def test_a_shot_that_goes_on_in_a_second_clip_keeps_its_place() -> None:
    assert place_shots([["a"], ["a"], ["b"]], plan_of(("a",), ("b",))) == [PlanPlace(0, 0), PlanPlace(0, 0), PlanPlace(1, 0)]


def test_cards_without_a_picture_and_dropped_beats_lose_nobody_their_place() -> None:
    plan = plan_of(("a",), ("b",), ("c",), ("d",))
    assert place_shots([["a"], [], ["c"], ["d"], []], plan) == [PlanPlace(0, 0), None, PlanPlace(2, 0), PlanPlace(3, 0), None]


def test_a_picture_that_comes_back_on_the_end_card_has_no_place() -> None:
    assert place_shots([["a"], ["b"], ["a"]], plan_of(("a",), ("b",))) == [PlanPlace(0, 0), PlanPlace(1, 0), None]


def test_a_picture_that_is_not_in_the_plan_has_no_place() -> None:
    assert place_shots([["x"], ["a"]], plan_of(("a",))) == [None, PlanPlace(0, 0)]
