"""How captions move: what each word, the spoken word's box and the whole chunk look like at one frame. Pure figures, no pixels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from reelwright.reels.caption_presets import CaptionLook
from reelwright.rendering.curves import BACK, OUT, ease

EARLY_SECONDS = 0.034
"""The first word of a chunk lights up at most so much before it is heard, so that the chunk does not come in twice."""

ENTER_SCALE, ENTER_SECONDS = 0.86, 0.14
ACTIVE_SCALE, ACTIVE_REST, ACTIVE_SECONDS, SETTLE_SECONDS = 1.08, 1.04, 0.09, 0.20
SLIDE_SECONDS, NEW_LINE_SCALE = 0.12, 0.9
ALL_LETTERS = -1

Tint = Literal["plain", "active", "keyword"]


class WordPose(NamedTuple):
    """``shown`` is the opacity, ``rise`` how far below its place the word is (share of the look's rise), ``letters`` how many are typed."""

    tint: Tint = "plain"
    shown: float = 1.0
    rise: float = 0.0
    scale: float = 1.0
    letters: int = ALL_LETTERS


class BoxPose(NamedTuple):
    """The spoken word's box: on the way from word ``before`` to word ``word`` by ``share``."""

    word: int
    before: int
    share: float
    scale: float


class ChunkPose(NamedTuple):
    """A whole chunk at one frame. Equal poses are equal pixels."""

    words: tuple[WordPose, ...]
    box: BoxPose | None
    opacity: float
    scale: float


@dataclass(frozen=True)
class ChunkTimes:
    """Frames: when the chunk appears, when each of its words is heard. ``is_keyword`` and ``row`` (line) are by word."""

    first: int
    spoken: tuple[int, ...]
    is_keyword: tuple[bool, ...]
    rows: tuple[int, ...]
    lengths: tuple[int, ...]


def pose_chunk(look: CaptionLook, times: ChunkTimes, n: int, frame_rate: float) -> ChunkPose:
    """The chunk's pose at frame ``n`` of the reel."""
    heard = _heard_from(times, frame_rate)
    active = _active_word(times, heard, n)
    words = tuple(_pose_word(look, times, heard, number, active, n, frame_rate) for number in range(len(heard)))
    age = (n - times.first + 1) / frame_rate
    opacity = min(1.0, age / look.enter_seconds) if look.enter_seconds else 1.0
    scale = ENTER_SCALE + (1 - ENTER_SCALE) * ease(age / ENTER_SECONDS, BACK) if look.grows else 1.0
    return ChunkPose(words, _pose_box(look, times, heard, active, n, frame_rate), round(opacity, 3), round(scale, 4))


def _heard_from(times: ChunkTimes, frame_rate: float) -> tuple[int, ...]:
    """The frame at which each word lights up: its own; the first a moment earlier where the chunk is there already."""
    early = max(times.first, times.spoken[0] - int(EARLY_SECONDS * frame_rate))
    return (min(early, times.spoken[0]), *times.spoken[1:])


def _active_word(times: ChunkTimes, heard: Sequence[int], n: int) -> int | None:
    """The word that is spoken now; words without letters or without a time of their own are passed over."""
    found = None
    for number, frame in enumerate(heard):
        if frame <= n and times.lengths[number]:
            found = number
    return found


def _pose_word(look: CaptionLook, times: ChunkTimes, heard: Sequence[int], number: int, active: int | None, n: int, frame_rate: float) -> WordPose:
    age = (n - heard[number] + 1) / frame_rate
    is_active = number == active
    tint = _tint(look, is_active, times.is_keyword[number] and age > 0)
    scale = _active_scale(age) if look.grows and is_active else 1.0
    if look.letter_seconds:
        typed = min(times.lengths[number], int(age / look.letter_seconds + 1e-6)) if age > 0 else 0
        return WordPose(tint, 1.0 if typed else 0.0, 0.0, scale, ALL_LETTERS if typed == times.lengths[number] else typed)
    if not look.seconds:
        shown = 1.0 if age > 0 else look.unspoken
        return WordPose(tint, shown, 0.0, round(scale, 4))
    share = ease(age / look.seconds, OUT) if age > 0 else 0.0
    shown = look.unspoken + (1 - look.unspoken) * share
    return WordPose(tint, round(shown, 3), round(1 - share, 3) if look.rise else 0.0, round(scale, 4))


def _tint(look: CaptionLook, is_active: bool, is_keyword: bool) -> Tint:
    if is_active and look.active_colour:
        return "active"
    return "keyword" if is_keyword and look.keyword_colour else "plain"


def _active_scale(age: float) -> float:
    """Grows past its size and settles while the word is spoken."""
    if age <= ACTIVE_SECONDS:
        return 1 + (ACTIVE_SCALE - 1) * ease(age / ACTIVE_SECONDS, BACK)
    return ACTIVE_SCALE + (ACTIVE_REST - ACTIVE_SCALE) * ease((age - ACTIVE_SECONDS) / SETTLE_SECONDS, OUT)


def _pose_box(look: CaptionLook, times: ChunkTimes, heard: Sequence[int], active: int | None, n: int, frame_rate: float) -> BoxPose | None:
    if look.box is None or not look.box.is_per_word or active is None:
        return None
    before = next((number for number in range(active - 1, -1, -1) if times.lengths[number]), active)
    share = round(ease((n - heard[active] + 1) / frame_rate / SLIDE_SECONDS, OUT), 4)
    if before != active and times.rows[before] == times.rows[active]:
        return BoxPose(active, before if share < 1 else active, share if share < 1 else 1.0, 1.0)
    return BoxPose(active, active, 1.0, round(NEW_LINE_SCALE + (1 - NEW_LINE_SCALE) * share, 4))
