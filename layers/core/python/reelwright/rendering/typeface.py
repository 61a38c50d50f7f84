"""A typeface at one size: shaped and drawn by HarfBuzz alone, so that no library of the machine decides how type looks."""

from __future__ import annotations

from functools import cached_property

import numpy as np
import uharfbuzz

from reelwright.kit.parts import FontFile
from reelwright.rendering.planes import Plane

UNITS_PER_PIXEL = 64


class Typeface:
    """One face of a file at a size in pixels. Not to be shared between threads."""

    def __init__(self, file: FontFile, size: int) -> None:
        face = uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(file.path)), file.index)
        self._font = uharfbuzz.Font(face)
        self._font.scale = (size * UNITS_PER_PIXEL, size * UNITS_PER_PIXEL)
        if file.axes:
            self._font.set_variations(dict(file.axes))

    @cached_property
    def ascent(self) -> float:
        """Pixels above the baseline."""
        return float(self._font.get_font_extents("ltr").ascender) / UNITS_PER_PIXEL

    @cached_property
    def descent(self) -> float:
        """Pixels below the baseline, positive."""
        return -float(self._font.get_font_extents("ltr").descender) / UNITS_PER_PIXEL

    @cached_property
    def cap_height(self) -> float:
        """How high a capital stands above the baseline, in pixels."""
        glyph = self._font.get_nominal_glyph(ord("H"))
        extents = None if glyph is None else self._font.get_glyph_extents(glyph)
        return self.ascent * 0.75 if extents is None else float(extents.y_bearing) / UNITS_PER_PIXEL

    def measure(self, text: str, is_right_to_left: bool = False, *, has_ligatures: bool = True) -> float:
        """The advance width in pixels."""
        shaped = self._shape(text, is_right_to_left, has_ligatures)
        return float(sum(position.x_advance for position in shaped.glyph_positions)) / UNITS_PER_PIXEL

    def draw(self, mask: Plane, text: str, x: float, baseline: float, *, is_right_to_left: bool = False, tracking: float = 0.0) -> None:
        """Adds the text to an alpha mask, its origin at exactly (``x``, ``baseline``); ``tracking`` widens each letter's space."""
        height, width = mask.shape[:2]
        pencil = uharfbuzz.RasterDraw()
        pencil.extents = uharfbuzz.RasterExtents(0, 0, width, height)
        shaped = self._shape(text, is_right_to_left, has_ligatures=not tracking)
        share = 1 / UNITS_PER_PIXEL
        for glyph, position in zip(shaped.glyph_infos, shaped.glyph_positions, strict=True):
            left = x + position.x_offset * share
            up = height - baseline + position.y_offset * share
            pencil.transform = (share, 0.0, 0.0, share, left, up)
            pencil.draw_glyph(self._font, glyph.codepoint)
            x += position.x_advance * share + (tracking if position.x_advance else 0.0)
        drawn = pencil.render()
        if drawn is None or drawn.extents.height == 0:
            return
        rows = np.frombuffer(drawn.buffer, np.uint8).reshape(drawn.extents.height, drawn.extents.stride)[::-1, :width]
        np.maximum(mask, rows, out=mask)

    def _shape(self, text: str, is_right_to_left: bool, has_ligatures: bool = True) -> uharfbuzz.Buffer:
        buffer = uharfbuzz.Buffer()
        buffer.add_str(text)
        buffer.guess_segment_properties()
        buffer.direction = "rtl" if is_right_to_left else "ltr"
        uharfbuzz.shape(self._font, buffer, {"liga": has_ligatures, "clig": has_ligatures})
        return buffer
