"""Curves of motion and tone: cubic Béziers, the camera's drive, the weave of old film, smooth steps and monotone splines."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
import numpy.typing as npt

Bezier = tuple[float, float, float, float]
Samples = npt.NDArray[np.float64]

OUT: Bezier = (0.16, 1, 0.3, 1)
OUT_QUIET: Bezier = (0.22, 0.61, 0.36, 1)
IN: Bezier = (0.55, 0, 1, 0.45)
IN_OUT: Bezier = (0.65, 0, 0.35, 1)
WHIP: Bezier = (0.76, 0, 0.24, 1)
BACK: Bezier = (0.34, 1.56, 0.64, 1)
PUSH: Bezier = (0.6, -0.04, 0.18, 1.12)


@lru_cache(maxsize=32)
def _trace(curve: Bezier) -> tuple[Samples, Samples]:
    x1, y1, x2, y2 = curve
    s = np.linspace(0, 1, 1025)
    a, b, c = 3 * (1 - s) ** 2 * s, 3 * (1 - s) * s * s, s**3
    return a * x1 + b * x2 + c, a * y1 + b * y2 + c


def ease(u: float, curve: Bezier) -> float:
    """The curve's height at ``u``, which is clamped to 0..1."""
    xs, ys = _trace(curve)
    return float(np.interp(min(max(u, 0.0), 1.0), xs, ys))


def slope(u: float, curve: Bezier) -> float:
    """How fast the curve rises at ``u``."""
    step = 0.01
    return (ease(u + step, curve) - ease(u - step, curve)) / (2 * step)


def drive(u: float) -> float:
    """A camera's way through a shot: quick at the start, slower at the end, never still."""
    return 0.72 * u + 0.28 * (1 - (1 - u) ** 3)


def weave_at(amplitude: float, seconds: float) -> tuple[float, float]:
    """How far the film stands from its place, across and down, in the unit of the amplitude."""
    across = 0.58 * math.sin(7.3 * seconds) + 0.42 * math.sin(11.9 * seconds)
    return amplitude * across, amplitude * 0.8 * math.sin(9.1 * seconds)


def smooth_step(low: float, high: float, values: npt.ArrayLike) -> npt.NDArray[np.float32]:
    """0 below ``low``, 1 above ``high``, smooth between."""
    x: npt.NDArray[np.float32] = np.clip((np.asarray(values, np.float32) - low) / (high - low), 0, 1).astype(np.float32)
    return x * x * (3 - 2 * x)


def spline(points: Sequence[tuple[float, float]], x: npt.ArrayLike) -> npt.NDArray[np.float32]:
    """Monotone cubic through ``points`` (Fritsch and Carlson, 1980), held flat outside them."""
    xs, ys = (np.array(values, np.float64) for values in zip(*points, strict=True))
    at = np.clip(np.asarray(x, np.float64), xs[0], xs[-1])
    if len(xs) == 1:
        return np.full(at.shape, ys[0], np.float32)
    h = np.diff(xs)
    d = np.diff(ys) / h
    m = _tangents(h, d)
    i = np.clip(np.searchsorted(xs, at) - 1, 0, len(h) - 1)
    t = (at - xs[i]) / h[i]
    value = ys[i] * (1 + 2 * t) * (1 - t) ** 2 + m[i] * h[i] * t * (1 - t) ** 2 + ys[i + 1] * t * t * (3 - 2 * t) + m[i + 1] * h[i] * t * t * (t - 1)
    return value.astype(np.float32)


def _tangents(h: Samples, d: Samples) -> Samples:
    m = np.zeros(len(h) + 1)
    if len(h) == 1:
        m[:] = d[0]
        return m
    rising = d[:-1] * d[1:] > 0
    near, far = 2 * h[1:] + h[:-1], h[1:] + 2 * h[:-1]
    inner = m[1:-1]
    inner[rising] = (near + far)[rising] / (near[rising] / d[:-1][rising] + far[rising] / d[1:][rising])
    m[0], m[-1] = _end_tangent(h[0], h[1], d[0], d[1]), _end_tangent(h[-1], h[-2], d[-1], d[-2])
    return m


def _end_tangent(h0: float, h1: float, d0: float, d1: float) -> float:
    m = ((2 * h0 + h1) * d0 - h0 * d1) / (h0 + h1)
    if m * d0 <= 0:
        return 0.0
    return 3 * d0 if d0 * d1 <= 0 and abs(m) > 3 * abs(d0) else m
