"""The delivery gate's report: one row per promise, each a sentence, and the lists that stand behind the rows."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class _Noun(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class GateRow(_Noun):
    """One promise. ``is_essential``: broken, the file cannot be posted; else it is a fault of the reel that is told."""

    name: str
    value: str
    bound: str
    passed: bool
    sentence: str
    is_essential: bool = False


class CutFinding(_Noun):
    """One cut: seconds, what it lies on and when that is, how many frames the cut comes before it, and why the shot is there."""

    at: float
    clip: str
    on: str
    reference: float | None
    offset_frames: float | None
    passed: bool
    reason: str = ""


class ChunkFinding(_Noun):
    """One caption: seconds, words, how long before its first word it appears (milliseconds)."""

    at: float
    text: str
    lead_ms: float
    characters_per_second: float
    passed: bool


class OnsetFinding(_Noun):
    """One heard beginning of speech and the captioned word nearest to it (milliseconds; positive is late)."""

    at: float
    word: str
    offset_ms: float
    passed: bool


class TypeFinding(_Noun):
    """One line or caption: seconds, words, its least contrast with the picture around it on the finished frames, and the least allowed."""

    at: float
    text: str
    ratio: float
    bound: float
    passed: bool


class GateReport(_Noun):
    """All findings on one delivery."""

    rows: tuple[GateRow, ...] = ()
    cuts: tuple[CutFinding, ...] = ()
    captions: tuple[ChunkFinding, ...] = ()
    onsets: tuple[OnsetFinding, ...] = ()
    texts: tuple[TypeFinding, ...] = ()

    @property
    def has_passed(self) -> bool:
        """Whether every promise is kept."""
        return all(row.passed for row in self.rows)

    @property
    def faults(self) -> tuple[GateRow, ...]:
        return tuple(row for row in self.rows if not row.passed)

    @property
    def essential_faults(self) -> tuple[GateRow, ...]:
        return tuple(row for row in self.faults if row.is_essential)


def share(passed: int, total: int) -> float:
    """Part that passed; nothing to check counts as all."""
    return passed / total if total else 1.0
