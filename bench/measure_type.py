"""Measures the typefaces that templates use, for composing: ``python -m bench.measure_type`` writes the table of widths and capital heights."""

from __future__ import annotations

import json
from pathlib import Path

from PIL import ImageFont

from reelwright.kit.parts import font_path

TABLE = Path(__file__).parent.parent / "layers/core/python/reelwright/reels/advance_widths.json"
EM = 1000
DISPLAY_POINTS = 96.0
"""Optical size: type in a reel is large."""

FACES: dict[str, tuple[tuple[int, bool], ...]] = {
    "Playfair Display": ((700, False), (900, False), (900, True)),
    "Instrument Serif": ((400, False), (400, True)),
    "Inter": ((500, False), (600, False), (700, False), (800, False)),
    "Anton": ((400, False),),
    "Archivo": ((600, False), (700, False), (800, False), (900, False)),
    "Manrope": ((500, False), (600, False), (700, False), (800, False)),
    "Fraunces": ((300, False), (300, True), (500, False), (500, True), (700, False)),
    "DM Sans": ((500, False), (600, False), (700, False)),
    "Caveat": ((500, False), (700, False)),
    "Bricolage Grotesque": ((600, False), (700, False), (800, False)),
    "Permanent Marker": ((400, False),),
    "Space Mono": ((400, False), (700, False)),
    "JetBrains Mono": ((500, False), (700, False), (800, False)),
    "Share Tech": ((400, False),),
    "Montserrat": ((700, False), (800, False)),
    "Poppins": ((600, False), (700, False)),
}


def measure_faces(characters: str) -> dict[str, dict[str, list[int] | int]]:
    """For each face the widths of the characters, and the height of a capital, in thousandths of the size."""
    found: dict[str, dict[str, list[int] | int]] = {}
    for family, faces in FACES.items():
        for weight, is_italic in faces:
            font = _open(family, weight, is_italic)
            capital = font.getbbox("H", anchor="ls")
            widths = [round(font.getlength(character)) for character in characters]
            found[f"{family} {weight}{' italic' if is_italic else ''}"] = {"capital": round(-capital[1]), "widths": widths}
    return found


def _open(family: str, weight: int, is_italic: bool) -> ImageFont.FreeTypeFont:
    file = font_path(family, weight, is_italic, size=DISPLAY_POINTS)
    font = ImageFont.truetype(str(file.path), EM, index=file.index, layout_engine=ImageFont.Layout.BASIC)
    if file.axes:
        font.set_variation_by_axes([value for _, value in file.axes])
    return font


def main() -> None:
    characters = str(json.loads(TABLE.read_text(encoding="utf-8"))["characters"])
    faces = {name: {"capital": face["capital"], "widths": face["widths"]} for name, face in measure_faces(characters).items()}
    TABLE.write_text(json.dumps({"characters": characters, "faces": faces}, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
