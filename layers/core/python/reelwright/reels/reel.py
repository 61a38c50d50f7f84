"""The reel document: everything a renderer needs to know, and the only thing it reads.

Coordinates are pixels of the canvas, origin top left; a text's ``y`` is its baseline. Times are exact seconds
(``exact_time.Time``): of the reel in clips, overlays, captions and sounds; of the clip in layers. Points in a picture are
0..1 of its upright width and height.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from reelwright.reels.exact_time import Time, to_frame

DOCUMENT_VERSION: Literal[1] = 1
MAX_LENGTH_SECONDS = 180
MAX_CLIPS = 200
MAX_LAYERS = 24
MAX_WORDS = 2000

Colour = Annotated[str, Field(pattern=r"^#[0-9A-Fa-f]{6}$")]
Share = Annotated[float, Field(ge=0, le=1)]


Shape = Literal["9:16", "4:5", "1:1", "16:9"]
SHAPES: dict[Shape, tuple[int, int]] = {"9:16": (1080, 1920), "4:5": (1080, 1350), "1:1": (1080, 1080), "16:9": (1920, 1080)}
"""The canvas of each shape, pixels."""


class _Noun(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Canvas(_Noun):
    """The picture that comes out. Width and height are even (4:2:0)."""

    width: int = Field(default=1080, ge=240, le=3840, multiple_of=2)
    height: int = Field(default=1920, ge=240, le=3840, multiple_of=2)
    frame_rate: Time = Fraction(30)


class Rect(_Noun):
    """A rectangle on the canvas; it may reach beyond the edges. Even numbers keep colour and light together."""

    x: int = Field(multiple_of=2)
    y: int = Field(multiple_of=2)
    width: int = Field(gt=0, multiple_of=2)
    height: int = Field(gt=0, multiple_of=2)


class MediaReference(_Noun):
    """A stored picture or clip. ``file`` is the storage key of the rendition to read; sizes are upright pixels."""

    kind: Literal["photo", "video"]
    file: str
    sha256: str = ""
    width: int = Field(gt=0)
    height: int = Field(gt=0)
    duration: Time | None = None
    has_sound: bool = False


class SoundReference(_Noun):
    """A stored sound: voice or music. ``is_ai_made`` is said in the rights ledger and, later, to platforms."""

    file: str
    sha256: str = ""
    duration: Time
    is_ai_made: bool = False


class View(_Noun):
    """Where a camera looks: centre in the picture (0..1), and scale, where 1 just fills the rectangle."""

    x: Share = 0.5
    y: Share = 0.5
    scale: float = Field(default=1.0, ge=1.0, le=4.0)


class PathPoint(_Noun):
    """One point of a crop path through a clip: source time and centre."""

    at: Time
    x: Share
    y: Share


class Pulse(_Noun):
    """A short push of the camera on a beat: at ``at`` (layer time) the scale is ``strength`` larger, and falls back with e^(−t/``decay``)."""

    at: Time
    strength: float = Field(default=0.045, gt=0, le=0.2)
    decay: Time = Field(default="11/100", validate_default=True)


class Step(_Noun):
    """A punch-in: from ``at`` (layer time) to ``until`` the view jumps to ``view`` and keeps the move's drift."""

    at: Time
    until: Time
    view: View


class Motion(_Noun):
    """A camera move over the layer's life. ``path``, where present, replaces the centre (a crop that follows the subject)."""

    start: View = View()
    end: View = View()
    drift: float = Field(default=0.0, ge=0, le=12, description="handheld amplitude, pixels")
    phase: float = Field(default=0.0, description="phase of the drift, its own for each shot")
    path: tuple[PathPoint, ...] = ()
    pulses: tuple[Pulse, ...] = ()
    steps: tuple[Step, ...] = ()
    parallax: float = Field(
        default=0.0, ge=-64, le=64, description="2.5D: how far the ground moves against the horizon over the life, pixels (16 to 48 for photos)"
    )
    horizon: Share = Field(default=0.42, description="height in the picture where the ground begins, for parallax")


class Entry(_Noun):
    """How a layer comes in. ``start`` counts from the layer's own start, and may be negative, so that frame 0 is already finished."""

    kind: Literal[
        "none", "fade", "rise", "pop", "blur_in", "grow", "reveal_down", "slide_up", "light_up",
        "slide_left", "slide_right", "type", "drop", "stamp", "open", "draw",
    ] = "none"  # fmt: skip
    start: Time = Fraction(0)
    duration: Time = Fraction(0)


class Point(_Noun):
    """A point of the canvas; it may lie outside."""

    x: int
    y: int


class Shade(_Noun):
    """A shadow below a layer: opacity, softness (Gaussian sigma) and fall in pixels. A sigma of 0 is a hard shadow."""

    opacity: Share = 0.3
    sigma: float = Field(default=24.0, ge=0, le=60)
    fall: int = Field(default=16, ge=-40, le=60)
    colour: Colour = "#000000"


class _Layer(_Noun):
    """``start`` and ``end`` are times of the clip or overlay; ``end`` None lasts as long as it does.

    ``rotation`` turns the layer clockwise, in degrees, about ``pivot`` (its own middle where none is given), so that the
    parts of a card can turn together. ``wobble`` sways it by so many degrees.
    """

    start: Time = Fraction(0)
    end: Time | None = None
    entry: Entry = Entry()
    opacity: Share = 1.0
    rotation: float = Field(default=0.0, ge=-45, le=45)
    wobble: float = Field(default=0.0, ge=0, le=10)
    pivot: Point | None = None


class Fill(_Layer):
    """One colour."""

    kind: Literal["fill"] = "fill"
    rect: Rect
    colour: Colour
    radius: int = 0
    shadow: Shade | None = None


class SpeedPoint(_Noun):
    """From ``at`` (layer time) the clip runs at ``speed``; between two points the speed changes smoothly."""

    at: Time
    speed: float = Field(gt=0, le=4)


class Picture(_Layer):
    """A photo or a clip, cropped to ``rect``. ``source_start`` and ``speed`` are for clips. ``is_graded`` applies the reel's look."""

    kind: Literal["picture"] = "picture"
    media_id: str
    rect: Rect
    motion: Motion = Motion()
    source_start: Time = Fraction(0)
    speed: Time = Fraction(1)
    ramp: tuple[SpeedPoint, ...] = Field(default=(), description="a speed that changes, instead of ``speed``; source time is its integral")
    radius: int = Field(default=0, ge=0)
    mask: Literal["rect", "arch", "circle"] = "rect"
    shadow: Shade | None = None
    frames_held: int = Field(default=0, ge=0, le=30, description="source pictures a second, where fewer than the reel's (old film); 0: all")
    weave: float = Field(default=0.0, ge=0, le=8, description="gate weave of old film, pixels")
    is_graded: bool = True
    exposure: float = Field(default=0.0, ge=-0.35, le=2.0, description="stops, from the exposure match; more than 0.35 only for pictures that are nearly black")
    balance: tuple[float, float] = Field(default=(0.0, 0.0), description="white balance match: shift of Cb and Cr, shares of full range, each within ±0.06")
    blur: float = Field(default=0.0, ge=0, le=80, description="Gaussian sigma in pixels, for backgrounds")
    brightness: float = Field(default=1.0, gt=0, le=1)


class Font(_Noun):
    """A face by family name; ``weight`` picks the axis of a variable font."""

    family: str
    weight: int = Field(default=400, ge=100, le=900)
    is_italic: bool = False


class TextBox(_Noun):
    """A box behind a line of type: a pill, a bar, a sticker's strip. Padding is in pixels, from the cap height and the baseline."""

    colour: Colour
    opacity: Share = 1.0
    padding_x: int = Field(default=28, ge=0)
    padding_y: int = Field(default=24, ge=0)
    radius: int = Field(default=0, ge=0)
    shadow: Shade | None = None


class Text(_Layer):
    """One line of type. It is made smaller where it would be wider than ``max_width``. ``tracking`` is in pixels."""

    kind: Literal["text"] = "text"
    text: str = Field(min_length=1, max_length=200)
    font: Font
    size: int = Field(ge=5, le=640)
    colour: Colour
    x: int
    y: int
    align: Literal["left", "centre", "right"] = "left"
    tracking: float = 0.0
    max_width: int | None = None
    shadow: float = Field(default=0.0, ge=0, le=1, description="opacity of a soft shadow")
    stroke: int = Field(default=0, ge=0, le=24, description="outline around the letters, pixels")
    stroke_colour: Colour = "#000000"
    is_hollow: bool = Field(default=False, description="only the outline is drawn, ``stroke`` pixels of ``colour``")
    hard_shadow: int = Field(default=0, ge=0, le=24, description="fall of an unsoftened shadow in ``stroke_colour``, pixels")
    glow: float = Field(default=0.0, ge=0, le=40, description="sigma of a glow in ``glow_colour``")
    glow_colour: Colour | None = None
    ghost: int = Field(default=0, ge=0, le=12, description="red and cyan copies beside the letters, pixels")
    blink: float = Field(default=0.0, ge=0, le=3, description="times a second that the text goes dark")
    emphasised: tuple[int, ...] = Field(default=(), description="indexes of words set in the emphasis font and colour")
    emphasis_font: Font | None = None
    emphasis_colour: Colour | None = None
    box: TextBox | None = None


class Rule(_Layer):
    """A line or bar; with the entry ``grow`` it is drawn from its left or top end."""

    kind: Literal["rule"] = "rule"
    rect: Rect
    colour: Colour


class Scrim(_Layer):
    """A soft band that makes type readable: full in ``rect``, feathered above and below it."""

    kind: Literal["scrim"] = "scrim"
    rect: Rect
    colour: Colour
    feather: int = Field(default=240, ge=0)


ArtName = Literal[
    "pin", "sparkle", "burst", "stamp_ring", "quote_mark", "tape", "film_frame", "film_holes", "contours", "wave", "underline", "ring", "noise",
]  # fmt: skip


class Art(_Layer):
    """A drawn ornament, made by rule at any size: ``rect`` is what it fills. ``seed`` is for those that differ each time.

    ``weave``, pixels: it sways as a picture with a gate weave does, but never jumps; what reaches to the edge goes on beyond it.
    """

    kind: Literal["art"] = "art"
    name: ArtName
    rect: Rect
    colour: Colour
    second: Colour | None = None
    seed: int = 0
    weave: float = Field(default=0.0, ge=0, le=8, description="gate weave of old film, pixels")


class Stroke(_Layer):
    """A line through points, smooth or straight, solid or dotted; with the entry ``draw`` it is drawn from its first point."""

    kind: Literal["stroke"] = "stroke"
    points: tuple[Point, ...] = Field(min_length=2, max_length=60)
    colour: Colour
    width: int = Field(default=8, ge=1, le=40)
    gap: int = Field(default=0, ge=0, le=80, description="distance of the dots' middles; 0 is a solid line")
    is_smooth: bool = True


class Marquee(_Layer):
    """Rows of one text over the whole canvas, slanted, drifting, each row against its neighbours."""

    kind: Literal["marquee"] = "marquee"
    text: str = Field(min_length=1, max_length=60)
    font: Font
    size: int = Field(ge=5, le=400)
    colour: Colour
    pitch: int = Field(default=245, ge=10, description="from row to row, pixels")
    speed: float = Field(default=70.0, description="pixels a second")
    stroke: int = Field(default=3, ge=0, le=12, description="only outlines, so thick; 0: filled")


class ProgressBar(_Layer):
    """How far the reel has come. With ``borders`` (seconds of the reel) the bar has a segment between each two of them."""

    kind: Literal["progress"] = "progress"
    rect: Rect
    colour: Colour
    track_opacity: Share = 0.28
    radius: int = 4
    gap: int = 12
    borders: tuple[Time, ...] = ()


Layer = Annotated[Fill | Picture | Text | Rule | Scrim | Art | Stroke | Marquee | ProgressBar, Field(discriminator="kind")]


TransitionKind = Literal[
    "cut", "beat_cut", "whip_pan", "zoom_through", "match_flash", "film_burn", "shape_wipe", "glitch_slice", "slide_push",
    "luma_wipe", "spin", "cross_zoom", "page_split", "dip", "iris", "blur_dissolve", "dissolve",
]  # fmt: skip
LOUD_TRANSITIONS: frozenset[str] = frozenset(
    {"whip_pan", "zoom_through", "match_flash", "film_burn", "shape_wipe", "glitch_slice", "spin", "cross_zoom", "iris"}
)
"""The joins that are noticed as such; a reel has few of them and never two in a row."""


class Transition(_Noun):
    """How a clip is joined to the one before it, centred on its start; ``beat_cut`` and ``match_flash`` begin at it. ``cut`` has no length.

    ``direction`` is where the picture goes (whip, push); ``x`` and ``y`` the centre of zooms and irises in 0..1.
    """

    kind: TransitionKind = "cut"
    duration: Time = Fraction(0)
    colour: Colour | None = None
    direction: Literal["left", "right", "up", "down"] = "up"
    shape: Literal["circle", "diagonal", "rect"] = "circle"
    x: Share = 0.5
    y: Share = 0.45
    seed: int = 0

    @property
    def is_loud(self) -> bool:
        return self.kind in LOUD_TRANSITIONS


class CutReason(_Noun):
    """Why a clip starts where it does: on a beat, before a phrase, or because the reel begins or the end card comes.

    Without music and between words it is the template's own ``pulse``. ``reference`` is the time of the beat or of the phrase's
    first word.
    """

    on: Literal["start", "beat", "pulse", "phrase", "end_card"]
    reference: Time | None = None


class Clip(_Noun):
    """One shot: its layers from bottom to top."""

    id: str
    start: Time
    duration: Time
    layers: tuple[Layer, ...] = Field(min_length=1, max_length=MAX_LAYERS)
    transition: Transition = Transition()
    cut: CutReason
    reason: str = Field(default="", description="why this picture is here, a sentence for the creator")

    @property
    def end(self) -> Fraction:
        return self.start + self.duration


class Track(_Noun):
    """Clips one after the other without a gap. The first track is the bottom one."""

    clips: tuple[Clip, ...] = Field(min_length=1, max_length=MAX_CLIPS)


class Overlay(_Noun):
    """Layers that stand above all tracks and all transitions: titles, lower thirds, progress. Layer times are the overlay's."""

    start: Time
    duration: Time
    layers: tuple[Layer, ...] = Field(min_length=1, max_length=MAX_LAYERS)


class CaptionWord(_Noun):
    """A spoken word. ``start`` is the onset of its sound."""

    text: str = Field(min_length=1, max_length=60)
    start: Time
    end: Time
    is_emphasised: bool = False
    is_name: bool = Field(default=False, description="a name that keeps its spelling, also where captions are in capitals")


class CaptionChunk(_Noun):
    """Words shown together, as ``lines`` of word indexes; ``first`` and ``last`` are inclusive."""

    first: int = Field(ge=0)
    last: int = Field(ge=0)
    start: Time
    end: Time
    lines: tuple[tuple[int, ...], ...] = Field(min_length=1, max_length=3)
    x: int = 540
    y: int = Field(default=1150, description="middle of the block")
    size: int | None = Field(default=None, description="type size where it is not the preset's")
    colour: Colour | None = Field(default=None, description="fill where it is not the preset's (contrast)")
    scrim: Share = Field(default=0.0, description="opacity of the band behind")
    scrim_colour: Colour | None = None
    scrim_rect: Rect | None = Field(default=None, description="what the band is clipped to: the photo under it")
    scrim_mask: Literal["rect", "arch", "circle"] = Field(default="rect", description="the shape of that photo")
    scrim_radius: int = Field(default=0, ge=0, description="the radius of its corners")
    halo: Rect | None = Field(default=None, description="where given, the scrim is a soft pool around this rectangle instead of a band")
    is_boxed: bool = Field(default=False, description="a box behind each line, where nothing else gives enough contrast")
    box_colour: Colour | None = None
    emoji: str = Field(default="", max_length=16, description="one emoji of the creator's, drawn at the end of the chunk")


CaptionPreset = Literal["pop", "box", "clean", "edit", "type", "tag"]


class CaptionStyle(_Noun):
    """What a template changes of a preset. None keeps the preset's own."""

    font: Font | None = None
    emphasis_font: Font | None = None
    size: int | None = Field(default=None, ge=5, le=200)
    line_height: float | None = None
    is_upper: bool | None = None
    colour: Colour | None = None
    active_colour: Colour | None = Field(default=None, description="the word that is being spoken")
    keyword_colour: Colour | None = Field(default=None, description="emphasised words")
    box_colour: Colour | None = None
    stroke_colour: Colour | None = None


class Captions(_Noun):
    """The spoken words and how they are shown."""

    preset: CaptionPreset = "clean"
    style: CaptionStyle = CaptionStyle()
    language: str = "en"
    direction: Literal["ltr", "rtl"] = "ltr"
    words: tuple[CaptionWord, ...] = Field(default=(), max_length=MAX_WORDS)
    chunks: tuple[CaptionChunk, ...] = ()


class SoundClip(_Noun):
    """A piece of a sound on the timeline. ``sound_id`` names an entry of ``sounds``, or of ``media`` on the source bus.

    ``is_speech``: somebody speaks in this clip; where the reel has no voice of its own, it is heard as one.
    """

    sound_id: str
    start: Time
    duration: Time
    source_start: Time = Fraction(0)
    gain_db: float = Field(default=0.0, ge=-60, le=12)
    fade_in: Time = Fraction(0)
    fade_out: Time = Fraction(0)
    is_speech: bool = False


class SoundEffect(_Noun):
    """A made sound: at ``at`` it is loudest (a riser ends there). ``peak_db`` is its peak before mastering, dBFS."""

    kind: Literal["whoosh", "swipe", "pop", "tick", "riser", "impact", "ding", "shutter", "crackle", "key"]
    at: Time
    peak_db: float = Field(default=-14.0, ge=-60, le=-3)
    duration: Time | None = None
    seed: int = 0


class Soundtrack(_Noun):
    """Three buses, the effects, and the target. Music and source give way to the voice (ducking).

    ``bed_db`` is the level of a noise that keeps the pauses of a voice alone from digital silence, and is tape hiss where louder.
    """

    voice: tuple[SoundClip, ...] = ()
    music: tuple[SoundClip, ...] = ()
    source: tuple[SoundClip, ...] = ()
    effects: tuple[SoundEffect, ...] = Field(default=(), max_length=200)
    bed_db: float | None = Field(default=None, ge=-80, le=-30)
    is_ducked: bool = True
    loudness_lufs: float = -14.0
    true_peak_dbtp: float = -1.0
    beats: tuple[Time, ...] = Field(default=(), description="times of the music's beats on the reel's clock")


class Declaration(_Noun):
    """A stretch that is still, black or silent on purpose; undeclared ones are faults."""

    kind: Literal["still", "black", "silent"]
    start: Time
    end: Time
    reason: str


LookName = Literal["clean", "punch", "cream", "gold", "retro90", "dusk", "silver", "neon"]


class Look(_Noun):
    """The one colour look of all media in a reel. ``is_grain_live`` renews the grain with the held picture (old film only)."""

    name: LookName = "gold"
    strength: Share = 0.85
    is_grain_live: bool = False


class Cover(_Noun):
    """The picture that stands for the reel: layers from bottom to top, drawn with the reel's look, without captions.

    ``kept`` is what every platform's crop must show whole: the title, and the faces that the picture allows to keep.
    """

    layers: tuple[Layer, ...] = Field(min_length=1, max_length=MAX_LAYERS)
    kept: tuple[Rect, ...] = ()


class RightsEntry(_Noun):
    """Whose work is in the reel and under which terms."""

    what: str
    by: str
    licence: str


class Reel(_Noun):
    """One composition, complete and versioned."""

    document_version: Literal[1] = DOCUMENT_VERSION
    title: str = Field(default="", max_length=200)
    template: str
    language: str = "en"
    seed: int = 0
    canvas: Canvas = Canvas()
    look: Look = Look()
    background: Colour = "#F3EEE4"
    media: dict[str, MediaReference] = Field(default_factory=dict)
    sounds: dict[str, SoundReference] = Field(default_factory=dict)
    tracks: tuple[Track, ...] = Field(min_length=1, max_length=4)
    overlays: tuple[Overlay, ...] = Field(default=(), max_length=60)
    captions: Captions = Captions()
    soundtrack: Soundtrack = Soundtrack()
    declarations: tuple[Declaration, ...] = ()
    cover_at: Time = Fraction(0)
    cover: Cover | None = Field(default=None, description="None: the frame at ``cover_at``")
    is_loop: bool = Field(default=False, description="the last frame leads into the first")
    rights: tuple[RightsEntry, ...] = ()

    @property
    def duration(self) -> Fraction:
        """Length in exact seconds: the end of the first track."""
        return self.tracks[0].clips[-1].end

    @property
    def frame_count(self) -> int:
        return to_frame(self.duration, self.canvas.frame_rate)

    def all_layers(self) -> Iterator[Layer]:
        """Every layer of every clip and overlay."""
        for track in self.tracks:
            for clip in track.clips:
                yield from clip.layers
        for overlay in self.overlays:
            yield from overlay.layers
        yield from self.cover.layers if self.cover else ()

    @model_validator(mode="after")
    def _check(self) -> Self:
        for number, track in enumerate(self.tracks):
            _check_track(track, number, self.canvas.frame_rate)
        if self.duration > MAX_LENGTH_SECONDS:
            raise ValueError(f"the reel is {float(self.duration):.1f} s long; at most {MAX_LENGTH_SECONDS} s are possible")
        _check_references(self)
        _check_captions(self.captions)
        return self


def load_reel(document: dict[str, object]) -> Reel:
    """Reads a stored document, upgrading older versions. Raises pydantic.ValidationError."""
    return Reel.model_validate(document)


def dump_reel(reel: Reel) -> dict[str, object]:
    """The document as JSON-able values; ``load_reel`` gives the same reel back."""
    return reel.model_dump(mode="json", exclude_defaults=False)


def _check_track(track: Track, number: int, frame_rate: Fraction) -> None:
    if track.clips[0].start != 0:
        raise ValueError(f"track {number} must begin at 0")
    for clip in track.clips:
        if clip.duration <= 0:
            raise ValueError(f"clip {clip.id} has no length")
        if (clip.start * frame_rate).denominator != 1 or (clip.duration * frame_rate).denominator != 1:
            raise ValueError(f"clip {clip.id} must start and end on a frame")
    for before, after in pairwise(track.clips):
        if before.end != after.start:
            raise ValueError(f"clip {after.id} must start where clip {before.id} ends")
        half = after.transition.duration / 2
        if half > before.duration or half > after.duration:
            raise ValueError(f"the transition into clip {after.id} is longer than its shots allow")


def _check_references(reel: Reel) -> None:
    for layer in reel.all_layers():
        if isinstance(layer, Picture) and layer.media_id not in reel.media:
            raise ValueError(f"media {layer.media_id} is used but not listed")
    soundtrack = reel.soundtrack
    for clip in (*soundtrack.voice, *soundtrack.music):
        if clip.sound_id not in reel.sounds:
            raise ValueError(f"sound {clip.sound_id} is used but not listed")
    for clip in soundtrack.source:
        if clip.sound_id not in reel.media:
            raise ValueError(f"media {clip.sound_id} is heard but not listed")


def _check_captions(captions: Captions) -> None:
    for before, after in pairwise(captions.words):
        if after.start < before.start:
            raise ValueError(f'the caption word "{after.text}" starts before the word in front of it')
    for chunk in captions.chunks:
        if not chunk.first <= chunk.last < len(captions.words):
            raise ValueError("a caption chunk names words that are not there")
        if [index for line in chunk.lines for index in line] != list(range(chunk.first, chunk.last + 1)):
            raise ValueError("the lines of a caption chunk must hold its words in order")
    for earlier, later in pairwise(captions.chunks):
        if later.start < earlier.end:
            raise ValueError("caption chunks must not overlap")
