"""Builds the smallest HEIC: one HEVC key frame in an ISO base media 'meta' box (ISO/IEC 23008-12)."""

from __future__ import annotations

import struct
from pathlib import Path

from tests.media.odd_files import call_ffmpeg, draw_frame

WIDTH, HEIGHT = 320, 180


def make_heic(path: Path) -> Path:
    """A still of 320 × 180 with the picture of ``draw_frame(0)``."""
    from PIL import Image

    still = path.with_name("still.png")
    Image.fromarray(draw_frame(0, WIDTH, HEIGHT)).save(still)
    film = path.with_name("still.mp4")
    x265 = "log-level=error:keyint=1:crf=10:info=0"
    tags = ["-vf", "scale=out_color_matrix=bt709:out_range=full,format=yuvj420p", "-colorspace", "bt709", "-color_range", "pc"]
    call_ffmpeg("-i", str(still), "-frames:v", "1", *tags, "-c:v", "libx265", "-x265-params", x265, "-tag:v", "hvc1", str(film))
    data = film.read_bytes()
    configuration = _find_box(data, b"hvcC")
    sample = _find_box(data, b"mdat")[8:]
    path.write_bytes(_wrap(configuration, sample))
    return path


def _find_box(data: bytes, name: bytes) -> bytes:
    at = data.index(name) - 4
    return data[at : at + struct.unpack(">I", data[at : at + 4])[0]]


def _box(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", 8 + len(body)) + name + body


def _full(name: bytes, body: bytes, version: int = 0) -> bytes:
    return _box(name, struct.pack(">I", version << 24) + body)


def _wrap(configuration: bytes, sample: bytes) -> bytes:
    kind = _box(b"ftyp", b"heic" + struct.pack(">I", 0) + b"mif1heic")
    size = _full(b"ispe", struct.pack(">II", WIDTH, HEIGHT))
    properties = _box(b"iprp", _box(b"ipco", configuration + size) + _full(b"ipma", struct.pack(">IHBBB", 1, 1, 2, 0x81, 0x02)))
    item = _full(b"iinf", struct.pack(">H", 1) + _full(b"infe", struct.pack(">HH", 1, 0) + b"hvc1" + b"\0", 2))
    handler = _full(b"hdlr", struct.pack(">I", 0) + b"pict" + bytes(12) + b"\0")

    def meta(offset: int) -> bytes:
        place = _full(b"iloc", struct.pack(">BBH", 0x44, 0x00, 1) + struct.pack(">HHHII", 1, 0, 1, offset, len(sample)))
        return _full(b"meta", handler + _full(b"pitm", struct.pack(">H", 1)) + place + item + properties)

    return kind + meta(len(kind) + len(meta(0)) + 8) + _box(b"mdat", sample)
