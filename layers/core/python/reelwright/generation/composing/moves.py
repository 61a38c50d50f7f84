"""Camera moves: which one, how far, and never the same twice in a row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from reelwright.generation.composing.timeline import exact
from reelwright.media.analysis import Box, MediaAnalysis, PathSample
from reelwright.reels.geometry import Size, clamp_view, crop_centre, window_of, zoom_limit
from reelwright.reels.reel import Motion, PathPoint, Rect, View
from reelwright.reels.template import CameraCraft

Move = Literal["in", "out", "left", "right", "up", "down"]

APPROACH = 0.04
DETAIL_SCALE = 1.5
MIN_FREE_SHARE = 0.05
STRONG_SUBJECT = 0.15
MAX_SCALE = 4.0
PAN_ZOOM_RATIO = 1.015
CANVAS_WIDTH = 1080
TALL_SHARE = 1.4
PART_OF_PANORAMA, NEXT_PART = 0.42, 0.38
PANORAMA_RATIO = 1.9
FACE_HEIGHT_SHARE = 0.375
"""Where the middle of a face should be, from the top of a tall picture."""

_OPPOSITE = {"in": "out", "out": "in", "left": "right", "right": "left", "up": "down", "down": "up"}


@dataclass(frozen=True)
class Look:
    """What a camera is pointed at: a picture of this size in this rectangle, for these seconds. ``closer`` crops tighter.

    ``turn``: how often the picture was seen before; of panoramas another part is seen each time.
    """

    picture: Size
    rect: Rect
    analysis: MediaAnalysis
    seconds: float
    closer: float = 1.0
    turn: int = 0


def choose_move(look: Look, avoided: Sequence[Move | None], seed: int) -> Move:
    """In towards faces and subjects, along the free side of wide scenes; not one of those avoided, the first of which weighs most."""
    free_x, free_y = (1 - share for share in window_of(look.picture, look.rect, 1.0))
    has_subject = bool(look.analysis.faces) or (look.analysis.subject is not None and look.analysis.subject_strength >= STRONG_SUBJECT)
    pans: list[Move] = []
    if not look.analysis.faces and look.closer == 1.0:
        if free_x > 2 * MIN_FREE_SHARE:
            pans += ["right", "left"] if seed % 2 else ["left", "right"]
        elif free_y > 2 * MIN_FREE_SHARE:
            pans += ["down", "up"] if seed % 2 else ["up", "down"]
    zooms: list[Move] = ["in", "out"] if has_subject or seed % 3 else ["out", "in"]
    wishes = [*zooms, *pans] if has_subject else [*pans[:1], *zooms, *pans[1:]]
    fresh = [move for move in wishes if move not in avoided]
    return fresh[0] if fresh else next(move for move in wishes if move not in avoided[:1])


def make_motion(look: Look, move: Move, craft: CameraCraft, phase: float, path: Sequence[PathSample] = ()) -> Motion:
    """The move as views. Faces stay whole in both of them; the picture always fills its rectangle."""
    base = min(MAX_SCALE, max(craft.base_scale, 1 + 2 * craft.drift / CANVAS_WIDTH + 0.006) * look.closer)
    ratio = zoom_limit(look.picture, look.rect, base, min(craft.max_ratio, 1 + craft.zoom_per_second * max(look.seconds, 1.0)))
    near, far = min(MAX_SCALE, base * ratio), base
    if move in {"in", "out"}:
        target = _aim(look, near)
        wide = _aim(look, far, shift=APPROACH)
        views = (_view(look, wide, far), _view(look, target, near))
        start, end = views if move == "in" else (views[1], views[0])
    else:
        start, end = _pan(look, move, base, craft)
    points = tuple(PathPoint(at=exact(sample.at), x=_share(sample.x), y=_share(sample.y)) for sample in path)
    return Motion(start=start, end=end, drift=craft.drift, phase=phase, path=points)


def move_of(motion: Motion) -> Move:
    """Which move a motion is."""
    start, end = motion.start, motion.end
    if abs(end.scale / start.scale - 1) >= 0.018 or motion.path:
        return "in" if end.scale >= start.scale else "out"
    across, down = end.x - start.x, end.y - start.y
    if abs(across) >= abs(down):
        return "right" if across > 0 else "left"
    return "down" if down > 0 else "up"


def opposite(move: Move) -> Move:
    """The move that undoes it."""
    return _OPPOSITE[move]  # type: ignore[return-value]


def _aim(look: Look, scale: float, shift: float = 0.0) -> tuple[float, float]:
    """The centre for a scale: the wished crop, moved a little away from the subject by ``shift``, with faces whole."""
    analysis = look.analysis
    wished = (analysis.crop_x, analysis.crop_y)
    subject = analysis.subject if analysis.subject_strength >= STRONG_SUBJECT else None
    if look.turn and _is_panorama(look, subject is not None, scale):
        x = (analysis.crop_x + look.turn * NEXT_PART) % 1.0
        return crop_centre((x, analysis.crop_y), window_of(look.picture, look.rect, scale), (), None)
    if subject is not None and look.closer > 1.0 and not analysis.faces:
        wished = (subject.x + subject.width / 2, subject.y + subject.height / 2)
    if analysis.faces and look.closer == 1.0 and look.rect.height >= TALL_SHARE * look.rect.width:
        wished = (wished[0], _height_for_face(look, scale))
    wished = (wished[0] + (shift if wished[0] < 0.5 else -shift), wished[1])
    return crop_centre(wished, window_of(look.picture, look.rect, scale), _faces(look, scale), subject)


def _is_panorama(look: Look, has_subject: bool, scale: float) -> bool:
    """Whether there is more to see beside what is shown: a picture of a thing is no panorama, however little of it is shown."""
    is_wide = look.picture.width >= PANORAMA_RATIO * look.picture.height
    return not look.analysis.faces and (is_wide or not has_subject) and window_of(look.picture, look.rect, scale)[0] < PART_OF_PANORAMA


def _height_for_face(look: Look, scale: float) -> float:
    """The centre that brings the largest face to where eyes rest, above the middle."""
    face = max(look.analysis.faces, key=lambda one: one.width * one.height)
    _, height = window_of(look.picture, look.rect, scale)
    return face.y + face.height / 2 + (0.5 - FACE_HEIGHT_SHARE) * height


def _faces(look: Look, scale: float) -> Sequence[Box]:
    """The faces to keep whole; in a close crop only the largest one."""
    if look.closer == 1.0 or not look.analysis.faces:
        return look.analysis.faces
    return (max(look.analysis.faces, key=lambda face: face.width * face.height),)


def _pan(look: Look, move: Move, base: float, craft: CameraCraft) -> tuple[View, View]:
    scale = base
    x, y = _aim(look, scale)
    reach = craft.pan * min(1.0, look.seconds / 2.5) / 2
    across = reach * {"right": 1, "left": -1}.get(move, 0)
    down = reach * {"down": 1, "up": -1}.get(move, 0)
    width, height = window_of(look.picture, look.rect, scale)
    x = min(max(x, width / 2 + abs(across)), 1 - width / 2 - abs(across)) if width + 2 * abs(across) < 1 else 0.5
    y = min(max(y, height / 2 + abs(down)), 1 - height / 2 - abs(down)) if height + 2 * abs(down) < 1 else 0.5
    return _view(look, (x - across, y - down), scale), _view(look, (x + across, y + down), min(MAX_SCALE, scale * PAN_ZOOM_RATIO))


def _view(look: Look, centre: tuple[float, float], scale: float) -> View:
    view = clamp_view(View(x=_share(centre[0]), y=_share(centre[1]), scale=round(scale, 4)), look.picture, look.rect)
    return View(x=round(view.x, 5), y=round(view.y, 5), scale=view.scale)


def _share(value: float) -> float:
    return min(1.0, max(0.0, value))
