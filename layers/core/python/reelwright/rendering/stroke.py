"""Lines through points: drawn from their first point, solid or as dots."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field

import numpy as np

from reelwright.reels.reel import Stroke
from reelwright.rendering.entries import Pose
from reelwright.rendering.painters import Clock
from reelwright.rendering.pen import Path, fill_discs, smooth_path, stroke_path, walk
from reelwright.rendering.posed_painter import PosedPainter
from reelwright.rendering.posing import UPRIGHT, Stance, apply_pose
from reelwright.rendering.sprites import Sprite, colour_mask, place_ink

SOLID_STEP_PIXELS = 4.0
MARGIN_PIXELS = 4


@dataclass
class StrokePainter(PosedPainter):
    """One line. While it is drawn, each frame draws what there is of it; settled, it is a sprite."""

    clock: Clock
    layer: Stroke
    stance: Stance = UPRIGHT
    _line: list[Path] = field(default_factory=list)

    def state(self, n: int) -> Hashable | None:
        if not self.clock.is_on(n):
            return None
        return self.stance.pose(self.layer.entry, self.clock.seconds(n), self.clock.frame_seconds)

    def place(self, pose: Pose) -> Sprite | None:
        drawn = self._draw(pose.traced)
        return None if drawn is None else apply_pose(drawn, pose._replace(traced=1.0), self.stance, self._middle())

    def _middle(self) -> tuple[float, float]:
        low, high = self._path().min(0), self._path().max(0)
        return float(low[0] + high[0]) / 2, float(low[1] + high[1]) / 2

    def _path(self) -> Path:
        if not self._line:
            points = np.array([(point.x, point.y) for point in self.layer.points], np.float64)
            fine = smooth_path(points) if self.layer.is_smooth else points
            self._line.append(walk(fine, self.layer.gap or SOLID_STEP_PIXELS))
        return self._line[0]

    def _draw(self, share: float) -> Sprite | None:
        path = self._path()
        seen = path[: max(1, round(share * len(path)))]
        reach = self.layer.width / 2 + MARGIN_PIXELS
        low, high = np.floor((path.min(0) - reach) / 2).astype(int) * 2, np.ceil((path.max(0) + reach) / 2).astype(int) * 2
        size, own = (int(high[0] - low[0]), int(high[1] - low[1])), seen - low
        mask = fill_discs(size, own, self.layer.width / 2) if self.layer.gap else stroke_path(size, own, float(self.layer.width))
        return place_ink(colour_mask(mask, self.layer.colour, self.layer.opacity), int(low[0]), int(low[1]))
