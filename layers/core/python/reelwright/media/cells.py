"""A picture in 12 × 12 cells: how much goes on in each, and how light it is, so that what is laid on it finds a calm place."""

from __future__ import annotations

from typing import NamedTuple

import cv2
import numpy as np

CELLS = 12
"""In each direction; rows from the top."""

_EDGE_GAIN = 6.0


class Cells(NamedTuple):
    """``busy``: edges, ``light``: luma; 0..255 for each cell, row by row."""

    busy: tuple[int, ...]
    light: tuple[int, ...]


def measure_cells(grey: np.ndarray) -> Cells:
    """The cells of an 8-bit grey picture, about 640 px wide."""
    edges = np.abs(cv2.Laplacian(grey, cv2.CV_32F))
    busy = np.clip(_EDGE_GAIN * cv2.resize(edges, (CELLS, CELLS), interpolation=cv2.INTER_AREA), 0, 255)
    light = cv2.resize(grey, (CELLS, CELLS), interpolation=cv2.INTER_AREA)
    return Cells(tuple(round(float(value)) for value in busy.ravel()), tuple(int(value) for value in light.ravel()))
