"""Follows the subject of one shot: faces looked for five times a second, optical flow in between, a few samples where there is no face."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from reelwright.media.analysis import Box
from reelwright.media.eyes import Eyes
from reelwright.media.shots import Frame

FACE_LOOKS_PER_SECOND = 5
FACE_LONG_SIDE_PIXELS = 480
KEPT_SAMPLES = 12
_CORNERS = 60
_FLOW_WINDOW_PIXELS, _FLOW_LEVELS = (15, 15), 2
_FLOW_RETURN_PIXELS = 1.0
_LEAST_POINTS = 4
_MISSES_UNTIL_LOST = 2


@dataclass(frozen=True)
class Track:
    """What was seen along one shot. ``targets`` are face centres (x, y of 0..1, NaN where unknown), one per frame time."""

    times: list[float]
    targets: NDArray[np.float64]
    face_share: float
    faces: tuple[Box, ...]
    motion: float
    samples: list[Frame]


@dataclass
class Follower:
    """Takes the frames of one shot in order. ``rate`` is frames per second."""

    eyes: Eyes
    rate: float
    _times: list[float] = field(default_factory=list)
    _targets: list[tuple[float, float]] = field(default_factory=list)
    _samples: list[Frame] = field(default_factory=list)
    _sample_step: int = 1
    _box: Box | None = None
    _points: Any = None
    _previous: Any = None
    _misses: int = 0
    _with_face: int = 0
    _best_faces: tuple[Box, ...] = ()
    _flows: list[float] = field(default_factory=list)

    def watch(self, frame: Frame) -> None:
        """Looks at the next frame."""
        grey = cv2.cvtColor(frame.picture, cv2.COLOR_BGR2GRAY)
        number = len(self._times)
        if self._previous is not None and self._box is not None:
            self._flow_along(grey)
        if number % max(1, round(self.rate / FACE_LOOKS_PER_SECOND)) == 0:
            self._measure_motion(grey)
            self._look_for_faces(frame, grey)
        self._keep_sample(frame, number)
        self._with_face += self._box is not None
        self._times.append(frame.at)
        box = self._box
        self._targets.append((np.nan, np.nan) if box is None else (box.x + box.width / 2, box.y + box.height / 2))
        self._previous = grey

    def finish(self) -> Track:
        """The track of all frames seen."""
        share = self._with_face / max(1, len(self._times))
        motion = float(np.median(self._flows)) if self._flows else 0.0
        return Track(self._times, np.asarray(self._targets), share, self._best_faces, round(motion, 4), self._samples)

    def _look_for_faces(self, frame: Frame, grey: Any) -> None:
        faces = self.eyes.find_faces(frame.picture, FACE_LONG_SIDE_PIXELS)
        if not faces:
            self._misses += 1
            if self._misses >= _MISSES_UNTIL_LOST:
                # The person left: hold the last place, do not follow what drifts behind.
                self._box, self._points = None, None
            return
        self._misses = 0
        self._box = max(faces, key=lambda face: face.width * face.height * (1 + 2 * _overlap(face, self._box)))
        if sum(_area(face) for face in faces) > sum(_area(face) for face in self._best_faces):
            self._best_faces = faces
        mask = np.zeros_like(grey)
        height, width = grey.shape
        left, top = int(self._box.x * width), int(self._box.y * height)
        mask[top : top + int(self._box.height * height), left : left + int(self._box.width * width)] = 255
        self._points = cv2.goodFeaturesToTrack(grey, _CORNERS, 0.01, 3, mask=mask)

    def _flow_along(self, grey: Any) -> None:
        """Moves the box by the median of the points that flow there and back to where they came from."""
        if self._box is None or self._points is None or len(self._points) < _LEAST_POINTS:
            return
        there, is_good = _flow(self._previous, grey, self._points)
        if is_good.sum() < _LEAST_POINTS:
            return
        step = np.median((there - self._points)[is_good].reshape(-1, 2), axis=0)
        height, width = grey.shape
        moved = {"x": self._box.x + float(step[0]) / width, "y": self._box.y + float(step[1]) / height}
        self._box = self._box.model_copy(update=moved)
        self._points = there[is_good].reshape(-1, 1, 2)

    def _measure_motion(self, grey: Any) -> None:
        if self._previous is None:
            return
        corners = cv2.goodFeaturesToTrack(self._previous, _CORNERS, 0.01, 8)
        if corners is None or len(corners) < _LEAST_POINTS:
            return
        there, is_good = _flow(self._previous, grey, corners)
        if is_good.sum() >= _LEAST_POINTS:
            lengths = np.linalg.norm((there - corners)[is_good].reshape(-1, 2), axis=1)
            self._flows.append(float(np.mean(lengths)) * self.rate / grey.shape[1])

    def _keep_sample(self, frame: Frame, number: int) -> None:
        """Evenly spread frames, at most a dozen, without knowing how long the shot will be."""
        if number % self._sample_step == 0:
            self._samples.append(frame)
            if len(self._samples) > KEPT_SAMPLES:
                self._samples = self._samples[::2]
                self._sample_step *= 2


def _flow(before: Any, after: Any, points: Any) -> tuple[Any, Any]:
    there, found = _flow_once(before, after, points)
    back, found_back = _flow_once(after, before, there)
    returned = np.linalg.norm((back - points).reshape(-1, 2), axis=1) < _FLOW_RETURN_PIXELS
    return there, (found[:, 0] == 1) & (found_back[:, 0] == 1) & returned


def _flow_once(before: Any, after: Any, points: Any) -> tuple[Any, Any]:
    empty: Any = None
    there, found, _ = cv2.calcOpticalFlowPyrLK(before, after, points, empty, winSize=_FLOW_WINDOW_PIXELS, maxLevel=_FLOW_LEVELS)
    return there, found


def _area(box: Box) -> float:
    return box.width * box.height


def _overlap(first: Box, second: Box | None) -> float:
    """Intersection over union: stay with the same person."""
    if second is None:
        return 0.0
    wide = min(first.x + first.width, second.x + second.width) - max(first.x, second.x)
    high = min(first.y + first.height, second.y + second.height) - max(first.y, second.y)
    common = max(0.0, wide) * max(0.0, high)
    return common / max(_area(first) + _area(second) - common, 1e-9)
