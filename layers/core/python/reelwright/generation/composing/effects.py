"""Which effects are heard: at joins that are seen as such, at stickers and numbers that pop up, before the payoff. Few, and quieter under a voice."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from reelwright.reels.reel import Clip, Layer, Overlay, SoundEffect

LEAST_GAP_SECONDS = Fraction(3, 2)
QUIET_START_SECONDS = Fraction(3, 20)
QUIET_END_SECONDS = Fraction(2, 5)
UNDER_VOICE_DB = -6.0
VOICE_NEAR_SECONDS = 0.2
RISER_SECONDS = Fraction(3, 2)
RISER_DB = -22.0
STICKER_DB = -20.0
EARLIEST_RISER_SECONDS = 4
CALM_TEMPLATES = frozenset({"soft", "quote", "editorial"})

EffectKind = Literal["whoosh", "swipe", "pop", "tick", "riser", "impact", "ding", "shutter", "crackle", "key"]
_NUMBER = re.compile(r"\W*\d{1,3}\W*")


@dataclass(frozen=True)
class _Sound:
    """``weight``: which one stays where two would be too near."""

    kind: EffectKind
    peak_db: float
    weight: int
    seconds: Fraction | None = None


@dataclass(frozen=True)
class _Moment:
    at: Fraction
    sound: _Sound


# Joins that are heard. All others (cuts, dissolves, dips, wipes by light) are silent.
_JOINS: Mapping[str, _Sound] = {
    "whip_pan": _Sound("whoosh", -14.0, 5, Fraction(3, 10)),
    "zoom_through": _Sound("whoosh", -14.0, 5, Fraction(2, 5)),
    "cross_zoom": _Sound("whoosh", -14.0, 5, Fraction(2, 5)),
    "spin": _Sound("whoosh", -14.0, 5, Fraction(2, 5)),
    "match_flash": _Sound("impact", -12.0, 6),
    "film_burn": _Sound("crackle", -28.0, 4, Fraction(3, 5)),
    "glitch_slice": _Sound("crackle", -20.0, 4, Fraction(1, 4)),
    "shape_wipe": _Sound("swipe", -18.0, 4, Fraction(3, 10)),
    "slide_push": _Sound("swipe", -22.0, 3, Fraction(3, 10)),
    "page_split": _Sound("swipe", -22.0, 3, Fraction(3, 10)),
    "iris": _Sound("swipe", -24.0, 3, Fraction(2, 5)),
}
_POPPING = {
    "pop": _Sound("pop", STICKER_DB, 2),
    "stamp": _Sound("tick", STICKER_DB, 2),
    "drop": _Sound("shutter", STICKER_DB, 2),
}
_NUMBER_SOUND = _Sound("tick", STICKER_DB, 2)
_RISER = _Sound("riser", RISER_DB, 3, RISER_SECONDS)


def choose_effects(
    clips: Sequence[Clip],
    overlays: Sequence[Overlay] = (),
    *,
    speech: Sequence[tuple[float, float]] = (),
    payoff: Fraction | None = None,
    template: str = "",
    seed: int = 0,
) -> tuple[SoundEffect, ...]:
    """The effects of a reel, in order, at least ``LEAST_GAP_SECONDS`` apart.

    ``speech``: when each word is heard, seconds of the reel. ``payoff``: where the last idea begins; calm templates have no riser.
    """
    if not clips:
        return ()
    end = clips[-1].end - QUIET_END_SECONDS
    moments = [*_joins(clips), *_stickers(clips, overlays)]
    if payoff is not None and payoff >= EARLIEST_RISER_SECONDS and template not in CALM_TEMPLATES:
        moments.append(_Moment(payoff, _RISER))
    heard = [moment for moment in moments if QUIET_START_SECONDS <= moment.at <= end]
    return tuple(_make(moment, speech, seed + place) for place, moment in enumerate(_keep_apart(heard)))


def _joins(clips: Sequence[Clip]) -> Iterator[_Moment]:
    for clip in clips[1:]:
        sound = _JOINS.get(clip.transition.kind)
        if sound is not None:
            yield _Moment(clip.start, sound)


def _stickers(clips: Sequence[Clip], overlays: Sequence[Overlay]) -> Iterator[_Moment]:
    """Where something pops up after its shot has begun, or a number of a list comes in."""
    holders: tuple[Clip | Overlay, ...] = (*clips, *overlays)
    for holder in holders:
        for layer in holder.layers:
            sound = _sound_of(layer)
            if sound is not None:
                yield _Moment(holder.start + layer.start + max(layer.entry.start, Fraction(0)), sound)


def _sound_of(layer: Layer) -> _Sound | None:
    if layer.entry.kind == "none":
        return None
    if layer.kind == "text":
        if _NUMBER.fullmatch(layer.text):
            return _NUMBER_SOUND
        return _POPPING.get(layer.entry.kind) if layer.box is not None or layer.entry.kind == "stamp" else None
    return _POPPING.get(layer.entry.kind) if layer.kind in {"picture", "art"} else None


def _keep_apart(moments: Sequence[_Moment]) -> list[_Moment]:
    """The weightier first; what comes too near to one that is kept is left out."""
    kept: list[_Moment] = []
    for moment in sorted(moments, key=lambda one: (-one.sound.weight, one.at)):
        if all(abs(moment.at - other.at) >= LEAST_GAP_SECONDS for other in kept):
            kept.append(moment)
    return sorted(kept, key=lambda one: one.at)


def _make(moment: _Moment, speech: Sequence[tuple[float, float]], seed: int) -> SoundEffect:
    at = float(moment.at)
    is_spoken = any(start - VOICE_NEAR_SECONDS < at < end + VOICE_NEAR_SECONDS for start, end in speech)
    peak = moment.sound.peak_db + (UNDER_VOICE_DB if is_spoken else 0.0)
    return SoundEffect(kind=moment.sound.kind, at=moment.at, peak_db=peak, duration=moment.sound.seconds, seed=seed)
