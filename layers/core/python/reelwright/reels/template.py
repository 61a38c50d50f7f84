"""Templates: documents with typed slots. Composing fills the slots with a creator's material and words.

Coordinates are pixels of a 1080 x 1920 canvas. A colour is the name of one of the theme's or ``#RRGGBB``.
"""

from __future__ import annotations

import json
from functools import cache
from importlib import resources
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from reelwright.kit.errors import InvalidInput
from reelwright.reels.exact_time import Time
from reelwright.reels.reel import ArtName, CaptionPreset, CaptionStyle, Colour, Entry, Font, Look, Point, Rect, Shade, Shape, Transition

TEMPLATES = ("editorial", "hype", "soft", "retro", "minimal", "travel", "countdown", "quote")
"""The catalogue: each name is a document in ``templates/``."""

ThemeColour = Annotated[str, Field(pattern=r"^(background|ink|accent|second|panel|panel_ink|#[0-9A-Fa-f]{6})$")]
TextSource = Literal[
    "before", "masthead", "after", "title", "deck", "date", "number", "chapter", "call", "handle", "running",
    "line_1", "line_2", "line_3", "note", "place", "item", "label", "figure", "author", "name", "role",
    "head", "tail", "places", "lead", "tag", "card_1", "card_2", "card_3", "question", "numbers", "signature", "taken",
    "folio", "frame", "echo",
]  # fmt: skip
"""``head`` and ``tail`` are a title in two parts ("9 days", "of getting lost"); ``places`` are several, one a line.

``lead`` and ``tag`` are a long title without its last words, and those; ``card_1`` to ``card_3`` are short texts that
belong together; ``numbers`` are those of a list, with spaces ("1 2 3"); ``signature`` is the handle where nothing is asked.
``taken`` is the day on which the shown picture was taken, as a camera stamps it; only where the picture says so.
``folio`` is the page's number among all ("2/6"), ``frame`` the number beside a frame of film ("→ 12A"); ``echo`` is a clause of
the quote, or who said it, where nothing else is said.
"""

LayoutKind = Literal["opener", "body", "end", "cover"]
LayoutFamily = Literal["full", "page", "spread", "card", "stack", "strips", "panel", "frame", "text"]
TextEntry = Literal["none", "fade", "rise", "blur_in", "pop", "type", "light_up", "stamp", "slide_left", "slide_right", "slide_up"]


class _Noun(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Theme(_Noun):
    """The colours of type and paper; media never take them on."""

    background: Colour
    ink: Colour
    accent: Colour
    second: Colour
    panels: tuple[tuple[Colour, Colour], ...] = Field(default=(), description="grounds that follow each other, each with its ink")

    def colour(self, name: str, turn: int = 0) -> str:
        """The colour of a theme name; ``#RRGGBB`` stands for itself. ``turn`` picks the panel whose turn it is."""
        if name in {"panel", "panel_ink"}:
            ground, ink = self.panels[turn % len(self.panels)] if self.panels else (self.background, self.ink)
            return ground if name == "panel" else ink
        return name if name.startswith("#") else str(getattr(self, name))


class Pacing(_Noun):
    """How long shots stand, in seconds. ``pattern`` multiplies the median, so that no two neighbours are equal."""

    median_seconds: float = Field(gt=0)
    min_seconds: float = Field(gt=0)
    max_seconds: float = Field(gt=0)
    plain_cut_share: float = Field(ge=0, le=1)
    loud_share: float = Field(default=0.25, ge=0, le=0.34, description="of all joins, at most")
    cuts_on_beat: bool = Field(default=False, description="a plain cut on a beat is a beat_cut")
    pattern: tuple[float, ...] = (1.0, 0.75, 1.0, 1.5, 0.75, 1.25, 1.0, 0.8)
    end_card_seconds: tuple[float, float] = (1.8, 2.8)
    event_seconds: float = Field(default=3.5, gt=0, description="something new is seen at least this often")


class CameraCraft(_Noun):
    """How the camera moves over stills. ``zoom_per_second`` is a share, ``pan`` a share of the picture's width, ``drift`` pixels."""

    base_scale: float = Field(ge=1)
    zoom_per_second: float = Field(gt=0)
    max_ratio: float = Field(gt=1)
    pan: float = Field(ge=0)
    drift: float = Field(ge=0)
    beat_punch: float = Field(default=0.0, ge=0, le=0.1, description="how much closer on each beat, share")
    accent_punch: float = Field(default=1.0, ge=1, le=1.3, description="how much closer while an emphasised phrase is spoken")
    ramps: bool = Field(default=False, description="clips without speech slow down on the beat")
    parallax: float = Field(default=0.0, ge=0, le=16, description="2.5D of wide scenes without faces, pixels")


JoinMeaning = Literal["layout", "place", "detail", "chapter", "climax", "calm", "end"]
"""What a join says: another layout; another place; nearer to the same thing; the next item; the height; calm going on; the end card."""


class JoinRule(_Noun):
    """A join, before which layouts it may stand (empty: any), and what it says (empty: another layout)."""

    transition: Transition
    before: tuple[str, ...] = ()
    means: tuple[JoinMeaning, ...] = ()


class CaptionCraft(_Noun):
    """The caption preset, what the template changes of it, and its limits: words and characters of a chunk, pixels of a line."""

    preset: CaptionPreset
    style: CaptionStyle = CaptionStyle()
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
    mask: Literal["rect", "arch", "circle"] = "rect"
    shadow: Shade | None = None
    rotation: float = 0.0
    pivot: Point | None = None
    wobble: float = 0.0
    blur: float = 0.0
    brightness: float = 1.0
    frames_held: int = 0
    weave: float = 0.0
    closer: float = Field(default=1.0, ge=1, le=2, description="a detail: so much closer on the subject")
    repeats: int | None = Field(default=None, description="shows the picture of that other slot (its place) once more")
    entry: Entry = Entry()
    max_enlargement: float = 2.6
    prefers: Literal["any", "portrait", "landscape"] = "any"


class BoxCraft(_Noun):
    """A box behind each line of a text: pill, bar, strip. Padding and radius are pixels."""

    colour: ThemeColour
    opacity: float = 1.0
    padding_x: int = 28
    padding_y: int = 24
    radius: int = 0
    shadow: Shade | None = None


class TextBlock(_Noun):
    """One text in a stack. Its size is the largest between ``min_size`` and ``size`` that fits ``max_lines``.

    ``gap`` is the space above it. ``fills_width`` makes one line as wide as the stack. ``first_line_*`` and ``last_line_*`` are for
    the first and last of several lines. ``at`` is when it enters; without it, it is there from the first frame.
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
    first_line_colour: ThemeColour | None = None
    last_line_font: Font | None = None
    last_line_colour: ThemeColour | None = None
    emphasis_font: Font | None = None
    emphasis_colour: ThemeColour | None = None
    box: BoxCraft | None = None
    stroke: int = 0
    stroke_colour: ThemeColour = "#000000"
    hard_shadow: int = 0
    is_hollow: bool = False
    glow: float = 0.0
    glow_colour: ThemeColour | None = None
    ghost: int = 0
    blink: float = 0.0
    rotation: float = 0.0
    entry: TextEntry = "rise"
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
    """A rectangle of one colour: the ground, a panel, a card's paper. ``with_source``: only where that text is there."""

    slot: Literal["fill"] = "fill"
    rect: Rect
    colour: ThemeColour
    radius: int = 0
    shadow: Shade | None = None
    rotation: float = 0.0
    pivot: Point | None = None
    opacity: float = 1.0
    entry: Entry = Entry()
    with_source: TextSource | None = None


class FixedArt(_Noun):
    """A drawn ornament."""

    slot: Literal["art"] = "art"
    name: ArtName
    rect: Rect
    colour: ThemeColour
    second: ThemeColour | None = None
    rotation: float = 0.0
    pivot: Point | None = None
    wobble: float = 0.0
    weave: float = 0.0
    opacity: float = 1.0
    entry: Entry = Entry()
    with_source: TextSource | None = None


class FixedStroke(_Noun):
    """A line through points, solid or dotted."""

    slot: Literal["stroke"] = "stroke"
    points: tuple[Point, ...]
    colour: ThemeColour
    width: int = 8
    gap: int = 0
    is_smooth: bool = True
    opacity: float = 1.0
    entry: Entry = Entry()
    with_source: TextSource | None = None


class FixedMarquee(_Noun):
    """Drifting rows of a text: ``source``, or ``text`` where it is a word of the template's own."""

    slot: Literal["marquee"] = "marquee"
    source: TextSource
    font: Font
    size: int
    colour: ThemeColour
    pitch: int = 245
    speed: float = 70.0
    stroke: int = 3
    rotation: float = 0.0
    opacity: float = 1.0


class ProgressPart(_Noun):
    """The progress bar, one piece or one segment for each chapter. It stands above all shots but the end card."""

    slot: Literal["progress"] = "progress"
    rect: Rect
    colour: ThemeColour
    track_opacity: float = 0.28
    radius: int = 4
    gap: int = 12
    has_segments: bool = False


class ChipsPart(_Noun):
    """Round chips in a row, one for each number of a list, in the colours of the panels, centred at ``x``."""

    slot: Literal["chips"] = "chips"
    source: TextSource = "numbers"
    x: int = 540
    y: int = Field(description="their top")
    size: int = 220
    gap: int = 36
    max_width: int = 936
    font: Font
    type_size: int = 108
    at: Time = Field(default="1/5", validate_default=True)


class FixedRule(_Noun):
    """A line that is always there."""

    slot: Literal["rule"] = "rule"
    rect: Rect
    colour: ThemeColour
    entry: Entry = Entry()


class PillPart(_Noun):
    """A pill as long as its words: a place with a pin, a name with room for a round portrait. Not drawn where ``source`` is empty.

    ``x`` is its left end, or its middle where ``is_centred``; words stand ``inset`` pixels from its left end.
    """

    slot: Literal["pill"] = "pill"
    source: TextSource
    second_source: TextSource | None = None
    x: int
    y: int = Field(description="its top")
    height: int
    max_width: int
    inset: int = 44
    end_inset: int = 48
    is_centred: bool = False
    colour: ThemeColour
    ink: ThemeColour = "ink"
    radius: int = 999
    font: Font
    size: int
    min_size: int
    second_font: Font | None = None
    second_size: int = 38
    icon: ArtName | None = None
    icon_size: int = 72
    icon_colour: ThemeColour = "accent"
    icon_second: ThemeColour | None = None
    shadow: Shade | None = None
    rotation: float = 0.0
    entry: Entry = Entry()


class RoutePart(_Noun):
    """A map's dotted line from place to place, with a pin and a name at each. Nothing is drawn with fewer than two places.

    The line is drawn in ``seconds`` from ``at``; each pin comes as the line arrives.
    """

    slot: Literal["route"] = "route"
    source: TextSource = "places"
    rect: Rect
    line: ThemeColour
    pin: ThemeColour
    pin_second: ThemeColour | None = None
    pin_size: int = 130
    width: int = 10
    gap: int = 30
    font: Font
    size: int = 92
    min_size: int = 56
    colour: ThemeColour = "ink"
    at: Time = Field(default="3/20", validate_default=True)
    seconds: Time = Field(default="6/5", validate_default=True)


LayoutPart = Annotated[
    PictureSlot | TextStack | FixedFill | FixedRule | FixedArt | FixedStroke | FixedMarquee | ProgressPart | ChipsPart | PillPart | RoutePart,
    Field(discriminator="slot"),
]


class CaptionPlace(_Noun):
    """Where captions stand on a layout: middle of the block, and how wide a line may be."""

    x: int = 540
    y: int = 1150
    width: int = 696


class Layout(_Noun):
    """One arrangement. ``needs`` are the texts without which it is not used, ``takes`` those it can show.

    A layout of another ``shape`` has the name of the one it stands for; a shape without one is reflowed from 9:16.
    """

    name: str
    kind: LayoutKind
    family: LayoutFamily
    shape: Shape = "9:16"
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
    covers: tuple[str, ...] = ()
    layouts: tuple[Layout, ...]
    progress: ProgressPart | None = None
    is_loopable: bool = Field(default=False, description="short reels without a call may end where they began")
    is_for_faces: bool = Field(default=True, description="whether its look keeps skin natural; where not, faces get a calmer look")

    def layout(self, name: str, shape: Shape = "9:16") -> Layout:
        """The layout of a name, in a shape of its own or else in 9:16. Raises KeyError where there is none of that name."""
        found = {layout.shape: layout for layout in self.layouts if layout.name == name}
        if not found:
            raise KeyError(name)
        return found.get(shape) or found["9:16"]


def find_template(name: str) -> Template:
    """The template of a name. Raises InvalidInput, with the names there are."""
    if name not in TEMPLATES:
        raise InvalidInput(f"There is no template “{name}”. There is: {', '.join(TEMPLATES)}.")
    return _load_template(name)


@cache
def _load_template(name: str) -> Template:
    """A document is read once in a process; a template never changes."""
    text = resources.files("reelwright.reels").joinpath("templates", f"{name}.json").read_text(encoding="utf-8")
    return read_template(json.loads(text))


def list_templates() -> list[Template]:
    """All templates of the catalogue."""
    return [find_template(name) for name in TEMPLATES]


def read_template(document: dict[str, object]) -> Template:
    """A template document, checked. Raises InvalidInput."""
    try:
        template = Template.model_validate(document)
        for name in (*template.openers, *template.bodies, *template.ends, *template.covers):
            template.layout(name)
    except (ValidationError, KeyError) as error:
        raise InvalidInput(f"The template cannot be used: {error}") from error
    return template
