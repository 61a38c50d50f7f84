"""The catalogue: what there is to choose from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pydantic import ConfigDict

from functions.api import library
from functions.api.answers import Answer, Page
from functions.api.call import call_of
from functions.api.routes import Routes
from reelwright.generation.voice_catalogue import list_voices as catalogue_of_voices
from reelwright.kit.part_catalogue import FACES, PARTS
from reelwright.publishing.platforms.registry import SPECIFICATIONS
from reelwright.reels.reel import SHAPES
from reelwright.reels.specification import refuse_shape
from reelwright.reels.template import Template, list_templates

routes = Routes("catalogue")


def _example(**values: Any) -> ConfigDict:
    return ConfigDict(extra="forbid", json_schema_extra={"examples": [values]})


class NamedChoice(Answer):
    """Something to choose by its ``id``."""

    model_config = _example(id="gold")

    id: str


class TemplateAnswer(Answer):
    """A way a reel can look."""

    model_config = _example(
        id="editorial", title="Editorial", description="A magazine page that moves.", look="gold", caption_preset="clean", fonts=["Playfair Display", "Inter"],
        music_word="warm", bpm=96.0, min_media=1, ideal_media=8, max_media=40,
    )  # fmt: skip

    id: str
    title: str
    description: str
    look: str
    caption_preset: str
    fonts: list[str]
    music_word: str
    bpm: float
    min_media: int
    ideal_media: int
    max_media: int


class VoiceAnswer(Answer):
    """A voice; the first of a language is the usual one. Where ``is_ready`` is false, ``how_to_add`` is the command that adds it."""

    model_config = _example(
        id="es-dora", language="es", gender="woman", description="lively", by="hexgrad (Kokoro-82M)", licence="Apache-2.0", part="voice-es", is_ready=False,
        how_to_add="reelwright parts add es",
    )  # fmt: skip

    id: str
    language: str
    gender: str
    description: str
    by: str
    licence: str
    part: str
    is_ready: bool
    how_to_add: str


class MoodAnswer(Answer):
    """A mood of finished music and how many pieces there are."""

    model_config = _example(id="calm", pieces=5)

    id: str
    pieces: int


class LanguageAnswer(Answer):
    """A language of briefs, scripts and captions. ``is_spoken``: there is a voice for it here."""

    model_config = _example(id="en", name="English", direction="ltr", is_spoken=True)

    id: str
    name: str
    direction: str
    is_spoken: bool


class ProviderAnswer(Answer):
    """Who does what, in the order in which they are asked; the last one of a capability needs no key."""

    model_config = _example(id="hibari", capability="voice", needs_key=False, is_ready=True)

    id: str
    capability: str
    needs_key: bool
    is_ready: bool


class PlatformAnswer(Answer):
    """What a platform takes. ``shapes``: those that it shows as a reel. ``safe_area``: x0, y0, x1, y1 on 1080 × 1920, free of its own buttons and texts."""

    model_config = _example(
        id="instagram", title="Instagram", shapes=["9:16", "4:5", "1:1", "16:9"], documentation="https://developers.facebook.com/docs/instagram-platform", min_seconds=3.0, max_seconds=900.0, max_bytes=300_000_000,
        max_video_bits_per_second=25_000_000, max_audio_bits_per_second=128_000, caption_limit=2200, safe_area=[65, 269, 1015, 1248],
    )  # fmt: skip

    id: str
    title: str
    shapes: list[str]
    documentation: str
    min_seconds: float
    max_seconds: float
    max_bytes: int
    max_video_bits_per_second: int
    max_audio_bits_per_second: int
    caption_limit: int
    safe_area: tuple[int, int, int, int]


@routes.serve("GET", "/templates", "Templates")
def list_template_choices() -> Page[TemplateAnswer]:
    return Page(items=[_describe(template) for template in list_templates()], next_cursor=None)


@routes.serve("GET", "/voices", "Voices")
def list_voices() -> Page[VoiceAnswer]:
    settings = call_of(routes).world.settings
    items = [
        VoiceAnswer(
            **voice.model_dump(include={"id", "language", "gender", "description", "by", "licence", "part", "how_to_add"}),
            is_ready=library.is_ready(PARTS[voice.part], settings),
        )
        for voice in catalogue_of_voices()
    ]
    return Page(items=items, next_cursor=None)


@routes.serve("GET", "/music-moods", "Moods of the finished music")
def list_music_moods() -> Page[MoodAnswer]:
    return Page(items=[MoodAnswer(id=mood, pieces=pieces) for mood, pieces in library.music_moods().items()], next_cursor=None)


@routes.serve("GET", "/looks", "Colour looks")
def list_looks() -> Page[NamedChoice]:
    return _named(library.LOOKS)


@routes.serve("GET", "/transitions", "Joins between shots")
def list_transitions() -> Page[NamedChoice]:
    return _named(library.TRANSITIONS)


@routes.serve("GET", "/caption-presets", "Caption presets")
def list_caption_presets() -> Page[NamedChoice]:
    return _named(library.CAPTION_PRESETS)


@routes.serve("GET", "/fonts", "Typefaces")
def list_fonts() -> Page[NamedChoice]:
    return _named(tuple(FACES))


@routes.serve("GET", "/languages", "Languages of briefs, scripts and captions")
def list_languages() -> Page[LanguageAnswer]:
    settings = call_of(routes).world.settings
    items = [
        LanguageAnswer(id=code, name=name, direction="rtl" if code in library.RIGHT_TO_LEFT else "ltr", is_spoken=library.has_voice(code, settings))
        for code, name in library.LANGUAGES.items()
    ]
    return Page(items=items, next_cursor=None)


@routes.serve("GET", "/providers", "Who makes what")
def list_providers() -> Page[ProviderAnswer]:
    settings = call_of(routes).world.settings
    items = [
        ProviderAnswer(id=provider.name, capability=provider.capability, needs_key=provider.key is not None, is_ready=provider.is_ready(settings))
        for provider in library.PROVIDERS
    ]
    return Page(items=items, next_cursor=None)


@routes.serve("GET", "/platforms", "Platforms and what they take")
def list_platforms() -> Page[PlatformAnswer]:
    items = [
        PlatformAnswer(
            id=name,
            title=platform.title,
            shapes=[shape for shape in SHAPES if not refuse_shape(platform, shape)],
            documentation=platform.documentation,
            min_seconds=platform.min_seconds,
            max_seconds=platform.max_seconds,
            max_bytes=platform.max_bytes,
            max_video_bits_per_second=platform.max_video_bits_per_second,
            max_audio_bits_per_second=platform.max_audio_bits_per_second,
            caption_limit=platform.caption_limit,
            safe_area=platform.safe_area,
        )
        for name, platform in SPECIFICATIONS.items()
    ]
    return Page(items=items, next_cursor=None)


def _named(names: Sequence[str]) -> Page[NamedChoice]:
    return Page(items=[NamedChoice(id=name) for name in names], next_cursor=None)


def _describe(template: Template) -> TemplateAnswer:
    return TemplateAnswer(
        id=template.name,
        title=template.title,
        description=template.description,
        look=template.look.name,
        caption_preset=template.captions.preset,
        fonts=list(template.fonts),
        music_word=template.music_word,
        bpm=template.bpm,
        min_media=template.media.min,
        ideal_media=template.media.ideal,
        max_media=template.media.max,
    )
