"""Colour emoji: shaped and painted by HarfBuzz from the emoji font's own colour layers (COLR version 1)."""

from __future__ import annotations

from dataclasses import dataclass, field

import cv2
import numpy as np
import uharfbuzz

from reelwright.kit.errors import PartMissing
from reelwright.kit.parts import font_path
from reelwright.rendering.planes import BLUE_SHARE, CHROMA_STEPS, GREEN_SHARE, LUMA_STEPS, RED_SHARE, Plane
from reelwright.rendering.sprites import Ink, Sprite, place_ink

FAMILY = "Noto Color Emoji"
DESCENT_SHARE = 0.2
UNITS_PER_PIXEL = 64
PAINTED_LARGER = 2
"""Painted at twice the size and made smaller: finer edges at caption sizes."""

_BLACK_CODE, _GREY_CODE = 16, 128


@dataclass
class EmojiShelf:
    """Emoji of one reel. Where the emoji font is not installed, none are drawn. Not to be shared between threads."""

    _opened: list[uharfbuzz.Font | None] = field(default_factory=list)

    def draw(self, emoji: str, side: int, x: int, y: int) -> Sprite | None:
        """The emoji as a square sprite of ``side`` pixels with its corner at (x, y); None where the font cannot draw it."""
        font = self._open()
        glyph = None if font is None or side < 2 else _find_glyph(font, emoji)
        if font is None or glyph is None:
            return None
        return place_ink(_to_ink(_paint(font, glyph, side)), x, y)

    def _open(self) -> uharfbuzz.Font | None:
        if not self._opened:
            try:
                file = font_path(FAMILY)
            except PartMissing:
                self._opened.append(None)
            else:
                self._opened.append(uharfbuzz.Font(uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(file.path)), file.index)))
        return self._opened[0]


def _find_glyph(font: uharfbuzz.Font, emoji: str) -> int | None:
    """The one glyph of the sequence; None where the font has none or needs several."""
    buffer = uharfbuzz.Buffer()
    buffer.add_str(emoji)
    buffer.guess_segment_properties()
    uharfbuzz.shape(font, buffer)
    glyphs = [info.codepoint for info in buffer.glyph_infos if info.codepoint]
    return int(glyphs[0]) if len(glyphs) == 1 else None


def _paint(font: uharfbuzz.Font, glyph: int, side: int) -> Plane:
    """Premultiplied BGRA, (side, side, 4)."""
    large = side * PAINTED_LARGER
    em = round(large / (font.get_glyph_h_advance(glyph) / font.scale[0] or 1.0))
    painter = uharfbuzz.RasterPaint()
    painter.extents = uharfbuzz.RasterExtents(0, 0, large, large)
    font_scale = font.scale
    font.scale = (em * UNITS_PER_PIXEL, em * UNITS_PER_PIXEL)
    share = 1 / UNITS_PER_PIXEL
    painter.transform = (share, 0.0, 0.0, share, 0.0, DESCENT_SHARE * large)
    painter.paint_glyph(font, glyph)
    image = painter.render()
    font.scale = font_scale
    if image is None or not image.extents.height:
        return np.zeros((side, side, 4), np.uint8)
    rows = np.frombuffer(image.buffer, np.uint8).reshape(image.extents.height, image.extents.stride // 4, 4)[::-1]
    return cv2.resize(np.ascontiguousarray(rows[:large, :large]), (side, side), interpolation=cv2.INTER_AREA)


def _to_ink(bgra: Plane) -> Ink:
    """BT.709 codes, premultiplied as sprites are: an empty pixel is 0 in every plane."""
    image = bgra.astype(np.float32) / 255
    blue, green, red, alpha = (image[..., number] for number in range(4))
    luma = RED_SHARE * red + GREEN_SHARE * green + BLUE_SHARE * blue
    planes = (
        _BLACK_CODE * alpha + LUMA_STEPS * luma,
        _GREY_CODE * alpha + CHROMA_STEPS * (blue - luma) / (2 * (1 - BLUE_SHARE)),
        _GREY_CODE * alpha + CHROMA_STEPS * (red - luma) / (2 * (1 - RED_SHARE)),
    )
    y, u, v = (np.clip(plane + 0.5, 0, 255).astype(np.uint8) for plane in planes)
    return y, u, v, bgra[..., 3].copy()
