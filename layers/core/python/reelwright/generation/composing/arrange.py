"""Arranging one shot: which layout, which part of each picture, where its text stands; no text over faces, nothing cut off."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from math import log2

from reelwright.generation.composing.clip_windows import ClipWindows, Window
from reelwright.generation.composing.moves import Look, Move, choose_move, make_motion, move_of
from reelwright.generation.composing.set_type import SetStack, set_stack
from reelwright.generation.plan import PlannedMedia
from reelwright.reels.geometry import Area, Size, area_of, enlargement, visible_faces, window_of
from reelwright.reels.reel import Fill, Layer, MediaReference, Motion, Picture, Rule, View
from reelwright.reels.template import FixedFill, FixedRule, Layout, PictureSlot, Template, TextSource, TextStack

MIDDLE_LUMA = 0.46
BRIGHT_LUMA = 0.78
"""Above this, type on a picture is dark."""

BRIGHT_TITLE_LUMA = 0.78
MAX_EXPOSURE_STOPS = 0.35
EXPOSURE_SHARE = 0.6
DETAIL_CLOSER = 1.45
FULL_SHARE_WANTED = 0.55
_COST = {
    "same": 1.5,
    "recent": 0.5,
    "soft": 3.0,
    "face_cut": 1.2,
    "face_covered": 6.0,
    "hidden": 0.7,
    "balance": 1.2,
    "unfit": 5.0,
    "detail": 0.5,
    "clip_page": 0.3,
    "later": 0.3,
    "unshown": 1.0,
    "roomy": 0.04,
    "chapter": 1.2,
}
PHASE_STEP = 1.7
TALL = "_tall"
"""Layouts with this ending have a taller picture and less room for type; else they are the same."""


@dataclass(frozen=True)
class Scene:
    """What one shot shows. ``repeats``: how often its media was shown before. ``has_captions``: words are spoken over it.

    ``has_spare``: other media of the creator are not shown at all, so none may stand beside itself.
    """

    number: int
    media_ids: tuple[str, ...]
    texts: Mapping[TextSource, str]
    seconds: float
    has_captions: bool = False
    repeats: int = 0
    has_spare: bool = False


@dataclass(frozen=True)
class Arrangement:
    """A drawn shot: its layers, and what lies where on the canvas."""

    layout: Layout
    layers: tuple[Layer, ...]
    faces: tuple[Area, ...]
    texts: tuple[Area, ...]
    pictures: tuple[Area, ...]
    moves: tuple[Move, ...]
    windows: tuple[tuple[str, Window], ...] = ()
    luma: float = 0.5


@dataclass
class Studio:
    """Everything that arranging needs and remembers from shot to shot."""

    template: Template
    media: Mapping[str, PlannedMedia]
    references: Mapping[str, MediaReference]
    seed: int
    is_right_to_left: bool = False
    windows: ClipWindows = field(default_factory=ClipWindows)
    layouts_used: list[str] = field(default_factory=list)
    families_used: list[str] = field(default_factory=list)
    last_move: Move | None = None

    def size(self, media_id: str) -> Size:
        """Pixels of the stored rendition."""
        reference = self.references[media_id]
        return Size(reference.width, reference.height)


def arrange(studio: Studio, scene: Scene, names: Sequence[str]) -> Arrangement:
    """The best layout of those named, drawn. What it used is remembered for the shots to come."""
    layouts = [studio.template.layout(name) for name in names]
    usable = [layout for layout in layouts if _is_usable(layout, scene)] or layouts[-1:]
    drawn = [(_cost_of(studio, scene, layout), place, layout) for place, layout in enumerate(usable)]
    layout = min(drawn, key=lambda row: (row[0], row[1]))[2]
    arrangement = _draw(studio, scene, layout, take=True)
    studio.layouts_used.append(_plain_name(layout))
    studio.families_used.append(layout.family)
    studio.last_move = arrangement.moves[0] if arrangement.moves else studio.last_move
    return arrangement


def _is_usable(layout: Layout, scene: Scene) -> bool:
    if any(not scene.texts.get(source) for source in layout.needs):
        return False
    wants_text = any(scene.texts.get(source) for source in ("title", "chapter"))
    if wants_text and not layout.needs and layout.kind == "body":
        return False
    if scene.has_captions and layout.captions is None:
        return False
    return len(layout.pictures) <= max(len(scene.media_ids), 1) or _can_show_detail(layout, scene)


def _can_show_detail(layout: Layout, scene: Scene) -> bool:
    """Two pictures of one photo: whole and detail, where there is text between them and nothing else is left to show."""
    return len(layout.pictures) == 2 and bool(layout.needs) and not scene.has_spare


def _cost_of(studio: Studio, scene: Scene, layout: Layout) -> float:
    drawn = _draw(studio, scene, layout, take=False)
    recent = studio.layouts_used[-2:]
    name = _plain_name(layout)
    cost = _COST["same"] * (name == (recent[-1] if recent else "")) + _COST["recent"] * (name in recent)
    cost += _kind_cost(studio, layout)
    cost += _COST["face_covered"] * any(text.overlap(face) > 0 for text in drawn.texts for face in drawn.faces)
    cost += sum(_picture_cost(studio, scene, slot, place) for place, slot in enumerate(layout.pictures)) / max(1, len(layout.pictures))
    cost -= _COST["chapter"] * ("chapter" in layout.needs)
    cost += _COST["unshown"] * (len(scene.media_ids) > len(layout.pictures))
    if len(layout.pictures) > len(scene.media_ids):
        cost += _COST["detail"]
    fits = all(set_stack(part, scene.texts, studio.template.theme).fits for part in layout.parts if isinstance(part, TextStack))
    return cost + (0.0 if fits else _COST["unfit"])


def _plain_name(layout: Layout) -> str:
    return layout.name.removesuffix(TALL)


def _kind_cost(studio: Studio, layout: Layout) -> float:
    """Openers and end cards are tried in the template's order; body layouts alternate."""
    if layout.kind == "body":
        return _balance_cost(studio, layout) + _COST["roomy"] * (not layout.name.endswith(TALL))
    order = studio.template.openers if layout.kind == "opener" else studio.template.ends
    return _COST["later"] * order.index(layout.name)


def _balance_cost(studio: Studio, layout: Layout) -> float:
    """Keeps full-bleed shots at about half of all."""
    bodies = studio.families_used[1:]
    share = (bodies.count("full") + 1) / (len(bodies) + 2)
    return _COST["balance"] * (share - FULL_SHARE_WANTED) * (1 if layout.family == "full" else -1)


def _picture_cost(studio: Studio, scene: Scene, slot: PictureSlot, place: int) -> float:
    media = studio.media[_media_at(scene, place)]
    picture = studio.size(media.media_id)
    closer = _closer(scene, place)
    cost = _COST["soft"] * max(0.0, enlargement(picture, slot.rect, closer * studio.template.camera.base_scale) - slot.max_enlargement)
    width, height = window_of(picture, slot.rect, closer)
    cost += _COST["hidden"] * (1 - width * height)
    cost += _COST["clip_page"] * (media.facts.kind == "video" and slot.rect.height < 1500)
    cut = [face for face in media.analysis.faces if face.width > width or face.height > height]
    return cost + _COST["face_cut"] * bool(cut)


def _media_at(scene: Scene, place: int) -> str:
    return scene.media_ids[min(place, len(scene.media_ids) - 1)]


def _closer(scene: Scene, place: int) -> float:
    """A media that comes again is first seen closer, then whole again."""
    is_detail = place >= len(scene.media_ids)
    return DETAIL_CLOSER if is_detail or (scene.repeats % 2 == 1 and place == 0) else 1.0


def _draw(studio: Studio, scene: Scene, layout: Layout, *, take: bool) -> Arrangement:
    layers: list[Layer] = []
    faces: list[Area] = []
    texts: list[Area] = []
    moves: list[Move] = []
    windows: list[tuple[str, Window]] = []
    stacks: list[SetStack] = []
    for part in layout.parts:
        if isinstance(part, PictureSlot):
            place = len(moves)
            picture, window = _draw_picture(studio, scene, part, place, moves[-1] if moves else studio.last_move, take=take)
            layers.append(picture)
            moves.append(move_of(picture.motion))
            faces += _faces_of(studio, part, picture)
            if window:
                windows.append((picture.media_id, window))
        elif isinstance(part, TextStack):
            stacks.append(set_stack(_readable(studio, scene, part), scene.texts, studio.template.theme))
        elif isinstance(part, FixedFill | FixedRule):
            layers.append(_fixed(part, studio))
    for stack in stacks:
        layers += stack.layers
        texts += [stack.area] if stack.area else []
    pictures = tuple(area_of(slot.rect) for slot in layout.pictures)
    luma = _brightness(studio.media[_media_at(scene, len(moves) - 1)])
    return Arrangement(layout, tuple(layers), tuple(faces), tuple(texts), pictures, tuple(moves), tuple(windows), luma)


def _brightness(media: PlannedMedia) -> float:
    """How bright a picture is all over: one dark half is enough to want light type."""
    return min(media.analysis.luma_median, media.analysis.luma_mean)


def _readable(studio: Studio, scene: Scene, stack: TextStack) -> TextStack:
    """The stack as it is, or with dark type over a light shade where it stands on a bright picture."""
    stack = stack.model_copy(update={"align": "right"}) if studio.is_right_to_left else stack
    luma = _brightness(studio.media[scene.media_ids[0]])
    if stack.scrim <= 0 or luma < BRIGHT_TITLE_LUMA:
        return stack
    blocks = tuple(block.model_copy(update={"colour": "ink", "shadow": 0.0}) if block.colour == "second" else block for block in stack.blocks)
    return stack.model_copy(update={"blocks": blocks, "scrim_colour": "background", "bar": "ink" if stack.bar else None})


def _fixed(part: FixedFill | FixedRule, studio: Studio) -> Layer:
    colour = studio.template.theme.colour(part.colour)
    return Fill(rect=part.rect, colour=colour) if isinstance(part, FixedFill) else Rule(rect=part.rect, colour=colour, entry=part.entry)


def _draw_picture(studio: Studio, scene: Scene, slot: PictureSlot, place: int, last: Move | None, *, take: bool) -> tuple[Picture, Window | None]:
    media = studio.media[_media_at(scene, place)]
    look = Look(studio.size(media.media_id), slot.rect, media.analysis, scene.seconds, _allowed_closer(studio, media, slot, _closer(scene, place)))
    is_clip = studio.references[media.media_id].kind == "video"
    window = studio.windows.take(media, scene.seconds) if is_clip and take else None
    motion = _move(studio, scene, look, last, place, window)
    return (
        Picture(
            media_id=media.media_id,
            rect=slot.rect,
            motion=motion,
            source_start=window.start if window else Fraction(0),
            speed=window.speed if window else Fraction(1),
            radius=slot.radius,
            entry=slot.entry,
            exposure=_exposure(media),
        ),
        window,
    )


def _move(studio: Studio, scene: Scene, look: Look, last: Move | None, place: int, window: Window | None) -> Motion:
    """A move that is not the one before, also after the picture's edges have had their say."""
    phase = round((scene.number * PHASE_STEP + place * 0.9) % 6.283, 3)
    width, _ = window_of(look.picture, look.rect, 1.0)
    path = window.path if window and width < 0.98 else ()
    tried: Move | None = last
    motion = make_motion(look, choose_move(look, tried, studio.seed + scene.number), studio.template.camera, phase, path)
    if last is not None and move_of(motion) == last:
        motion = make_motion(look, "out" if last == "in" else "in", studio.template.camera, phase, path)
    return motion


def _allowed_closer(studio: Studio, media: PlannedMedia, slot: PictureSlot, closer: float) -> float:
    """A closer crop only as far as the picture has pixels for it."""
    if closer == 1.0:
        return closer
    plain = enlargement(studio.size(media.media_id), slot.rect, studio.template.camera.base_scale)
    return max(1.0, min(closer, slot.max_enlargement / plain))


def _exposure(media: PlannedMedia) -> float:
    """Stops that bring the median luma part of the way to the middle."""
    luma = min(0.95, max(0.05, media.analysis.luma_median))
    return round(max(-MAX_EXPOSURE_STOPS, min(MAX_EXPOSURE_STOPS, EXPOSURE_SHARE * log2(MIDDLE_LUMA / luma) / 2)), 3)


def _faces_of(studio: Studio, slot: PictureSlot, picture: Picture) -> list[Area]:
    media = studio.media[picture.media_id]
    views: list[View] = [picture.motion.start, picture.motion.end]
    return visible_faces(media.analysis.faces, studio.size(media.media_id), slot.rect, views)
