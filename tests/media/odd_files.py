"""Makes the files that people really upload: good ones, odd ones, broken ones. Everything is generated; nothing of others is stored."""

from __future__ import annotations

import struct
import subprocess
import zlib
from collections.abc import Callable, Sequence
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from PIL import Image

from reelwright.kit.ffmpeg import find_ffmpeg

WIDTH, HEIGHT = 320, 180
HDR_TAGS = ("-color_primaries", "bt2020", "-colorspace", "bt2020nc", "-color_range", "tv")


def draw_frame(number: int, width: int = WIDTH, height: int = HEIGHT) -> np.ndarray:
    """RGB: a slope of colour with a bright square that moves to the right; red on the left, blue at the bottom."""
    x, y = np.meshgrid(np.linspace(0, 1, width), np.linspace(0, 1, height))
    picture = np.stack([220 * (1 - x), 90 + 40 * np.sin(12 * x + 9 * y), 220 * y], axis=-1)
    left = int((20 + 4 * number) % (width - 40))
    picture[height // 3 : height // 3 + 40, left : left + 40] = 250
    return picture.clip(0, 255).astype(np.uint8)


def make_video(
    path: Path,
    *,
    seconds: float = 2.0,
    rate: int = 30,
    size: tuple[int, int] = (WIDTH, HEIGHT),
    times: Sequence[float] | None = None,
    sound: bool = False,
    draw: Callable[[int, int, int], np.ndarray] = draw_frame,
    options: Sequence[str] = (),
    codec: str = "libx264",
) -> Path:
    """A clip; with ``times`` (seconds) the frames come at these, unevenly where they are uneven."""
    with av.open(str(path), "w", format=_muxer(path)) as container:
        stream = container.add_stream(codec, rate=rate, options={"preset": "ultrafast", **dict(zip(options[::2], options[1::2], strict=True))})
        stream.width, stream.height, stream.pix_fmt = *size, "yuv420p"
        tick = stream.codec_context.time_base = Fraction(1, 90_000 if times else rate)
        for number, at in enumerate(times or [number / rate for number in range(round(seconds * rate))]):
            frame = av.VideoFrame.from_ndarray(draw(number, *size), format="rgb24")
            frame.pts, frame.time_base = round(at / tick), tick
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    if sound:
        with_sound = path.with_name(f"sound-{path.name}")
        tone = ["-f", "lavfi", "-i", f"sine=frequency=330:sample_rate=44100:duration={seconds}"]
        call_ffmpeg("-i", str(path), *tone, "-c:v", "copy", "-c:a", "aac", "-shortest", str(with_sound))
        with_sound.replace(path)
    return path


def _muxer(path: Path) -> str:
    return {".mkv": "matroska", ".webm": "webm", ".avi": "avi", ".ts": "mpegts", ".mov": "mov"}.get(path.suffix.lower(), "mp4")


def call_ffmpeg(*arguments: str) -> None:
    """The tests' own call: names here are ours."""
    subprocess.run([find_ffmpeg(), "-v", "error", "-y", *arguments], check=True, stdin=subprocess.DEVNULL, timeout=60)


def make_sound(path: Path, seconds: float = 1.0, level: float = 0.3) -> Path:
    call_ffmpeg("-f", "lavfi", "-i", f"sine=frequency=330:sample_rate=44100:duration={seconds}", "-filter:a", f"volume={level}", str(path))
    return path


def make_sound_only_video(path: Path) -> Path:
    """An MP4 of the usual brand without a picture stream."""
    call_ffmpeg("-f", "lavfi", "-i", "sine=duration=1", "-c:a", "aac", "-f", "mp4", str(path))
    return path


def make_rotated_video(path: Path, degrees: int = 90) -> Path:
    """The picture is stored lying; a player turns it counter-clockwise by ``degrees``."""
    flat = make_video(path.with_name(f"flat-{path.name}"), seconds=1)
    call_ffmpeg("-display_rotation", str(degrees), "-i", str(flat), "-c", "copy", str(path))
    flat.unlink()
    return path


def make_hdr_video(path: Path, curve: str = "smpte2084", seconds: float = 1.0) -> Path:
    """Ten bits, BT.2020, with the curve of PQ or of HLG (arib-std-b67)."""
    picture = ["-f", "lavfi", "-i", f"testsrc2=size={WIDTH}x{HEIGHT}:rate=30:duration={seconds}"]
    tagged = f"color_primaries=bt2020:color_trc={curve}:colorspace=bt2020nc"
    x265 = f"log-level=error:colorprim=bt2020:transfer={curve}:colormatrix=bt2020nc:range=limited"
    call_ffmpeg(*picture, "-vf", f"format=yuv420p10le,setparams={tagged}", "-c:v", "libx265", "-preset", "ultrafast", "-x265-params", x265, str(path))
    return path


def make_four_hour_video(path: Path) -> Path:
    """A handful of frames, the last of which is shown after four hours."""
    return make_video(path, times=[0.0, 1.0, 2.0, 14_400.0])


def cut_off(path: Path, share: float = 0.6) -> Path:
    """The same file without its end."""
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * share)])
    return path


def make_photo(path: Path, size: tuple[int, int] = (640, 400), orientation: int | None = None, quality: int = 90, taken: str | None = None) -> Path:
    """A photo whose stored pixels are those of an upright one turned as EXIF ``orientation`` says."""
    upright = Image.fromarray(draw_frame(3, *size))
    turned = {
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }
    stored = upright.transpose(turned[orientation]) if orientation in turned else upright
    exif = Image.Exif()
    if orientation is not None:
        exif[0x0112] = orientation
    if taken:
        exif.get_ifd(0x8769)[0x9003] = taken
    stored.save(path, exif=exif, quality=quality)
    return path


def make_huge_png(path: Path, width: int = 30_000, height: int = 30_000) -> Path:
    """A real PNG of that many pixels in less than a megabyte."""
    packer = zlib.compressobj(9)
    row = b"\0" * (1 + width // 8)
    data = b"".join(packer.compress(row) for _ in range(height)) + packer.flush()
    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", data) + _chunk(b"IEND", b""))
    return path


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
