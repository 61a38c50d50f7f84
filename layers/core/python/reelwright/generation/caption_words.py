"""The words that captions show: those of the voice with their times, or the script's own where nothing is spoken."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict

from reelwright.generation.elements import PlacedVoice, SpokenWord
from reelwright.generation.plan import Plan
from reelwright.kit.errors import ProviderAnswerInvalid

RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur", "yi", "ps", "dv"})


class CaptionScript(BaseModel):
    """``words`` have times where ``is_spoken``; else ``lines`` are shown shot by shot, and composing times them."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    language: str
    direction: Literal["ltr", "rtl"]
    is_spoken: bool
    words: tuple[SpokenWord, ...] = ()
    lines: tuple[str, ...] = ()


def caption_words(plan: Plan, voice: PlacedVoice | None) -> CaptionScript:
    """The script of the captions. Raises ProviderAnswerInvalid where a voice says fewer or more words than it was given."""
    direction: Literal["ltr", "rtl"] = "rtl" if plan.language.split("-", maxsplit=1)[0] in RIGHT_TO_LEFT else "ltr"
    lines = tuple(sentence for sentence in plan.spoken_script if sentence.strip())
    if voice is None:
        return CaptionScript(language=plan.language, direction=direction, is_spoken=False, lines=lines)
    if "".join(word.text for word in voice.words) != "".join("".join(line.split()) for line in lines):
        raise ProviderAnswerInvalid("The voice did not speak the words it was given.")
    return CaptionScript(language=plan.language, direction=direction, is_spoken=True, words=voice.words, lines=lines)
