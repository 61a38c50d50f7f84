"""The drawers of what a template brings along: grounds, rules, ornaments, lines, marquees and bars."""

from __future__ import annotations

from typing import Any

from reelwright.generation.composing.studio import Sheet
from reelwright.reels.reel import Art, Fill, Marquee, ProgressBar, Rule, Stroke
from reelwright.reels.template import FixedArt, FixedFill, FixedMarquee, FixedRule, FixedStroke, ProgressPart

MAX_MARQUEE_CHARACTERS = 60


def draw_fill(sheet: Sheet, part: FixedFill) -> None:
    """One colour: the ground, a panel, a card's paper."""
    if sheet.has(part.with_source):
        sheet.layers.append(Fill(rect=part.rect, radius=part.radius, shadow=part.shadow, rotation=part.rotation, pivot=part.pivot, **_painted(sheet, part)))


def draw_rule(sheet: Sheet, part: FixedRule) -> None:
    """A line that is always there."""
    sheet.layers.append(Rule(rect=part.rect, colour=sheet.colour(part.colour), entry=part.entry))


def draw_art(sheet: Sheet, part: FixedArt) -> None:
    """An ornament; those that differ each time differ from shot to shot."""
    if sheet.has(part.with_source):
        sheet.layers.append(
            Art(
                name=part.name,
                rect=part.rect,
                second=sheet.colour(part.second) if part.second else None,
                seed=sheet.studio.seed + sheet.scene.number,
                rotation=part.rotation,
                pivot=part.pivot,
                wobble=part.wobble,
                weave=part.weave,
                **_painted(sheet, part),
            )
        )


def draw_stroke(sheet: Sheet, part: FixedStroke) -> None:
    """A line through points."""
    if sheet.has(part.with_source):
        sheet.layers.append(Stroke(points=part.points, width=part.width, gap=part.gap, is_smooth=part.is_smooth, **_painted(sheet, part)))


def draw_marquee(sheet: Sheet, part: FixedMarquee) -> None:
    """Rows of one of the scene's texts; none where it is missing."""
    text = sheet.scene.texts.get(part.source, "")
    if text:
        sheet.layers.append(
            Marquee(
                text=text[:MAX_MARQUEE_CHARACTERS].upper(),
                font=part.font,
                size=part.size,
                colour=sheet.colour(part.colour),
                pitch=part.pitch,
                speed=part.speed,
                stroke=part.stroke,
                rotation=part.rotation,
                opacity=part.opacity,
            )
        )


def draw_progress(sheet: Sheet, part: ProgressPart) -> None:
    """A bar that belongs to one layout only; the template's own stands above all shots."""
    sheet.layers.append(ProgressBar(rect=part.rect, colour=sheet.colour(part.colour), track_opacity=part.track_opacity, radius=part.radius, gap=part.gap))


def _painted(sheet: Sheet, part: FixedFill | FixedArt | FixedStroke) -> dict[str, Any]:
    """In what colour of the theme it is drawn, how opaque, and how it comes."""
    return {"colour": sheet.colour(part.colour), "opacity": part.opacity, "entry": part.entry}
