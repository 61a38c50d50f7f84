"""Word captions: the chunk on screen, painted as its pose at each frame says."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Hashable
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import NamedTuple

import cv2

from reelwright.reels.exact_time import to_frame
from reelwright.reels.geometry import Area
from reelwright.reels.reel import Canvas, CaptionChunk, Captions, CaptionWord
from reelwright.rendering.caption_inks import draw_box
from reelwright.rendering.caption_layout import ChunkMaker, PlacedChunk, PlacedWord
from reelwright.rendering.caption_motion import ALL_LETTERS, BoxPose, ChunkPose, ChunkTimes, WordPose, pose_chunk
from reelwright.rendering.fonts import FontShelf
from reelwright.rendering.planes import Planes
from reelwright.rendering.sprites import Sprite, blend, fold, shift

SCRIM_SECONDS = 0.25
KEPT_LOOKS = 8
PLATE_END_PIXELS = 14
KEPT_SCRIM_SECONDS, KEPT_HALO_SECONDS = Fraction(2), Fraction(1, 2)
"""A band looks like light and stays in pauses; a halo without words looks like a stain."""


def spoken_frame(word: CaptionWord, frame_rate: Fraction) -> int:
    """The frame at which a word's highlight begins: the one nearest to its onset."""
    return to_frame(word.start, frame_rate)


class _Seen(NamedTuple):
    """Everything the captions' pixels depend on. ``is_resting``: nothing has changed since the frame before.

    In a pause between two chunks that share a scrim there is no ``pose``, and the scrim stands alone.
    """

    number: int
    pose: ChunkPose | None
    scrim: float
    is_resting: bool


@dataclass
class CaptionPainter:
    """All captions of a reel. Only the chunk on screen is kept."""

    captions: Captions
    canvas: Canvas
    shelf: FontShelf
    _kept: dict[int, PlacedChunk] = field(default_factory=dict)
    _folded: dict[Hashable, Sprite | None] = field(default_factory=dict)
    _parts: dict[tuple[int, ChunkPose, bool], Sprite | None] = field(default_factory=dict)
    _seen: dict[int, _Seen | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        rate = self.canvas.frame_rate
        self._spans = [(to_frame(chunk.start, rate), to_frame(chunk.end, rate)) for chunk in self.captions.chunks]
        self._firsts = [first for first, _ in self._spans]
        self._maker = ChunkMaker(self.captions, self.canvas, self.shelf)
        self._times = [self._time(chunk, first) for chunk, first in zip(self.captions.chunks, self._firsts, strict=True)]

    def state(self, n: int) -> Hashable | None:
        """What is on screen at frame ``n``; None where no caption is."""
        seen = self._seen_at(n)
        if seen is None:
            return None
        return seen._replace(is_resting=self._seen_at(n - 1) == seen)

    def paint(self, frame: Planes, state: Hashable) -> None:
        """Scrim, then boxes, then all shadows, then all letters, so that no word darkens its neighbour."""
        if not isinstance(state, _Seen):
            raise TypeError("the captions' state is what is seen of them")
        chunk = self._place(state.number)
        if chunk.scrim is not None:
            blend(frame, chunk.scrim, state.scrim)
        if state.pose is None:
            return
        if not state.is_resting or state.pose.opacity < 1:
            for sprite, opacity in self._moving(state.number, chunk, state.pose):
                blend(frame, sprite, opacity)
            return
        key = (state.number, state.pose)
        if key not in self._folded:
            parts = [_faded(sprite, opacity) for sprite, opacity in self._sprites(chunk, state.pose)]
            self._folded = {key: fold(parts, self.canvas.width, self.canvas.height)}
        folded = self._folded[key]
        if folded is not None:
            blend(frame, folded)

    def _seen_at(self, n: int) -> _Seen | None:
        """Each frame is looked at for itself and for the next one."""
        if n not in self._seen:
            if len(self._seen) > KEPT_LOOKS:
                self._seen.clear()
            self._seen[n] = self._look(n)
        return self._seen[n]

    def _look(self, n: int) -> _Seen | None:
        number = bisect_right(self._firsts, n) - 1
        if number < 0:
            return None
        scrim = self._scrim_share(number, n)
        if n < self._spans[number][1]:
            pose = pose_chunk(self._maker.look, self._times[number], n, float(self.canvas.frame_rate))
            return _Seen(number, pose, scrim, is_resting=False)
        return _Seen(number, None, scrim, is_resting=False) if scrim > 0 else None

    def _time(self, chunk: CaptionChunk, first: int) -> ChunkTimes:
        words = self.captions.words[chunk.first : chunk.last + 1]
        rows = {index: row for row, line in enumerate(chunk.lines) for index in line}
        return ChunkTimes(
            first,
            tuple(spoken_frame(word, self.canvas.frame_rate) for word in words),
            tuple(word.is_emphasised for word in words),
            tuple(rows[index] for index in range(chunk.first, chunk.last + 1)),
            tuple(len(text) for text in self._maker.texts(chunk)),
        )

    def _moving(self, number: int, chunk: PlacedChunk, pose: ChunkPose) -> list[tuple[Sprite, float]]:
        """The same as ``_sprites``; where words grow, all that stands beside the grown one is one sprite, and so is that word."""
        grown = next((place for place, word in enumerate(pose.words) if word.scale != 1), None)
        if not self._maker.look.grows or grown is None:
            return self._sprites(chunk, pose)
        still = pose._replace(opacity=1.0, scale=1.0)
        beside = still._replace(words=tuple(word._replace(shown=0.0, scale=1.0) if place == grown else word for place, word in enumerate(pose.words)))
        alone = tuple(word._replace(scale=1.0) if place == grown else word._replace(shown=0.0) for place, word in enumerate(pose.words))
        parts = [self._fold(number, chunk, beside)]
        word = self._fold(number, chunk, still._replace(words=alone), is_bare=True)
        parts.append(None if word is None else _scaled(word, pose.words[grown].scale, chunk.words[grown].area))
        return [(_scaled(part, pose.scale, chunk.area), pose.opacity) for part in parts if part is not None]

    def _fold(self, number: int, chunk: PlacedChunk, pose: ChunkPose, *, is_bare: bool = False) -> Sprite | None:
        """What the pose shows as one sprite; ``is_bare``: words alone, without boxes and emoji. Kept while its chunk is on screen."""
        key = (number, pose, is_bare)
        if key not in self._parts:
            shown = replace(chunk, boxes=(), emoji=None) if is_bare else chunk
            found = [_faded(sprite, opacity) for sprite, opacity in self._sprites(shown, pose)]
            self._parts = {one: kept for one, kept in self._parts.items() if one[0] == number} | {key: fold(found, self.canvas.width, self.canvas.height)}
        return self._parts[key]

    def _sprites(self, chunk: PlacedChunk, pose: ChunkPose) -> list[tuple[Sprite, float]]:
        """Everything to blend, from bottom to top, with its opacity. The spoken word lies above its neighbours where words grow."""
        found = [(box, pose.opacity) for row, sprite in enumerate(chunk.boxes) if (box := self._grown_box(sprite, pose, chunk, row)) is not None]
        if pose.box is not None:
            found.append((self._word_box(chunk, pose.box), pose.opacity))
        if chunk.emoji is not None:
            found.append((chunk.emoji, pose.opacity))
        below: list[tuple[Sprite, float]] = []
        above: list[tuple[Sprite, float]] = []
        grown: list[tuple[Sprite, float]] = []
        for word, look in zip(chunk.words, pose.words, strict=True):
            letters = word.letters.get(look.tint)
            if letters is None or look.shown <= 0:
                continue
            into = (grown, grown) if look.scale != 1 else (below, above)
            has_box = look.tint == "active" and pose.box is not None
            for sprite, order in zip((None if has_box else word.under, letters), into, strict=True):
                placed = None if sprite is None else self._posed(sprite, word, look, chunk)
                if placed is not None:
                    order.append((placed, look.shown * pose.opacity))
        found += below + above + grown
        return [(_scaled(sprite, pose.scale, chunk.area), opacity) for sprite, opacity in found]

    def _grown_box(self, sprite: Sprite, pose: ChunkPose, chunk: PlacedChunk, row: int) -> Sprite | None:
        """A line's box: that of a typed line reaches as far as its letters, so that no empty bar waits for them."""
        if not self._maker.look.letter_seconds:
            return sprite
        line = [(word, look) for word, look in zip(chunk.words, pose.words, strict=True) if word.row == row]
        shown = [(word, look) for word, look in line if look.shown > 0]
        if not shown or (len(shown) == len(line) and all(look.letters == ALL_LETTERS for _, look in line)):
            return sprite if shown else None
        reach = max(word.area.right if look.letters == ALL_LETTERS else word.area.left + word.stops[look.letters - 1] for word, look in shown)
        after = sprite.x + sprite.width - max(word.area.right for word, _ in line)
        return sprite.cut(sprite.x, sprite.y, round((reach + after) / 2) * 2, sprite.y + sprite.height)

    def _posed(self, sprite: Sprite, word: PlacedWord, look: WordPose, chunk: PlacedChunk) -> Sprite | None:
        if look.letters != ALL_LETTERS:
            right = word.area.left + word.stops[look.letters - 1]
            return sprite.cut(sprite.x, sprite.y, round(right / 2) * 2, sprite.y + sprite.height)
        if look.rise:
            return shift(sprite, dy=look.rise * self._maker.look.rise * chunk.size / self._maker.look.size)
        return _scaled(sprite, look.scale, word.area)

    def _word_box(self, chunk: PlacedChunk, pose: BoxPose) -> Sprite:
        """The box of the spoken word, or on its way there from the word before."""
        box = self._maker.look.box
        if box is None:
            raise ValueError("this look has no box")
        share = chunk.size / self._maker.look.size
        before, after = chunk.words[pose.before].area, chunk.words[pose.word].area
        left, right = (a + (b - a) * pose.share for a, b in ((before.left, after.left), (before.right, after.right)))
        across, down = box.padding_x * share, box.padding_y * share
        area = (left - across, after.top - down, right + across, after.bottom + down)
        if chunk.boxes:
            area = _fit_plate(area, chunk.boxes[chunk.words[pose.word].row], PLATE_END_PIXELS * share)
        middle_x, middle_y = (area[0] + area[2]) / 2, (area[1] + area[3]) / 2
        scaled = [middle + (edge - middle) * pose.scale for edge, middle in zip(area, (middle_x, middle_y) * 2, strict=True)]
        return draw_box(scaled[0], scaled[1], scaled[2], scaled[3], box.radius * share, box.colour, box.opacity)

    def _scrim_share(self, number: int, n: int) -> float:
        """How strongly the chunk's scrim is seen at frame ``n``, also in the pause after the chunk.

        It fades in, at a cut it is there at once; it stays through the pauses of its shot, and fades when the words have gone.
        """
        if not self.captions.chunks[number].scrim:
            return 0.0
        length = SCRIM_SECONDS * float(self.canvas.frame_rate)
        first, last = self._spans[number]
        came, goes = (n - first + 1) / length, 1.0 if n < last else 1 - (n - last + 1) / length
        if number and (self._has_same_scrim(number - 1) or self._spans[number - 1][1] >= first):
            came = 1.0
        if number + 1 < len(self._spans):
            if self._has_same_scrim(number):
                goes = 1.0
            elif n >= last and self._firsts[number + 1] <= last + length:
                goes = 0.0
        return round(max(0.0, min(1.0, came, goes)), 3)

    def _has_same_scrim(self, number: int) -> bool:
        """Whether the chunk and the next one stand on the same scrim, near enough for it to stay."""
        earlier, later = self.captions.chunks[number], self.captions.chunks[number + 1]
        is_near = later.start - earlier.end < (KEPT_SCRIM_SECONDS if earlier.halo is None else KEPT_HALO_SECONDS)
        return is_near and _scrim_of(earlier) == _scrim_of(later)

    def _place(self, number: int) -> PlacedChunk:
        if number not in self._kept:
            self._kept = {number: self._maker.make(self.captions.chunks[number])}
        return self._kept[number]


def _fit_plate(area: tuple[float, float, float, float], plate: Sprite, end: float) -> tuple[float, float, float, float]:
    """The spoken word's box on its line's plate: as high as that, and out to its end where only a sliver would be left."""
    first, last = plate.x, plate.x + plate.width
    left = first if area[0] - first < end else area[0]
    right = last if last - area[2] < end else area[2]
    return left, plate.y, right, plate.y + plate.height


def _scaled(sprite: Sprite, scale: float, about: Area) -> Sprite:
    """The sprite scaled about the middle of an area."""
    if scale == 1:
        return sprite
    middle_x, middle_y = (about.left + about.right) / 2, (about.top + about.bottom) / 2
    away_x, away_y = sprite.x + sprite.width / 2 - middle_x, sprite.y + sprite.height / 2 - middle_y
    return shift(sprite, away_x * (scale - 1), away_y * (scale - 1), scale)


def _faded(sprite: Sprite, opacity: float) -> Sprite:
    """The sprite at an opacity, for folding."""
    if opacity >= 1:
        return sprite
    codes = Planes(*(cv2.convertScaleAbs(plane, None, opacity, 0) for plane in sprite.codes))
    luma, chroma = (cv2.convertScaleAbs(hole, None, opacity, 255 * (1 - opacity)) for hole in sprite.holes)
    return replace(sprite, codes=codes, holes=(luma, chroma), is_solid=False)


def _scrim_of(chunk: CaptionChunk) -> tuple[object, ...]:
    return chunk.scrim, chunk.scrim_colour, chunk.scrim_rect, chunk.scrim_mask, chunk.halo, chunk.y
