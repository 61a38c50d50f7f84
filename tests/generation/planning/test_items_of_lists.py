from __future__ import annotations

import pytest

from reelwright.generation.plan import Plan, PlanInput
from reelwright.generation.planning.plan_reel import plan_reel
from reelwright.reels.project import Brief
from tests.generation.planning.brief_material import make_photo

SCRIPT = "Three things that help. Number one, a loud flower. Number two, {item}. Number three, a cat who judges. Which one first?"


def plan_list(item: str = "cups you reuse", *, keep_order: bool = False, media: int = 3) -> Plan:
    brief = Brief(prompt="Three things", script=SCRIPT.format(item=item), length_seconds=14, keep_order=keep_order)
    photos = tuple(make_photo(number, seed=5) for number in range(media))
    return plan_reel(PlanInput(brief=brief, template="countdown", media=photos), None)


def test_a_short_item_keeps_the_clause_that_says_which_one_is_meant() -> None:
    assert plan_list().items == ("A loud flower", "Cups you reuse", "A cat who judges")


def test_a_long_item_ends_before_its_clause() -> None:
    assert plan_list("the old copper kettle that my aunt brought home from a market").items[1] == "The old copper kettle"


def test_the_numeral_of_an_item_is_no_figure() -> None:
    beat = next(beat for beat in plan_list().beats if beat.number == 2)
    assert (beat.figure, beat.label, beat.kind) == (None, None, "item")


@pytest.mark.parametrize("media", [3, 4])
def test_in_the_creators_order_each_item_has_the_picture_of_its_place(media: int) -> None:
    shown = [beat.media_ids[0] for beat in plan_list(keep_order=True, media=media).beats if beat.number is not None]
    assert shown[0] == "media_0"
    assert shown[-1] == f"media_{media - 1}"
    assert shown == sorted(shown)
    assert len(set(shown)) == 3
