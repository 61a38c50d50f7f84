"""The contact sheet of a reel: the middle of every shot, small, in rows of six."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path

import cv2
import numpy as np

from reelwright.kit.errors import RenderFailed
from reelwright.reels.reel import Reel
from reelwright.reels.scale_reel import scale_reel
from reelwright.rendering.compose import Composer
from reelwright.rendering.planes import to_bgr

CELL_SHORT_SIDE = 240
COLUMNS = 6
PLACE_IN_SHOT = Fraction(3, 5)
"""Late enough that titles stand, early enough that nothing leaves."""

JPEG_QUALITY = 82


def draw_sheet(reel: Reel, files: Mapping[str, Path], out: Path) -> None:
    """Draws ``out`` (JPEG): a cell for each clip of the first track, in order, row by row. Raises RenderFailed."""
    short_side = min(reel.canvas.width, reel.canvas.height)
    small = scale_reel(reel, 2 * round(reel.canvas.width * CELL_SHORT_SIDE / short_side / 2)) if short_side > CELL_SHORT_SIDE else reel
    with Composer(small, files) as composer:
        cells = [to_bgr(composer.frame(_middle_frame(small, number))) for number in range(len(small.tracks[0].clips))]
    height, width = cells[0].shape[:2]
    columns = min(COLUMNS, len(cells))
    sheet = np.zeros((-(-len(cells) // columns) * height, columns * width, 3), np.uint8)
    for place, cell in enumerate(cells):
        top, left = place // columns * height, place % columns * width
        sheet[top : top + height, left : left + width] = cell
    if not cv2.imwrite(str(out), sheet, [cv2.IMWRITE_JPEG_QUALITY, JPEG_QUALITY]):
        raise RenderFailed("The contact sheet could not be written.")


def _middle_frame(reel: Reel, number: int) -> int:
    clip = reel.tracks[0].clips[number]
    frame = int((clip.start + clip.duration * PLACE_IN_SHOT) * reel.canvas.frame_rate)
    return min(frame, reel.frame_count - 1)
