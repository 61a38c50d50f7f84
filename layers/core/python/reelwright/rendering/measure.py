"""Measures a master in one pass: what it says of itself, black and frozen stretches, flashes, silence, loudness, true peak.

Thresholds are those of FFmpeg's blackdetect, freezedetect and silencedetect as the delivery check uses them.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import av
import cv2
import numpy as np
import pyloudnorm
from numpy.typing import NDArray
from scipy.signal import resample_poly

from reelwright.kit.errors import GateFailed
from reelwright.rendering.file_facts import FileFacts, read_file_facts
from reelwright.rendering.flashes import Flashes, FlashFinder
from reelwright.rendering.planes import BLACK_CODE, LUMA_STEPS

DARK_CODE = 29  # 8-bit limited range: 6 % above black
BLACK_SHARE = 0.98
BLACK_SECONDS = 0.25
FROZEN_DIFFERENCE_CODES = 10 ** (-62 / 20) * 256
FROZEN_SECONDS = 1.2
SILENT_AMPLITUDE = 10 ** (-55 / 20)
SILENT_SECONDS = 1.0
MEASURED_WIDTH_PIXELS = 360
OVERSAMPLING = 4
HOT_AMPLITUDE = 0.5  # only blocks that come this near can hold the true peak of a reel at -14 LUFS
_PEAK_BLOCK_SAMPLES, _PEAK_MARGIN_SAMPLES = 4800, 64

Picture = NDArray[np.uint8]
Samples = NDArray[np.float32]
FrameWatcher = Callable[[int, av.VideoFrame], None]


@dataclass(frozen=True)
class Stretch:
    """A stretch of the master, seconds."""

    start: float
    end: float


@dataclass(frozen=True)
class PictureFindings:
    """Of all decoded frames. ``first_luma``: mean of frame 0; ``ends_differ``: mean difference of the last frame from it; both 0..1."""

    frames: int
    first_luma: float
    ends_differ: float
    black: tuple[Stretch, ...]
    frozen: tuple[Stretch, ...]
    flashes: Flashes


@dataclass(frozen=True)
class Measurements:
    """What was measured. ``picture``: of all frames. Loudness and peak are None where there is no sound."""

    facts: FileFacts
    picture: PictureFindings
    silent: tuple[Stretch, ...]
    loudness_lufs: float | None
    true_peak_dbtp: float | None


@dataclass
class _StretchFinder:
    """Joins neighbouring frames that are alike into stretches of at least ``least`` seconds."""

    least: float
    found: list[Stretch] = field(default_factory=list)
    _since: float | None = None

    def see(self, is_in: bool, at: float) -> None:
        if is_in and self._since is None:
            self._since = at
        elif not is_in:
            self.end(at)

    def end(self, at: float) -> None:
        if self._since is not None and at - self._since >= self.least:
            self.found.append(Stretch(self._since, at))
        self._since = None


@dataclass
class _FreezeFinder:
    """A stretch is frozen while every frame stays as good as equal to its first one."""

    found: list[Stretch] = field(default_factory=list)
    _reference: Picture | None = None
    _since: float = 0.0

    def see(self, picture: Picture, at: float) -> None:
        if self._reference is not None and cv2.norm(picture, self._reference, cv2.NORM_L1) / picture.size <= FROZEN_DIFFERENCE_CODES:
            return
        self.end(at)
        self._reference, self._since = picture, at

    def end(self, at: float) -> None:
        if self._reference is not None and at - self._since >= FROZEN_SECONDS:
            self.found.append(Stretch(self._since, at))


def measure_master(master: Path, on_frame: FrameWatcher | None = None) -> Measurements:
    """Decodes picture and sound once. ``on_frame`` sees every frame. Raises GateFailed where the file cannot be opened or decoded."""
    facts = read_file_facts(master)
    try:
        picture = _watch(master, facts, on_frame)
        samples, sample_rate = _listen(master) if facts.audio_codec else (np.zeros((0, 2), np.float32), 0)
    except av.FFmpegError as error:
        raise GateFailed("The finished file cannot be played to its end.") from error
    return Measurements(
        facts=facts,
        picture=picture,
        silent=find_silence(samples, sample_rate),
        loudness_lufs=measure_loudness(samples, sample_rate),
        true_peak_dbtp=measure_true_peak(samples),
    )


def _watch(master: Path, facts: FileFacts, on_frame: FrameWatcher | None) -> PictureFindings:
    black, freeze, flashes = _StretchFinder(BLACK_SECONDS), _FreezeFinder(), FlashFinder(facts.frame_rate)
    count, step = 0, 1 / facts.frame_rate if facts.frame_rate else 0.0
    first = last = np.full((1, 1), BLACK_CODE, np.uint8)
    for picture in _small_pictures(master, on_frame):
        at = count * step
        first, last = picture if count == 0 else first, picture
        black.see(float((picture < DARK_CODE).mean()) >= BLACK_SHARE, at)
        freeze.see(picture, at)
        flashes.see(picture, at)
        count += 1
    black.end(count * step)
    freeze.end(count * step)
    return PictureFindings(
        frames=count,
        first_luma=float((first.mean() - BLACK_CODE) / LUMA_STEPS),
        ends_differ=cv2.norm(first, last, cv2.NORM_L1) / first.size / LUMA_STEPS,
        black=tuple(black.found),
        frozen=tuple(freeze.found),
        flashes=flashes.found,
    )


def _small_pictures(master: Path, on_frame: FrameWatcher | None) -> Iterator[Picture]:
    """The luma of every frame, about 360 pixels wide."""
    with av.open(str(master)) as container:
        video = container.streams.video[0]
        video.thread_type = "AUTO"
        for number, frame in enumerate(container.decode(video)):
            if on_frame is not None:
                on_frame(number, frame)
            plane = frame.planes[0]
            luma = np.frombuffer(memoryview(plane), np.uint8).reshape(plane.height, plane.line_size)[:, : plane.width]
            ratio = max(1, plane.width // MEASURED_WIDTH_PIXELS)
            size = (plane.width // ratio, plane.height // ratio)
            yield np.asarray(cv2.resize(luma, size, interpolation=cv2.INTER_AREA), dtype=np.uint8)


def _listen(master: Path) -> tuple[Samples, int]:
    blocks: list[Samples] = []
    with av.open(str(master)) as container:
        audio = container.streams.audio[0]
        rate = audio.codec_context.sample_rate
        resampler = av.AudioResampler(format="fltp", layout=audio.codec_context.layout, rate=rate)
        for frame in container.decode(audio):
            blocks.extend(part.to_ndarray().astype(np.float32, copy=False) for part in resampler.resample(frame))
    return np.concatenate(blocks, axis=1).T if blocks else np.zeros((0, 2), np.float32), rate


def find_silence(samples: Samples, sample_rate: int) -> tuple[Stretch, ...]:
    """Stretches of at least a second in which no sample of any channel is louder than -55 dBFS."""
    if not len(samples):
        return ()
    is_loud = np.abs(samples).max(axis=1) > SILENT_AMPLITUDE
    edges = np.flatnonzero(np.diff(np.concatenate([[True], is_loud, [True]]).astype(np.int8)))
    pairs = edges.reshape(-1, 2) / sample_rate
    return tuple(Stretch(float(start), float(end)) for start, end in pairs if end - start >= SILENT_SECONDS)


def measure_loudness(samples: Samples, sample_rate: int) -> float | None:
    """Integrated loudness in LUFS (ITU-R BS.1770-4), or None without sound or where there is only silence."""
    if len(samples) < sample_rate // 2 or not len(samples):
        return None
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # the logarithm of digital silence
        value = float(pyloudnorm.Meter(sample_rate).integrated_loudness(samples))
    return value if np.isfinite(value) else None


def measure_true_peak(samples: Samples) -> float | None:
    """True peak in dBTP, four times oversampled where the samples come near it."""
    if not len(samples):
        return None
    peak = float(np.abs(samples).max())
    floor = min(HOT_AMPLITUDE, peak * 0.7)
    for start in range(0, len(samples), _PEAK_BLOCK_SAMPLES):
        first = max(0, start - _PEAK_MARGIN_SAMPLES)
        block = samples[first : start + _PEAK_BLOCK_SAMPLES + _PEAK_MARGIN_SAMPLES]
        if np.abs(block).max() >= floor:
            fine = resample_poly(block, OVERSAMPLING, 1, axis=0)[(start - first) * OVERSAMPLING :][: _PEAK_BLOCK_SAMPLES * OVERSAMPLING]
            peak = max(peak, float(np.abs(fine).max()))  # where a block is cut off, the filter overshoots: only its own part counts
    return 20 * float(np.log10(peak)) if peak > 0 else None
