"""Neighbouring shots in one light: each picture's exposure and white balance go part of the way to those around it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from reelwright.generation.composing.studio import Arrangement
from reelwright.generation.plan import PlannedMedia
from reelwright.reels.match_pictures import Match, light_of, match_pictures
from reelwright.reels.reel import Layer, Picture


def match_light(arranged: Sequence[Arrangement], media: Mapping[str, PlannedMedia]) -> list[Arrangement]:
    """The shots with their pictures matched, in the order in which they are shown; one media has one light within a shot."""
    shown = [(number, media_id) for number, drawn in enumerate(arranged) for media_id in _media_of(drawn)]
    matches = dict(zip(shown, match_pictures([light_of(media[media_id].analysis) for _, media_id in shown]), strict=True))
    return [replace(drawn, layers=tuple(_matched(layer, number, matches) for layer in drawn.layers)) for number, drawn in enumerate(arranged)]


def _media_of(drawn: Arrangement) -> list[str]:
    return list(dict.fromkeys(layer.media_id for layer in drawn.layers if isinstance(layer, Picture)))


def _matched(layer: Layer, number: int, matches: Mapping[tuple[int, str], Match]) -> Layer:
    if not isinstance(layer, Picture):
        return layer
    match = matches[number, layer.media_id]
    return layer.model_copy(update={"exposure": match.exposure, "balance": match.balance})
