"""Clips: the right frame by time stamp, in any order, whatever their range, matrix or rotation."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import imageio_ffmpeg
import numpy as np
import pytest

from reelwright.kit.errors import RenderFailed
from reelwright.rendering.compose import Composer
from reelwright.rendering.decode import ClipReader


def _number(reader: ClipReader, seconds: float) -> int:
    """Which frame of the made clip is seen, by its brightness."""
    planes = reader.read(seconds).planes
    return round((float(planes.y[planes.height // 2 :].mean()) - 40) / 3)


def test_frames_are_found_by_time_in_any_order(film: Callable[..., Path], tmp_path: Path) -> None:
    reader = ClipReader(film(tmp_path / "a.mp4"))
    wanted = [0, 1, 2, 30, 31, 5, 59, 12, 11, 58, 0, 33]
    assert [_number(reader, n / 30) for n in wanted] == wanted
    assert [_number(reader, (n + 0.9) / 30) for n in (3, 44, 8)] == [3, 44, 8]


def test_before_the_first_and_after_the_last_the_clip_holds(film: Callable[..., Path], tmp_path: Path) -> None:
    reader = ClipReader(film(tmp_path / "a.mp4"))
    assert (_number(reader, -3.0), _number(reader, 99.0), _number(reader, 0.0)) == (0, 59, 0)


def test_a_clip_of_25_frames_a_second_is_read_by_time(film: Callable[..., Path], tmp_path: Path) -> None:
    reader = ClipReader(film(tmp_path / "a.mp4", rate=25))
    assert [_number(reader, n / 30) for n in range(12)] == [int(n / 30 * 25 + 1e-6) for n in range(12)]


def test_a_clip_with_a_varying_frame_rate_is_read_by_time(film: Callable[..., Path], tmp_path: Path) -> None:
    begins = [0, 1, 2, 10, 11, 30, 31]
    path = tmp_path / "vfr.mp4"
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=30)
        stream.width, stream.height, stream.pix_fmt = 160, 120, "yuv420p"
        stream.time_base = Fraction(1, 30)
        for number, begin in enumerate(begins):
            frame = av.VideoFrame.from_ndarray(np.full((180, 160), 40 + 3 * number, np.uint8), format="yuv420p")
            frame.pts, frame.time_base = begin, Fraction(1, 30)
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    reader = ClipReader(path)
    assert [_number(reader, n / 30) for n in (0, 1, 5, 9, 10, 29, 30)] == [0, 1, 2, 2, 3, 4, 5]


def test_full_range_becomes_limited(film: Callable[..., Path], tmp_path: Path) -> None:
    frame = ClipReader(film(tmp_path / "full.mp4", color_range=2, height=720, width=480)).read(0.0)
    assert frame.is_full_range
    limited = frame.to_709(frame.planes)
    assert float(limited.y[400:].mean()) == pytest.approx(16 + 40 * 219 / 255, abs=1)


def test_sd_colours_are_read_as_bt601_and_hd_ones_as_bt709(film: Callable[..., Path], tmp_path: Path) -> None:
    small = ClipReader(film(tmp_path / "sd.mp4", frames=2)).read(0.0)
    large = ClipReader(film(tmp_path / "hd.mp4", frames=2, width=1280, height=720)).read(0.0)
    tagged = ClipReader(film(tmp_path / "tag.mp4", frames=2, colorspace=1)).read(0.0)
    assert (small.is_601, large.is_601, tagged.is_601) == (True, False, False)
    grey = small.to_709(small.planes)
    assert np.abs(grey.y.astype(int) - small.planes.y.astype(int)).max() <= 1


def test_601_red_stays_red() -> None:
    from reelwright.rendering.decode import _from_601
    from reelwright.rendering.planes import blank, to_bgr

    red_601 = blank(32, 32, (81.5, 90.2, 240.0))
    assert np.abs(to_bgr(_from_601(red_601))[8, 8].astype(int) - [0, 0, 255]).max() <= 6


@pytest.mark.parametrize(("pixels", "depth"), [("yuv422p", 8), ("yuv444p", 8), ("yuv420p10le", 10)])
def test_other_pixel_formats_are_read_too(tmp_path: Path, pixels: str, depth: int) -> None:
    path = tmp_path / "other.mp4"
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=30)
        stream.width, stream.height, stream.pix_fmt = 160, 120, pixels
        frame = av.VideoFrame.from_ndarray(np.full((180, 160), 100, np.uint8), format="yuv420p").reformat(format=pixels)
        container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    planes = ClipReader(path).read(0.0).planes
    assert planes.y.dtype == np.uint8
    assert float(planes.y.mean()) == pytest.approx(100, abs=2)


@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_a_rotated_clip_stands_upright(film: Callable[..., Path], tmp_path: Path, degrees: int) -> None:
    source, turned = film(tmp_path / "a.mp4", frames=4), tmp_path / "turned.mp4"
    ffmpeg = imageio_ffmpeg.get_ffmpeg_exe()
    subprocess.run([ffmpeg, "-v", "error", "-nostdin", "-display_rotation", str(degrees), "-i", str(source), "-c", "copy", str(turned)], check=True, timeout=30)
    upright, planes = ClipReader(source).read(0.0).planes, ClipReader(turned).read(0.0).planes
    assert (planes.width, planes.height) == ((320, 240) if degrees == 180 else (240, 320))
    wanted = np.rot90(upright.y, degrees // 90)
    assert np.abs(planes.y.astype(int) - wanted.astype(int)).mean() < 2


def test_a_clip_plays_at_its_speed_from_its_start(maker: Any) -> None:
    maker.clip("film")
    layer = maker.picture("film", is_graded=False, source_start=Fraction(1, 2), speed=Fraction(5, 4))
    with Composer(maker.reel([[layer]]), maker.files) as composer:
        lumas = [float(composer.frame(n).y[300:420].mean()) for n in (0, 4, 12)]
    assert [round((luma - 40) / 3) for luma in lumas] == [15, 20, 30]


def test_a_fast_clip_averages_its_frames_as_an_open_shutter_would(maker: Any) -> None:
    maker.clip("film")
    layer = maker.picture("film", is_graded=False, source_start=Fraction(1, 2), speed=Fraction(3))
    with Composer(maker.reel([[layer]], seconds=Fraction(1, 2)), maker.files) as composer:
        luma = float(composer.frame(4).y[300:420].mean())
    assert (luma - 40) / 3 == pytest.approx(15 + 12 - 1, abs=0.3)


def test_a_missing_or_broken_clip_fails_in_words(maker: Any, tmp_path: Path) -> None:
    broken = tmp_path / "broken.mp4"
    broken.write_bytes(b"not a clip at all" * 40)
    with pytest.raises(RenderFailed, match="clip"):
        ClipReader(broken)
    maker.clip("film")
    del maker.files["film.mp4"]
    with Composer(maker.reel([[maker.picture("film")]]), maker.files) as composer, pytest.raises(RenderFailed, match="not there"):
        composer.frame(0)
