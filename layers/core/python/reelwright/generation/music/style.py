"""What a style of music is: harmony, tempo, and for each stem its instrument, where it plays and in which rhythm. Documents in ``styles/``."""

from __future__ import annotations

import json
from functools import lru_cache
from importlib import resources
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

STYLES = ("hype", "countdown", "minimal", "travel", "editorial", "retro", "soft", "quote", "cinematic")
"""The catalogue: each name is a document in ``styles/``. The first eight are the templates' own."""

Section = Literal["intro", "verse", "break", "chorus", "end"]
Play = Literal["drums", "bass", "chords", "arpeggio", "pad", "melody", "swell"]
SynthVoice = Literal["drums", "bass", "keys", "pluck", "pad", "bell", "lead", "swell"]
Rhythm = Annotated[str, Field(pattern=r"^[.xXo\-r5R8a ]+$")]


class _Noun(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Sound(_Noun):
    """Where a stem stands in the mix. Loudness in LUFS before mastering, filters in hertz, ``reverb``, ``duck`` and ``echo`` are shares."""

    loudness: float
    pan: float = 0.0
    width: float = 1.0
    low_cut: float = 40.0
    high_cut: float = 16_000.0
    reverb: float = 0.1
    duck: float = 0.0
    echo: float = 0.0


class Stem(_Noun):
    """One instrument. ``rhythms``: sixteen steps per bar and section; several bars follow each other. For drums one line per note.

    Signs: x hit, X accent, o soft, - held on, . rest; for the bass r root, R accented, 5 fifth, 8 octave, a on its way to the next root.
    """

    name: str
    play: Play
    font: Literal["general", "pianos"] = "general"
    bank: int = 0
    program: int = 0
    synth: SynthVoice
    sound: Sound
    velocity: int = 80
    centre: int = 60
    density: float = Field(default=0.5, ge=0, le=1, description="of a melody")
    order: tuple[int, ...] = Field(default=(0, 1, 2, 1), description="of an arpeggio: steps of the chord")
    rhythms: dict[Section, tuple[Rhythm, ...]] = Field(default_factory=dict)
    drums: dict[Section, dict[int, tuple[Rhythm, ...]]] = Field(default_factory=dict, description="MIDI drum note to rhythm")


class Style(_Noun):
    """``words``: what creators and plans call it. ``swing``: where the off-sixteenth stands, .5 even. ``ease``: milliseconds of human unevenness."""

    name: str
    title: str
    words: tuple[str, ...]
    bpm: float
    key: str
    scale: tuple[int, ...]
    verse: tuple[str, ...]
    chorus: tuple[str, ...]
    tonic: str
    swing: float = Field(default=0.5, ge=0.5, le=0.66)
    ease: float = Field(default=5.0, ge=0, le=14)
    reverb_seconds: float = 1.5
    fill: Literal["toms", "snare", "none"] = "none"
    crackle: bool = False
    brightness_db: float = 0.0
    is_fine_on_synth: bool = False
    stems: tuple[Stem, ...]


@lru_cache(maxsize=16)
def load_style(name: str) -> Style:
    """One of ``STYLES``."""
    text = resources.files("reelwright.generation.music").joinpath("styles", f"{name}.json").read_text(encoding="utf-8")
    return Style.model_validate(json.loads(text))


def choose_style(words: str, bpm: float) -> Style:
    """The style whose words the wish names most, else the one nearest in tempo."""
    wished = words.lower().replace("-", "").split()
    styles = [load_style(name) for name in STYLES]
    return max(styles, key=lambda style: (sum(len(wished) - place for place, word in enumerate(wished) if word in style.words), -abs(style.bpm - bpm)))
