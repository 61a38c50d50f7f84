"""One line of type as the document asks for it: set word by word, boxed, and ready to come in as a whole, by words or by letters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from reelwright.reels.reel import Font, Text
from reelwright.rendering.fonts import FontShelf, is_right_to_left
from reelwright.rendering.shades import box_ink
from reelwright.rendering.sprites import Sprite, join_sprites, place_ink
from reelwright.rendering.text import Segment, draw_segments, fit_to_width, measure_line
from reelwright.rendering.type_painters import TypedLine
from reelwright.rendering.type_style import Shadow, Style, resize_style

SHADOW_SIGMA_SHARE, SHADOW_FALL_PIXELS = 0.16, 2


@dataclass(frozen=True)
class SetLine:
    """A line fitted to its width. ``left`` is where it begins on the canvas; ``words`` are in reading order."""

    layer: Text
    style: Style
    left: float
    width: float
    words: tuple[Segment, ...]
    is_right_to_left: bool


def set_line(shelf: FontShelf, layer: Text) -> SetLine:
    """Finds the size at which the line fits, and the place of each word."""
    layer = _complete(shelf, layer)
    style = _style_of(layer)
    if layer.max_width is not None:
        style = resize_style(style, fit_to_width(lambda size: _place(shelf, layer, resize_style(style, size))[1], layer.size, layer.max_width))
    words, width = _place(shelf, layer, style)
    left = layer.x - {"left": 0.0, "centre": width / 2, "right": width}[layer.align]
    return SetLine(layer, style, left, width, tuple(words), is_right_to_left(layer.text))


def draw_text(shelf: FontShelf, layer: Text) -> Sprite | None:
    """The whole line, its box and all, as one sprite."""
    line = set_line(shelf, layer)
    letters = draw_segments(shelf, _stretches(shelf, line), line.style, line.left, layer.y)
    return _join(_draw_box(shelf, line), letters)


def draw_words(shelf: FontShelf, layer: Text) -> list[Sprite]:
    """The line's words one by one, in reading order; a box, where there is one, comes with the first."""
    line = set_line(shelf, layer)
    sprites = []
    for number, word in enumerate(line.words):
        sprite = draw_segments(shelf, [word], line.style, line.left, layer.y)
        if not number:
            sprite = _join(_draw_box(shelf, line), sprite)
        if sprite is not None:
            sprites.append(sprite)
    return sprites


def draw_typed(shelf: FontShelf, layer: Text) -> TypedLine:
    """The line as it is written letter by letter, on its box."""
    line = set_line(shelf, layer)
    letters = draw_segments(shelf, _stretches(shelf, line), line.style, line.left, layer.y)
    edges: list[float] = []
    for word in line.words:
        begin = line.left + word.left
        for count in range(1, len(word.text) + 1):
            written = _measure(shelf, word.text[:count], word.font, line.style)
            edges.append(begin + word.width - written if line.is_right_to_left else begin + written)
    return TypedLine(_draw_box(shelf, line), letters, tuple(edges), _middle(shelf, line), line.is_right_to_left)


def _complete(shelf: FontShelf, layer: Text) -> Text:
    """The layer in faces that have all of its letters."""
    changes = {"font": shelf.stand_in(layer.text, layer.font)}
    if layer.emphasis_font is not None:
        words = layer.text.split()
        chosen = " ".join(words[index] for index in layer.emphasised if index < len(words))
        changes["emphasis_font"] = shelf.stand_in(chosen, layer.emphasis_font)
    return layer.model_copy(update=changes)


def find_middle(shelf: FontShelf, layer: Text) -> tuple[float, float]:
    """The middle of the line's capitals, which it turns and grows about."""
    return _middle(shelf, set_line(shelf, layer))


def _middle(shelf: FontShelf, line: SetLine) -> tuple[float, float]:
    return line.left + line.width / 2, line.layer.y - _cap_height(shelf, line) / 2


def _style_of(layer: Text) -> Style:
    shadow = Shadow(layer.shadow, layer.size * SHADOW_SIGMA_SHARE, SHADOW_FALL_PIXELS) if layer.shadow else None
    return Style(
        layer.font, layer.size, layer.colour, layer.tracking, shadow, layer.opacity, layer.stroke, layer.stroke_colour, layer.is_hollow,
        layer.hard_shadow, layer.glow, layer.glow_colour, layer.ghost,
    )  # fmt: skip


def _measure(shelf: FontShelf, text: str, font: Font, style: Style) -> float:
    return measure_line(shelf, text, Style(font, style.size, style.colour, style.tracking))


def _place(shelf: FontShelf, layer: Text, style: Style) -> tuple[list[Segment], float]:
    """The words in reading order, each where it stands from the line's left end, and the line's width."""
    chosen = frozenset(layer.emphasised)
    stretches = [
        (" ".join(word for _, word in group), is_set_apart, tuple(number for number, _ in group))
        for is_set_apart, group in ((key, list(some)) for key, some in groupby(enumerate(layer.text.split()), lambda one: one[0] in chosen))
    ]
    space = _measure(shelf, " ", style.font, style)
    words: list[Segment] = []
    before = 0.0
    for text, is_set_apart, _ in stretches:
        font = layer.emphasis_font or style.font if is_set_apart else style.font
        colour = layer.emphasis_colour or style.colour if is_set_apart else style.colour
        own = text.split()
        for number, word in enumerate(own):
            until = _measure(shelf, " ".join(own[: number + 1]), font, style)
            width = _measure(shelf, word, font, style)
            words.append(Segment(word, font, colour, before + until - width, width))
        before += _measure(shelf, text, font, style) + space
    whole = before - space
    if is_right_to_left(layer.text):
        words = [Segment(word.text, word.font, word.colour, whole - word.left - word.width, word.width) for word in words]
    return words, whole


def _stretches(shelf: FontShelf, line: SetLine) -> Sequence[Segment]:
    """Neighbouring words of one face and colour as one stretch, so that their spaces are shaped with them."""
    joined = []
    for (font, colour), group in groupby(line.words, lambda word: (word.font, word.colour)):
        words = list(group)
        text = " ".join(word.text for word in words)
        joined.append(Segment(text, font, colour, min(word.left for word in words), _measure(shelf, text, font, line.style)))
    return joined


def _cap_height(shelf: FontShelf, line: SetLine) -> float:
    font = line.style.font
    return shelf.open_face(font.family, font.weight, font.is_italic, line.style.size).cap_height


def _draw_box(shelf: FontShelf, line: SetLine) -> Sprite | None:
    """The box around capitals and baseline, grown by its padding."""
    box = line.layer.box
    if box is None:
        return None
    cap = _cap_height(shelf, line)
    width, height = round(line.width + 2 * box.padding_x), round(cap + 2 * box.padding_y)
    ink, margin = box_ink(width, height, box.radius, box.colour, box.opacity * line.layer.opacity, box.shadow)
    return place_ink(ink, round(line.left - box.padding_x) - margin, round(line.layer.y - cap - box.padding_y) - margin)


def _join(*sprites: Sprite | None) -> Sprite | None:
    return join_sprites([sprite for sprite in sprites if sprite is not None])
