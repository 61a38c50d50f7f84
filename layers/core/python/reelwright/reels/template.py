"""Templates: documents with typed slots. Composing fills the slots with a creator's material and words.

Coordinates are pixels of a 1080 x 1920 canvas. A colour is the name of one of the theme's or ``#RRGGBB``.
"""

from __future__ import annotations

import json
from importlib import resources
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from reelwright.kit.errors import InvalidInput
from reelwright.reels.exact_time import Time
from reelwright.reels.reel import Colour, Entry, Font, Look, Rect, Transition

TEMPLATES = ("editorial",)
"""The catalogue: each name is a document in ``templates/``."""

ThemeColour = Annotated[str, Field(pattern=r"^(background|ink|accent|second|#[0-9A-Fa-f]{6})$")]
TextSource = Literal["before", "masthead", "after", "title", "deck", "date", "number", "chapter", "call", "handle", "running"]
LayoutKind = Literal["opener", "body", "end"]


class _Noun(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Theme(_Noun):
    """The colours of type and paper; media never take them on."""

    background: Colour
    ink: Colour
    accent: Colour
    second: Colour

    def colour(self, name: str) -> str:
        """The colour of a theme name; ``#RRGGBB`` stands for itself."""
        return name if name.startswith("#") else str(getattr(self, name))


class Pacing(_Noun):
    """How long shots stand, in seconds. ``pattern`` multiplies the median, so that no two neighbours are equal."""

    median_seconds: float = Field(gt=0)
    min_seconds: float = Field(gt=0)
    max_seconds: float = Field(gt=0)
    plain_cut_share: float = Field(ge=0, le=1)
    pattern: tuple[float, ...] = (1.0, 0.75, 1.0, 1.5, 0.75, 1.25, 1.0, 0.8)
    end_card_seconds: tuple[float, float] = (1.8, 2.8)


class CameraCraft(_Noun):
    """How the camera moves over stills. ``zoom_per_second`` is a share, ``pan`` a share of the picture's width, ``drift`` pixels."""

    base_scale: float = Field(ge=1)
    zoom_per_second: float = Field(gt=0)
    max_ratio: float = Field(gt=1)
    pan: float = Field(ge=0)
    drift: float = Field(ge=0)


class JoinRule(_Noun):
    """A quiet join, and before which layouts it may stand."""

    transition: Transition
    before: tuple[str, ...] = ()


class CaptionCraft(_Noun):
    """The caption preset and its limits: words and characters of a chunk, pixels of a line."""

    preset: Literal["clean", "edit"]
    size: int
    line_height: float
    max_words: int
    max_characters: int
    max_line_pixels: int = 696
    one_line_share: float = 0.86


class PictureSlot(_Noun):
    """A hole for a photo or clip. ``max_enlargement``: media with fewer pixels go elsewhere."""

    slot: Literal["picture"] = "picture"
    name: str
    rect: Rect
    radius: int = 0
    entry: Entry = Entry()
    max_enlargement: float = 2.6
    prefers: Literal["any", "portrait", "landscape"] = "any"


class TextBlock(_Noun):
    """One text in a stack. Its size is the largest between ``min_size`` and ``size`` that fits ``max_lines``.

    ``gap`` is the space above it. ``fills_width`` makes one line as wide as the stack. ``last_line_*`` are for the last of
    several lines. ``at`` is when it enters; without it, it is there from the first frame.
    """

    kind: Literal["text"] = "text"
    source: TextSource
    font: Font
    size: int
    min_size: int
    max_lines: int = 1
    line_height: float = 1.02
    gap: int = 0
    colour: ThemeColour = "ink"
    tracking: float = Field(default=0.0, description="share of the size")
    is_upper: bool = False
    fills_width: bool = False
    last_line_font: Font | None = None
    last_line_colour: ThemeColour | None = None
    entry: Literal["none", "fade", "rise", "blur_in"] = "rise"
    at: Time | None = None
    seconds: Time = Field(default="9/20", validate_default=True)
    shadow: float = 0.0


class RuleBlock(_Noun):
    """A line in a stack, drawn when the text before or after it is there (``with_source``)."""

    kind: Literal["rule"] = "rule"
    width: int
    height: int = 2
    gap: int = 0
    colour: ThemeColour = "ink"
    with_source: TextSource | None = None


class TextStack(_Noun):
    """Texts one below the other, from the top down or sitting on the bottom. ``scrim`` is the opacity of a soft band behind."""

    slot: Literal["stack"] = "stack"
    x: int
    top: int
    bottom: int
    width: int
    anchor: Literal["top", "bottom"] = "top"
    align: Literal["left", "centre", "right"] = "left"
    blocks: tuple[TextBlock | RuleBlock, ...]
    scrim: float = Field(default=0.0, ge=0, le=1)
    scrim_colour: ThemeColour = "#14110D"
    bar: ThemeColour | None = Field(default=None, description="a thin bar at the left of the stack")


class FixedFill(_Noun):
    """A rectangle of one colour that is always there."""

    slot: Literal["fill"] = "fill"
    rect: Rect
    colour: ThemeColour


class FixedRule(_Noun):
    """A line that is always there."""

    slot: Literal["rule"] = "rule"
    rect: Rect
    colour: ThemeColour
    entry: Entry = Entry()


LayoutPart = Annotated[PictureSlot | TextStack | FixedFill | FixedRule, Field(discriminator="slot")]


class CaptionPlace(_Noun):
    """Where captions stand on a layout: middle of the block, and how wide a line may be."""

    x: int = 540
    y: int = 1150
    width: int = 696


class Layout(_Noun):
    """One arrangement. ``needs`` are the texts without which it is not used, ``takes`` those it can show."""

    name: str
    kind: LayoutKind
    family: Literal["full", "page", "spread"]
    needs: tuple[TextSource, ...] = ()
    takes: tuple[TextSource, ...] = ()
    captions: CaptionPlace | None = None
    parts: tuple[LayoutPart, ...]

    @property
    def pictures(self) -> tuple[PictureSlot, ...]:
        """Its holes for photos and clips."""
        return tuple(part for part in self.parts if isinstance(part, PictureSlot))


class MediaNeed(_Noun):
    """How many media suit a template."""

    min: int = 1
    ideal: int
    max: int


class Template(_Noun):
    """A way a reel can look: pacing, type, colours, joins, captions, music and layouts with slots."""

    name: str
    title: str
    description: str
    theme: Theme
    look: Look
    fonts: tuple[str, ...]
    bpm: float
    music_word: str
    media: MediaNeed
    pacing: Pacing
    camera: CameraCraft
    captions: CaptionCraft
    joins: tuple[JoinRule, ...]
    openers: tuple[str, ...]
    bodies: tuple[str, ...]
    ends: tuple[str, ...]
    layouts: tuple[Layout, ...]

    def layout(self, name: str) -> Layout:
        """The layout of a name. Raises KeyError where a document names one that it does not hold."""
        for layout in self.layouts:
            if layout.name == name:
                return layout
        raise KeyError(name)


def find_template(name: str) -> Template:
    """The template of a name. Raises InvalidInput, with the names there are."""
    if name not in TEMPLATES:
        raise InvalidInput(f"There is no template “{name}”. There is: {', '.join(TEMPLATES)}.")
    text = resources.files("reelwright.reels").joinpath("templates", f"{name}.json").read_text(encoding="utf-8")
    return read_template(json.loads(text))


def list_templates() -> list[Template]:
    """All templates of the catalogue."""
    return [find_template(name) for name in TEMPLATES]


def read_template(document: dict[str, object]) -> Template:
    """A template document, checked. Raises InvalidInput."""
    try:
        template = Template.model_validate(document)
        for name in (*template.openers, *template.bodies, *template.ends):
            template.layout(name)
    except (ValidationError, KeyError) as error:
        raise InvalidInput(f"The template cannot be used: {error}") from error
    return template
