"""Arranging one shot: which of the template's layouts suits its media and words; no text over faces, nothing cut off."""

from __future__ import annotations

from collections.abc import Sequence

from reelwright.generation.composing.draw_layout import draw_layout
from reelwright.generation.composing.draw_picture import closeness
from reelwright.generation.composing.flat_pictures import FLAT_SHARPNESS
from reelwright.generation.composing.mount_small import mount_small
from reelwright.generation.composing.scene import Scene
from reelwright.generation.composing.shapes import layout_for
from reelwright.generation.composing.studio import ECHO, Arrangement, Studio, brightness, count_beside, own_pictures
from reelwright.generation.composing.type_layers import bare_word
from reelwright.generation.plan import PlannedMedia
from reelwright.reels.geometry import enlargement, window_of
from reelwright.reels.reel import Text
from reelwright.reels.template import Layout, PictureSlot, RoutePart, TextStack

__all__ = ["BLACK_LUMA", "BRIGHT_LUMA", "Arrangement", "Scene", "Studio", "arrange"]

BRIGHT_LUMA = 0.78
"""Above this, type on a picture is dark."""

GLARING_LUMA = 0.52
"""Above this, light type on a picture needs much shade."""

FULL_SHARE_WANTED = 0.55
DIM_LUMA = 0.1
"""Darker pictures look better beside paper than all over."""

BLACK_LUMA = 0.06
"""Pictures as dark as this would look like a fault if nothing else were on the canvas."""

LEAST_DETAIL = 1.3
"""A detail that is not so much nearer than the whole picture beside it looks like the same again."""

MOST_COUNTED_USES = 6
FREE_SHARE = 0.5
"""More of a layout's room for type should not stay empty."""

_COST = {
    "same": 1.5,
    "recent": 0.5,
    "often": 0.15,
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
    "place": 0.6,
    "name": 3.0,
    "untitled": 6.0,
    "lost": 5.0,
    "dim": 0.8,
    "black": 4.0,
    "flat": 4.0,
    "no_detail": 4.0,
    "uncaptioned": 4.0,
    "blurred": 3.5,
    "repeated": 0.6,
    "void": 2.0,
    "map": 1.6,
    "second_map": 9.0,
    "glare": 6.0,
    "twin": 6.0,
    "uncounted": 4.0,
}
_WORDS = frozenset({"title", "call"})
TALL = "_tall"
"""Layouts with this ending have a taller picture and less room for type; else they are the same."""


def arrange(studio: Studio, scene: Scene, names: Sequence[str]) -> Arrangement:
    """The best layout of those named, drawn. What it used is remembered for the shots to come."""
    layouts = [layout_for(studio.template, name, studio.shape) for name in names]
    usable = [layout for layout in layouts if _is_usable(layout, scene)] or layouts[-1:]
    rated = [(_cost_of(studio, scene, layout), place, layout) for place, layout in enumerate(usable)]
    layout = min(rated, key=lambda row: (row[0], row[1]))[2]
    arrangement = draw_layout(studio, scene, layout, take=True)
    studio.layouts_used.append(_plain_name(layout))
    studio.families_used.append(layout.family)
    studio.blurred_grounds += _has_blurred(layout)
    studio.last_move = arrangement.main_move or studio.last_move
    return arrangement


def _is_usable(layout: Layout, scene: Scene) -> bool:
    if any(not scene.texts.get(source) for source in layout.needs):
        return False
    wants_text = any(scene.texts.get(source) for source in ("title", "chapter"))
    if wants_text and not layout.needs and layout.kind == "body":
        return False
    return len(own_pictures(layout)) <= max(len(scene.media_ids), 1) or _can_show_detail(layout, scene)


def _can_show_detail(layout: Layout, scene: Scene) -> bool:
    """More pictures than the shot has media: others of the reel; of a single media whole and detail, where there is text between them."""
    if scene.is_alone:
        return len(own_pictures(layout)) == 2 and bool(layout.needs) and not scene.has_spare
    return count_beside(layout, scene) <= len(scene.others) and (bool(layout.needs) or not scene.has_captions)


def _cost_of(studio: Studio, scene: Scene, layout: Layout) -> float:
    drawn = draw_layout(studio, scene, layout, take=False)
    pictures = own_pictures(layout)
    recent = [] if _is_counting(layout) else studio.layouts_used[-2:]
    name = _plain_name(layout)
    cost = _COST["same"] * (name == (recent[-1] if recent else "")) + _COST["recent"] * (name in recent)
    cost += _COST["often"] * min(MOST_COUNTED_USES, studio.layouts_used.count(name)) * (not _is_counting(layout))
    cost += _COST["uncounted"] * (not _is_counting(layout) and _may_count(studio, scene, layout))
    cost += _kind_cost(studio, layout)
    cost += _COST["face_covered"] * any(text.overlap(face) > 0 for text in drawn.texts for face in drawn.faces)
    cost += sum(_picture_cost(studio, scene, layout, slot, place) for place, slot in enumerate(pictures)) / max(1, len(pictures))
    cost -= _COST["chapter"] * bool({"chapter", "number", "figure"} & set(layout.needs))
    cost -= _COST["place"] * ("place" in layout.needs) + _COST["name"] * (layout.kind == "body" and "name" in layout.needs)
    cost += _COST["untitled"] * (not drawn.texts and bool(_WORDS & set(scene.texts)))
    cost += _COST["lost"] * (bool(drawn.texts) and not scene.has_captions and not _says_all(drawn, scene))
    cost += _plain_cost(layout, studio.media[scene.media_ids[0]])
    cost += _COST["no_detail"] * _lacks_detail(studio, scene, layout)
    cost += _COST["uncaptioned"] * (scene.has_captions and layout.captions is None)
    cost += _COST["void"] * max(0.0, drawn.emptiness - FREE_SHARE) * (layout.family != "full")
    cost += _COST["repeated"] * (len(pictures) < sum(slot.blur == 0 for slot in layout.pictures) and scene.repeats == 0)
    cost += _COST["blurred"] * (_has_blurred(layout) and studio.blurred_grounds > 0)
    cost += _map_cost(studio, layout) + _COST["glare"] * _glare(studio, scene, layout)
    cost += _COST["twin"] * (not scene.is_alone and count_beside(layout, scene) > len(scene.others))
    cost += _COST["unshown"] * (len(scene.media_ids) > len(pictures))
    cost += _COST["detail"] * max(0, len(pictures) - len(scene.media_ids))
    return cost + (0.0 if drawn.fits else _COST["unfit"])


def _is_counting(layout: Layout) -> bool:
    """Whether it is the page of a list's item: these are alike, so that one sees the count go on."""
    return {"number", "item"} <= set(layout.needs)


def _may_count(studio: Studio, scene: Scene, layout: Layout) -> bool:
    """Whether the scene is a list's item and the template has a page for it."""
    is_item = layout.kind == "body" and bool(scene.texts.get("number") and scene.texts.get("item"))
    return is_item and any(_is_counting(studio.template.layout(name)) for name in studio.template.bodies)


def _plain_cost(layout: Layout, media: PlannedMedia) -> float:
    """Dark pictures rather beside paper than all over; black and empty ones neither all over nor on their own darkened ground."""
    luma, is_covering = brightness(media), layout.family in {"full", "frame"}
    cost = _COST["flat"] * (is_covering and media.analysis.sharpness < FLAT_SHARPNESS)
    return cost + _COST["dim"] * (layout.family == "full" and luma < DIM_LUMA) + _COST["black"] * (is_covering and luma < BLACK_LUMA)


def _lacks_detail(studio: Studio, scene: Scene, layout: Layout) -> bool:
    """Whether a hole for a detail of the first picture would show nearly all of it again, because it has too few pixels to go closer."""
    details = [slot for slot in layout.pictures if slot.repeats is not None and slot.closer > LEAST_DETAIL and not slot.blur]
    return any(slot.name != ECHO and closeness(studio, scene, slot, 0) < LEAST_DETAIL for slot in details)


def _map_cost(studio: Studio, layout: Layout) -> float:
    """A map is shown as soon as there is one to show, and once."""
    if not _has_route(layout):
        return 0.0
    maps = {one.name for one in studio.template.layouts if _has_route(one)}
    return _COST["second_map"] if maps & set(studio.layouts_used) else -_COST["map"]


def _glare(studio: Studio, scene: Scene, layout: Layout) -> float:
    """How much too bright the picture is for light type: the shade that it needs would be a grey fog."""
    shaded = [part for part in layout.parts if isinstance(part, TextStack) and part.scrim > 0]
    luma = brightness(studio.media[scene.media_ids[0]]) * min((slot.brightness for slot in layout.pictures), default=1.0)
    if not shaded or luma >= BRIGHT_LUMA:
        return 0.0
    return max(0.0, luma - GLARING_LUMA)


def _has_route(layout: Layout) -> bool:
    return any(isinstance(part, RoutePart) for part in layout.parts)


def _says_all(drawn: Arrangement, scene: Scene) -> bool:
    """Whether the layout shows every word of the title: a place or a figure alone would lose the rest."""
    shown = {bare_word(word) for layer in drawn.layers if isinstance(layer, Text) for word in layer.text.split()}
    return {bare_word(word) for word in scene.texts.get("title", "").split()} - {""} <= shown


def _has_blurred(layout: Layout) -> bool:
    """Whether it stands on a blurred copy of its picture: one of these in a reel is enough."""
    return any(slot.blur > 0 for slot in layout.pictures)


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


def _picture_cost(studio: Studio, scene: Scene, layout: Layout, slot: PictureSlot, place: int) -> float:
    media = studio.media[scene.media_ids[min(place, len(scene.media_ids) - 1)]]
    picture = studio.size(media.media_id)
    slot = mount_small(slot, picture, layout.family, studio.template.camera.base_scale, studio.canvas)
    closer = closeness(studio, scene, slot, place)
    cost = _COST["soft"] * max(0.0, enlargement(picture, slot.rect, closer * studio.template.camera.base_scale) - slot.max_enlargement)
    width, height = window_of(picture, slot.rect, closer)
    cost += _COST["hidden"] * (1 - width * height)
    cost += _COST["clip_page"] * (media.facts.kind == "video" and slot.rect.height < 1500)
    cut = [face for face in media.analysis.faces if face.width > width or face.height > height]
    return cost + _COST["face_cut"] * bool(cut)
