"""Setting a text stack: sizes and line breaks that fit, baselines below each other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from reelwright.generation.composing.type_layers import BAR_GAP, CANVAS, SHARE_BEFORE, Colours, Line, bar_layers, rule_layer, scrim_layers, text_layer
from reelwright.reels.geometry import Area, Size
from reelwright.reels.reel import Layer, Point
from reelwright.reels.template import BoxCraft, RuleBlock, TextBlock, TextSource, TextStack
from reelwright.reels.type_fit import DESCENT, FittedText, accent_rise, cap_height, deep_descent, fill_width, fit_text, measure

DESCENT_SHARE = 0.6
CLEAR_SHARE = 0.05
SHRINKS = (1.0, 0.93, 0.86, 0.79, 0.72, 0.64, 0.56)


@dataclass(frozen=True)
class SetStack:
    """The layers of a stack, the area that its type covers, whether every text fits, and the share of the stack's height that is filled."""

    layers: tuple[Layer, ...]
    area: Area | None
    fits: bool
    filled: float = 1.0


@dataclass
class _Placed:
    lines: list[Line] = field(default_factory=list)
    rules: list[tuple[RuleBlock, float]] = field(default_factory=list)


def set_stack(stack: TextStack, texts: Mapping[TextSource, str], colours: Colours, emphasis: Sequence[str] = (), canvas: Size = CANVAS) -> SetStack:
    """Layers for the texts that are there; those that are missing leave no gap."""
    blocks = [block for block in stack.blocks if _is_there(block, texts)]
    fitted, height = _fit_all(blocks, texts, stack)
    if height <= 0:
        return SetStack((), None, True)
    top = float(stack.top) if stack.anchor == "top" else stack.bottom - height
    placed = _Placed()
    _place(blocks, fitted, top, placed)
    area = _area(stack, placed.lines, top, top + height)
    too_narrow = any(_width(line) > stack.width + 2 for line in placed.lines)
    fits = not too_narrow and height <= stack.bottom - stack.top + 2 and all(_holds(block, fit) for block, fit in zip(blocks, fitted, strict=True))
    layers: list[Layer] = [*scrim_layers(stack, area, colours, canvas), *(rule_layer(block, y, stack, colours) for block, y in placed.rules)]
    layers += bar_layers(stack, area, colours)
    pivots = [_pivot(line, placed.lines, area) for line in placed.lines]
    layers += [text_layer(line, number, stack, colours, emphasis, pivots[number]) for number, line in enumerate(placed.lines)]
    return SetStack(tuple(layers), area, fits, height / (stack.bottom - stack.top))


def _pivot(line: Line, lines: Sequence[Line], area: Area) -> Point | None:
    """Turned lines of one block turn together, about their middle; a line alone turns about its own."""
    together = [one for one in lines if one.block is line.block]
    if not line.block.rotation or len(together) < 2:
        return None
    top, bottom = together[0].baseline - cap_height(together[0].font, together[0].size), together[-1].baseline
    return Point(x=round((area.left + area.right) / 2), y=round((top + bottom) / 2))


def _fit_all(blocks: list[TextBlock | RuleBlock], texts: Mapping[TextSource, str], stack: TextStack) -> tuple[list[FittedText | None], float]:
    """Every block at its size, all of them smaller where together they would be too high; and the height that they take."""
    fitted: list[FittedText | None] = []
    height = 0.0
    for share in SHRINKS:
        fitted = [_fit(block, texts, stack.width, share) if isinstance(block, TextBlock) else None for block in blocks]
        height = _place(blocks, fitted, 0.0, _Placed())
        if height <= stack.bottom - stack.top + 2:
            break
    return fitted, height


def _is_there(block: TextBlock | RuleBlock, texts: Mapping[TextSource, str]) -> bool:
    if isinstance(block, TextBlock):
        return bool(texts.get(block.source))
    return block.with_source is None or bool(texts.get(block.with_source))


def _fit(block: TextBlock, texts: Mapping[TextSource, str], width: int, share: float) -> FittedText:
    text = texts[block.source].upper() if block.is_upper else texts[block.source]
    sizes = (block.min_size, max(block.min_size, round(block.size * share)))
    room = width - (2 * block.box.padding_x if block.box else 0)
    if block.fills_width:
        filled = fill_width(text, block.font, room, sizes, block.tracking)
        if filled:
            return filled
    return fit_text(text, block.font, room, sizes, block.max_lines, block.tracking)


def _holds(block: TextBlock | RuleBlock, fit: FittedText | None) -> bool:
    return fit is None or not isinstance(block, TextBlock) or len(fit.lines) <= block.max_lines


def _place(blocks: list[TextBlock | RuleBlock], fitted: list[FittedText | None], top: float, into: _Placed) -> float:
    """Walks down the stack, fills the lists, and returns its height."""
    y = top
    for number, (block, fit) in enumerate(zip(blocks, fitted, strict=True)):
        y += _gap(block, fit, is_first=number == 0)
        if isinstance(block, RuleBlock):
            into.rules.append((block, y))
            y += block.height
        elif fit:
            y = _place_lines(block, fit, y, into.lines)
    return y - top


def _gap(block: TextBlock | RuleBlock, fit: FittedText | None, *, is_first: bool) -> float:
    """What is free above the block: its gap, and room for the accents of capitals where no box holds them."""
    gap = 0.0 if is_first else float(block.gap)
    if fit is None or not fit.lines or not isinstance(block, TextBlock) or block.box:
        return gap
    rise = accent_rise(fit.lines[0], fit.size)
    return max(gap, rise + CLEAR_SHARE * fit.size) if rise else gap


def _leading(block: TextBlock, fit: FittedText, number: int) -> float:
    """From the baseline above to this line's: the block's own, more where a line has accents on capitals or the one above hangs deep."""
    usual = block.line_height * fit.size
    above, line = fit.lines[number - 1], fit.lines[number]
    rise, deep = accent_rise(line, fit.size), deep_descent(above, fit.size)
    if not rise and not deep:
        return usual
    hanging = max(deep, 0.0 if block.is_upper else DESCENT * fit.size * DESCENT_SHARE)
    return max(usual, cap_height(block.font, fit.size) + rise + hanging + CLEAR_SHARE * fit.size)


def _box_for(box: BoxCraft | None, text: str, size: int) -> BoxCraft | None:
    """The box, higher where the text's accents or deep letters would stick out of it."""
    if box is None:
        return None
    needed = round(max(accent_rise(text, size), deep_descent(text, size)) + CLEAR_SHARE * size)
    return box if needed <= CLEAR_SHARE * size + 1 else box.model_copy(update={"padding_y": max(box.padding_y, needed)})


def _place_lines(block: TextBlock, fit: FittedText, y: float, lines: list[Line]) -> float:
    box = _box_for(block.box, " ".join(fit.lines), fit.size)
    padding = box.padding_y if box else 0
    block = block if box is block.box else block.model_copy(update={"box": box})
    baseline = y + padding + cap_height(block.font, fit.size)
    for number, text in enumerate(fit.lines):
        is_last = number == len(fit.lines) - 1 and len(fit.lines) > 1
        font = block.last_line_font if is_last and block.last_line_font else block.font
        baseline += _leading(block, fit, number) if number else 0.0
        lines.append(Line(text, font, fit.size, baseline, block, is_last, is_first=number == 0 and len(fit.lines) > 1))
    hanging = 0.0 if block.is_upper else DESCENT * fit.size * DESCENT_SHARE
    return baseline + max(padding, hanging, deep_descent(fit.lines[-1], fit.size) if fit.lines else 0.0)


def _area(stack: TextStack, lines: list[Line], top: float, bottom: float) -> Area:
    width = max((_width(line) for line in lines), default=0.0)
    left = stack.x + (stack.width - width) * SHARE_BEFORE[stack.align]
    return Area(left - (BAR_GAP if stack.bar else 0), top, left + min(width, stack.width), bottom)


def _width(line: Line) -> float:
    return measure(line.text, line.font, line.size, line.block.tracking) + (2 * line.block.box.padding_x if line.block.box else 0)
