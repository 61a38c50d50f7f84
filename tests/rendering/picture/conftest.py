"""Material and small reels for the picture's tests."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import cv2
import numpy as np
import pytest

from reelwright.reels.reel import Canvas, Clip, CutReason, Fill, Layer, MediaReference, Motion, Picture, Rect, Reel, Track, Transition, View

WIDTH, HEIGHT = 270, 480


def paint_photo(path: Path, width: int = 640, height: int = 960, seed: int = 1) -> Path:
    """Texture, a colour ramp and discs: nothing flat, nothing black."""
    random = np.random.default_rng(seed)
    small = random.integers(60, 200, (height // 16, width // 16, 3)).astype(np.uint8)
    image = cv2.resize(small, (width, height), interpolation=cv2.INTER_CUBIC)
    for x, y in random.integers(40, min(width, height) - 40, (8, 2)):
        cv2.circle(image, (int(x), int(y)), 18, (240, 235, 230), -1, cv2.LINE_AA)
    cv2.imwrite(str(path), image, [cv2.IMWRITE_JPEG_QUALITY, 95])
    return path


def film_clip(path: Path, frames: int = 60, rate: int = 30, width: int = 320, height: int = 240, pixels: str = "yuv420p", **tags: int) -> Path:
    """A clip whose frame n has a luma of 40 + 3 n in its middle, so that a decoded frame says which it is."""
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=rate)
        stream.width, stream.height, stream.pix_fmt = width, height, pixels
        stream.options = {"crf": "4", "g": "12", "bf": "2", "preset": "veryfast"}
        for name, value in tags.items():
            setattr(stream.codec_context, name, value)
        for n in range(frames):
            frame = av.VideoFrame(width, height, pixels)
            for number, plane in enumerate(frame.planes):
                rows = np.frombuffer(plane, np.uint8).reshape(-1, plane.line_size)
                rows[:] = 128 if number else 40 + 3 * n
                if not number:
                    rows[: height // 4] = (np.arange(plane.line_size) * 7 + n * 5) % 120 + 60
            frame.pts = n
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return path


@dataclass
class ReelMaker:
    """Builds reels on a small canvas from a folder of made material."""

    folder: Path
    width: int = WIDTH
    height: int = HEIGHT
    media: dict[str, MediaReference] = field(default_factory=dict)
    files: dict[str, Path] = field(default_factory=dict)

    @property
    def full(self) -> Rect:
        return Rect(x=0, y=0, width=self.width, height=self.height)

    def photo(self, name: str, width: int = 640, height: int = 960, seed: int = 1) -> str:
        self.files[f"{name}.jpg"] = paint_photo(self.folder / f"{name}.jpg", width, height, seed)
        self.media[name] = MediaReference(kind="photo", file=f"{name}.jpg", width=width, height=height)
        return name

    def clip(self, name: str, **options: Any) -> str:
        self.files[f"{name}.mp4"] = film_clip(self.folder / f"{name}.mp4", **options)
        self.media[name] = MediaReference(kind="video", file=f"{name}.mp4", width=options.get("width", 320), height=options.get("height", 240))
        return name

    def picture(self, name: str, start: View | None = None, end: View | None = None, **options: Any) -> Picture:
        motion = Motion(start=start or View(x=0.45, y=0.5, scale=1.05), end=end or View(x=0.55, y=0.52, scale=1.15), drift=options.pop("drift", 0.0))
        return Picture(media_id=name, rect=options.pop("rect", self.full), motion=motion, **options)

    def reel(self, shots: Sequence[Sequence[Layer]], joins: Sequence[Transition] = (), seconds: Fraction = Fraction(1), **options: Any) -> Reel:
        clips = [
            Clip(
                id=f"shot{number}",
                start=number * seconds,
                duration=seconds,
                layers=tuple(layers),
                transition=joins[number - 1] if number and joins else Transition(),
                cut=CutReason(on="start" if not number else "beat"),
            )
            for number, layers in enumerate(shots)
        ]
        canvas = Canvas(width=self.width, height=self.height)
        return Reel(template="editorial", canvas=canvas, media=self.media, tracks=(Track(clips=tuple(clips)),), **options)

    def flat(self, colour: str, **options: Any) -> Fill:
        return Fill(rect=self.full, colour=colour, **options)


@pytest.fixture
def maker(tmp_path: Path) -> ReelMaker:
    return ReelMaker(tmp_path)


@pytest.fixture
def paint() -> Callable[..., Path]:
    return paint_photo


@pytest.fixture
def film() -> Callable[..., Path]:
    return film_clip


LEAST_GOLDEN_SSIM = 0.995
GOLDEN_QUALITY = [cv2.IMWRITE_JPEG_QUALITY, 92]
WRITE_GOLDEN = "REELWRIGHT_WRITE_GOLDEN"


def measure_ssim(one: np.ndarray, other: np.ndarray) -> float:
    """SSIM of two BGR pictures, the least of their channels (Wang et al. 2004, Gaussian window)."""
    if one.shape != other.shape:
        return 0.0
    return min(_channel_ssim(one[..., channel], other[..., channel]) for channel in range(3))


def _channel_ssim(one: np.ndarray, other: np.ndarray) -> float:
    a, b = one.astype(np.float64), other.astype(np.float64)

    def smooth(plane: np.ndarray) -> np.ndarray:
        return cv2.GaussianBlur(plane, (11, 11), 1.5)

    mean_a, mean_b = smooth(a), smooth(b)
    var_a, var_b, both = smooth(a * a) - mean_a**2, smooth(b * b) - mean_b**2, smooth(a * b) - mean_a * mean_b
    top = (2 * mean_a * mean_b + 6.5025) * (2 * both + 58.5225)
    return float((top / ((mean_a**2 + mean_b**2 + 6.5025) * (var_a + var_b + 58.5225))).mean())


@pytest.fixture
def check_golden() -> Callable[[str, np.ndarray], None]:
    """Holds a BGR picture against ``golden/<name>.jpg``; with REELWRIGHT_WRITE_GOLDEN=1 writes it anew and fails, so that it is looked at.

    The picture goes through the same JPEG coding as the stored one, so that only the drawing is compared.
    """

    def check(name: str, picture: np.ndarray) -> None:
        path = Path(__file__).parent / "golden" / f"{name}.jpg"
        coded = cv2.imencode(".jpg", picture, GOLDEN_QUALITY)[1]
        if os.environ.get(WRITE_GOLDEN):
            path.write_bytes(coded.tobytes())
            pytest.fail(f"{path.name} was written: look at it")
        seen = measure_ssim(cv2.imdecode(coded, cv2.IMREAD_COLOR), cv2.imread(str(path)))
        assert seen >= LEAST_GOLDEN_SSIM, f"{path.name}: SSIM {seen:.4f}"

    return check
