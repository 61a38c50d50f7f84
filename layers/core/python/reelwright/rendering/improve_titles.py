"""Makes titles readable on the pictures they really stand on: ``improve_titles(reel, files)``, called once a reel is composed.

Each shot with type over a picture is drawn small, without its type and its shade, at three times, and looked at behind and close
around its letters. On a bright calm picture light type becomes the template's dark one and needs no shade, which would look like
a dirty stripe. Else, where the contrast of large type is under 3.6 (5.4 for small), the shade becomes stronger, up to 0.62; where
that does not suffice, the picture darker under a title, down to 0.55 of its light; at last the letters get an outline.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import numpy as np

from reelwright.kit.errors import InvalidInput
from reelwright.reels.exact_time import to_frame
from reelwright.reels.geometry import area_of
from reelwright.reels.reel import Captions, Clip, CutReason, Entry, Layer, Picture, Rect, Reel, Scrim, Soundtrack, Text, Track, Transition
from reelwright.reels.scale_reel import scale_reel
from reelwright.reels.template import find_template
from reelwright.rendering.caption_contrast import is_light, luminance_of
from reelwright.rendering.compose import Composer
from reelwright.rendering.contrast_of_type import GROUND_PIXELS, Mask, ground_of, least_ratio
from reelwright.rendering.ink_of_type import draw_ink, show_alone
from reelwright.rendering.planes import to_bgr
from reelwright.rendering.title_contrast import (
    AIMED_RATIO,
    LEAST_RATIO,
    Behind,
    area_of_text,
    colours_of,
    find_brightness,
    find_opacity,
    group_lines,
    stands_alone,
    worst_ratio,
)

MEASURED_SIDE = 270
MOMENTS = (Fraction(12, 100), Fraction(1, 2), Fraction(88, 100))
MAX_SHADE, LEAST_BRIGHTNESS = 0.62, 0.55
DARK_SHADE, LIGHT_SHADE = "#14110D", "#FFFBF5"
BAND_MARGIN, BAND_FEATHER = 40, 300
DARK_TYPE_RATIO = 5.5
OUTLINE_SHARE = 0.08
DESIGN_SIDE = 1080


def improve_titles(reel: Reel, files: Mapping[str, Path]) -> Reel:
    """The reel with titles that can be read. ``files``: storage key → local path. The same each time.

    Raises RenderFailed where a picture cannot be read.
    """
    clips = tuple(_improve_clip(reel, clip, files) for clip in reel.tracks[0].clips)
    return reel.model_copy(update={"tracks": (Track(clips=clips), *reel.tracks[1:])})


def files_of_titles(reel: Reel) -> list[str]:
    """The storage keys of the pictures that ``improve_titles`` looks at: those of shots with type that brings no ground of its own."""
    shown = [
        layer.media_id
        for clip in reel.tracks[0].clips
        if any(isinstance(one, Text) and not stands_alone(one) for one in clip.layers)
        for layer in clip.layers
        if isinstance(layer, Picture)
    ]
    return [reel.media[media_id].file for media_id in dict.fromkeys(shown)]


def improve_layers(reel: Reel, layers: Sequence[Layer], seconds: Fraction, files: Mapping[str, Path], most: float = MAX_SHADE) -> tuple[Layer, ...]:
    """The layers of a shot or a cover with as much shade as their type needs. ``most``: the greatest opacity of a shade."""
    layers = tuple(layers)
    lines = [layer for layer in layers if isinstance(layer, Text) and not stands_alone(layer)]
    if not lines or not any(isinstance(layer, Picture) for layer in layers):
        return layers
    behind = _look_behind(reel, layers, lines, seconds, files)
    largest = max(line.size for line in lines)
    for group in group_lines(lines):
        samples = [row for number in group for row in behind[number]]
        chosen = [lines[number] for number in group]
        layers = _improve_group(reel, layers, chosen, samples, most, is_main=any(line.size == largest for line in chosen))
    return layers


def _improve_group(reel: Reel, layers: tuple[Layer, ...], lines: Sequence[Text], behind: Sequence[Behind], most: float, *, is_main: bool) -> tuple[Layer, ...]:
    """Lines that stand together. Only for the main ones the whole picture is darkened; others get an outline where a shade does not do."""
    dark, scrim = dark_type(reel), _shade_of(layers, lines)
    may_be_dark = is_light(lines[0].colour) and not any(line.glow for line in lines)
    if may_be_dark and worst_ratio([replace(one, colours=(dark,)) for one in behind], dark, 0.0) >= DARK_TYPE_RATIO:
        return _darkened(layers, lines, scrim, dark)
    shade = scrim.colour if scrim else DARK_SHADE if is_light(lines[0].colour) else LIGHT_SHADE
    now = scrim.opacity if scrim else 0.0
    if worst_ratio(behind, shade, now) >= AIMED_RATIO:
        return layers
    opacity = find_opacity(behind, shade, now, most)
    brightness = find_brightness(behind, shade, opacity, LEAST_BRIGHTNESS) if is_main and is_light(lines[0].colour) else 1.0
    shaded = _shaded(layers, lines, scrim, Scrim(rect=_band(reel, lines), colour=shade, feather=BAND_FEATHER, opacity=opacity), brightness)
    return shaded if worst_ratio(behind, shade, opacity, brightness) >= LEAST_RATIO else _outlined(shaded, lines, dark)


def dark_type(reel: Reel) -> str:
    """The darkest colour of the reel's template."""
    try:
        theme = find_template(reel.template).theme
    except InvalidInput:
        return DARK_SHADE
    return min((theme.ink, theme.background, theme.second), key=luminance_of)


def _shade_of(layers: Sequence[Layer], lines: Sequence[Text]) -> Scrim | None:
    """The shade that lies under these lines."""
    middles = [(area.top + area.bottom) / 2 for area in map(area_of_text, lines)]
    shades = [layer for layer in layers if isinstance(layer, Scrim)]
    return next((one for one in shades if all(one.rect.y - one.feather / 4 <= y <= one.rect.y + one.rect.height + one.feather / 4 for y in middles)), None)


def _darkened(layers: Sequence[Layer], lines: Sequence[Text], scrim: Scrim | None, dark: str) -> tuple[Layer, ...]:
    """Dark type without a shade, without a shadow and without colours that were chosen for a dark ground."""
    plain = {"colour": dark, "emphasis_colour": None, "shadow": 0.0, "ghost": 0, "glow": 0.0}
    kept = (layer for layer in layers if layer is not scrim)
    return tuple(layer.model_copy(update=plain) if _is_one_of(layer, lines) else layer for layer in kept)


def _outlined(layers: Sequence[Layer], lines: Sequence[Text], dark: str) -> tuple[Layer, ...]:
    """The lines with an outline thick enough to be their ground."""
    changed: list[Layer] = []
    for layer in layers:
        if isinstance(layer, Text) and _is_one_of(layer, lines):
            edge = dark if is_light(layer.colour) else LIGHT_SHADE
            layer = layer.model_copy(update={"stroke": math.ceil(OUTLINE_SHARE * layer.size), "stroke_colour": edge, "glow": 0.0})  # noqa: PLW2901
        changed.append(layer)
    return tuple(changed)


def _is_one_of(layer: Layer, lines: Sequence[Text]) -> bool:
    return any(layer is line for line in lines)


def _improve_clip(reel: Reel, clip: Clip, files: Mapping[str, Path]) -> Clip:
    layers = improve_layers(reel, clip.layers, clip.duration, files)
    return clip if layers == clip.layers else clip.model_copy(update={"layers": layers})


def _look_behind(reel: Reel, layers: Sequence[Layer], lines: Sequence[Text], seconds: Fraction, files: Mapping[str, Path]) -> list[list[Behind]]:
    """For each line what is behind its letters and close around them, at three times, everything having come in."""
    bare = tuple(layer.model_copy(update={"entry": Entry()}) for layer in layers if not isinstance(layer, Text | Scrim))
    shot = Clip(id="measured", start=Fraction(0), duration=seconds, layers=(*bare, *lines), transition=Transition(), cut=CutReason(on="start"))
    changes = {"tracks": (Track(clips=(shot,)),), "overlays": (), "captions": Captions(), "soundtrack": Soundtrack(), "cover": None, "declarations": ()}
    width = 2 * round(reel.canvas.width * MEASURED_SIDE / min(reel.canvas.width, reel.canvas.height) / 2)
    small = scale_reel(reel.model_copy(update=changes), width)
    clip = small.tracks[0].clips[0]
    factor = min(small.canvas.width, small.canvas.height) / DESIGN_SIDE
    small_lines = [layer for layer in clip.layers if isinstance(layer, Text)]
    grounds = [_grounds_of(small, line, seconds, GROUND_PIXELS * factor) for line in small_lines]
    found: list[list[Behind]] = [[] for _ in lines]
    pictures = small.model_copy(update={"tracks": (Track(clips=(clip.model_copy(update={"layers": clip.layers[: len(bare)]}),)),)})
    with Composer(pictures, files) as composer:
        for moment in MOMENTS:
            image = to_bgr(composer.frame(min(small.frame_count - 1, round(small.frame_count * moment))))[..., ::-1]
            for rows, line, own in zip(found, small_lines, grounds, strict=True):
                least = least_ratio(line, factor)
                rows += [Behind((colour,), np.asarray(image[ground] / 255, np.float32), least) for colour, ground in own.items() if ground.any()]
    return found


def _grounds_of(reel: Reel, line: Text, seconds: Fraction, reach: float) -> dict[str, Mask]:
    """Each colour of a line and where its letters stand when they stand still."""
    shown = show_alone(line, seconds)
    n = to_frame((min(shown.settled, shown.until) + shown.until) / 2, reel.canvas.frame_rate)
    plain, *stressed = colours_of(line)
    parts: list[tuple[str, Sequence[int] | None]] = [(plain, () if stressed else None), *((colour, line.emphasised) for colour in stressed)]
    return {colour: ground_of(draw_ink(reel, shown, n, words), reach) for colour, words in parts}


def _shaded(layers: Sequence[Layer], lines: Sequence[Text], scrim: Scrim | None, new: Scrim, brightness: float) -> tuple[Layer, ...]:
    """The layers with the shade stronger, or with a new one below the first of the lines; pictures under the type darker."""
    first = next(layer for layer in layers if _is_one_of(layer, lines))
    changed: list[Layer] = []
    for layer in layers:
        if scrim is not None and layer is scrim:
            changed.append(scrim.model_copy(update={"opacity": new.opacity}))
        elif isinstance(layer, Picture) and brightness < 1.0 and any(area_of(layer.rect).overlap(area_of_text(line)) > 0 for line in lines):
            changed.append(layer.model_copy(update={"brightness": round(layer.brightness * brightness, 3)}))
        else:
            if scrim is None and layer is first and new.opacity > 0:
                changed.append(new)
            changed.append(layer)
    return tuple(changed)


def _band(reel: Reel, lines: Sequence[Text]) -> Rect:
    areas = [area_of_text(line) for line in lines]
    top = 2 * round((min(area.top for area in areas) - BAND_MARGIN) / 2)
    height = 2 * round((max(area.bottom for area in areas) + BAND_MARGIN - top) / 2)
    return Rect(x=0, y=top, width=reel.canvas.width, height=max(2, height))
