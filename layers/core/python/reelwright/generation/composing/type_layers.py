"""Lines of type, boxes and bars as layers of the reel document."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from reelwright.reels.geometry import CANVAS_HEIGHT, CANVAS_WIDTH, Area, Size
from reelwright.reels.reel import Entry, Font, Layer, Point, Rect, Rule, Scrim, Text, TextBox
from reelwright.reels.template import BoxCraft, RuleBlock, TextBlock, TextStack

Colours = Callable[[str], str]
"""From a name of the theme to ``#RRGGBB``."""

STAGGER_SECONDS = Fraction(7, 100)
SETTLED_FRAME_SECONDS = Fraction(1, 10)
SCRIM_MARGIN, SCRIM_FEATHER = 24, 420
BAR_WIDTH, BAR_GAP = 4, 32
CANVAS = Size(CANVAS_WIDTH, CANVAS_HEIGHT)
SHARE_BEFORE = {"left": 0.0, "centre": 0.5, "right": 1.0}


@dataclass(frozen=True)
class Line:
    """One line of a block, and where its baseline is."""

    text: str
    font: Font
    size: int
    baseline: float
    block: TextBlock
    is_last: bool
    is_first: bool = False


def text_layer(line: Line, number: int, stack: TextStack, colours: Colours, emphasis: Sequence[str], pivot: Point | None = None) -> Text:
    """The line as a layer; ``number`` is its place in the stack, for entries one after the other. It turns about ``pivot``, else about its middle."""
    block = line.block
    colour = _colour_of(line)
    padding = block.box.padding_x if block.box else 0
    return Text(
        text=line.text[:200],
        font=line.font,
        size=line.size,
        colour=colours(colour),
        x=round(stack.x + padding + (stack.width - 2 * padding) * SHARE_BEFORE[stack.align]),
        y=round(line.baseline),
        align=stack.align,
        tracking=round(block.tracking * line.size, 2),
        max_width=max(1, stack.width - 2 * padding),
        shadow=block.shadow,
        stroke=block.stroke,
        stroke_colour=colours(block.stroke_colour),
        hard_shadow=block.hard_shadow,
        is_hollow=block.is_hollow,
        glow=block.glow,
        glow_colour=colours(block.glow_colour) if block.glow_colour else None,
        ghost=block.ghost,
        blink=block.blink,
        rotation=block.rotation,
        pivot=pivot,
        emphasised=_emphasised(line.text, block, emphasis),
        emphasis_font=block.emphasis_font,
        emphasis_colour=colours(block.emphasis_colour) if block.emphasis_colour else None,
        box=_box(block.box, colours) if block.box else None,
        entry=_entry(block, number),
    )


def _colour_of(line: Line) -> str:
    block = line.block
    if line.is_first and block.first_line_colour:
        return block.first_line_colour
    return block.last_line_colour if line.is_last and block.last_line_colour else block.colour


def rule_layer(block: RuleBlock, y: float, stack: TextStack, colours: Colours) -> Rule:
    """A line of a stack, drawn before the first frame is over."""
    width = min(block.width, stack.width)
    x = stack.x + (stack.width - width) * SHARE_BEFORE[stack.align]
    rect = Rect(x=even(x), y=even(y), width=even(width), height=even(block.height))
    return Rule(rect=rect, colour=colours(block.colour), entry=Entry(kind="grow", start=Fraction(-2, 5), duration=Fraction(1, 2)))


def bar_layers(stack: TextStack, area: Area, colours: Colours) -> list[Layer]:
    """A thin bar beside the stack, where the template wants one."""
    if stack.bar is None:
        return []
    x = stack.x + stack.width + BAR_GAP - BAR_WIDTH if stack.align == "right" else stack.x - BAR_GAP
    rect = Rect(x=even(x), y=even(area.top - 6), width=BAR_WIDTH, height=even(area.height + 16))
    return [Rule(rect=rect, colour=colours(stack.bar), entry=Entry(kind="grow", start=Fraction(1, 10), duration=Fraction(9, 20)))]


def scrim_layers(stack: TextStack, area: Area, colours: Colours, canvas: Size = CANVAS) -> list[Layer]:
    """A soft shade from the nearer edge of the canvas to behind the type: a band in the middle would look like a dirty stripe."""
    if stack.scrim <= 0:
        return []
    if stack.anchor == "top":
        rect = Rect(x=0, y=0, width=canvas.width, height=even(area.bottom + SCRIM_MARGIN))
    else:
        top = even(area.top - SCRIM_MARGIN)
        rect = Rect(x=0, y=top, width=canvas.width, height=max(2, canvas.height - top))
    return [Scrim(rect=rect, colour=colours(stack.scrim_colour), feather=SCRIM_FEATHER, opacity=stack.scrim)]


def even(value: float) -> int:
    """The nearest even number that is not negative: rectangles keep colour and light together."""
    return max(0, 2 * round(value / 2))


def _emphasised(text: str, block: TextBlock, emphasis: Sequence[str]) -> tuple[int, ...]:
    """The places of emphasised words in a line, where the block sets them apart."""
    if not (block.emphasis_font or block.emphasis_colour):
        return ()
    stressed = {bare_word(word) for phrase in emphasis for word in phrase.split()}
    return tuple(place for place, word in enumerate(text.split()) if bare_word(word) in stressed)


def bare_word(word: str) -> str:
    """A word in small letters without what stands around it."""
    return re.sub(r"^\W+|\W+$", "", word).casefold()


def _box(box: BoxCraft, colours: Colours) -> TextBox:
    return TextBox(colour=colours(box.colour), opacity=box.opacity, padding_x=box.padding_x, padding_y=box.padding_y, radius=box.radius, shadow=box.shadow)


def _entry(block: TextBlock, number: int) -> Entry:
    """Text without a time of entry is settled by the third frame, so that frame 0 can be read; lines light up one after the other."""
    if block.entry == "none":
        return Entry()
    if block.entry == "light_up":
        return Entry(kind="light_up", start=(block.at or Fraction(0)) + block.seconds * number, duration=block.seconds)
    stagger = STAGGER_SECONDS * number
    start = block.at + stagger if block.at is not None else min(-block.seconds + stagger, SETTLED_FRAME_SECONDS - block.seconds)
    return Entry(kind=block.entry, start=start, duration=block.seconds)
