"""The studio in which shots are arranged: what it knows, what it remembers, and the sheet that a layout is drawn on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from reelwright.generation.composing.clip_windows import ClipWindows, Window
from reelwright.generation.composing.moves import Move, move_of
from reelwright.generation.composing.scene import Scene
from reelwright.generation.plan import PlannedMedia
from reelwright.reels.geometry import Area, Size, area_of
from reelwright.reels.reel import Layer, MediaReference, Picture, Shape
from reelwright.reels.shape_areas import ShapeAreas, areas_of
from reelwright.reels.template import Layout, PictureSlot, Template, TextSource

ECHO = "echo"
"""The name of holes for a second picture, which is the first one again only where the reel has no other."""


@dataclass
class Studio:
    """Everything that arranging needs and remembers from shot to shot."""

    template: Template
    media: Mapping[str, PlannedMedia]
    references: Mapping[str, MediaReference]
    seed: int
    is_right_to_left: bool = False
    shape: Shape = "9:16"
    language: str = "en"
    windows: ClipWindows = field(default_factory=ClipWindows)
    layouts_used: list[str] = field(default_factory=list)
    families_used: list[str] = field(default_factory=list)
    last_move: Move | None = None
    blurred_grounds: int = 0
    shown_beside: list[str] = field(default_factory=list)

    @property
    def areas(self) -> ShapeAreas:
        """Where things may stand on this canvas."""
        return areas_of(self.shape)

    @property
    def canvas(self) -> Size:
        """Its width and height, pixels."""
        return Size(self.areas.width, self.areas.height)

    def size(self, media_id: str) -> Size:
        """Pixels of the stored rendition."""
        reference = self.references[media_id]
        return Size(reference.width, reference.height)


@dataclass(frozen=True)
class Arrangement:
    """A drawn shot: its layers, and what lies where on the canvas. ``emptiness``: the share of its room for type that stays free."""

    layout: Layout
    layers: tuple[Layer, ...]
    faces: tuple[Area, ...]
    texts: tuple[Area, ...]
    pictures: tuple[Area, ...]
    moves: tuple[Move, ...]
    windows: tuple[tuple[str, Window], ...] = ()
    luma: float = 0.5
    fits: bool = True
    emptiness: float = 0.0

    @property
    def main_move(self) -> Move | None:
        """How the camera moves over the largest picture: the move that is felt."""
        shown = [layer for layer in self.layers if isinstance(layer, Picture) and not layer.blur]
        largest = max(shown, key=lambda layer: layer.rect.width * layer.rect.height, default=None)
        return move_of(largest.motion) if largest else None


@dataclass
class Sheet:
    """A layout while it is being drawn, from bottom to top. ``take``: whether stretches of clips are taken for good."""

    studio: Studio
    scene: Scene
    layout: Layout
    take: bool
    layers: list[Layer] = field(default_factory=list)
    faces: list[Area] = field(default_factory=list)
    texts: list[Area] = field(default_factory=list)
    moves: list[Move] = field(default_factory=list)
    windows: list[tuple[str, Window]] = field(default_factory=list)
    shown: list[str] = field(default_factory=list)
    fits: bool = True
    emptiness: float = 0.0

    def has(self, source: TextSource | None) -> bool:
        """Whether the scene has this text; without a source, always."""
        return source is None or bool(self.scene.texts.get(source))

    def colour(self, name: str) -> str:
        """A colour of the theme; of panels the one whose turn it is."""
        return self.studio.template.theme.colour(name, self.scene.turn)

    def media_at(self, place: int) -> str:
        """The media of the layout's hole number ``place``; the last one where there are fewer media than holes."""
        return self.scene.media_ids[min(place, len(self.scene.media_ids) - 1)]

    def media_beside(self) -> str | None:
        """A media of the reel that may stand beside the scene's own and is not on this sheet yet; the one least used so."""
        free = [media_id for media_id in self.scene.others if media_id not in self.shown]
        used = self.studio.shown_beside
        return min(free, key=lambda media_id: (used.count(media_id), free.index(media_id)), default=None)

    def finish(self) -> Arrangement:
        """The drawn shot."""
        media = self.studio.media[self.shown[-1] if self.shown else self.scene.media_ids[0]]
        return Arrangement(
            self.layout,
            tuple(self.layers),
            tuple(self.faces),
            tuple(self.texts),
            tuple(area_of(slot.rect) for slot in self.layout.pictures),
            tuple(self.moves),
            tuple(self.windows),
            brightness(media),
            self.fits,
            self.emptiness,
        )


def brightness(media: PlannedMedia) -> float:
    """How bright a picture is all over: one dark half is enough to want light type."""
    return min(media.analysis.luma_median, media.analysis.luma_mean)


def own_pictures(layout: Layout) -> tuple[PictureSlot, ...]:
    """The holes that want a media of their own."""
    return tuple(slot for slot in layout.pictures if slot.repeats is None)


def count_beside(layout: Layout, scene: Scene) -> int:
    """How many of the layout's holes are left for media that are not the scene's own: second pictures, and more holes than it has media."""
    second = sum(is_second(slot) for slot in layout.pictures)
    return second + max(0, len(own_pictures(layout)) - len(scene.media_ids))


def is_second(slot: PictureSlot) -> bool:
    """Whether the hole wants another picture beside the first; others that repeat are its own ground, portrait or detail."""
    return slot.repeats is not None and slot.name == ECHO
