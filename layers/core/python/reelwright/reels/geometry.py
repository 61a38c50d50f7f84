"""Where things may stand on the canvas, what a camera sees of a picture, and where faces end up.

Canvas areas are pixels of a 1080 x 1920 canvas; boxes and points in a picture are 0..1.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from reelwright.media.analysis import Box
from reelwright.reels.reel import Rect, View

CANVAS_WIDTH, CANVAS_HEIGHT = 1080, 1920
FREE_ZOOM_ENLARGEMENT = 1.6
MAX_FULL_ENLARGEMENT = 2.6
CALM_ZOOM_RATIO = 1.06
FACE_MARGIN = 0.15
HAIR_SHARE = 0.5
CAPTION_FACE_MARGIN = 0.10
_MIN_FACE_CONFIDENCE = 0.5


class Area(NamedTuple):
    """A rectangle by its edges, right and bottom excluded."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.bottom - self.top

    def grown(self, by: float) -> Area:
        """The area with ``by`` more on each side."""
        return Area(self.left - by, self.top - by, self.right + by, self.bottom + by)

    def overlap(self, other: Area) -> float:
        """The size of what both share."""
        width = min(self.right, other.right) - max(self.left, other.left)
        height = min(self.bottom, other.bottom) - max(self.top, other.top)
        return width * height if width > 0 and height > 0 else 0.0

    def holds(self, other: Area) -> bool:
        """Whether the other area lies inside."""
        return self.left <= other.left and self.top <= other.top and self.right >= other.right and self.bottom >= other.bottom


SAFE = Area(120, 288, 888, 1248)
"""No platform covers this with its own buttons and texts."""

TITLE_ZONE = Area(72, 288, 1008, 860)
CAPTION_ZONE = Area(192, 1060, 888, 1248)
CAPTION_CENTRE_X, CAPTION_CENTRE_Y = 540, 1150
CAPTION_TOP_CENTRE_Y = 380


class Size(NamedTuple):
    """Width and height in pixels."""

    width: int
    height: int


def area_of(rect: Rect) -> Area:
    """A rectangle of the reel document as an area."""
    return Area(rect.x, rect.y, rect.x + rect.width, rect.y + rect.height)


def cover_scale(picture: Size, rect: Rect) -> float:
    """Canvas pixels for each source pixel where the picture just fills the rectangle."""
    return max(rect.width / picture.width, rect.height / picture.height)


def window_of(picture: Size, rect: Rect, scale: float) -> tuple[float, float]:
    """Width and height of what is seen at a scale, as shares of the picture."""
    cover = cover_scale(picture, rect) * scale
    return min(1.0, rect.width / (picture.width * cover)), min(1.0, rect.height / (picture.height * cover))


def clamp_view(view: View, picture: Size, rect: Rect) -> View:
    """The nearest view whose rectangle is filled by the picture, without edges."""
    width, height = window_of(picture, rect, view.scale)
    return View(x=_clamp(view.x, width / 2), y=_clamp(view.y, height / 2), scale=view.scale)


def place_box(box: Box, picture: Size, rect: Rect, view: View) -> Area:
    """Where a box of the picture lies on the canvas."""
    width, height = window_of(picture, rect, view.scale)
    left, top = view.x - width / 2, view.y - height / 2
    x0, y0 = rect.x + (box.x - left) / width * rect.width, rect.y + (box.y - top) / height * rect.height
    return Area(x0, y0, x0 + box.width / width * rect.width, y0 + box.height / height * rect.height)


def visible_faces(faces: Iterable[Box], picture: Size, rect: Rect, views: Sequence[View]) -> list[Area]:
    """The faces on the canvas in each of the views, cut to the rectangle."""
    frame = area_of(rect)
    areas = []
    for face in faces:
        if face.confidence < _MIN_FACE_CONFIDENCE:
            continue
        for view in views:
            area = place_box(face, picture, rect, view)
            if area.overlap(frame) > 0:
                areas.append(Area(max(area.left, frame.left), max(area.top, frame.top), min(area.right, frame.right), min(area.bottom, frame.bottom)))
    return areas


def centre_on(wanted: float, window: float, spans: Sequence[tuple[float, float]]) -> float:
    """The centre nearest to ``wanted`` whose window keeps the spans whole; where they do not fit together, the largest ones."""
    kept: list[tuple[float, float]] = []
    for span in sorted(spans, key=lambda one: one[0] - one[1]):
        trial = [*kept, span]
        if max(end for _, end in trial) - min(start for start, _ in trial) <= window:
            kept = trial
    if kept:
        low = max(end for _, end in kept) - window / 2
        high = min(start for start, _ in kept) + window / 2
        wanted = min(max(wanted, low), high)
    return _clamp(wanted, window / 2)


def crop_centre(wanted: tuple[float, float], window: tuple[float, float], faces: Sequence[Box], subject: Box | None = None) -> tuple[float, float]:
    """The centre of a crop near ``wanted`` that keeps faces, grown by a margin, whole; without faces the subject, as far as it fits."""
    boxes = [face for face in faces if face.confidence >= _MIN_FACE_CONFIDENCE] or ([subject] if subject else [])
    margin = FACE_MARGIN if faces else 0.0
    across = [(max(0.0, box.x - margin * box.width), min(1.0, box.x + box.width * (1 + margin))) for box in boxes]
    down = [(max(0.0, box.y - HAIR_SHARE * (margin > 0) * box.height), min(1.0, box.y + box.height * (1 + margin))) for box in boxes]
    return centre_on(wanted[0], window[0], across), centre_on(wanted[1], window[1], down)


def enlargement(picture: Size, rect: Rect, scale: float = 1.0) -> float:
    """Canvas pixels for each source pixel; above 2.6 a picture looks soft."""
    return cover_scale(picture, rect) * scale


def zoom_limit(picture: Size, rect: Rect, base: float, wanted_ratio: float) -> float:
    """The greatest end scale divided by the start scale that the picture's resolution allows."""
    if enlargement(picture, rect, base) <= FREE_ZOOM_ENLARGEMENT:
        return wanted_ratio
    return min(wanted_ratio, CALM_ZOOM_RATIO)


def caption_place(block: Area, faces: Sequence[Area], texts: Sequence[Area]) -> float | None:
    """The middle (y) of a caption block away from faces and other texts: its own, under the faces, or at the top. None: nowhere."""
    half = block.height / 2
    under = max((face.bottom for face in faces), default=0.0) + 60 + half
    for middle in (block.top + half, under, CAPTION_TOP_CENTRE_Y):
        area = Area(block.left, middle - half, block.right, middle + half)
        inside = area.top >= SAFE.top and area.bottom <= SAFE.bottom + 1
        clear = all(area.overlap(face.grown(CAPTION_FACE_MARGIN * face.width)) == 0 for face in faces)
        if inside and clear and all(area.overlap(text) == 0 for text in texts):
            return middle
    return None


def _clamp(centre: float, half: float) -> float:
    return min(max(centre, half), 1 - half) if half < 0.5 else 0.5
