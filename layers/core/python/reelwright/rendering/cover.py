"""The cover: the reel's best picture full bleed, with its title in type that can be read in a thumbnail."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from itertools import combinations, pairwise
from pathlib import Path
from secrets import token_hex

import cv2
import numpy as np
import numpy.typing as npt

from reelwright.kit.errors import RenderFailed
from reelwright.reels.cover_crops import COVER_FILES, crop_rect, list_crops
from reelwright.reels.reel import Clip, Font, Layer, Motion, Picture, Rect, Reel, Scrim, Text, Track, View
from reelwright.reels.shape_areas import shape_of
from reelwright.rendering.compose import Composer
from reelwright.rendering.cover_light import light_cover
from reelwright.rendering.fonts import FontShelf
from reelwright.rendering.improve_titles import improve_layers
from reelwright.rendering.planes import to_bgr
from reelwright.rendering.text import Style, fit_size, measure_line

JPEG_QUALITY = 92
MAX_WORDS = 8  # a title's own limit: a sentence cut in its middle says something else
MAX_LINES = 3
GOOD_TITLE = 180
DESIGN_WIDTH, DESIGN_HEIGHT = 1080, 1920
TITLE_WIDTH = 860
SMALLEST_TITLE, LARGEST_TITLE = 120, 270
SCRIM_OPACITY, SCRIM_COLOUR, TITLE_COLOUR = 0.42, "#14110D", "#FFF9EF"
COVER_SECONDS = Fraction(1)
MAX_SCRIM = 0.45
MAX_LIGHTINGS = 3
TITLE_ENDS = ":–—|·.?!"
"""A title is cut at the first of these."""


def draw_cover(reel: Reel, files: Mapping[str, Path], out: Path) -> None:
    """Draws ``out`` (JPEG, the canvas's size): no captions, no transition, the reel's own look. Raises RenderFailed.

    Title and middle stay inside what a grid's 3:4 and 1:1 crops show.
    """
    _write(_draw(reel, files), out)


def draw_covers(reel: Reel, files: Mapping[str, Path], folder: Path) -> dict[str, Path]:
    """The cover and what platforms cut out of it, by the names of ``cover_crops.COVER_FILES``. Raises RenderFailed."""
    image = _draw(reel, files)
    written = {"cover": folder / COVER_FILES["cover"]}
    _write(image, written["cover"])
    height, width = image.shape[:2]
    for crop in list_crops(shape_of(width, height)):
        rect = crop_rect(width, height, Fraction(crop.rect.width, crop.rect.height))
        written[crop.name] = folder / COVER_FILES[crop.name]
        _write(image[rect.y : rect.y + rect.height, rect.x : rect.x + rect.width], written[crop.name])
    return written


def _draw(reel: Reel, files: Mapping[str, Path]) -> npt.NDArray[np.uint8]:
    """The cover as BGR pixels (height, width, 3), well lit, its type readable on its picture."""
    cover = light_cover(compose_cover(reel), files)
    for _ in range(MAX_LIGHTINGS):
        cover = _with_readable_type(cover, files)
        lit = light_cover(cover, files)  # type that became dark has lost its shade, which had darkened the picture
        if lit is cover:
            break
        cover = lit
    with Composer(cover, files) as composer:
        return np.asarray(to_bgr(composer.frame(0)), np.uint8)


def _with_readable_type(cover: Reel, files: Mapping[str, Path]) -> Reel:
    clip = cover.tracks[0].clips[0]
    layers = improve_layers(cover, clip.layers, clip.duration, files, MAX_SCRIM)
    return cover.model_copy(update={"tracks": (Track(clips=(clip.model_copy(update={"layers": layers}),)),)})


def _write(image: npt.NDArray[np.uint8], out: Path) -> None:
    is_encoded, data = cv2.imencode(".jpg", np.ascontiguousarray(image), [cv2.IMWRITE_JPEG_QUALITY, JPEG_QUALITY])
    if not is_encoded:
        raise RenderFailed("The cover could not be written.")
    part = out.with_name(f".{out.name}.{token_hex(4)}.part")
    try:
        part.write_bytes(data.tobytes())
        part.replace(out)
    except OSError as error:
        raise RenderFailed("The cover could not be written. Check the disk and try again.") from error
    finally:
        part.unlink(missing_ok=True)


def compose_cover(reel: Reel) -> Reel:
    """The cover as a reel of one shot, so that it is drawn by the same code as the reel: its designed layers, else a frame's picture."""
    clip = _clip_at(reel, reel.cover_at)
    layers = reel.cover.layers if reel.cover else _layers_of_frame(reel, clip)
    shot = clip.model_copy(
        update={"id": "cover", "start": Fraction(0), "duration": COVER_SECONDS, "layers": tuple(layers), "transition": type(clip.transition)()}
    )
    changes = {"tracks": (Track(clips=(shot,)),), "overlays": (), "captions": type(reel.captions)(), "soundtrack": type(reel.soundtrack)(), "cover": None}
    return reel.model_copy(update=changes)


def _layers_of_frame(reel: Reel, clip: Clip) -> list[Layer]:
    """The largest picture of a shot full bleed, and the reel's title; where there is no picture, the shot as it is."""
    canvas = Rect(x=0, y=0, width=reel.canvas.width, height=reel.canvas.height)
    layers: list[Layer] = []
    picture = _largest_picture(clip) or _largest_picture(reel.tracks[0].clips[0])
    if picture is not None:
        view = _middle_view(picture)
        at = picture.source_start + (reel.cover_at - clip.start) * picture.speed if reel.media[picture.media_id].kind == "video" else Fraction(0)
        layers.append(
            Picture(media_id=picture.media_id, rect=canvas, motion=Motion(start=view, end=view), source_start=max(at, Fraction(0)), exposure=picture.exposure)
        )
    layers.extend(_title_layers(reel))
    return layers or list(clip.layers)


def shorten_title(title: str) -> str:
    """The title's first phrase; one that is still too long is cut, never behind a joining word."""
    for end in TITLE_ENDS:
        title = title.split(end, maxsplit=1)[0]
    words = title.split()
    if len(words) <= MAX_WORDS:
        return " ".join(words)
    words = words[:MAX_WORDS]
    while len(words) > 2 and len(words[-1]) <= 3 and words[-1].islower():
        words.pop()
    return " ".join(words)


def _clip_at(reel: Reel, at: Fraction) -> Clip:
    return next((clip for clip in reel.tracks[0].clips if clip.start <= at < clip.end), reel.tracks[0].clips[0])


def _largest_picture(clip: Clip) -> Picture | None:
    pictures = [layer for layer in clip.layers if isinstance(layer, Picture) and not layer.blur]
    return max(pictures, key=lambda one: one.rect.width * one.rect.height, default=None)


def _middle_view(picture: Picture) -> View:
    start, end = picture.motion.start, picture.motion.end
    return View(x=(start.x + end.x) / 2, y=(start.y + end.y) / 2, scale=max(1.0, min(start.scale, end.scale)))


def _title_layers(reel: Reel) -> list[Layer]:
    """One to three lines around the middle of the picture, over a soft local band."""
    title = shorten_title(reel.title)
    if not title:
        return []
    share = reel.canvas.width / DESIGN_WIDTH
    font = _display_font(reel)
    shelf = FontShelf(reel.language)
    lines, size = _set_title(shelf, title, font, share)
    pitch = round(size * 1.04)
    middle = round(reel.canvas.height / 2)
    first = middle - round((len(lines) - 1) * pitch / 2) + round(size * 0.35)
    top, height = (first - size) // 2 * 2, (len(lines) * pitch + size // 2) // 2 * 2
    band = Rect(x=0, y=top, width=reel.canvas.width, height=height)
    texts = [
        Text(
            text=line,
            font=font,
            size=size,
            colour=TITLE_COLOUR,
            x=reel.canvas.width // 2,
            y=first + row * pitch,
            align="centre",
            tracking=-0.02 * size,
            shadow=0.3,
        )
        for row, line in enumerate(lines)
    ]
    return [Scrim(rect=band, colour=SCRIM_COLOUR, opacity=SCRIM_OPACITY, feather=round(320 * share)), *texts]


def _display_font(reel: Reel) -> Font:
    """The face of the largest type in the reel's first shots."""
    texts = [layer for clip in reel.tracks[0].clips for layer in clip.layers if isinstance(layer, Text)]
    return max(texts, key=lambda one: one.size).font if texts else Font(family="Playfair Display", weight=900)


def _set_title(shelf: FontShelf, title: str, font: Font, share: float) -> tuple[list[str], int]:
    """The fewest lines in which it stands large, else those in which it stands largest."""
    wish = Style(font, round(LARGEST_TITLE * share), TITLE_COLOUR)
    words = title.split()
    settings = []
    for count in range(1, min(MAX_LINES, len(words)) + 1):
        lines = min(_break_words(words, count), key=lambda some: max(measure_line(shelf, line, wish) for line in some))
        settings.append((lines, min(fit_size(shelf, line, wish, TITLE_WIDTH * share) for line in lines)))
    large = [setting for setting in settings if setting[1] >= GOOD_TITLE * share]
    lines, size = large[0] if large else max(settings, key=lambda setting: setting[1])
    return lines, max(size, round(SMALLEST_TITLE * share / 2))


def _break_words(words: list[str], count: int) -> list[list[str]]:
    """Every way to set the words in ``count`` lines."""
    places = combinations(range(1, len(words)), count - 1)
    return [[" ".join(words[a:b]) for a, b in pairwise((0, *cuts, len(words)))] for cuts in places]
