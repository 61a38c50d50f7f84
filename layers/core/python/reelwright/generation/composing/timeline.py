"""The timeline of a reel before anything is drawn: its shots with their reasons, and where each piece of the voice goes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal

from reelwright.reels.exact_time import to_frame
from reelwright.reels.reel import CutReason
from reelwright.reels.timing import CUT_LEAD_FRAMES, Word

FRAME_RATE = 30
MILLISECOND = Fraction(1, 1000)

CandidateKind = Literal["start", "border", "part", "phrase", "beat", "word"]


@dataclass(frozen=True)
class Candidate:
    """A frame where a shot may begin, and why. A ``border`` is where another beat of the plan begins,
    a ``part`` where another of its media belongs, a ``word`` any word inside a phrase. ``until``: nothing is said from here
    to that frame, so that the shot may as well begin later. ``is_item``: an item of a list begins, its numeral and words come with it."""

    frame: int
    kind: CandidateKind
    cut: CutReason
    beat: int
    needs_seconds: float = 0.0
    until: int = 0
    is_item: bool = False


@dataclass(frozen=True)
class Shot:
    """Frames ``start`` to ``end`` (excluded). ``beats`` are the plan's beats it stands for, the main one first."""

    start: int
    end: int
    cut: CutReason
    beats: tuple[int, ...]
    part: int = 0

    @property
    def seconds(self) -> float:
        return (self.end - self.start) / FRAME_RATE


@dataclass(frozen=True)
class VoicePiece:
    """A stretch of the voice (its own seconds) and where it starts on the reel's clock."""

    source_start: float
    source_end: float
    start: float


@dataclass(frozen=True)
class Timeline:
    """``words`` stand on the reel's clock, ``word_beats`` tells each one's beat. ``end_card`` is the last shot's number or None."""

    shots: tuple[Shot, ...]
    frames: int
    end_card: int | None
    words: tuple[Word, ...] = ()
    word_beats: tuple[int, ...] = ()
    voice: tuple[VoicePiece, ...] = ()
    beats: tuple[float, ...] = ()


def exact(seconds: float) -> Fraction:
    """Seconds as a time of the reel document, rounded to a millisecond."""
    return Fraction(round(seconds * 1000), 1000)


def frame_time(frame: int) -> Fraction:
    """The exact time of a frame."""
    return Fraction(frame, FRAME_RATE)


def frame_of(seconds: float) -> int:
    """The nearest frame."""
    return to_frame(exact(seconds), Fraction(FRAME_RATE))


def beat_cut(at: float, *, is_end_card: bool = False) -> tuple[int, CutReason]:
    """The frame and reason of a cut on a beat."""
    return frame_of(at), CutReason(on="end_card" if is_end_card else "beat", reference=exact(at))


def name_pulse(timeline: Timeline) -> Timeline:
    """The timeline of a reel without music: what would be cut on a beat is cut on the template's own pulse, and says so."""
    shots = (replace(shot, cut=CutReason(on="pulse", reference=shot.cut.reference)) if shot.cut.on == "beat" else shot for shot in timeline.shots)
    return replace(timeline, shots=tuple(shots))


def phrase_cut(onset: float) -> tuple[int, CutReason]:
    """The frame and reason of a cut just before a phrase whose first word is heard at ``onset``."""
    return frame_of(onset) - CUT_LEAD_FRAMES, CutReason(on="phrase", reference=exact(onset))


def pulse(bpm: float, seconds: float) -> tuple[float, ...]:
    """The template's own pulse, where there is no music to cut on."""
    period = 60.0 / bpm
    return tuple(place * period for place in range(int(seconds / period) + 2))
