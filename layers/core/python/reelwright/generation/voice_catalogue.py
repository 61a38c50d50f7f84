"""The voices that a creator may choose from: language, who it sounds like, licence, which part holds it, and how fast it speaks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from reelwright.kit.errors import InvalidInput
from reelwright.kit.part_catalogue import LAST_RESORT_LANGUAGES, PARTS, Part
from reelwright.kit.parts import is_installed
from reelwright.kit.voice_parts import LAST_RESORT

Gender = Literal["woman", "man", "neither"]
ProviderName = Literal["hibari", "kokoro", "pico", "espeak"]
_APACHE = "Apache-2.0"


class Voice(BaseModel):
    """One voice. The first of a language is the usual one. ``speed`` brings it to its language's usual pace; 1 is the model's own."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    language: str
    gender: Gender
    description: str
    licence: str
    part: str = Field(description="the part that has to be there")
    provider: ProviderName
    model_name: str = Field(default="", description="what the provider calls it")
    speed: float = Field(default=1.0, ge=0.7, le=1.4)
    by: str = ""
    is_ready: bool = False
    how_to_add: str = ""


def _kokoro(identifier: str, gender: Gender, description: str, model_name: str, part: str = "", speed: float = 1.0) -> Voice:
    language = identifier.split("-", maxsplit=1)[0]
    return Voice(
        id=identifier, language=language, gender=gender, description=description, licence=_APACHE, part=part or f"voice-{language}", provider="kokoro",
        model_name=model_name, speed=speed, by="hexgrad (Kokoro-82M)",
    )  # fmt: skip


_MORE = "voice-en-more"
# How fast people here speak: letters and signs a second, pauses inside sentences included. Every voice's ``speed`` brings it there.
USUAL_PACE: Mapping[str, float] = {"en": 14.2, "es": 13.7, "fr": 16.3, "it": 13.5, "pt": 13.6, "de": 13.5, "hi": 11.1, "ja": 6.6}
_VOICES: Sequence[Voice] = (
    Voice(id="en-heart", language="en", gender="woman", description="warm and clear, American", licence=_APACHE, part="voice-en", provider="hibari",
          model_name="heart", by="Maureese Williams (hibari)"),
    _kokoro("en-bella", "woman", "lively, American", "af_bella", _MORE),
    _kokoro("en-nicole", "woman", "soft, close to the microphone, American", "af_nicole", _MORE, speed=1.25),
    _kokoro("en-michael", "man", "calm and even, American", "am_michael", _MORE, speed=1.1),
    _kokoro("en-fenrir", "man", "deep and firm, American", "am_fenrir", _MORE, speed=0.97),
    _kokoro("en-puck", "man", "young and quick, American", "am_puck", _MORE, speed=0.93),
    _kokoro("en-emma", "woman", "composed, British", "bf_emma", _MORE, speed=0.98),
    _kokoro("en-george", "man", "mature, British", "bm_george", _MORE, speed=1.19),
    _kokoro("en-fable", "man", "a story-teller, British", "bm_fable", _MORE, speed=1.17),
    _kokoro("es-dora", "woman", "lively", "ef_dora"),
    _kokoro("es-alex", "man", "even", "em_alex"),
    _kokoro("fr-siwis", "woman", "clear", "ff_siwis"),
    _kokoro("it-sara", "woman", "clear", "if_sara", speed=0.97),
    _kokoro("it-nicola", "man", "even", "im_nicola", speed=1.09),
    _kokoro("pt-dora", "woman", "lively, Brazilian", "pf_dora"),
    _kokoro("pt-alex", "man", "even, Brazilian", "pm_alex"),
    _kokoro("ja-alpha", "woman", "bright", "jf_alpha", speed=0.97),
    _kokoro("ja-gongitsune", "woman", "a story-teller", "jf_gongitsune", speed=1.22),
    _kokoro("ja-nezumi", "woman", "light", "jf_nezumi", speed=1.08),
    _kokoro("ja-tebukuro", "woman", "gentle", "jf_tebukuro", speed=1.1),
    _kokoro("ja-kumo", "man", "calm", "jm_kumo", speed=1.07),
    _kokoro("hi-alpha", "woman", "clear", "hf_alpha", speed=1.04),
    _kokoro("hi-beta", "woman", "soft", "hf_beta", speed=0.93),
    _kokoro("hi-omega", "man", "even", "hm_omega", speed=1.09),
    _kokoro("hi-psi", "man", "deep", "hm_psi", speed=1.1),
    Voice(id="de-pico", language="de", gender="woman", description="plain: understood, but not lively", licence=_APACHE, part="voice-de", provider="pico",
          model_name="de-DE", speed=1.08, by="SVOX (Pico)"),
)  # fmt: skip


def list_voices(parts: Mapping[str, Part] = PARTS) -> tuple[Voice, ...]:
    """All voices, the usual one of each language first. ``is_ready``: its part is on this machine; ``how_to_add`` says how to get it."""
    spoken = {voice.language for voice in _VOICES}
    robots = tuple(_last_resort(language) for language in LAST_RESORT_LANGUAGES if language not in spoken)
    ready = {part: is_installed(part, parts) for part in {voice.part for voice in (*_VOICES, *robots)}}
    return tuple(voice.model_copy(update={"is_ready": ready[voice.part], "how_to_add": parts[voice.part].how_to_add}) for voice in (*_VOICES, *robots))


def find_voice(language: str, wish: str = "") -> Voice | None:
    """The wished voice, or the usual one of the language; None where the language has only the last resort. Raises InvalidInput for an unknown wish."""
    primary = language.split("-", maxsplit=1)[0].lower()
    of_language = [voice for voice in _VOICES if voice.language == primary]
    if not wish:
        return of_language[0] if of_language else None
    for voice in of_language:
        if wish in {voice.id, voice.id.split("-", maxsplit=1)[1]}:
            return voice
    names = ", ".join(voice.id for voice in of_language) or f"{primary}-espeak"
    raise InvalidInput(f"There is no voice “{wish}” for “{language}”. There are: {names}.")


def explain_absence(language: str, wish: str, parts: Mapping[str, Part] = PARTS) -> str:
    """Why a wished voice does not speak, and what brings it; empty where it is here."""
    try:
        voice = find_voice(language, wish)
    except InvalidInput as error:
        return error.detail
    if voice is None or is_installed(voice.part, parts):
        return ""
    return f"it is not on this machine. Add it with: {parts[voice.part].how_to_add}"


def _last_resort(language: str) -> Voice:
    return Voice(
        id=f"{language}-espeak", language=language, gender="neither", description="a robot's, the last resort", licence="GPL-3.0 (the program, not its sound)",
        part=LAST_RESORT, provider="espeak", by="eSpeak NG",
    )  # fmt: skip
