"""The drawer of pills: a place with its pin, a name with its role, a note; as long as their words."""

from __future__ import annotations

from dataclasses import dataclass

from reelwright.generation.composing.studio import Sheet
from reelwright.generation.composing.type_layers import even
from reelwright.reels.geometry import Area
from reelwright.reels.reel import SHAPES, Art, Fill, Font, Layer, Point, Rect, Text
from reelwright.reels.template import PillPart
from reelwright.reels.type_fit import SAFETY, FittedText, cap_height, fit_text, measure

LINE_GAP_SHARE = 0.17
"""Between name and role, a share of the pill's height."""

ICON_INDENT_SHARE = 0.16
PIN_SHARE = 0.78
"""A pin is narrower than it is high."""


@dataclass(frozen=True)
class _Line:
    text: str
    font: Font
    size: int
    baseline: float


def draw_pill(sheet: Sheet, part: PillPart) -> None:
    """Adds the pill and the area that it covers; nothing where its text is missing."""
    text = sheet.scene.texts.get(part.source)
    if not text:
        return
    room = part.max_width - part.inset - part.end_inset
    fitted = fit_text(text, part.font, room, (part.min_size, part.size), 1)
    lines = _set_lines(part, fitted, _second(sheet, part, room))
    width = max(measure(line.text, line.font, line.size) * SAFETY for line in lines)
    rect = _place(sheet, part, min(part.max_width, part.inset + part.end_inset + width))
    sheet.fits = sheet.fits and len(fitted.lines) == 1
    sheet.layers += [_ground(sheet, part, rect), *_icon(sheet, part, rect), *(_text(sheet, part, rect, line, room) for line in lines)]
    sheet.texts.append(Area(rect.x, rect.y, rect.x + rect.width, rect.y + rect.height))


def _second(sheet: Sheet, part: PillPart, room: int) -> FittedText | None:
    text = sheet.scene.texts.get(part.second_source, "") if part.second_source else ""
    font = part.second_font or part.font
    return fit_text(text, font, room, (round(part.second_size * 0.8), part.second_size), 1) if text else None


def _set_lines(part: PillPart, first: FittedText, second: FittedText | None) -> list[_Line]:
    """Baselines from the pill's top; one line stands in the middle, two share it."""
    tall = cap_height(part.font, first.size)
    if second is None:
        return [_Line(" ".join(first.lines), part.font, first.size, (part.height + tall) / 2)]
    font = part.second_font or part.font
    low, gap = cap_height(font, second.size), LINE_GAP_SHARE * part.height
    top = (part.height - tall - gap - low) / 2
    return [_Line(" ".join(first.lines), part.font, first.size, top + tall), _Line(" ".join(second.lines), font, second.size, top + tall + gap + low)]


def _place(sheet: Sheet, part: PillPart, width: float) -> Rect:
    """From its left end or about its middle; mirrored where the language runs from the right."""
    x = part.x - width / 2 if part.is_centred else float(part.x)
    if sheet.studio.is_right_to_left and not part.is_centred:
        x = SHAPES[sheet.studio.shape][0] - part.x - width
    return Rect(x=even(x), y=even(part.y), width=even(width), height=even(part.height))


def _middle(rect: Rect) -> Point:
    return Point(x=rect.x + rect.width // 2, y=rect.y + rect.height // 2)


def _ground(sheet: Sheet, part: PillPart, rect: Rect) -> Layer:
    radius = min(part.radius, rect.height // 2)
    return Fill(rect=rect, colour=sheet.colour(part.colour), radius=radius, shadow=part.shadow, rotation=part.rotation, pivot=_middle(rect), entry=part.entry)


def _icon(sheet: Sheet, part: PillPart, rect: Rect) -> list[Layer]:
    if part.icon is None:
        return []
    width = part.icon_size * (PIN_SHARE if part.icon == "pin" else 1.0)
    left = rect.x + ICON_INDENT_SHARE * part.height + (part.icon_size - width) / 2
    icon = Rect(x=even(left), y=even(rect.y + (rect.height - part.icon_size) / 2), width=even(width), height=even(part.icon_size))
    second = sheet.colour(part.icon_second) if part.icon_second else None
    colour = sheet.colour(part.icon_colour)
    return [Art(name=part.icon, rect=icon, colour=colour, second=second, rotation=part.rotation, pivot=_middle(rect), entry=part.entry)]


def _text(sheet: Sheet, part: PillPart, rect: Rect, line: _Line, room: int) -> Layer:
    """One line; from the right where the language runs so and no portrait or pin stands at the left."""
    is_mirrored = sheet.studio.is_right_to_left and part.icon is None and part.second_source != "role"
    return Text(
        text=line.text[:200],
        font=line.font,
        size=line.size,
        colour=sheet.colour(part.ink),
        x=rect.x + (rect.width - part.inset if is_mirrored else part.inset),
        align="right" if is_mirrored else "left",
        y=round(rect.y + line.baseline),
        max_width=room,
        rotation=part.rotation,
        pivot=_middle(rect),
        entry=part.entry,
    )
