"""The drawer of routes: a dotted line from place to place, drawn while one looks, a pin and a name at each."""

from __future__ import annotations

from fractions import Fraction

from reelwright.generation.composing.route_path import MAX_PLACES, MIN_PLACES, Route, lay_route, place_labels
from reelwright.generation.composing.studio import Sheet
from reelwright.generation.composing.timeline import exact
from reelwright.generation.composing.type_layers import even
from reelwright.reels.geometry import Area, area_of
from reelwright.reels.reel import Art, Entry, Layer, Point, Rect, Stroke, Text
from reelwright.reels.shape_areas import areas_of
from reelwright.reels.template import RoutePart
from reelwright.reels.type_fit import SAFETY, cap_height, measure

PIN_SECONDS, NAME_SECONDS = Fraction(7, 20), Fraction(3, 10)
PIN_SHARE = 0.78
DRAWN_SHARE = 0.5
"""A route is drawn within this share of its shot, so that the last place is still read."""

NAME_OVERHANG = 80
"""How far names may reach beyond the route at its sides, pixels."""

MAX_NAME_SHARE = 0.6
"""Of the route's width, for one name."""


def draw_route(sheet: Sheet, part: RoutePart) -> None:
    """Adds line, pins and names, and the areas that these cover. ``fits`` is false where there are too few or too many places."""
    places = [place.strip() for place in sheet.scene.texts.get(part.source, "").split("\n") if place.strip()]
    sheet.fits = sheet.fits and MIN_PLACES <= len(places) <= MAX_PLACES
    places = places[:MAX_PLACES]
    if len(places) < MIN_PLACES:
        return
    route = lay_route(len(places), area_of(part.rect), sheet.studio.seed)
    size, labels = _set_names(sheet, part, route, places)
    seconds = min(part.seconds, exact(DRAWN_SHARE * sheet.scene.seconds))
    sheet.layers.append(_line(sheet, part, route, seconds))
    for number, (place, area) in enumerate(zip(places, labels, strict=True)):
        at = part.at + seconds * exact(route.shares[number])
        sheet.layers += [_pin(sheet, part, route, number, at), _name(sheet, part, place, area, size, at)]
        spot, half = route.spots[number], part.pin_size * PIN_SHARE / 2
        sheet.texts += [area, Area(spot.x - half, spot.y - part.pin_size, spot.x + half, spot.y)]


def _set_names(sheet: Sheet, part: RoutePart, route: Route, places: list[str]) -> tuple[int, list[Area]]:
    """One size for all names, at which the longest is not too long; and where each stands."""
    longest = max(measure(place, part.font, 1.0) for place in places)
    size = max(part.min_size, min(part.size, int(MAX_NAME_SHARE * part.rect.width / longest)))
    tall = cap_height(part.font, size) * 1.3
    sizes = [(measure(place, part.font, size) * SAFETY, tall) for place in places]
    titles, rect = areas_of(sheet.studio.shape).titles, part.rect
    bounds = Area(max(titles.left, rect.x - NAME_OVERHANG), rect.y, min(titles.right, rect.x + rect.width + NAME_OVERHANG), rect.y + rect.height)
    return size, place_labels(route, sizes, part.pin_size, bounds)


def _line(sheet: Sheet, part: RoutePart, route: Route, seconds: Fraction) -> Layer:
    points = tuple(Point(x=round(spot.x), y=round(spot.y)) for spot in route.points)
    entry = Entry(kind="draw", start=part.at, duration=seconds)
    return Stroke(points=points, colour=sheet.colour(part.line), width=part.width, gap=part.gap, entry=entry)


def _pin(sheet: Sheet, part: RoutePart, route: Route, number: int, at: Fraction) -> Layer:
    spot, width = route.spots[number], part.pin_size * PIN_SHARE
    rect = Rect(x=even(spot.x - width / 2), y=even(spot.y - part.pin_size), width=even(width), height=even(part.pin_size))
    second = sheet.colour(part.pin_second) if part.pin_second else None
    return Art(name="pin", rect=rect, colour=sheet.colour(part.pin), second=second, entry=Entry(kind="drop", start=at, duration=PIN_SECONDS))


def _name(sheet: Sheet, part: RoutePart, place: str, area: Area, size: int, at: Fraction) -> Layer:
    baseline = area.bottom - (area.height - cap_height(part.font, size)) / 2
    entry = Entry(kind="fade", start=at + Fraction(1, 10), duration=NAME_SECONDS)
    return Text(text=place[:200], font=part.font, size=size, colour=sheet.colour(part.colour), x=round(area.left), y=round(baseline), entry=entry)
