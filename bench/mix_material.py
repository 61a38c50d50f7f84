"""Material for random mixes: sample photos, clips filmed over them, and odd pictures that creators do send."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from fractions import Fraction
from pathlib import Path
from typing import NamedTuple

import av
import cv2
import numpy as np
from numpy.typing import NDArray

from local.samples import find_sample_clip, list_sample_photos

Picture = NDArray[np.uint8]

SAMPLE_RATE_HZ = 48_000
SMALL_SIDE, FULL_SIDE = 640, 1600
SMALL_POOL = 12
MOST_FILES, MOST_FILES_SMALL = 40, 14
SOME_FILES, SOME_FILES_SMALL = (4, 12), (3, 6)
PANORAMA_SHARE, TOWER_SHARE = 5, 4
TINY_SIZE = (120, 90)
JPEG_QUALITY = 90
NAMES = ("IMG_{}", "DSC0{}", "photo {}", "Küche-{}", "2024-06-{:02d}", "beach_{}", "lamp-{}", "WhatsApp Image {}")


class ClipForm(NamedTuple):
    """What a synthesised clip is like: pixels, pictures a second, seconds."""

    width: int
    height: int
    frame_rate: int
    seconds: float
    has_sound: bool


def make_material(kind: str, folder: Path, dice: random.Random, *, is_small: bool) -> list[Path]:
    """The files of one mix, in the order in which they were chosen. ``kind`` is one of ``KINDS``."""
    return KINDS[kind](_Maker(folder, dice, is_small))


class _Maker:
    """Writes files into a folder, the same ones for the same dice."""

    def __init__(self, folder: Path, dice: random.Random, is_small: bool) -> None:
        self.folder, self.dice, self.is_small = folder, dice, is_small
        self.side = SMALL_SIDE if is_small else FULL_SIDE
        pool = list_sample_photos()
        self.pool = pool[:: max(1, len(pool) // SMALL_POOL)] if is_small else pool
        self.number = 0

    def pictures(self, count: int) -> list[Path]:
        chosen = self.dice.sample(self.pool, min(count, len(self.pool)))
        chosen += [self.dice.choice(self.pool) for _ in range(count - len(chosen))]
        return [self.keep(self.photo(source)) for source in chosen]

    def photo(self, source: Path | None = None) -> Picture:
        """A sample photo, its longer side as long as the mix's pictures are."""
        image = cv2.imread(str(source or self.dice.choice(self.pool)))
        if image is None:
            raise FileNotFoundError(f"The sample photo {source} cannot be read.")
        scale = self.side / max(image.shape[:2])
        return np.asarray(cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), np.uint8)

    def keep(self, image: Picture) -> Path:
        self.number += 1
        path = self.folder / f"{self.number:02d} {self.dice.choice(NAMES).format(self.number)}.jpg"
        cv2.imwrite(str(path), image, [cv2.IMWRITE_JPEG_QUALITY, JPEG_QUALITY])
        return path

    def some(self) -> int:
        return self.dice.randint(*(SOME_FILES_SMALL if self.is_small else SOME_FILES))

    def clips(self, count: int) -> list[Path]:
        return [self.clip() for _ in range(count)]

    def clip(self) -> Path:
        """A camera that wanders over a photo, upright or wide, with or without sound."""
        side = self.side * 4 // 5 // 2 * 2
        width, height = self.dice.choice(((side, side * 9 // 16), (side * 9 // 16, side), (side * 3 // 4, side * 3 // 4)))
        seconds = self.dice.uniform(1.2, 2.4) if self.is_small else self.dice.uniform(2, 9)
        form = ClipForm(width // 2 * 2, height // 2 * 2, self.dice.choice((24, 25, 30, 30, 60)), seconds, self.dice.random() < 0.6)
        self.number += 1
        path = self.folder / f"{self.number:02d} clip.mp4"
        film(self.photo(), path, form, self.dice)
        return path


def film(image: Picture, path: Path, form: ClipForm, dice: random.Random) -> None:
    """Writes an H.264 clip of a moving crop of the picture, with speech-like noise where it has sound."""
    scale = 1.25 * max(form.width / image.shape[1], form.height / image.shape[0])
    image = np.asarray(cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_LINEAR), np.uint8)
    room_x, room_y = image.shape[1] - form.width, image.shape[0] - form.height
    phase, frames = dice.uniform(0, 6), max(10, round(form.seconds * form.frame_rate))
    with av.open(str(path), "w") as out:
        stream = out.add_stream("libx264", rate=form.frame_rate, options={"preset": "ultrafast", "crf": "20"})
        stream.width, stream.height, stream.pix_fmt = form.width, form.height, "yuv420p"
        sound = out.add_stream("aac", rate=SAMPLE_RATE_HZ, layout="mono") if form.has_sound else None
        for n in range(frames):
            t = n / form.frame_rate
            x, y = room_x * (0.5 + 0.5 * np.sin(0.9 * t + phase)), room_y * (0.5 + 0.5 * np.cos(0.6 * t + phase))
            part = cv2.getRectSubPix(image, (form.width, form.height), (x + form.width / 2, y + form.height / 2))
            out.mux(stream.encode(av.VideoFrame.from_ndarray(part, format="bgr24")))
        out.mux(stream.encode(None))
        if sound is not None:
            for frame in _sound_frames(frames / form.frame_rate, dice):
                out.mux(sound.encode(frame))
            out.mux(sound.encode(None))


def _sound_frames(seconds: float, dice: random.Random) -> list[av.AudioFrame]:
    t = np.arange(round(seconds * SAMPLE_RATE_HZ)) / SAMPLE_RATE_HZ
    noise = np.random.default_rng(dice.randrange(2**32)).normal(0, 0.05, len(t))
    wave = noise * (0.3 + 0.7 * (np.sin(2 * np.pi * 0.7 * t) > 0)) + 0.05 * np.sin(2 * np.pi * 180 * t)
    frames = []
    for start in range(0, len(wave) - 1023, 1024):
        frame = av.AudioFrame.from_ndarray(wave[None, start : start + 1024].astype(np.float32), format="fltp", layout="mono")
        frame.sample_rate, frame.pts, frame.time_base = SAMPLE_RATE_HZ, start, Fraction(1, SAMPLE_RATE_HZ)
        frames.append(frame)
    return frames


def _panorama(maker: _Maker) -> Picture:
    image = maker.photo()
    height = max(48, image.shape[1] // PANORAMA_SHARE // 2 * 2)
    top = (image.shape[0] - height) // 2
    return image[top : top + height]


def _tower(maker: _Maker) -> Picture:
    image = maker.photo()
    width = max(48, image.shape[0] // TOWER_SHARE // 2 * 2)
    left = (image.shape[1] - width) // 2
    return image[:, left : left + width]


def _square(maker: _Maker) -> Picture:
    image = maker.photo()
    side = min(image.shape[:2])
    return image[:side, :side]


def _tiny(maker: _Maker) -> Picture:
    return np.asarray(cv2.resize(maker.photo(), TINY_SIZE, interpolation=cv2.INTER_AREA), np.uint8)


def _dark(maker: _Maker) -> Picture:
    return np.asarray(maker.photo() * maker.dice.uniform(0.02, 0.12), np.uint8)


def _white(maker: _Maker) -> Picture:
    share = maker.dice.choice((0.0, 0.06))
    return np.asarray(255 - (255 - maker.photo()) * share, np.uint8)


def _odd_ones(maker: _Maker) -> list[Path]:
    made = [make(maker) for make in (_panorama, _tower, _square, _tiny, _dark, _white)]
    maker.dice.shuffle(made)
    return [maker.keep(image) for image in made[: maker.dice.randint(3, 6)]] + maker.pictures(1)


def _repeat(make: Callable[[_Maker], Picture]) -> Callable[[_Maker], list[Path]]:
    return lambda maker: [maker.keep(make(maker)) for _ in range(maker.dice.randint(1, 4))]


def _mixed(maker: _Maker) -> list[Path]:
    files = maker.pictures(maker.some()) + maker.clips(2)
    maker.dice.shuffle(files)
    return files


def _same_again(maker: _Maker) -> list[Path]:
    """A burst: one subject, hardly different."""
    image = maker.photo()
    return [maker.keep(image[n * 4 :, n * 6 :]) for n in range(4)]


KINDS: Mapping[str, Callable[[_Maker], list[Path]]] = {
    "photos": lambda maker: maker.pictures(maker.some()),
    "mixed": _mixed,
    "clips": lambda maker: maker.clips(maker.dice.randint(1, 3)),
    "one photo": lambda maker: maker.pictures(1),
    "odd": _odd_ones,
    "many": lambda maker: maker.pictures(MOST_FILES_SMALL if maker.is_small else MOST_FILES),
    "panoramas": _repeat(_panorama),
    "towers": _repeat(_tower),
    "tiny": _repeat(_tiny),
    "dark": _repeat(_dark),
    "white": _repeat(_white),
    "squares": _repeat(_square),
    "burst": _same_again,
    "sample clip": lambda maker: [find_sample_clip(), *maker.pictures(2)],
}
