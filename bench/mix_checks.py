"""What every random mix must keep, beyond the delivery gate: measured on the document and on the finished file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise
from pathlib import Path

import av
import numpy as np

from bench.mix_film import check_first_frame
from bench.mix_pacing import check_pacing
from reelwright.generation.plan import PlannedMedia
from reelwright.reels.geometry import Area, Size, area_of, visible_faces, window_of
from reelwright.reels.reel import Clip, Fill, Layer, Picture, Reel, Stroke, Text
from reelwright.reels.shape_areas import areas_of, shape_of
from reelwright.reels.type_fit import DESCENT, cap_height
from reelwright.rendering.caption_layout import ChunkMaker
from reelwright.rendering.fonts import FontShelf
from reelwright.rendering.sprites import Sprite
from reelwright.rendering.text import Style, measure_line

SIDE_MARGIN_PIXELS = 40
TITLE_CAPS_PIXELS = 44
"""Type with capitals from this height on is a title: it keeps to the safe area from top to bottom."""

LEAST_CAPS_PIXELS = 14
SAFE_TOLERANCE_PIXELS = 28
FACE_SHARE, TEXT_SHARE, HIDDEN_SHARE = 0.03, 0.10, 0.5
FAINT_OPACITY = 0.35
SHARED_SECONDS = 0.25
ALIKE, SAME = 0.4, 0.97
EMPTY_DEVIATION, EMPTY_SECONDS = 2.5, 0.5
_BEFORE = {"left": 0.0, "centre": 0.5, "right": 1.0}


class Placed:
    """What stands on the canvas when: lines of type, faces and captions, seconds of the reel."""

    def __init__(self, reel: Reel, media: Sequence[PlannedMedia]) -> None:
        self.reel = reel
        self.shelf = FontShelf(reel.captions.language or reel.language)
        self.faces = {one.media_id: one.analysis.faces for one in media if one.analysis}
        self.texts = list(self._list_texts())
        self.captions = self._list_captions()

    def _list_texts(self) -> Iterator[tuple[float, float, Text, Area]]:
        stretches = [(float(one.start), float(one.duration), one.layers) for one in (*self.reel.tracks[0].clips, *self.reel.overlays)]
        for start, seconds, layers in stretches:
            for layer in layers:
                if isinstance(layer, Text):
                    end = start + (float(layer.end) if layer.end is not None else seconds)
                    yield start + float(layer.start), end, layer, self.measure(layer)

    def measure(self, text: Text) -> Area:
        """From the capitals to the baseline, as wide as it is drawn; a turned line by the box around it."""
        size = self.size_of(text)
        width = measure_line(self.shelf, text.text, Style(text.font, size, text.colour, text.tracking * size / text.size))
        left, top = text.x - width * _BEFORE[text.align], text.y - cap_height(text.font, size)
        return _turned(Area(left, top, left + width, text.y + (DESCENT * size * 0.5 if text.box else 0.0)), text)

    def size_of(self, text: Text) -> int:
        width = measure_line(self.shelf, text.text, Style(text.font, text.size, text.colour, text.tracking))
        return text.size if not text.max_width or width <= text.max_width else max(1, int(text.size * text.max_width / width))

    def _list_captions(self) -> list[tuple[float, float, str, Area]]:
        captions = self.reel.captions
        if not captions.chunks:
            return []
        maker = ChunkMaker(captions, self.reel.canvas, self.shelf)
        found = []
        for chunk in captions.chunks:
            made = maker.make(chunk)
            sprites = [*made.boxes, *(sprite for word in made.words for sprite in word.letters.values())]
            drawn = [_area_of_sprite(sprite) for sprite in sprites] + ([_area_of_sprite(made.emoji)] if made.emoji else [])
            found.append((float(chunk.start), float(chunk.end), " ".join(maker.texts(chunk)), _hull(drawn) if drawn else made.area))
        return found

    def faces_between(self, start: float, end: float) -> list[Area]:
        """The faces that are seen for a while between two times and that nothing hides."""
        found = []
        for clip in self.reel.tracks[0].clips:
            if min(end, float(clip.end)) - max(start, float(clip.start)) > SHARED_SECONDS:
                found += [area for place, layer in enumerate(clip.layers) for area in self._faces_of(layer) if not _is_hidden(area, clip, place)]
        return found

    def _faces_of(self, layer: Layer) -> list[Area]:
        if not isinstance(layer, Picture) or layer.blur or layer.motion.path or layer.rotation:
            return []
        reference = self.reel.media[layer.media_id]
        size = Size(reference.width, reference.height)
        return visible_faces(self.faces.get(layer.media_id, ()), size, layer.rect, (layer.motion.start, layer.motion.end))


def check_document(reel: Reel, media: Sequence[PlannedMedia]) -> list[str]:
    """Each broken rule of the document in words."""
    placed = Placed(reel, media)
    checks = (_check_captions, _check_titles, _check_faces, _check_overlaps, _check_routes, _check_covered, _check_shots, _check_end)
    return [*(fault for check in checks for fault in check(placed)), *check_pacing(reel, media), *check_first_frame(reel)]


def check_film(path: Path, frame_rate: float) -> list[str]:
    """Lengths of picture and sound, and stretches that show one colour only."""
    faults, empty, longest = [], 0, (0, 0.0)
    with av.open(str(path)) as opened:
        picture, sound = opened.streams.video[0], next(iter(opened.streams.audio), None)
        lengths = [float((stream.duration or 0) * (stream.time_base or 0)) for stream in (picture, sound) if stream is not None]
        for n, frame in enumerate(opened.decode(picture)):
            deviation = float(np.std(frame.reformat(width=90, height=160, format="gray").to_ndarray()))
            empty = empty + 1 if deviation < EMPTY_DEVIATION else 0
            longest = max(longest, (empty, n / frame_rate))
    if len(lengths) < 2 or abs(lengths[0] - lengths[1]) > 1 / frame_rate + 0.0005:
        faults.append(f"picture and sound last {' and '.join(f'{one:.3f}' for one in lengths)} s")
    if longest[0] > EMPTY_SECONDS * frame_rate:
        faults.append(f"one colour only for {longest[0] / frame_rate:.1f} s until {longest[1]:.2f} s")
    return faults


def _check_captions(placed: Placed) -> Iterator[str]:
    canvas = placed.reel.canvas
    safe = areas_of(shape_of(canvas.width, canvas.height)).safe.grown(2)
    for start, _, text, area in placed.captions:
        if not safe.holds(area):
            yield f"caption “{text}” at {start:.2f} s leaves the safe area: {_show(area)}"


def _check_titles(placed: Placed) -> Iterator[str]:
    canvas = placed.reel.canvas
    safe = areas_of(shape_of(canvas.width, canvas.height)).safe
    zone = Area(SIDE_MARGIN_PIXELS, 0, canvas.width - SIDE_MARGIN_PIXELS, canvas.height)
    for start, _, text, area in placed.texts:
        caps = cap_height(text.font, placed.size_of(text))
        if caps < LEAST_CAPS_PIXELS:
            yield f"“{text.text}” at {start:.2f} s has capitals of {caps:.0f} px"
        if text.opacity < FAINT_OPACITY:
            continue
        bounds = zone
        if caps >= TITLE_CAPS_PIXELS and not text.rotation:
            bounds = Area(zone.left, safe.top - SAFE_TOLERANCE_PIXELS, zone.right, safe.bottom + SAFE_TOLERANCE_PIXELS)
        if not bounds.holds(area):
            yield f"“{text.text}” at {start:.2f} s leaves its zone: {_show(area)}"


def _check_faces(placed: Placed) -> Iterator[str]:
    lines = [("title", start, end, text.text, area) for start, end, text, area in placed.texts if text.opacity >= FAINT_OPACITY]
    lines += [("caption", start, end, text, area) for start, end, text, area in placed.captions]
    for what, start, end, text, area in lines:
        for face in placed.faces_between(start, end):
            if area.overlap(face) > FACE_SHARE * face.width * face.height:
                yield f"{what} “{text}” at {start:.2f} s {_show(area)} stands on a face {_show(face)}"
                break


def _check_overlaps(placed: Placed) -> Iterator[str]:
    """Lines on each other; turned ones are left out, because the boxes around them share their corners."""
    lines = [(start, end, text.text, area) for start, end, text, area in placed.texts if text.opacity >= FAINT_OPACITY and not text.rotation]
    lines = sorted([*lines, *placed.captions], key=lambda line: line[0])
    for place, (start, end, text, area) in enumerate(lines):
        for other_start, other_end, other, other_area in lines[place + 1 :]:
            shared = min(end, other_end) - max(start, other_start)
            least = min(area.width * area.height, other_area.width * other_area.height)
            if shared > SHARED_SECONDS and area.overlap(other_area) > TEXT_SHARE * least:
                yield f"“{text}” {_show(area)} and “{other}” {_show(other_area)} stand on each other at {max(start, other_start):.2f} s"


def _check_routes(placed: Placed) -> Iterator[str]:
    """A drawn line through type: the points of a stroke inside a line's letters."""
    for part in (*placed.reel.tracks[0].clips, *placed.reel.overlays):
        strokes = [layer for layer in part.layers if isinstance(layer, Stroke) and layer.opacity >= FAINT_OPACITY]
        for text in (layer for layer in part.layers if isinstance(layer, Text) and layer.opacity >= FAINT_OPACITY):
            area = placed.measure(text)
            if any(_passes(stroke, area) for stroke in strokes):
                yield f"a line is drawn through “{text.text}” {_show(area)} at {float(part.start):.2f} s"


def _passes(stroke: Stroke, area: Area) -> bool:
    for one, other in pairwise(stroke.points):
        for share in np.linspace(0, 1, 30):
            x, y = one.x + (other.x - one.x) * share, one.y + (other.y - one.y) * share
            if area.left < x < area.right and area.top < y < area.bottom:
                return True
    return False


def _check_covered(placed: Placed) -> Iterator[str]:
    """Type under a picture or a colour that was drawn later."""
    for part in (*placed.reel.tracks[0].clips, *placed.reel.overlays):
        for place, layer in enumerate(part.layers):
            if not isinstance(layer, Text) or layer.opacity < FAINT_OPACITY:
                continue
            area = placed.measure(layer)
            above = (one for one in part.layers[place + 1 :] if isinstance(one, Picture | Fill) and one.opacity > FAINT_OPACITY)
            if any(area_of(one.rect).overlap(area) > TEXT_SHARE * area.width * area.height for one in above):
                yield f"“{layer.text}” {_show(area)} lies under a picture at {float(part.start):.2f} s"


def _check_shots(placed: Placed) -> Iterator[str]:
    clips = placed.reel.tracks[0].clips
    for number, clip in enumerate(clips):
        if number >= 2 and clip.duration == clips[number - 1].duration == clips[number - 2].duration:
            yield f"three shots of {float(clip.duration):.2f} s in a row until {float(clip.end):.2f} s"
        yield from _check_twins(placed.reel, clip)
    for before, after in pairwise(clips):
        if before.transition.is_loud and after.transition.is_loud:
            yield f"two loud joins in a row, {before.transition.kind} and {after.transition.kind}, at {float(after.start):.2f} s"


def _check_twins(reel: Reel, clip: Clip) -> Iterator[str]:
    """Two holes with nearly the same part of one picture. Strips in a row repeat it on purpose; details show less of it."""
    pictures = [layer for layer in clip.layers if isinstance(layer, Picture) and not layer.blur]
    if len(pictures) > 2 and len({(layer.rect.height, layer.rect.y) for layer in pictures}) == 1:
        return
    for one, other in combinations(pictures, 2):
        if (one.media_id, one.source_start) == (other.media_id, other.source_start):
            shared = _alikeness(_seen(reel, one), _seen(reel, other))
            if ALIKE < shared < SAME:
                yield f"{one.media_id} twice on the page at {float(clip.start):.2f} s, {shared:.0%} alike"


def _seen(reel: Reel, picture: Picture) -> Area:
    """The part of the picture that is seen in its hole, 0..1."""
    reference, view = reel.media[picture.media_id], picture.motion.start
    width, height = window_of(Size(reference.width, reference.height), picture.rect, view.scale)
    return Area(view.x - width / 2, view.y - height / 2, view.x + width / 2, view.y + height / 2)


def _alikeness(one: Area, other: Area) -> float:
    shared = one.overlap(other)
    return shared / max(1e-9, one.width * one.height + other.width * other.height - shared)


def _check_end(placed: Placed) -> Iterator[str]:
    last = placed.reel.tracks[0].clips[-1]
    if not any(isinstance(layer, Picture | Text) for layer in last.layers):
        yield f"the last shot at {float(last.start):.2f} s has neither picture nor words"


def _is_hidden(face: Area, clip: Clip, place: int) -> bool:
    above = (layer for layer in clip.layers[place + 1 :] if isinstance(layer, Picture | Fill) and layer.opacity > 0.8)
    return any(area_of(layer.rect).overlap(face) > HIDDEN_SHARE * face.width * face.height for layer in above)


def _turned(area: Area, text: Text) -> Area:
    if not text.rotation:
        return area
    angle = np.deg2rad(text.rotation)
    x, y = ((area.left + area.right) / 2, (area.top + area.bottom) / 2) if text.pivot is None else (text.pivot.x, text.pivot.y)
    corners = [(left - x, top - y) for left in (area.left, area.right) for top in (area.top, area.bottom)]
    turned = [(x + a * np.cos(angle) - b * np.sin(angle), y + a * np.sin(angle) + b * np.cos(angle)) for a, b in corners]
    return Area(min(a for a, _ in turned), min(b for _, b in turned), max(a for a, _ in turned), max(b for _, b in turned))


def _area_of_sprite(sprite: Sprite) -> Area:
    return Area(sprite.x, sprite.y, sprite.x + sprite.width, sprite.y + sprite.height)


def _hull(areas: Sequence[Area]) -> Area:
    return Area(min(a.left for a in areas), min(a.top for a in areas), max(a.right for a in areas), max(a.bottom for a in areas))


def _show(area: Area) -> str:
    return f"({area.left:.0f} {area.top:.0f} {area.right:.0f} {area.bottom:.0f})"
