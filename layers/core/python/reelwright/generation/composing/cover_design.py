"""The cover: the reel's best opener full bleed, and two to four words of its hook in the template's display type.

Title and faces stand inside what every platform's crop shows; no word stands over a face.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product

from reelwright.generation.composing.cover_words import cover_words, first_clause
from reelwright.generation.composing.set_type import SetStack, set_stack
from reelwright.generation.composing.studio import Studio
from reelwright.generation.composing.timeline import exact
from reelwright.generation.composing.type_layers import even
from reelwright.generation.plan import Plan, PlannedMedia
from reelwright.reels.cover_crops import common_area, title_area
from reelwright.reels.geometry import Area, Size, clamp_view, crop_centre, enlargement, visible_faces, window_of
from reelwright.reels.reel import Clip, Cover, Layer, Motion, Picture, Rect, Scrim, Text, View
from reelwright.reels.template import Template, TextBlock, TextStack
from reelwright.reels.type_fit import DESCENT, deep_descent

SETTINGS: tuple[tuple[tuple[int, int], int], ...] = (((180, 270), 2), ((150, 220), 3), ((112, 170), 2), ((84, 150), 5))
"""Sizes of a cover's type, pixels, and lines; smaller only where the words do not fit, or would stand on a face."""

SCRIM, SCRIM_FEATHER, SCRIM_MARGIN = 0.34, 260, 40
SCRIM_COLOUR = "#14110D"
SCALES = (1.0, 1.12, 1.25)
VIEW_STEPS = (0.0, 0.25, 0.5, 0.75, 1.0)
MAX_ENLARGEMENT = 2.6
GOOD_LUMA = (0.18, 0.80)
CANDIDATES = 6
BOXED_PITCH = 1.36
"""Lines with boxes stand so far apart, in sizes, that no box cuts the letters above it."""

FACE_MARGIN = 0.08
_COSTS = {"covered": 12.0, "cut": 8.0, "off_centre": 1.0, "closer": 1.5, "off_crop": 1.0, "unfit": 5.0, "smaller": 0.4}
_MEDIA_COSTS = {"soft": 2.0, "light": 1.0, "later": 0.25}


@dataclass(frozen=True)
class _Framing:
    """A view of the picture, the faces in it, and the middle of the title's block."""

    view: View
    faces: tuple[Area, ...]
    middle: float


def design_cover(studio: Studio, plan: Plan, clips: Sequence[Clip] = ()) -> Cover:
    """The cover of a plan, in the light in which ``clips`` show its picture. Its words are the hook's; without one it is the picture alone."""
    media = _choose_media(studio, plan)
    words = _fitting(studio, cover_words(plan.hook, plan.beats[0].emphasis, plan.language))
    framing, placed = _frame(studio, media, words)
    layers: list[Layer] = [_lit(_picture(studio, media, framing.view), clips)]
    kept = [_rect(face) for face in framing.faces if common_area(studio.shape).holds(face)]
    if placed is not None and placed.area is not None:
        layers += [_scrim(studio, placed), *placed.layers]
        kept.append(_rect(placed.area))
    return Cover(layers=tuple(layers), kept=tuple(kept))


def _fitting(studio: Studio, words: str) -> str:
    """The words, or the first clause of them, where they fit inside every crop; none where even that is too long."""
    choices = (choice for choice in (words, first_clause(words)) if choice)
    return next((choice for choice in choices if any(_set_title(studio, choice, 0.0, sizes, lines).fits for sizes, lines in SETTINGS)), "")


def cover_type(template: Template) -> tuple[TextBlock, str]:
    """The block of the template's cover, else its openers' largest type; and the colour of the shade behind it."""
    for names in (template.covers, template.openers):
        stacks = [part for name in names for part in template.layout(name).parts if isinstance(part, TextStack)]
        blocks = [(block, stack.scrim_colour) for stack in stacks for block in stack.blocks if isinstance(block, TextBlock)]
        over_photos = [row for row in blocks if row[0].colour not in {"ink", "background"}] or blocks
        if over_photos:
            return max(over_photos, key=lambda row: row[0].size)
    raise LookupError(f"The template {template.name} has no opener with type.")


def _choose_media(studio: Studio, plan: Plan) -> PlannedMedia:
    """The opener's picture, unless it is too small or too dark for a cover and a later one is not."""
    ids = dict.fromkeys(media_id for beat in plan.beats for media_id in beat.media_ids)
    known = [studio.media[media_id] for media_id in ids if media_id in studio.media][:CANDIDATES]
    return min(known, key=lambda media: _media_cost(studio, media, known.index(media)))


def _media_cost(studio: Studio, media: PlannedMedia, place: int) -> float:
    soft = max(0.0, enlargement(studio.size(media.media_id), studio.areas.canvas) - MAX_ENLARGEMENT)
    is_lit = GOOD_LUMA[0] <= media.analysis.luma_mean <= GOOD_LUMA[1]
    return _MEDIA_COSTS["soft"] * soft + _MEDIA_COSTS["light"] * (not is_lit) + _MEDIA_COSTS["later"] * place


def _frame(studio: Studio, media: PlannedMedia, words: str) -> tuple[_Framing, SetStack | None]:
    """The view of the picture and the set words: as large as they can be without standing on a face."""
    best: tuple[float, _Framing, SetStack | None] | None = None
    for sizes, lines in SETTINGS if words else SETTINGS[:1]:
        placed = _set_title(studio, words, 0.0, sizes, lines) if words else None
        framing, cost = _choose_framing(studio, media, placed)
        cost += _COSTS["unfit"] * (placed is not None and not placed.fits)
        if placed is not None and placed.area is not None:
            placed = _set_title(studio, words, framing.middle - placed.area.height / 2, sizes, lines)
        if best is None or cost < best[0] - _COSTS["smaller"]:
            best = (cost, framing, placed)
    if best is None:
        raise LookupError("A cover has no setting.")
    return best[1], best[2]


def _set_title(studio: Studio, words: str, top: float, sizes: tuple[int, int], lines: int) -> SetStack:
    """The words in the middle of the safe area, from ``top`` down."""
    area = title_area(studio.shape)
    block, _ = cover_type(studio.template)
    pitch = max(block.line_height, BOXED_PITCH) if block.box else block.line_height
    fixed = {"source": "title", "gap": 0, "entry": "none", "fills_width": False, "at": None, "line_height": pitch}
    changes = {**fixed, "size": sizes[1], "min_size": sizes[0], "max_lines": lines}
    stack = TextStack(
        x=round(area.left),
        top=round(top),
        bottom=round(top + area.height),
        width=round(area.width),
        align="centre",
        blocks=(block.model_copy(update=changes),),
    )
    return set_stack(stack, {"title": words}, studio.template.theme.colour)


def _choose_framing(studio: Studio, media: PlannedMedia, placed: SetStack | None) -> tuple[_Framing, float]:
    """The view and the place of the title that keep faces whole and free, and what they cost."""
    safe = title_area(studio.shape)
    rated = [(_framing_cost(framing, placed, safe, media, studio), framing) for framing in _framings(studio, media, placed)]
    cost, framing = min(rated, key=lambda row: row[0])
    return framing, cost


def _framings(studio: Studio, media: PlannedMedia, placed: SetStack | None) -> Iterator[_Framing]:
    picture, rect = studio.size(media.media_id), studio.areas.canvas
    safe = title_area(studio.shape)
    half = placed.area.height / 2 if placed and placed.area else 0.0
    low, high = safe.top + half, safe.bottom - half - _hang(placed)
    middles = [(low + high) / 2, low, high] if low < high else [(safe.top + safe.bottom) / 2]
    for scale in SCALES:
        if scale > 1.0 and enlargement(picture, rect, scale) > MAX_ENLARGEMENT:
            continue
        for view in _views(media, picture, rect, scale):
            faces = tuple(visible_faces(media.analysis.faces, picture, rect, [view]))
            yield from (_Framing(view, faces, middle) for middle in middles)


def _views(media: PlannedMedia, picture: Size, rect: Rect, scale: float) -> Iterator[View]:
    """The best crop, and others along what is free."""
    analysis = media.analysis
    window = window_of(picture, rect, scale)
    subject = analysis.subject if analysis.subject_strength > 0 else None
    x, y = crop_centre((analysis.crop_x, analysis.crop_y), window, analysis.faces, subject)
    yield clamp_view(View(x=x, y=y, scale=scale), picture, rect)
    if not analysis.faces:
        return
    for share_x, share_y in product((None, *VIEW_STEPS), VIEW_STEPS):
        wanted_x = x if share_x is None else window[0] / 2 + share_x * (1 - window[0])
        yield clamp_view(View(x=wanted_x, y=window[1] / 2 + share_y * (1 - window[1]), scale=scale), picture, rect)


def _framing_cost(framing: _Framing, placed: SetStack | None, safe: Area, media: PlannedMedia, studio: Studio) -> float:
    title = _title_at(framing.middle, placed)
    cost = _COSTS["cut"] * sum(_share_outside(face, safe) for face in framing.faces)
    cost += _COSTS["cut"] * (len(media.analysis.faces) - len(framing.faces)) * 0.5
    if title:
        cost += _COSTS["covered"] * any(title.overlap(face.grown(FACE_MARGIN * face.width)) > 0 for face in framing.faces)
    cost += _COSTS["off_centre"] * abs(framing.middle - (safe.top + safe.bottom) / 2) / studio.areas.height
    cost += _COSTS["closer"] * (framing.view.scale - 1)
    return cost + _COSTS["off_crop"] * abs(framing.view.x - media.analysis.crop_x)


def _share_outside(face: Area, safe: Area) -> float:
    size = max(1.0, face.width * face.height)
    return 1 - face.overlap(safe) / size


def _hang(placed: SetStack | None) -> float:
    """How far the letters of the last line may hang below it, pixels."""
    lines = [layer for layer in placed.layers if isinstance(layer, Text)] if placed else []
    return max((deep_descent(line.text, line.size) or DESCENT * line.size for line in lines[-1:]), default=0.0)


def _title_at(middle: float, placed: SetStack | None) -> Area | None:
    if placed is None or placed.area is None:
        return None
    half = placed.area.height / 2
    return Area(placed.area.left, middle - half, placed.area.right, middle + half)


def _picture(studio: Studio, media: PlannedMedia, view: View) -> Picture:
    return Picture(
        media_id=media.media_id,
        rect=studio.areas.canvas,
        motion=Motion(start=view, end=view),
        source_start=_sharpest(media) if media.facts.kind == "video" else Fraction(0),
    )


def _lit(picture: Picture, clips: Sequence[Clip]) -> Picture:
    """With the exposure and the white balance that the reel gives the same media."""
    for clip in clips:
        for layer in clip.layers:
            if isinstance(layer, Picture) and layer.media_id == picture.media_id:
                return picture.model_copy(update={"exposure": layer.exposure, "balance": layer.balance})
    return picture


def _sharpest(media: PlannedMedia) -> Fraction:
    """The middle of a clip's sharpest stretch."""
    shots: Sequence[tuple[float, float, float]] = [(shot.sharpness, shot.start, shot.end) for shot in media.analysis.shots]
    if not shots:
        return exact((media.facts.duration_seconds or 0.0) / 3)
    _, start, end = max(shots)
    return exact((start + end) / 2)


def _scrim(studio: Studio, placed: SetStack) -> Layer:
    """A soft band in the tone of the template's own shades, only where the words are."""
    area = placed.area or Area(0, 0, 2, 2)
    colour = studio.template.theme.colour(cover_type(studio.template)[1])
    rect = Rect(x=0, y=even(area.top - SCRIM_MARGIN), width=studio.areas.width, height=even(area.height + 2 * SCRIM_MARGIN))
    return Scrim(rect=rect, colour=colour or SCRIM_COLOUR, feather=SCRIM_FEATHER, opacity=SCRIM)


def _rect(area: Area) -> Rect:
    return Rect(x=even(area.left), y=even(area.top), width=max(2, even(area.width)), height=max(2, even(area.height)))
