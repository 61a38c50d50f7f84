"""Which effects are heard: none on plain cuts, few, quieter under the voice."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise

import pytest

from reelwright.generation.composing.effects import LEAST_GAP_SECONDS, choose_effects
from reelwright.reels.reel import Clip, CutReason, Entry, Fill, Font, Layer, Overlay, Rect, Text, TextBox, Transition

GROUND = Fill(rect=Rect(x=0, y=0, width=1080, height=1920), colour="#112233")


def _clips(*kinds: str, seconds: int = 2, layers: Sequence[Layer] = ()) -> list[Clip]:
    return [
        Clip(
            id=f"shot_{place}",
            start=Fraction(place * seconds),
            duration=Fraction(seconds),
            layers=(GROUND, *layers),
            transition=Transition.model_validate({"kind": kind, "duration": Fraction(0) if "cut" in kind else Fraction(2, 5)}),
            cut=CutReason(on="beat"),
        )
        for place, kind in enumerate(kinds)
    ]


def _text(text: str, entry: str, start: Fraction = Fraction(1, 2), box: TextBox | None = None) -> Text:
    return Text(
        text=text, font=Font(family="Inter"), size=60, colour="#FFFFFF", x=100, y=400, start=start, entry=Entry.model_validate({"kind": entry}), box=box
    )


@pytest.mark.parametrize("kind", ["cut", "beat_cut", "dissolve", "blur_dissolve", "dip", "luma_wipe"])
def test_plain_cuts_and_quiet_joins_are_silent(kind: str) -> None:
    assert choose_effects(_clips("cut", kind, kind)) == ()


@pytest.mark.parametrize(
    ("join", "kind", "peak"),
    [("whip_pan", "whoosh", -14), ("zoom_through", "whoosh", -14), ("match_flash", "impact", -12), ("film_burn", "crackle", -28), ("shape_wipe", "swipe", -18)],
)
def test_a_seen_join_is_heard_at_its_cut(join: str, kind: str, peak: float) -> None:
    (effect,) = choose_effects(_clips("cut", join, "cut"))
    assert (effect.kind, effect.at, effect.peak_db) == (kind, 2, peak)


def test_under_the_voice_the_same_join_is_quieter() -> None:
    (alone,) = choose_effects(_clips("cut", "whip_pan", "cut"), speech=[(0.2, 1.2), (3.0, 3.5)])
    (under,) = choose_effects(_clips("cut", "whip_pan", "cut"), speech=[(1.8, 2.4)])
    assert (alone.peak_db, under.peak_db) == (-14, -20)


def test_never_two_within_a_second_and_a_half_and_the_weightier_one_stays() -> None:
    clips = _clips("cut", *["whip_pan", "match_flash"] * 6, seconds=1)
    effects = choose_effects(clips)
    assert all(after.at - before.at >= LEAST_GAP_SECONDS for before, after in pairwise(effects))
    assert {effect.kind for effect in effects} == {"impact"}


def test_stickers_pop_and_list_numbers_tick_but_plain_titles_do_not() -> None:
    box = TextBox(colour="#FFFFFF")
    clips = _clips("cut", layers=[_text("NEW DROP", "pop", box=box)])
    assert [(effect.kind, effect.at, effect.peak_db) for effect in choose_effects(clips)] == [("pop", Fraction(1, 2), -20)]
    clips = _clips("cut", layers=[_text("02", "slide_up")])
    assert [effect.kind for effect in choose_effects(clips)] == ["tick"]
    assert choose_effects(_clips("cut", layers=[_text("A quiet title", "rise")])) == ()
    overlay = Overlay(start=Fraction(1), duration=Fraction(1), layers=(_text("3", "pop", Fraction(0)),))
    assert [effect.at for effect in choose_effects(_clips("cut"), [overlay])] == [1]


def test_the_payoff_has_a_riser_that_ends_at_it_but_not_in_calm_templates() -> None:
    clips = _clips("cut", "cut", "cut", "cut", "cut")
    (riser,) = choose_effects(clips, payoff=Fraction(6), template="hype")
    assert (riser.kind, riser.at, riser.duration, riser.peak_db) == ("riser", 6, Fraction(3, 2), -22)
    assert choose_effects(clips, payoff=Fraction(6), template="quote") == ()
    assert choose_effects(clips, payoff=Fraction(2), template="hype") == ()


def test_the_first_frame_and_the_last_moment_stay_clean() -> None:
    clips = _clips("cut", layers=[_text("GO", "pop", Fraction(0), TextBox(colour="#FFFFFF")), _text("END", "pop", Fraction(19, 10), TextBox(colour="#FFFFFF"))])
    assert choose_effects(clips) == ()
    assert choose_effects([]) == ()
