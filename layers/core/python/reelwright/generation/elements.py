"""What was made for a reel and stored, ready to be placed: the voice with its word times, the music with its beats.

Times are float seconds of the sound (measurements, not timeline positions).
"""

from __future__ import annotations

from typing import Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from reelwright.reels.reel import SoundReference


class _Noun(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class SpokenWord(_Noun):
    """One word of the script, spelt as the script spells it (punctuation included), and when it is heard."""

    text: str = Field(min_length=1)
    start: float = Field(ge=0, description="onset of its sound")
    end: float = Field(ge=0, description="where its sound has faded, or the next word's start")


class PlacedVoice(_Noun):
    """A stored voice. ``sentences`` are inclusive pairs of word indexes, in order, without gaps."""

    reference: SoundReference
    words: tuple[SpokenWord, ...] = ()
    sentences: tuple[tuple[int, int], ...] = ()
    provider: str = ""
    voice: str = ""
    by: str = ""
    licence: str = ""

    @model_validator(mode="after")
    def _check(self) -> Self:
        following = 0
        for first, last in self.sentences:
            if first != following or not first <= last < len(self.words):
                raise ValueError("the sentences of a voice must hold its words in order, without gaps")
            following = last + 1
        if self.sentences and following != len(self.words):
            raise ValueError("the sentences of a voice must hold all its words")
        return self


class PlacedMusic(_Noun):
    """A stored piece of music, as long as it was asked to be. ``beats`` are its beat times."""

    reference: SoundReference
    bpm: float = Field(gt=0)
    beats: tuple[float, ...] = ()
    title: str = ""
    by: str = ""
    licence: str = ""
    provider: str = ""
