"""Loudness and true peak, held against FFmpeg's own meter, and mastering to both."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import numpy as np
import pytest
import soundfile

from reelwright.kit.ffmpeg import find_ffmpeg
from reelwright.kit.loudness import SILENCE_LUFS, limit_true_peak, master, measure_loudness, measure_true_peak

RATE = 48_000
Samples = np.ndarray


def make_tone(hertz: float, seconds: float, amplitude: float, phase: float = 0.0) -> Samples:
    tone = amplitude * np.sin(2 * np.pi * hertz * np.arange(round(seconds * RATE)) / RATE + phase)
    return np.repeat(tone[:, None], 2, axis=1).astype(np.float32)


def make_bursts(seconds: float, seed: int = 0) -> Samples:
    """Noise that comes and goes, with a few hard clicks: loud, quiet and silent stretches."""
    random = np.random.default_rng(seed)
    noise = random.standard_normal((round(seconds * RATE), 2)).astype(np.float32) * 0.05
    swell = np.repeat(random.uniform(0, 1, round(seconds * 4)) ** 2, RATE // 4)[: len(noise)].astype(np.float32)
    noise *= swell[:, None]
    noise[random.integers(0, len(noise), 40)] += 0.8
    return noise


def ask_ffmpeg(samples: Samples, folder: Path) -> tuple[float, float]:
    """Integrated loudness and true peak by FFmpeg's ebur128 filter."""
    path = folder / "sound.wav"
    soundfile.write(path, samples, RATE, subtype="FLOAT")
    command = [find_ffmpeg(), "-nostdin", "-hide_banner", "-i", str(path), "-af", "ebur128=peak=true", "-f", "null", "-"]
    report = subprocess.run(command, capture_output=True, text=True, check=True).stderr.split("Summary:")[-1]
    loudness, peak = re.search(r"I:\s+(\S+) LUFS", report), re.search(r"Peak:\s+(\S+) dBFS", report)
    assert loudness
    assert peak
    return float(loudness.group(1)), float(peak.group(1))


def test_the_reference_tone_of_the_standard_is_measured_right() -> None:
    # BS.1770: a 997 Hz sine of full scale on one front channel is -3.01 LKFS.
    tone = make_tone(997, 5, 1.0)
    tone[:, 1] = 0
    assert measure_loudness(tone) == pytest.approx(-3.01, abs=0.02)


@pytest.mark.parametrize("seed", [1, 2])
def test_loudness_and_peak_agree_with_ffmpeg(seed: int, tmp_path: Path) -> None:
    sound = make_bursts(12, seed)
    loudness, peak = ask_ffmpeg(sound, tmp_path)
    assert measure_loudness(sound) == pytest.approx(loudness, abs=0.1)
    assert measure_true_peak(sound) == pytest.approx(peak, abs=0.3)


def test_silence_and_very_short_sounds_have_no_loudness() -> None:
    assert measure_loudness(np.zeros((RATE, 2), np.float32)) == SILENCE_LUFS
    assert measure_loudness(make_tone(440, 0.2, 0.5)) == SILENCE_LUFS
    assert measure_true_peak(np.zeros((100, 2), np.float32)) <= -190


def test_a_peak_between_two_samples_is_seen() -> None:
    between = make_tone(RATE / 4, 1, 1.0, phase=np.pi / 4)  # samples at 0.707, the wave reaches 1
    assert np.abs(between).max() < 0.71
    assert measure_true_peak(between[100:-100]) == pytest.approx(0, abs=0.2)


def test_the_limiter_holds_the_ceiling_and_leaves_the_rest_alone() -> None:
    sound = make_tone(220, 4, 0.2)
    sound[2 * RATE : 2 * RATE + 50] += 0.9
    limited = limit_true_peak(sound, -6)
    assert measure_true_peak(limited) <= -5.95
    assert np.array_equal(limited[:RATE], sound[:RATE])
    assert np.array_equal(limited[-RATE:], sound[-RATE:])
    assert np.abs(np.diff(limited[:, 0])).max() <= np.abs(np.diff(sound[:, 0])).max()


@pytest.mark.parametrize("gain", [0.1, 1.0, 4.0])
def test_mastering_meets_loudness_and_peak_by_ffmpegs_meter(gain: float, tmp_path: Path) -> None:
    mastered = master(make_bursts(15, 3) * np.float32(gain), -14, -1.5)
    loudness, peak = ask_ffmpeg(mastered, tmp_path)
    assert loudness == pytest.approx(-14, abs=0.5)
    assert peak <= -1.4


def test_silence_stays_silent() -> None:
    assert not master(np.zeros((RATE * 2, 2), np.float32), -14, -1.5).any()
