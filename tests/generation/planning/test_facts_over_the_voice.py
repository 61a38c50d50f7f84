from __future__ import annotations

from reelwright.generation.planning.over_voice import READ_CHARACTERS_PER_SECOND, READ_START_SECONDS
from tests.generation.planning.brief_material import plan_text

SCRIPT = (
    "This boiler was leaking like a sieve. Family of five, no hot water since Tuesday. We had it off the wall by ten and the new one in by three. "
    "Pipes flushed and tested and all signed off. If yours is making that noise, don't leave it until winter. Give me a ring."
)


def cards(prompt: str, script: str = SCRIPT) -> list[str]:
    return [card for beat in plan_text(prompt, script).beats for card in beat.cards]


def test_the_most_useful_facts_win_where_not_all_fit() -> None:
    shown = " ".join(cards("Boiler job. red van, two lads, one kettle, FREE QUOTES, gas safe registered, open from 9 May, 35 € a visit, Baker Street 12"))
    assert "FREE QUOTES" in shown
    assert "9 May" in shown
    assert "35 €" in shown


def test_a_call_without_a_number_takes_the_number_of_the_prompt() -> None:
    plan = plan_text("Boiler job. my number is 07700 900142", SCRIPT)
    assert plan.end_card[0] == "Give me a ring · 07700 900142"
    assert not any("07700" in card for beat in plan.beats for card in beat.cards)


def test_an_hour_stands_with_its_day() -> None:
    assert "Saturdays 4 and 11 October, 8.30am to 12.30pm" in cards("Clinics.\n- Saturdays 4 and 11 October\n- 8.30am to 12.30pm")


def test_an_address_behind_its_label_is_whole() -> None:
    texts = [
        *cards("Our shop. address: Unterried 7, towards the pitch, then you hear us"),
        *plan_text("Our shop. address: Unterried 7, towards the pitch, then you hear us", SCRIPT).end_card,
    ]
    assert any("Unterried 7, towards the pitch, then you hear us" in text for text in texts)


def test_every_card_over_the_voice_can_be_read_in_its_time() -> None:
    plan = plan_text("Boiler job. FREE QUOTES, gas safe registered, open from 9 May, 35 € a visit, Baker Street 12, Leeds", SCRIPT)
    over = [(beat.seconds, card) for beat in plan.beats[1:] for card in beat.cards]
    assert over
    assert all(seconds + 0.01 >= READ_START_SECONDS + len(card) / READ_CHARACTERS_PER_SECOND for seconds, card in over)
