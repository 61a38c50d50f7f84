"""The drawer of round chips: the numbers of a list in a row, each in the colours of its panel."""

from __future__ import annotations

from fractions import Fraction

from reelwright.generation.composing.studio import Sheet
from reelwright.generation.composing.type_layers import even
from reelwright.reels.reel import Entry, Fill, Rect, Text
from reelwright.reels.template import ChipsPart
from reelwright.reels.type_fit import cap_height

STAGGER = Fraction(2, 25)
POP = Fraction(6, 25)


def draw_chips(sheet: Sheet, part: ChipsPart) -> None:
    """Adds a disc and a number for each; smaller ones where they would not fit in the row."""
    numbers = sheet.scene.texts.get(part.source, "").split()
    if not numbers:
        return
    shrink = min(1.0, part.max_width / (len(numbers) * part.size + (len(numbers) - 1) * part.gap))
    size, gap = even(part.size * shrink), even(part.gap * shrink)
    left = even(part.x - (len(numbers) * size + (len(numbers) - 1) * gap) / 2)
    for place, number in enumerate(numbers):
        theme = sheet.studio.template.theme
        entry = Entry(kind="pop", start=part.at + STAGGER * place, duration=POP)
        rect = Rect(x=left + place * (size + gap), y=even(part.y), width=size, height=size)
        type_size = max(20, round(part.type_size * shrink))
        sheet.layers.append(Fill(rect=rect, colour=theme.colour("panel", place), radius=size // 2, entry=entry))
        sheet.layers.append(
            Text(
                text=number,
                font=part.font,
                size=type_size,
                colour=theme.colour("panel_ink", place),
                x=rect.x + size // 2,
                y=round(rect.y + size / 2 + cap_height(part.font, type_size) / 2),
                align="centre",
                entry=entry,
            )
        )
