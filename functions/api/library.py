"""What there is to choose from, read from those who own it, without loading a media library."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import get_args

from reelwright.generation.voice_catalogue import find_voice, list_voices
from reelwright.kit.errors import FieldError, InvalidInput
from reelwright.kit.part_catalogue import PARTS, WITH_THE_PRODUCT, Part
from reelwright.kit.parts import is_installed
from reelwright.kit.settings import Settings
from reelwright.reels.project import Brief
from reelwright.reels.reel import Captions, Look, Transition
from reelwright.reels.template import TEMPLATES

# Languages whose script the product's fonts can show and whose sentences it can break into captions.
LANGUAGES = {
    "en": "English", "de": "German", "es": "Spanish", "fr": "French", "it": "Italian", "pt": "Portuguese", "nl": "Dutch", "sv": "Swedish",
    "da": "Danish", "nb": "Norwegian", "fi": "Finnish", "pl": "Polish", "cs": "Czech", "sk": "Slovak", "hu": "Hungarian", "ro": "Romanian",
    "hr": "Croatian", "sl": "Slovenian", "sr": "Serbian", "bg": "Bulgarian", "el": "Greek", "uk": "Ukrainian", "ru": "Russian", "tr": "Turkish",
    "lt": "Lithuanian", "lv": "Latvian", "et": "Estonian", "ca": "Catalan", "ga": "Irish", "is": "Icelandic", "id": "Indonesian", "ms": "Malay",
    "vi": "Vietnamese", "tl": "Filipino", "sw": "Swahili", "af": "Afrikaans", "sq": "Albanian", "hi": "Hindi", "ar": "Arabic", "fa": "Persian",
    "ur": "Urdu", "he": "Hebrew", "ja": "Japanese", "ko": "Korean", "zh": "Chinese",
}  # fmt: skip
RIGHT_TO_LEFT = frozenset({"ar", "fa", "ur", "he"})
LOOKS: tuple[str, ...] = get_args(Look.model_fields["name"].annotation)
TRANSITIONS: tuple[str, ...] = get_args(Transition.model_fields["kind"].annotation)
CAPTION_PRESETS: tuple[str, ...] = get_args(Captions.model_fields["preset"].annotation)


def template_names() -> tuple[str, ...]:
    """The templates that projects may name."""
    return TEMPLATES


def check_language(language: str | None) -> None:
    """Raises InvalidInput for a language that the product cannot show."""
    if language is not None and language.split("-")[0] not in LANGUAGES:
        detail = f'The language "{language}" is not known. GET /v1/languages lists those that are.'
        raise InvalidInput(detail, errors=[FieldError("/brief/language", detail)])


def check_voice(brief: Brief) -> None:
    """Raises InvalidInput for a voice that there is not, or not in the brief's language."""
    if not brief.voice:
        return
    try:
        if brief.language:
            find_voice(brief.language, brief.voice)
        elif brief.voice not in {name for voice in list_voices() for name in (voice.id, voice.id.split("-", maxsplit=1)[1])}:
            raise InvalidInput(f"There is no voice “{brief.voice}”. GET /v1/voices lists those that there are.")
    except InvalidInput as refusal:
        raise InvalidInput(refusal.detail, errors=[FieldError("/brief/voice", refusal.detail)]) from None


def has_voice(language: str, settings: Settings) -> bool:
    """Whether a script in the language is spoken here."""
    return any(part.kind == "voice" and language in part.languages and is_ready(part, settings) for part in PARTS.values())


def is_ready(part: Part, settings: Settings) -> bool:
    """Whether the part is there and used. In the cloud the images hold what comes with the product; this function does not."""
    return part.is_used and (is_installed(part.name) if settings.stage == "local" else part.how_to_add == WITH_THE_PRODUCT)


def music_moods() -> dict[str, int]:
    """The moods of finished music, each with its number of pieces."""
    tracks = (part.name.removeprefix("track-") for part in PARTS.values() if part.kind == "music" and part.name.startswith("track-"))
    return dict(sorted(Counter(name.split("_")[0] for name in tracks).items()))


@dataclass(frozen=True)
class ProviderEntry:
    """A provider by its own name; ``key`` names the setting it needs, ``parts`` the offline parts of which one suffices."""

    name: str
    capability: str
    key: str | None = None
    parts: tuple[str, ...] = ()

    def is_ready(self, settings: Settings) -> bool:
        """Whether its key is set and its part is there."""
        has_key = self.key is None or bool(getattr(settings, self.key).get_secret_value())
        return has_key and (not self.parts or any(is_ready(PARTS[part], settings) for part in self.parts))


PROVIDERS = (
    ProviderEntry("rules", "plan"),
    ProviderEntry("hibari", "voice", parts=("voice-en",)),
    ProviderEntry("kokoro", "voice", parts=tuple({voice.part: None for voice in list_voices() if voice.provider == "kokoro"})),
    ProviderEntry("pico", "voice", parts=("voice-de",)),
    ProviderEntry("espeak", "voice", parts=("last-resort-voice",)),
    ProviderEntry("music without a key", "music"),
    ProviderEntry("enhancement", "enhance"),
    ProviderEntry("camera motion", "still"),
    ProviderEntry("camera motion", "clip"),
)
