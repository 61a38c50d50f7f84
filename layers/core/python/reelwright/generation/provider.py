"""The ports to AI: what a provider of each capability does, and in which order providers are asked."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, Protocol, TypeVar, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from reelwright.generation.elements import SpokenWord
from reelwright.generation.plan import Plan, PlanInput
from reelwright.kit.errors import (
    PartMissing,
    ProviderAnswerInvalid,
    ProviderError,
    ProviderMisconfigured,
    ProviderRefused,
    ProviderUnavailable,
)

__all__ = [
    "ClipProvider",
    "EnhanceProvider",
    "MadeMusic",
    "MusicProvider",
    "PictureWish",
    "PlanProvider",
    "Provider",
    "ProviderCall",
    "SpokenVoice",
    "SpokenWord",
    "StillProvider",
    "TextEmbedder",
    "VoiceProvider",
    "use_in_order",
]

Capability = Literal["plan", "voice", "music", "enhance", "still", "clip", "match", "transcribe"]
Samples = NDArray[np.float32]

RETRY_WAIT_SECONDS = 1.0
MAX_RETRY_WAIT_SECONDS = 20.0


@dataclass(frozen=True)
class SpokenVoice:
    """``samples``: mono, -1..1. ``words``: the script's own words. ``sentences``: inclusive word index pairs."""

    samples: Samples
    sample_rate: int
    words: tuple[SpokenWord, ...]
    provider: str
    voice: str
    sentences: tuple[tuple[int, int], ...] = ()
    by: str = ""
    licence: str = ""


@dataclass(frozen=True)
class MadeMusic:
    """``samples``: (n, 2) at 48 kHz, exactly as long as asked, -14 LUFS alone. ``beats``: seconds from its first sample."""

    samples: Samples
    bpm: float
    beats: tuple[float, ...]
    title: str
    by: str
    licence: str
    provider: str = ""
    is_ai_made: bool = True
    sample_rate: int = 48_000


@dataclass(frozen=True)
class PictureWish:
    """A picture that the material lacks: what it shows, and the frame it fills."""

    prompt: str
    width: int
    height: int
    seconds: float = 0.0
    seed: int = 0


class Provider(Protocol):
    """What all providers have: a name for the record and for the creator."""

    @property
    def name(self) -> str: ...


class PlanProvider(Provider, Protocol):
    def plan(self, wanted: PlanInput) -> Plan:
        """A plan that uses only material of ``wanted``. Raises ProviderError."""
        ...


class VoiceProvider(Provider, Protocol):
    def speak(self, sentences: Sequence[str], language: str, voice: str = "") -> SpokenVoice | None:
        """Speaks the sentences one after the other. None: there is nothing to speak. Raises PartMissing, ProviderError.

        ``voice`` is one of the catalogue's, empty for the language's usual one; a provider that has it not raises PartMissing.
        """
        ...


@runtime_checkable
class TellingVoice(Protocol):
    """A voice slow enough to be asked how far it is."""

    def speak_telling(self, sentences: Sequence[str], language: str, voice: str, tell: Callable[[int, int], None]) -> SpokenVoice | None:
        """As ``VoiceProvider.speak``; ``tell`` hears after each sentence how many are done, and of how many."""
        ...


class MusicProvider(Provider, Protocol):
    def make(self, mood: str, bpm: float, seconds: float, seed: int) -> MadeMusic:
        """Music of exactly ``seconds``, as near to ``bpm`` as it can. Raises PartMissing, ProviderError."""
        ...


class EnhanceProvider(Provider, Protocol):
    def enhance(self, source: Path, target: Path) -> bool:
        """Writes a better ``target``; False where the source is good as it is (nothing is written)."""
        ...


class StillProvider(Provider, Protocol):
    def make_still(self, wish: PictureWish, target: Path) -> bool:
        """Writes a picture; False where this provider leaves the place to the creator's own material."""
        ...


class ClipProvider(Provider, Protocol):
    def make_clip(self, wish: PictureWish, target: Path) -> bool:
        """Writes a clip; False where this provider leaves the place to camera moves over the creator's own material."""
        ...


class TextEmbedder(Protocol):
    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One row of length 1 per text."""
        ...


@dataclass(frozen=True)
class ProviderCall:
    """How one call ended, for the record. ``outcome``: succeeded, or the error class."""

    capability: str
    provider: str
    outcome: str
    detail: str
    milliseconds: int


P = TypeVar("P", bound=Provider)
R = TypeVar("R")

_NEXT_MAY = (ProviderUnavailable, ProviderRefused, ProviderMisconfigured, ProviderAnswerInvalid, ProviderError, PartMissing)


def use_in_order(
    capability: Capability,
    providers: Sequence[P],
    call: Callable[[P], R],
    record: Callable[[ProviderCall], None],
    *,
    repair: Callable[[P, ProviderAnswerInvalid], R] | None = None,
    sleep: Callable[[float], None] = time.sleep,
) -> R:
    """The first provider's answer; where it fails, the next one's (primary, fallback, key-less).

    Unavailable: the same provider once more after a wait, then the next. AnswerInvalid: once more through ``repair`` (or the
    same call), then the next. Refused, Misconfigured, a missing part: the next at once. Every attempt is recorded. When all
    fail, the last error is raised; other errors are faults of ours and are raised at once. Raises ProviderMisconfigured where
    there is no provider.
    """
    failure: ProviderError | PartMissing = ProviderMisconfigured(f"No provider for “{capability}” is set up.")
    for provider in providers:
        try:
            return _ask_twice(capability, provider, call, record, repair, sleep)
        except _NEXT_MAY as error:
            failure = error
    raise failure


def _ask_twice(
    capability: str,
    provider: P,
    call: Callable[[P], R],
    record: Callable[[ProviderCall], None],
    repair: Callable[[P, ProviderAnswerInvalid], R] | None,
    sleep: Callable[[float], None],
) -> R:
    try:
        return _ask(capability, provider, call, record)
    except ProviderUnavailable as error:
        sleep(min(error.retry_after_seconds or RETRY_WAIT_SECONDS, MAX_RETRY_WAIT_SECONDS))
        return _ask(capability, provider, call, record)
    except ProviderAnswerInvalid as error:
        invalid = error
        again = call if repair is None else lambda asked: repair(asked, invalid)
        return _ask(capability, provider, again, record)


def _ask(capability: str, provider: P, call: Callable[[P], R], record: Callable[[ProviderCall], None]) -> R:
    started = time.monotonic()
    outcome, detail = "succeeded", ""
    try:
        return call(provider)
    except Exception as error:
        outcome, detail = type(error).__name__, _words_of(error)
        raise
    finally:
        record(ProviderCall(capability, provider.name, outcome, detail, round((time.monotonic() - started) * 1000)))


def _words_of(error: Any) -> str:
    return str(getattr(error, "detail", None) or error)
