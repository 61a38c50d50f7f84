"""The composer: frame number in, planes out. A pure function of (reel, n), whatever was drawn before."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Mapping
from concurrent.futures import Executor
from fractions import Fraction
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Self

from reelwright.reels.exact_time import to_frame
from reelwright.reels.reel import Overlay, Reel, Track
from reelwright.rendering.captions import CaptionPainter
from reelwright.rendering.fonts import FontShelf
from reelwright.rendering.frugal import give_memory_back
from reelwright.rendering.joins import join_colour, join_frames, join_span, prepare_join, shows_both
from reelwright.rendering.layers import Life, Workshop
from reelwright.rendering.moment import Moment
from reelwright.rendering.painters import Clock, Flat
from reelwright.rendering.pictures import PicturePainter
from reelwright.rendering.planes import Plane, Planes, blank, code_of
from reelwright.rendering.stack import Stack

PREPARED_SECONDS = 1


class Composer:
    """Draws the frames of one reel. ``files`` maps storage keys to local paths; ``ahead`` makes the next shot ready meanwhile.

    Not to be shared between threads. Errors: RenderFailed where a file cannot be read.
    """

    def __init__(self, reel: Reel, files: Mapping[str, Path], ahead: Executor | None = None) -> None:
        self.reel = reel
        self._ahead = ahead
        shelf = FontShelf(reel.language)
        workshop = Workshop(reel, files, shelf)
        self._tracks = [_TrackPainter(track, workshop, has_ground=not number) for number, track in enumerate(reel.tracks)]
        self._overlays = [_OverlayPainter(overlay, workshop) for overlay in reel.overlays]
        self._captions = CaptionPainter(reel.captions, reel.canvas, shelf)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def frame(self, n: int) -> Planes:
        """Frame ``n`` of the reel, 0 to ``frame_count - 1``. The planes are the caller's own."""
        frame: Planes | None = None
        for track in self._tracks:
            frame = track.draw(n, frame, self._ahead)
        if frame is None:
            raise ValueError("a reel has at least one track")
        for overlay in self._overlays:
            overlay.draw_on(frame, n)
        state = self._captions.state(n)
        if state is not None:
            self._captions.paint(frame, state)
        return frame

    def close(self) -> None:
        """Closes clips and forgets pictures."""
        for track in self._tracks:
            track.close()
        for overlay in self._overlays:
            overlay.close()


class _TrackPainter:
    """One track. Shots are made when they come near and dropped when they are over, so that long reels need no more memory."""

    def __init__(self, track: Track, workshop: Workshop, *, has_ground: bool) -> None:
        self._clips = track.clips
        self._workshop = workshop
        self._has_ground = has_ground
        self._rate = workshop.reel.canvas.frame_rate
        self._starts = [to_frame(clip.start, self._rate) for clip in track.clips]
        self._end = to_frame(track.clips[-1].end, self._rate)
        self._spans = [self._join_frames(later) for later in range(len(track.clips))]
        self._prepared_frames = math.ceil(PREPARED_SECONDS * self._rate)
        self._shots: dict[int, Stack] = {}
        self._guides: dict[int, Plane | None] = {}

    def draw(self, n: int, below: Planes | None, ahead: Executor | None) -> Planes:
        """This track's frame over the tracks below it."""
        if below is not None and n >= self._end:
            return below
        number = bisect_right(self._starts, max(n, 0)) - 1
        self._keep_near(number, n, ahead)
        join = self._join_at(n, number)
        if join is None:
            return self._draw_shot(number, n, below)
        later, moment = join
        before = partial(self._draw_shot, later - 1, n, None if below is None else below.copy())
        return join_frames(self._clips[later].transition.kind, before, partial(self._draw_shot, later, n, below), moment)

    def close(self) -> None:
        for number in list(self._shots):
            _close_stack(self._shots.pop(number))

    def _join_at(self, n: int, number: int) -> tuple[int, Moment] | None:
        """The join that is under way at a frame: the number of its later clip, and the moment."""
        for later in (number, number + 1):
            if not 0 < later < len(self._clips):
                continue
            first, last = self._spans[later]
            if first <= n < last:
                return later, self._moment(later, n, first, last)
        return None

    def _moment(self, later: int, n: int, first: int, last: int) -> Moment:
        asked = self._clips[later].transition
        if later not in self._guides:
            self._guides[later] = prepare_join(asked.kind, partial(self._draw_alone, later - 1, first))
        return Moment(
            progress=(n - first + 0.5) / (last - first),
            frames=last - first,
            colour=join_colour(asked, self._workshop.reel.background),
            direction=asked.direction,
            shape=asked.shape,
            x=asked.x,
            y=asked.y,
            seed=asked.seed,
            rate=float(self._rate),
            guide=self._guides[later],
        )

    def _join_frames(self, later: int) -> tuple[int, int]:
        clip = self._clips[later]
        lead, rest = join_span(clip.transition)
        return to_frame(clip.start - lead, self._rate), to_frame(clip.start + rest, self._rate)

    def _draw_alone(self, number: int, n: int) -> Planes:
        """A shot without the tracks below it."""
        return self._draw_shot(number, n, None if self._has_ground else blank(*self._workshop.canvas))

    def _draw_shot(self, number: int, n: int, below: Planes | None) -> Planes:
        stack = self._shot(number)
        if below is None:
            return stack.draw(n)
        stack.draw_on(below, n)
        return below

    def _shot(self, number: int) -> Stack:
        if number not in self._shots:
            self._shots[number] = self._make_shot(number)
        return self._shots[number]

    def _make_shot(self, number: int) -> Stack:
        clip, following = self._clips[number], self._clips[number + 1] if number + 1 < len(self._clips) else None
        lead = join_span(clip.transition)[0] if number else Fraction(0)
        tail = join_span(following.transition)[1] if following is not None and shows_both(following.transition) else Fraction(0)
        life = Life(clip.start, clip.start - lead, clip.end + tail)
        painters = self._workshop.make_painters(clip.layers, life)
        canvas = self._workshop.canvas
        if self._has_ground:
            always = Clock(0.0, -(1 << 30), 1 << 30, float(1 / self._rate))
            painters.insert(0, Flat(always, (0, 0, *canvas), code_of(self._workshop.reel.background), canvas))
        return Stack(painters, canvas)

    def _keep_near(self, number: int, n: int, ahead: Executor | None) -> None:
        """Drops shots that are over, and begins to make the next one ready a second before it is seen."""
        following, needed = number + 1, {number}
        if number and n < self._spans[number][1]:
            needed.add(number - 1)
        is_near = following < len(self._clips) and n >= self._spans[following][0] - self._prepared_frames
        if is_near:
            needed.add(following)
        over = [other for other in self._shots if other not in needed]
        for other in over:
            _close_stack(self._shots.pop(other))
            self._guides.pop(other, None)
        if over:
            give_memory_back()
        if ahead is not None and is_near and following not in self._shots:
            for painter in self._shot(following).painters:
                if isinstance(painter, PicturePainter):
                    painter.prefetch(ahead)


class _OverlayPainter:
    """Layers above all tracks; made when they come, dropped when they have gone."""

    def __init__(self, overlay: Overlay, workshop: Workshop) -> None:
        rate = workshop.reel.canvas.frame_rate
        self._overlay, self._workshop = overlay, workshop
        self._first, self._last = to_frame(overlay.start, rate), to_frame(overlay.start + overlay.duration, rate)
        self._stack: Stack | None = None

    def draw_on(self, frame: Planes, n: int) -> None:
        if not self._first <= n < self._last:
            self.close()
            return
        if self._stack is None:
            overlay = self._overlay
            life = Life(overlay.start, overlay.start, overlay.start + overlay.duration)
            self._stack = Stack(self._workshop.make_painters(overlay.layers, life), self._workshop.canvas)
        self._stack.draw_on(frame, n)

    def close(self) -> None:
        if self._stack is not None:
            _close_stack(self._stack)
        self._stack = None


def _close_stack(stack: Stack) -> None:
    for painter in stack.painters:
        if isinstance(painter, PicturePainter):
            painter.close()
