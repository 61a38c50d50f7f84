"""How a line of type looks: face, size, colour, and what is drawn around its letters."""

from __future__ import annotations

from dataclasses import dataclass, replace

from reelwright.reels.reel import Font


@dataclass(frozen=True)
class Shadow:
    """A soft shadow: opacity, blur (sigma) and fall in pixels."""

    opacity: float
    sigma: float = 10.0
    fall: float = 3.0
    colour: str = "#000000"


@dataclass(frozen=True)
class Style:
    """How a line is set. ``size``, ``tracking``, ``stroke``, ``hard_shadow``, ``ghost`` and ``glow`` (a sigma) are in pixels.

    ``stroke`` lies around the letters; where ``is_hollow`` it lies on their edge, in ``colour``, and nothing inside.
    """

    font: Font
    size: int
    colour: str
    tracking: float = 0.0
    shadow: Shadow | None = None
    opacity: float = 1.0
    stroke: float = 0.0
    stroke_colour: str = "#000000"
    is_hollow: bool = False
    hard_shadow: int = 0
    glow: float = 0.0
    glow_colour: str | None = None
    ghost: int = 0

    @property
    def reach(self) -> float:
        """How far beyond the letters it draws, in pixels."""
        soft = 0.0 if self.shadow is None else self.shadow.sigma * 3 + abs(self.shadow.fall)
        return max(soft, self.glow * 3, self.ghost) + self.stroke + self.hard_shadow


def resize_style(style: Style, size: int) -> Style:
    """The style at another size; tracking goes with it."""
    return replace(style, size=size, tracking=style.tracking * size / style.size)
