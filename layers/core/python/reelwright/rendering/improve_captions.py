"""Makes captions readable on the pictures they really stand on: ``improve_captions(reel, files)``, called once a reel is composed.

The pictures are drawn small, without captions, at three times of each caption. Where the contrast behind the words is below
4.5, the first of these that suffices is written into the document: the theme's opposite colour, a dark band in the local
tone under light type, clipped to the photo, then a soft halo, or a box behind each line where the preset has boxes. On light and
busy pictures plain captions of a theme of paper stand on a label of it, rather than on a veil.
All captions of one shot get the same help, so that nothing changes within it.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import numpy as np

from reelwright.kit.errors import InvalidInput
from reelwright.reels.caption_presets import CaptionLook, design_factor, has_own_ground, look_of
from reelwright.reels.exact_time import to_frame
from reelwright.reels.geometry import Area, area_of
from reelwright.reels.reel import CaptionChunk, Captions, Clip, Picture, Rect, Reel
from reelwright.reels.scale_reel import scale_reel
from reelwright.reels.template import find_template
from reelwright.rendering.caption_contrast import AIMED_RATIO, Help, Pixels, Shown, contrast, find_help, is_light, luminance, luminance_of
from reelwright.rendering.caption_layout import ChunkMaker
from reelwright.rendering.compose import Composer
from reelwright.rendering.contrast_of_type import GROUND_PIXELS, Mask, ground_of
from reelwright.rendering.fonts import FontShelf
from reelwright.rendering.ink_of_type import InkOfReel
from reelwright.rendering.planes import Planes, to_bgr

MEASURED_SIDE = 270
"""Pixels of the shorter side at which the pictures are drawn."""

MOMENTS = (0.12, 0.5, 0.88)
BAND_PIXELS = 120
SHOT_OF_CHUNK_SECONDS = Fraction(1, 10)
LABEL_PRESET, LABEL_LUMINANCE, PAPER_LUMINANCE = "clean", 0.25, 0.7
"""Captions that get a label rather than a veil, from which mean luminance behind them, and of themes as light as this."""

FALLBACK_DARK, FALLBACK_LIGHT = "#14110D", "#FFF9EF"


@dataclass(frozen=True)
class _Behind:
    """What is behind one chunk at one moment: under its letters and close around them, in the band around its block, and behind stressed words."""

    block: Pixels
    band: Pixels
    stressed: Pixels


def improve_captions(reel: Reel, files: Mapping[str, Path]) -> Reel:
    """The reel with captions that can be read. ``files``: storage key → local path. Pure, and the same each time.

    Raises RenderFailed where a picture cannot be read.
    """
    look = look_of(reel.captions, reel.canvas)
    if not reel.captions.chunks or has_own_ground(look):
        return reel
    maker = ChunkMaker(reel.captions, reel.canvas, FontShelf(reel.language))
    areas = [maker.measure(chunk) for chunk in reel.captions.chunks]
    behind = _look_behind(reel, files, areas)
    chunks = list(reel.captions.chunks)
    for numbers in _group_by_shot(reel, chunks):
        clip = _clip_at(reel, chunks[numbers[0]].start + SHOT_OF_CHUNK_SECONDS)
        photo = _photo_under(clip, [areas[number] for number in numbers])
        around = _around([areas[number] for number in numbers])
        samples = [sample for number in numbers for sample in behind[number]]
        beside = [Shown(colour, [one.stressed for one in samples if len(one.stressed)]) for colour in _colours_beside(look)]
        help_ = _choose_help(reel, look, samples, beside, has_photo=photo is not None)
        for number in numbers:
            chunks[number] = _helped(chunks[number], help_, photo, around)
    return _with_chunks(reel, chunks)


def files_to_measure(reel: Reel) -> list[str]:
    """The storage keys of the pictures that ``improve_captions`` looks at; none where the captions bring their own ground."""
    if not reel.captions.chunks or has_own_ground(look_of(reel.captions, reel.canvas)):
        return []
    shown = {layer.media_id for layer in reel.all_layers() if isinstance(layer, Picture)}
    return list(dict.fromkeys(reel.media[media_id].file for media_id in sorted(shown)))


def _colours_beside(look: CaptionLook) -> list[str]:
    """The colours of words that stand out: stressed ones, and the spoken one where it has no box."""
    return [colour for colour in (look.keyword_colour, look.active_colour if look.box is None else None) if colour and colour != look.colour]


def _choose_help(reel: Reel, look: CaptionLook, samples: Sequence[_Behind], beside: Sequence[Shown], *, has_photo: bool) -> Help:
    tone = np.concatenate([sample.band for sample in samples])
    shadow = (look.shadow.opacity if look.shadow else 0.0) if look.box is None else None
    blocks = [sample.block for sample in samples]
    opposite = _opposite(reel, look.colour)
    found = find_help(look.colour, opposite, blocks, tone, may_have_scrim=has_photo, halo_shadow=shadow, beside=beside)
    label = _paper_label(reel, opposite, blocks) if found.scrim else None
    return label or found


def _paper_label(reel: Reel, ink: str, blocks: Sequence[Pixels]) -> Help | None:
    """Ink on a label of the theme's paper where a template of paper has plain captions, on what is light and busy: a veil there is a grey stain."""
    if reel.captions.preset != LABEL_PRESET or float(np.mean(luminance(np.concatenate(blocks)))) < LABEL_LUMINANCE:
        return None
    try:
        template = find_template(reel.template)
    except InvalidInput:
        return None
    paper = template.theme.background
    if template.captions.preset != LABEL_PRESET:
        return None
    ratio = contrast(luminance_of(paper), luminance_of(ink))
    return Help(ink, box_colour=paper) if luminance_of(paper) >= PAPER_LUMINANCE and ratio >= AIMED_RATIO else None


def _helped(chunk: CaptionChunk, help_: Help, photo: Picture | None, around: Rect) -> CaptionChunk:
    under = photo if help_.scrim else None
    return chunk.model_copy(
        update={
            "colour": help_.colour,
            "scrim": help_.scrim,
            "scrim_colour": help_.scrim_colour,
            "scrim_rect": under.rect if under else None,
            "scrim_mask": under.mask if under else "rect",
            "scrim_radius": under.radius if under else 0,
            "halo": around if help_.is_halo else None,
            "is_boxed": help_.box_colour is not None,
            "box_colour": help_.box_colour,
        }
    )


def _around(areas: Sequence[Area]) -> Rect:
    """What holds all the blocks: one halo stands still behind all captions of a shot."""
    left, top = (2 * math.floor(edge / 2) for edge in (min(area.left for area in areas), min(area.top for area in areas)))
    right, bottom = (2 * math.ceil(edge / 2) for edge in (max(area.right for area in areas), max(area.bottom for area in areas)))
    return Rect(x=left, y=top, width=right - left, height=bottom - top)


def _with_chunks(reel: Reel, chunks: Sequence[CaptionChunk]) -> Reel:
    return reel.model_copy(update={"captions": reel.captions.model_copy(update={"chunks": tuple(chunks)})})


def _look_behind(reel: Reel, files: Mapping[str, Path], areas: Sequence[Area]) -> list[list[_Behind]]:
    """Three samples for each chunk, from small pictures without captions, drawn in order."""
    width = 2 * round(reel.canvas.width * MEASURED_SIDE / min(reel.canvas.width, reel.canvas.height) / 2)
    spoken = scale_reel(reel, width)
    small = spoken.model_copy(update={"captions": Captions()})
    share, factor = width / reel.canvas.width, design_factor(reel.canvas)
    found: list[list[_Behind]] = []
    stressing = InkOfReel(spoken, only_captions=True, tints=("active_colour", "keyword_colour"))
    with closing(InkOfReel(spoken, only_captions=True)) as ink, closing(stressing), Composer(small, files) as composer:
        for chunk, area in zip(reel.captions.chunks, areas, strict=True):
            moments = _moments(reel, chunk)
            ground, stressed = (ground_of(one.draw(moments[-1]), GROUND_PIXELS * factor * share) for one in (ink, stressing))
            found.append([_sample(composer.frame(n), ground, stressed, area.grown(BAND_PIXELS * factor), share) for n in moments])
    return found


def _moments(reel: Reel, chunk: CaptionChunk) -> list[int]:
    """Frames of the chunk; each once, in order."""
    rate = reel.canvas.frame_rate
    first, last = to_frame(chunk.start, rate), max(to_frame(chunk.end, rate) - 1, to_frame(chunk.start, rate))
    return sorted({min(reel.frame_count - 1, round(first + (last - first) * share)) for share in MOMENTS})


def _sample(frame: Planes, ground: Mask, stressed: Mask, band: Area, share: float) -> _Behind:
    image = to_bgr(frame)[..., ::-1]
    around = _cut(image, band, share)[::4]
    block = np.asarray(image[ground] / 255, np.float32) if ground.any() else around
    return _Behind(block, around, np.asarray(image[stressed] / 255, np.float32))


def _cut(image: np.ndarray, area: Area, share: float) -> Pixels:
    height, width = image.shape[:2]
    left, top = max(0, round(area.left * share)), max(0, round(area.top * share))
    right, bottom = min(width, round(area.right * share)), min(height, round(area.bottom * share))
    part = image[min(top, height - 1) : max(bottom, top + 1), min(left, width - 1) : max(right, left + 1)]
    return np.asarray(part.reshape(-1, 3) / 255, np.float32)


def _group_by_shot(reel: Reel, chunks: Sequence[CaptionChunk]) -> list[list[int]]:
    """Numbers of the chunks that stand in one place of one shot."""
    groups: dict[tuple[str, int, int], list[int]] = {}
    for number, chunk in enumerate(chunks):
        clip = _clip_at(reel, chunk.start + SHOT_OF_CHUNK_SECONDS)
        groups.setdefault((clip.id, chunk.x, chunk.y), []).append(number)
    return list(groups.values())


def _clip_at(reel: Reel, seconds: Fraction) -> Clip:
    clips = reel.tracks[0].clips
    return next((clip for clip in clips if clip.start <= seconds < clip.end), clips[-1])


def _photo_under(clip: Clip, areas: Sequence[Area]) -> Picture | None:
    """The uppermost upright picture that holds all the blocks; None where they stand on paper or across an edge."""
    middles = [Area(area.left, (area.top + area.bottom) / 2, area.right, (area.top + area.bottom) / 2) for area in areas]
    for layer in reversed(clip.layers):
        if isinstance(layer, Picture) and not layer.rotation and all(area_of(layer.rect).holds(middle) for middle in middles):
            return layer
    return None


def _opposite(reel: Reel, colour: str) -> str:
    """The theme's colour of type for the other kind of ground."""
    try:
        theme = find_template(reel.template).theme
    except InvalidInput:
        return FALLBACK_DARK if is_light(colour) else FALLBACK_LIGHT
    order = sorted((theme.ink, theme.background, theme.second), key=luminance_of)
    found = order[0] if is_light(colour) else order[-1]
    if is_light(found) == is_light(colour):
        return FALLBACK_DARK if is_light(colour) else FALLBACK_LIGHT
    return found
