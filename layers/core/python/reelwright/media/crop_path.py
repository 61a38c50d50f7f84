"""A calm 9:16 path after a subject: at rest where the subject stays inside, else the smoothest path that keeps it near the middle.

The path is Grundmann, Kwatra and Essa's L1-optimal camera path (CVPR 2011) in one dimension.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.optimize import linprog

TOLERANCE_CROPS = 0.12  # how far the subject may be from the middle, in widths of the crop
MAX_SPEED_CROPS_PER_SECOND = 0.6
MOST_KNOTS = 240
_SHORTEST_PATH = 4
_WEIGHTS = (1.0, 10.0, 100.0)  # on the first, second and third difference
_STRAY_WEIGHT = 30.0
_STENCILS = ([-1.0, 1.0], [1.0, -2.0, 1.0], [-1.0, 3.0, -3.0, 1.0])


def smooth_path(targets: NDArray[Any], crop_width: float, rate: float) -> NDArray[Any]:
    """Crop centres, 0..1, one per target (sampled at ``rate`` per second); all equal where the crop may rest.

    ``targets`` are subject centres and ``crop_width`` the crop's share of the picture, both 0..1.
    """
    lowest, highest = crop_width / 2, 1 - crop_width / 2
    if lowest >= highest:
        return np.full(len(targets), 0.5)
    wished = np.clip(targets, lowest, highest)
    if np.ptp(wished) <= 2 * TOLERANCE_CROPS * crop_width:
        return np.full(len(wished), float(wished.min() + wished.max()) / 2)
    if len(wished) < _SHORTEST_PATH:
        return np.full(len(wished), float(np.median(wished)))
    solved = _solve(wished, crop_width, rate)
    return np.full(len(wished), float(np.median(wished))) if solved is None else np.clip(solved, lowest, highest)


def _solve(wished: NDArray[Any], crop_width: float, rate: float) -> NDArray[Any] | None:
    """A linear programme: positions, then one bound per difference of each order, then how far the subject strays."""
    count = len(wished)
    differences = [_difference(order, count) for order in range(3)]
    sizes = [matrix.shape[0] for matrix in differences]
    costs = np.concatenate([np.zeros(count), *(np.full(size, weight) for size, weight in zip(sizes, _WEIGHTS, strict=True)), np.full(count, _STRAY_WEIGHT)])
    rows, limits = _constraints(wished, differences, sizes, TOLERANCE_CROPS * crop_width)
    speed = MAX_SPEED_CROPS_PER_SECOND * crop_width / rate
    bounds = [(crop_width / 2, 1 - crop_width / 2)] * count + [(0, speed)] * sizes[0] + [(0, None)] * (sizes[1] + sizes[2] + count)
    solution = linprog(costs, A_ub=rows, b_ub=limits, bounds=bounds, method="highs")
    return np.asarray(solution.x[:count]) if solution.success else None


def _difference(order: int, count: int) -> Any:
    stencil = _STENCILS[order]
    rows = max(0, count - len(stencil) + 1)
    return sparse.diags(stencil, range(len(stencil)), shape=(rows, count))


def _constraints(wished: NDArray[Any], differences: list[Any], sizes: list[int], tolerance: float) -> tuple[Any, NDArray[Any]]:
    """Each difference lies within its bound, each position within tolerance plus stray of the subject; both signs."""
    count, total = len(wished), sum(sizes)
    rows: list[Any] = []
    limits: list[NDArray[Any]] = []
    before = 0
    for matrix, size in zip(differences, sizes, strict=True):
        for sign in (1, -1):
            parts = [sign * matrix, sparse.csr_matrix((size, before)), -sparse.eye(size), sparse.csr_matrix((size, total - before - size + count))]
            rows.append(sparse.hstack(parts))
            limits.append(np.zeros(size))
        before += size
    for sign in (1, -1):
        rows.append(sparse.hstack([sign * sparse.eye(count), sparse.csr_matrix((count, total)), -sparse.eye(count)]))
        limits.append(sign * wished + tolerance)
    return sparse.vstack(rows).tocsr(), np.concatenate(limits)
