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
PANORAMA_SHARE, TOWER_SHARE = 5, 4
TINY_SIZE = (160, 120)
JPEG_QUALITY = 90
SEED = 20261124


class ClipForm(NamedTuple):
    """What a synthesised clip is like: pixels, pictures a second, seconds."""

    width: int
    height: int
    frame_rate: int
    seconds: float
    has_sound: bool


CLIPS: Mapping[str, ClipForm] = {
    "clip-upright.mp4": ClipForm(540, 960, 30, 3.0, True),
    "clip-wide.mp4": ClipForm(960, 540, 25, 2.0, False),
}


def make_pool(folder: Path, photos: int, longest: int) -> tuple[list[Path], int]:
    """Sample photos and clips, then what is hard; how many of them are hard, at the end of the list.

    No picture is longer than ``longest`` pixels: looking at small ones costs less.
    """
    folder.mkdir(parents=True, exist_ok=True)
    samples = list_sample_photos()
    chosen = [_copy(source, folder, longest) for source in samples[:: max(1, len(samples) // photos)][:photos]]
    dice = random.Random(SEED)  # noqa: S311
    clips = []
    for source, (name, form) in zip(chosen, CLIPS.items(), strict=False):
        film(_read(source), folder / name, form, dice)
        clips.append(folder / name)
    hard = []
    for name, (number, change) in HARD.items():
        hard.append(folder / name)
        cv2.imwrite(str(hard[-1]), change(_read(chosen[number % len(chosen)])), [cv2.IMWRITE_JPEG_QUALITY, JPEG_QUALITY])
    return [*chosen, find_sample_clip(), *clips, *hard], len(hard)


def _copy(source: Path, folder: Path, longest: int) -> Path:
    image = _read(source)
    scale = min(1.0, longest / max(image.shape[:2]))
    cv2.imwrite(str(folder / source.name), cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), [cv2.IMWRITE_JPEG_QUALITY, JPEG_QUALITY])
    return folder / source.name


def _read(path: Path) -> Picture:
    image = cv2.imread(str(path))
    if image is None:
        raise FileNotFoundError(f"The sample photo {path} cannot be read.")
    return np.asarray(image, np.uint8)


def _panorama(image: Picture) -> Picture:
    height = image.shape[1] // PANORAMA_SHARE // 2 * 2
    top = (image.shape[0] - height) // 2
    return image[top : top + height]


def _tower(image: Picture) -> Picture:
    width = image.shape[0] // TOWER_SHARE // 2 * 2
    left = (image.shape[1] - width) // 2
    return image[:, left : left + width]


def _square(image: Picture) -> Picture:
    side = min(image.shape[:2])
    return image[:side, :side]


def _tiny(image: Picture) -> Picture:
    return np.asarray(cv2.resize(image, TINY_SIZE, interpolation=cv2.INTER_AREA), np.uint8)


def _noise(image: Picture) -> Picture:
    return np.asarray(np.random.default_rng(1).integers(0, 255, (900, 700, 3)), np.uint8)


HARD: Mapping[str, tuple[int, Callable[[Picture], Picture]]] = {
    "dark.jpg": (0, lambda image: np.asarray(image // 9, np.uint8)),
    "night.jpg": (3, lambda image: np.asarray(image // 20, np.uint8)),
    "panorama.jpg": (1, _panorama),
    "tower.jpg": (2, _tower),
    "square.jpg": (3, _square),
    "tiny.jpg": (4, _tiny),
    "plain.jpg": (0, lambda image: np.full_like(image, (118, 124, 128))),
    "pale.jpg": (1, lambda image: np.asarray(215 + image // 7, np.uint8)),
    "white.jpg": (2, lambda image: np.full_like(image, 255)),
    "noise.jpg": (0, _noise),
}
"""By file name: the number of the photo it is made from, and what is done to it."""


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
