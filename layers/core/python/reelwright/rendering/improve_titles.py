"""Makes titles readable on the pictures they really stand on: ``improve_titles(reel, files)``, called once a reel is composed.

Each shot with type over a picture is drawn small, without its type and its shade, at three times. On a bright calm picture light
type becomes the template's dark one and needs no shade, which would look like a dirty stripe. Else, where the contrast is under
3.4, the shade becomes stronger, up to 0.62; where that does not suffice, the picture darker, down to 0.55 of its light.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import numpy as np

from reelwright.kit.errors import InvalidInput
from reelwright.reels.geometry import Area, area_of
from reelwright.reels.reel import Captions, Clip, CutReason, Layer, Picture, Rect, Reel, Scrim, Soundtrack, Text, Track, Transition
from reelwright.reels.scale_reel import scale_reel
from reelwright.reels.template import find_template
from reelwright.rendering.caption_contrast import Pixels, is_light, luminance_of
from reelwright.rendering.compose import Composer
from reelwright.rendering.planes import to_bgr
from reelwright.rendering.title_contrast import AIMED_RATIO, Behind, area_of_text, colours_of, find_brightness, find_opacity, stands_alone, worst_ratio

MEASURED_SIDE = 270
MOMENTS = (Fraction(12, 100), Fraction(1, 2), Fraction(88, 100))
MAX_SHADE, LEAST_BRIGHTNESS = 0.62, 0.55
DARK_SHADE, LIGHT_SHADE = "#14110D", "#FFFBF5"
BAND_MARGIN, BAND_FEATHER = 40, 300
DARK_TYPE_RATIO = 5.5


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
    dark = dark_type(reel)
    if is_light(lines[0].colour) and worst_ratio([replace(one, colours=(dark,)) for one in behind], dark, 0.0) >= DARK_TYPE_RATIO:
        return _darkened(layers, dark)
    scrim = next((layer for layer in layers if isinstance(layer, Scrim)), None)
    shade = scrim.colour if scrim else DARK_SHADE if is_light(lines[0].colour) else LIGHT_SHADE
    now = scrim.opacity if scrim else 0.0
    if worst_ratio(behind, shade, now) >= AIMED_RATIO:
        return layers
    opacity = find_opacity(behind, shade, now, most)
    brightness = find_brightness(behind, shade, opacity, LEAST_BRIGHTNESS) if is_light(lines[0].colour) else 1.0
    return _shaded(layers, lines, scrim, Scrim(rect=_band(reel, lines), colour=shade, feather=BAND_FEATHER, opacity=opacity), brightness)


def dark_type(reel: Reel) -> str:
    """The darkest colour of the reel's template."""
    try:
        theme = find_template(reel.template).theme
    except InvalidInput:
        return DARK_SHADE
    return min((theme.ink, theme.background, theme.second), key=luminance_of)


def _darkened(layers: Sequence[Layer], dark: str) -> tuple[Layer, ...]:
    """Dark type without a shade, without a shadow and without colours that were chosen for a dark ground."""
    plain = {"colour": dark, "emphasis_colour": None, "shadow": 0.0, "ghost": 0}
    kept = (layer for layer in layers if not isinstance(layer, Scrim))
    return tuple(layer.model_copy(update=plain) if isinstance(layer, Text) and not stands_alone(layer) else layer for layer in kept)


def _improve_clip(reel: Reel, clip: Clip, files: Mapping[str, Path]) -> Clip:
    layers = improve_layers(reel, clip.layers, clip.duration, files)
    return clip if layers == clip.layers else clip.model_copy(update={"layers": layers})


def _look_behind(reel: Reel, layers: Sequence[Layer], lines: Sequence[Text], seconds: Fraction, files: Mapping[str, Path]) -> list[Behind]:
    """Each line with what is behind it at three times."""
    bare = tuple(layer for layer in layers if not isinstance(layer, Text | Scrim))
    shot = Clip(id="measured", start=Fraction(0), duration=seconds, layers=bare, transition=Transition(), cut=CutReason(on="start"))
    changes = {"tracks": (Track(clips=(shot,)),), "overlays": (), "captions": Captions(), "soundtrack": Soundtrack(), "cover": None, "declarations": ()}
    width = 2 * round(reel.canvas.width * MEASURED_SIDE / min(reel.canvas.width, reel.canvas.height) / 2)
    small, share = scale_reel(reel.model_copy(update=changes), width), width / reel.canvas.width
    found: list[Behind] = []
    with Composer(small, files) as composer:
        for moment in MOMENTS:
            image = to_bgr(composer.frame(min(small.frame_count - 1, round(small.frame_count * moment))))[..., ::-1]
            found += [Behind(colours_of(line), _cut(image, area_of_text(line), share)) for line in lines]
    return found


def _cut(image: np.ndarray, area: Area, share: float) -> Pixels:
    height, width = image.shape[:2]
    left, top = min(width - 1, max(0, round(area.left * share))), min(height - 1, max(0, round(area.top * share)))
    right, bottom = min(width, max(left + 1, round(area.right * share))), min(height, max(top + 1, round(area.bottom * share)))
    return np.asarray(image[top:bottom, left:right].reshape(-1, 3) / 255, np.float32)


def _shaded(layers: Sequence[Layer], lines: Sequence[Text], scrim: Scrim | None, new: Scrim, brightness: float) -> tuple[Layer, ...]:
    """The layers with the shade stronger, or with a new one below the first line; pictures under the type darker."""
    changed: list[Layer] = []
    for layer in layers:
        if layer is scrim:
            changed.append(scrim.model_copy(update={"opacity": new.opacity}))
        elif isinstance(layer, Picture) and brightness < 1.0 and any(area_of(layer.rect).overlap(area_of_text(line)) > 0 for line in lines):
            changed.append(layer.model_copy(update={"brightness": round(layer.brightness * brightness, 3)}))
        else:
            if scrim is None and layer is lines[0] and new.opacity > 0:
                changed.append(new)
            changed.append(layer)
    return tuple(changed)


def _band(reel: Reel, lines: Sequence[Text]) -> Rect:
    areas = [area_of_text(line) for line in lines]
    top = 2 * round((min(area.top for area in areas) - BAND_MARGIN) / 2)
    height = 2 * round((max(area.bottom for area in areas) + BAND_MARGIN - top) / 2)
    return Rect(x=0, y=top, width=reel.canvas.width, height=max(2, height))
