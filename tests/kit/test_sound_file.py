"""Sounds are read from any container at the right time, and written whole or not at all."""

from __future__ import annotations

import subprocess
from pathlib import Path

import numpy as np
import pytest
import soundfile

from reelwright.kit.errors import UnsupportedMedia
from reelwright.kit.ffmpeg import find_ffmpeg
from reelwright.kit.sound_file import read_sound, to_stereo_48k, write_sound

RATE = 48_000


def make_ping(at: float, seconds: float, rate: int) -> np.ndarray:
    """Silence with 20 ms of 1 kHz at one time."""
    sound = np.zeros(round(seconds * rate), np.float32)
    first = round(at * rate)
    sound[first : first + rate // 50] = 0.5 * np.sin(2 * np.pi * 1000 * np.arange(rate // 50) / rate)
    return sound


def find_ping(sound: np.ndarray) -> float:
    return float(np.flatnonzero(np.abs(sound[:, 0]) > 0.1)[0]) / RATE


@pytest.mark.parametrize("rate", [24_000, 44_100, 48_000])
def test_mono_at_any_rate_becomes_stereo_at_48_khz_without_delay(rate: int, tmp_path: Path) -> None:
    soundfile.write(tmp_path / "ping.wav", make_ping(0.5, 2, rate), rate)
    sound = read_sound(tmp_path / "ping.wav")
    assert sound.shape == (2 * RATE, 2)
    assert find_ping(sound) == pytest.approx(0.5, abs=0.001)
    assert np.array_equal(sound[:, 0], sound[:, 1])


def test_a_clips_sound_is_read_in_time_with_its_picture(tmp_path: Path) -> None:
    soundfile.write(tmp_path / "ping.wav", make_ping(0.7, 2, 44_100), 44_100)
    made = ["-f", "lavfi", "-i", "color=c=black:s=64x64:r=25:d=2", "-i", str(tmp_path / "ping.wav"), "-c:a", "aac", str(tmp_path / "clip.mp4")]
    subprocess.run([find_ffmpeg(), "-nostdin", "-loglevel", "error", *made], check=True)
    sound = read_sound(tmp_path / "clip.mp4")
    assert find_ping(sound) == pytest.approx(0.7, abs=0.004)
    assert len(sound) == pytest.approx(2 * RATE, abs=2500)


def test_sound_that_begins_late_is_preceded_by_silence(tmp_path: Path) -> None:
    soundfile.write(tmp_path / "ping.wav", make_ping(0.2, 1, RATE), RATE)
    made = [
        "-f",
        "lavfi",
        "-i",
        "color=c=black:s=64x64:r=25:d=2",
        "-itsoffset",
        "0.6",
        "-i",
        str(tmp_path / "ping.wav"),
        "-c:a",
        "aac",
        str(tmp_path / "late.mov"),
    ]
    subprocess.run([find_ffmpeg(), "-nostdin", "-loglevel", "error", *made], check=True)
    assert find_ping(read_sound(tmp_path / "late.mov")) == pytest.approx(0.8, abs=0.03)


def test_a_file_that_is_no_sound_is_refused_in_words(tmp_path: Path) -> None:
    for name in ("text.wav", "text.mp4"):
        (tmp_path / name).write_text("no sound at all")
        with pytest.raises(UnsupportedMedia, match=name):
            read_sound(tmp_path / name)


def test_a_written_sound_reads_back_and_leaves_no_half_file(tmp_path: Path) -> None:
    sound = to_stereo_48k(make_ping(0.1, 0.5, RATE), RATE)
    write_sound(tmp_path / "out.wav", sound)
    assert read_sound(tmp_path / "out.wav") == pytest.approx(sound, abs=1e-6)
    assert [path.name for path in tmp_path.iterdir()] == ["out.wav"]
