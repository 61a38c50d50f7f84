"""Holds what is read against the picture it really stands on: each title and caption at three times, on the finished frames."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import partial

import av
import cv2
import numpy as np

from reelwright.reels.caption_presets import CaptionLook, look_of
from reelwright.reels.caption_text import join_words
from reelwright.reels.exact_time import to_frame
from reelwright.reels.reel import CaptionChunk, Reel
from reelwright.rendering.caption_motion import SLIDE_SECONDS
from reelwright.rendering.contrast_of_type import LEAST_RATIO, is_read, least_ratio, measure_contrast, reach_of_ground
from reelwright.rendering.gate_report import GateRow, TypeFinding
from reelwright.rendering.ink_of_type import TINTS, InkOfReel, ShownText, draw_ink, list_texts
from reelwright.rendering.planes import Plane, Planes, to_bgr

DESIGN_SIDE = 1080
MEASURED_SIDE = 540
"""Pixels of the shorter side at which finished frames are looked at. Letters are drawn at full size and made smaller: set smaller they would run otherwise."""

MOMENTS = (Fraction(12, 100), Fraction(1, 2), Fraction(88, 100))
COMES_SECONDS = Fraction(1, 4)
"""How long a caption and its shade take to come."""

TOLERANCE = 0.1
"""What coding a film takes off a ratio."""


@dataclass(frozen=True)
class _Reading:
    """One thing that is read: when, and how its contrast is measured on a frame."""

    at: float
    text: str
    bound: float
    frames: tuple[int, ...]
    measure: Callable[[Plane, int], float | None]


class ContrastWatcher:
    """Sees the finished frames one by one, in order, and measures the type on those where it stands still.

    ``is_wanted(n)`` says whether a frame is looked at; ``see(n, image)`` takes it as BGR pixels, ``size`` large; ``take`` is for a decoder.
    """

    def __init__(self, reel: Reel) -> None:
        self._reel = reel
        side = min(reel.canvas.width, reel.canvas.height)
        self._share = min(1.0, MEASURED_SIDE / side)
        self._factor = side * self._share / DESIGN_SIDE
        self._look = look_of(self._reel.captions, self._reel.canvas)  # in pixels of the design
        self._all = InkOfReel(self._reel)
        self._captions = {colour: InkOfReel(self._reel, only_captions=True, tints=tints) for colour, tints in _tints_of(self._look).items()}
        self._inks: dict[tuple[str, int], Plane] = {}
        readings = [*self._readings_of_texts(), *self._readings_of_captions()]
        self._readings = readings
        self._found: dict[int, list[float]] = defaultdict(list)
        self._wanted: dict[int, list[int]] = defaultdict(list)
        for number, reading in enumerate(readings):
            for n in reading.frames:
                self._wanted[n].append(number)

    @property
    def size(self) -> tuple[int, int]:
        """Width and height of the pictures that are looked at."""
        width, height = (2 * round(edge * self._share / 2) for edge in (self._reel.canvas.width, self._reel.canvas.height))
        return width, height

    def is_wanted(self, n: int) -> bool:
        return n in self._wanted

    def take(self, n: int, frame: av.VideoFrame) -> None:
        """Sees a frame as it comes from the decoder; those that are not wanted cost nothing."""
        if self.is_wanted(n):
            self.see(n, to_bgr(_shrink(frame, *self.size)))

    def see(self, n: int, image: Plane) -> None:
        """Measures all that is read on frame ``n``."""
        self._inks.clear()
        for number in self._wanted.get(n, ()):
            ratio = self._readings[number].measure(image, n)
            if ratio is not None:
                self._found[number].append(ratio)

    def close(self) -> None:
        for ink in (self._all, *self._captions.values()):
            ink.close()

    def findings(self) -> list[TypeFinding]:
        """One for each thing that was seen, with the least of its ratios."""
        found = []
        for number, reading in enumerate(self._readings):
            if ratios := self._found[number]:
                least = min(ratios)
                passed = least >= reading.bound - TOLERANCE
                found.append(TypeFinding(at=round(reading.at, 3), text=reading.text, ratio=round(least, 2), bound=reading.bound, passed=passed))
        return found

    def _readings_of_texts(self) -> list[_Reading]:
        return [self._reading_of(shown) for shown in list_texts(self._reel) if is_read(shown.text, self._factor / self._share)]

    def _reading_of(self, shown: ShownText) -> _Reading:
        frames = _frames_between(shown.settled, shown.until, self._reel)
        bound = least_ratio(shown.text, self._factor / self._share)
        return _Reading(float(shown.start + shown.text.start), shown.text.text, bound, frames, partial(self._measure_text, shown))

    def _measure_text(self, shown: ShownText, image: Plane, n: int) -> float | None:
        text = shown.text
        reach = reach_of_ground(text.stroke * self._share, text.size * self._share, self._factor, is_boxed=text.box is not None)
        colours: list[tuple[str, Sequence[int] | None]] = [(text.colour, None)]
        if text.emphasised and text.emphasis_colour and text.emphasis_colour != text.colour:
            colours = [(text.colour, ()), (text.emphasis_colour, text.emphasised)]
        measured = [
            measure_contrast(image, self._smaller(draw_ink(self._reel, shown, n, words)), self._ink("all", n), reach, colour, self._factor)
            for colour, words in colours
        ]
        return min((one for one in measured if one is not None), default=None)

    def _readings_of_captions(self) -> list[_Reading]:
        captions = self._reel.captions
        readings = []
        for chunk in captions.chunks:
            text = join_words(captions.words[index].text for index in range(chunk.first, chunk.last + 1))
            frames = self._settled(chunk, _frames_between(min(chunk.start + COMES_SECONDS, chunk.end), chunk.end, self._reel))
            is_boxed = self._look.box is not None or chunk.is_boxed
            readings.append(_Reading(float(chunk.start), text, LEAST_RATIO, frames, partial(self._measure_caption, is_boxed)))
        return readings

    def _settled(self, chunk: CaptionChunk, frames: Sequence[int]) -> tuple[int, ...]:
        """The frames, moved to where the spoken word's box has arrived: on its way it lies under half a word for a tenth of a second."""
        if self._look.box is None or not self._look.box.is_per_word:
            return tuple(frames)
        rate, slide = self._reel.canvas.frame_rate, math.ceil(SLIDE_SECONDS * self._reel.canvas.frame_rate)
        begun = [to_frame(self._reel.captions.words[index].start, rate) for index in range(chunk.first, chunk.last + 1)]
        first, last = to_frame(chunk.start, rate), to_frame(chunk.end, rate)
        still = [n for n in range(first, last) if not any(0 <= n - word < slide for word in begun)]
        return tuple(sorted({min(still, key=lambda one: abs(one - n)) for n in frames})) if still else tuple(frames)

    def _measure_caption(self, is_boxed: bool, image: Plane, n: int) -> float | None:
        look, box = self._look, self._look.box
        reach = reach_of_ground(look.stroke * self._factor, look.size * self._factor, self._factor, is_boxed=is_boxed)
        if box is not None and box.is_per_word:  # the spoken word's box stands beside its neighbours, not behind them
            reach = min(reach, (look.word_gap * look.size - box.padding_x) / 2 * self._factor)
        measured = [measure_contrast(image, self._ink(colour, n), self._ink("all", n), reach, colour, self._factor) for colour in self._captions]
        return min((one for one in measured if one is not None), default=None)

    def _ink(self, whose: str, n: int) -> Plane:
        if (whose, n) not in self._inks:
            self._inks[whose, n] = self._smaller((self._all if whose == "all" else self._captions[whose]).draw(n))
        return self._inks[whose, n]

    def _smaller(self, ink: Plane) -> Plane:
        return ink if self._share == 1 else np.asarray(cv2.resize(ink, self.size, interpolation=cv2.INTER_AREA))


def _tints_of(look: CaptionLook) -> dict[str, list[str]]:
    """The colours of a preset's words, each with the names of those that have it."""
    found: dict[str, list[str]] = {}
    for name, colour in zip(TINTS, (look.colour, look.active_colour or look.colour, look.keyword_colour or look.active_colour or look.colour), strict=True):
        found.setdefault(colour, []).append(name)
    return found


def rows_of_contrast(findings: Sequence[TypeFinding], what: str = "type on its picture") -> list[GateRow]:
    """The row of the gate; none where nothing is read."""
    if not findings:
        return []
    passed = sum(one.passed for one in findings)
    worst = min(findings, key=lambda one: one.ratio - one.bound)
    return [
        GateRow(
            name=what,
            value=f"{passed} of {len(findings)}, at least {worst.ratio:.1f} : 1 (“{worst.text}”)",
            bound="4.5 : 1, large type 3 : 1",
            passed=passed == len(findings),
            sentence="Every word stands out from the picture behind it, measured on the finished frames.",
        )
    ]


def _shrink(frame: av.VideoFrame, width: int, height: int) -> Planes:
    """The planes of a decoded 4:2:0 frame, smaller."""
    sizes = ((width, height), (width // 2, height // 2), (width // 2, height // 2))
    planes = []
    for plane, size in zip(frame.planes, sizes, strict=True):
        whole = np.frombuffer(memoryview(plane), np.uint8).reshape(plane.height, plane.line_size)[:, : plane.width]
        planes.append(cv2.resize(whole, size, interpolation=cv2.INTER_AREA))
    return Planes(*planes)


def _frames_between(first: Fraction, last: Fraction, reel: Reel) -> tuple[int, ...]:
    """Three frames of a stretch, or fewer where it is short."""
    rate = reel.canvas.frame_rate
    begin, end = to_frame(first, rate), max(to_frame(first, rate), to_frame(last, rate) - 1)
    return tuple(sorted({min(reel.frame_count - 1, round(begin + (end - begin) * share)) for share in MOMENTS}))
