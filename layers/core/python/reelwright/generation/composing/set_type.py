"""Setting a text stack: sizes and line breaks that fit, baselines below each other, entries one after the other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from reelwright.reels.geometry import CANVAS_HEIGHT, CANVAS_WIDTH, Area
from reelwright.reels.reel import Entry, Font, Layer, Rect, Rule, Scrim, Text
from reelwright.reels.template import RuleBlock, TextBlock, TextSource, TextStack, Theme
from reelwright.reels.type_fit import DESCENT, FittedText, cap_height, fill_width, fit_text, measure

STAGGER_SECONDS = Fraction(7, 100)
SETTLED_FRAME_SECONDS = Fraction(1, 10)
SCRIM_MARGIN, SCRIM_FEATHER = 24, 420
BAR_WIDTH, BAR_GAP = 4, 32
_SHARE_BEFORE = {"left": 0.0, "centre": 0.5, "right": 1.0}


@dataclass(frozen=True)
class SetStack:
    """The layers of a stack, the area that its type covers, and whether every text fits."""

    layers: tuple[Layer, ...]
    area: Area | None
    fits: bool


@dataclass(frozen=True)
class _Line:
    text: str
    font: Font
    size: int
    baseline: float
    block: TextBlock
    is_last: bool


def set_stack(stack: TextStack, texts: Mapping[TextSource, str], theme: Theme) -> SetStack:
    """Layers for the texts that are there; those that are missing leave no gap."""
    blocks = [block for block in stack.blocks if _is_there(block, texts)]
    fitted = [_fit(block, texts, stack.width) if isinstance(block, TextBlock) else None for block in blocks]
    height = _place(blocks, fitted, 0.0, None)
    if height <= 0:
        return SetStack((), None, True)
    top = float(stack.top) if stack.anchor == "top" else stack.bottom - height
    lines: list[_Line] = []
    rules: list[Rule] = []
    _place(blocks, fitted, top, (lines, rules, stack, theme))
    area = _area(stack, lines, top, top + height)
    too_narrow = any(_width(line) > stack.width + 2 for line in lines)
    fits = not too_narrow and height <= stack.bottom - stack.top + 2 and all(_holds(block, fit) for block, fit in zip(blocks, fitted, strict=True))
    layers: list[Layer] = [*_scrim(stack, area, theme), *rules, *_bar(stack, area, theme)]
    layers += [_text_layer(line, number, stack, theme) for number, line in enumerate(lines)]
    return SetStack(tuple(layers), area, fits)


def _is_there(block: TextBlock | RuleBlock, texts: Mapping[TextSource, str]) -> bool:
    if isinstance(block, TextBlock):
        return bool(texts.get(block.source))
    return block.with_source is None or bool(texts.get(block.with_source))


def _fit(block: TextBlock, texts: Mapping[TextSource, str], width: int) -> FittedText:
    text = texts[block.source].upper() if block.is_upper else texts[block.source]
    sizes = (block.min_size, block.size)
    if block.fills_width:
        filled = fill_width(text, block.font, width, sizes, block.tracking)
        if filled:
            return filled
    return fit_text(text, block.font, width, sizes, block.max_lines, block.tracking)


def _holds(block: TextBlock | RuleBlock, fit: FittedText | None) -> bool:
    return fit is None or not isinstance(block, TextBlock) or len(fit.lines) <= block.max_lines


def _place(
    blocks: list[TextBlock | RuleBlock], fitted: list[FittedText | None], top: float, into: tuple[list[_Line], list[Rule], TextStack, Theme] | None
) -> float:
    """Walks down the stack; returns its height, and fills the lists where they are given."""
    y = top
    is_first = True
    for block, fit in zip(blocks, fitted, strict=True):
        y += 0 if is_first else block.gap
        is_first = False
        if isinstance(block, RuleBlock):
            if into:
                into[1].append(_rule(block, y, into[2], into[3]))
            y += block.height
        elif fit:
            y = _place_lines(block, fit, y, into[0] if into else None)
    return y - top


def _place_lines(block: TextBlock, fit: FittedText, y: float, lines: list[_Line] | None) -> float:
    baseline = y
    for number, text in enumerate(fit.lines):
        is_last = number == len(fit.lines) - 1 and len(fit.lines) > 1
        font = block.last_line_font if is_last and block.last_line_font else block.font
        baseline = y + cap_height(block.font, fit.size) + number * block.line_height * fit.size
        if lines is not None:
            lines.append(_Line(text, font, fit.size, baseline, block, is_last))
    return baseline + (0.0 if block.is_upper else DESCENT * fit.size * 0.6)


def _area(stack: TextStack, lines: list[_Line], top: float, bottom: float) -> Area:
    width = max((_width(line) for line in lines), default=0.0)
    left = stack.x + (stack.width - width) * _SHARE_BEFORE[stack.align]
    return Area(left - (BAR_GAP if stack.bar else 0), top, left + min(width, stack.width), bottom)


def _width(line: _Line) -> float:
    return measure(line.text, line.font, line.size, line.block.tracking)


def _scrim(stack: TextStack, area: Area, theme: Theme) -> list[Layer]:
    """A soft shade from the nearer edge of the canvas to behind the type: a band in the middle would look like a dirty stripe."""
    if stack.scrim <= 0:
        return []
    if stack.anchor == "top":
        rect = Rect(x=0, y=0, width=CANVAS_WIDTH, height=_even(area.bottom + SCRIM_MARGIN))
    else:
        top = _even(area.top - SCRIM_MARGIN)
        rect = Rect(x=0, y=top, width=CANVAS_WIDTH, height=CANVAS_HEIGHT - top)
    return [Scrim(rect=rect, colour=theme.colour(stack.scrim_colour), feather=SCRIM_FEATHER, opacity=stack.scrim)]


def _bar(stack: TextStack, area: Area, theme: Theme) -> list[Layer]:
    if stack.bar is None:
        return []
    x = stack.x + stack.width + BAR_GAP - BAR_WIDTH if stack.align == "right" else stack.x - BAR_GAP
    rect = Rect(x=_even(x), y=_even(area.top - 6), width=BAR_WIDTH, height=_even(area.height + 16))
    return [Rule(rect=rect, colour=theme.colour(stack.bar), entry=Entry(kind="grow", start=Fraction(1, 10), duration=Fraction(9, 20)))]


def _rule(block: RuleBlock, y: float, stack: TextStack, theme: Theme) -> Rule:
    rect = Rect(x=_even(stack.x), y=_even(y), width=_even(min(block.width, stack.width)), height=_even(block.height))
    return Rule(rect=rect, colour=theme.colour(block.colour), entry=Entry(kind="grow", start=Fraction(-2, 5), duration=Fraction(1, 2)))


def _text_layer(line: _Line, number: int, stack: TextStack, theme: Theme) -> Text:
    block = line.block
    colour = block.last_line_colour if line.is_last and block.last_line_colour else block.colour
    return Text(
        text=line.text[:200],
        font=line.font,
        size=line.size,
        colour=theme.colour(colour),
        x=round(stack.x + stack.width * _SHARE_BEFORE[stack.align]),
        y=round(line.baseline),
        align=stack.align,
        tracking=round(block.tracking * line.size, 2),
        max_width=stack.width,
        shadow=block.shadow,
        entry=_entry(block, number),
    )


def _entry(block: TextBlock, number: int) -> Entry:
    """Text without a time of entry is settled by the third frame, so that frame 0 can be read."""
    if block.entry == "none":
        return Entry()
    stagger = STAGGER_SECONDS * number
    start = block.at + stagger if block.at is not None else min(-block.seconds + stagger, SETTLED_FRAME_SECONDS - block.seconds)
    return Entry(kind=block.entry, start=start, duration=block.seconds)


def _even(value: float) -> int:
    return max(0, 2 * round(value / 2))
