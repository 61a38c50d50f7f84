"""Opens a stranger's photo: only the format its bytes promise, its size checked before anything is decoded."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import pi_heif
from PIL import ExifTags, Image

from reelwright.kit.errors import MediaRefused
from reelwright.media.media import MAX_PHOTO_PIXELS

MIN_PHOTO_SIDE_PIXELS = 16
_FORMATS = {
    "jpeg": ("JPEG", "MPO"),
    "png": ("PNG",),
    "webp": ("WEBP",),
    "gif": ("GIF",),
    "bmp": ("BMP",),
    "tiff": ("TIFF",),
    "avif": ("AVIF",),
}
_CLOCKWISE_DEGREES = {3: 180, 4: 180, 5: 90, 6: 90, 7: 270, 8: 270}
_TURNED_SIDEWAYS = 5


@contextmanager
def open_photo(path: Path, container: str) -> Iterator[Image.Image]:
    """The photo, not decoded yet; any error of the decoder inside the block becomes a MediaRefused with a sentence."""
    with warnings.catch_warnings():
        # Pillow warns from 89 megapixels on and of every oddity in EXIF; our own limit and sentences stand for these.
        warnings.simplefilter("ignore")
        try:
            with _open(path, container) as image:
                _check_size(*image.size)
                yield image
        except MediaRefused:
            raise
        except Image.DecompressionBombError as error:
            raise MediaRefused(_too_many_pixels()) from error
        except Exception as error:  # a decoder that reads a stranger's bytes may raise anything
            raise MediaRefused(_explain(error)) from error


def read_orientation(image: Image.Image) -> int:
    """EXIF orientation 1 … 8; 1 where there is none that can be read."""
    try:
        value = int(image.getexif().get(ExifTags.Base.Orientation, 1))
    except Exception:  # EXIF is free text from a stranger
        return 1
    return value if 1 <= value <= 8 else 1


def clockwise_degrees(orientation: int) -> int:
    """By how much the stored picture is turned to stand upright."""
    return _CLOCKWISE_DEGREES.get(orientation, 0)


def upright_size(image: Image.Image, orientation: int) -> tuple[int, int]:
    """Width and height in pixels once the picture stands upright."""
    width, height = image.size
    return (height, width) if orientation >= _TURNED_SIDEWAYS else (width, height)


def read_time_taken(image: Image.Image) -> str | None:
    """EXIF DateTimeOriginal as ISO 8601 without zone."""
    try:
        exif = image.getexif()
        text = exif.get_ifd(ExifTags.IFD.Exif).get(ExifTags.Base.DateTimeOriginal) or exif.get(ExifTags.Base.DateTime)
        return datetime.strptime(str(text).strip("\0 "), "%Y:%m:%d %H:%M:%S").isoformat()  # noqa: DTZ007  # EXIF has no zone
    except Exception:  # EXIF is free text from a stranger
        return None


def _open(path: Path, container: str) -> Image.Image:
    if container != "heif":
        return Image.open(path, formats=_FORMATS[container])
    heif = pi_heif.open_heif(path, convert_hdr_to_8bit=True)
    _check_size(*heif.size)
    image: Image.Image = heif.to_pillow()
    return image


def _check_size(width: int, height: int) -> None:
    if width * height > MAX_PHOTO_PIXELS:
        raise MediaRefused(f"{_too_many_pixels()} It is {width} × {height}.")
    if min(width, height) < MIN_PHOTO_SIDE_PIXELS:
        raise MediaRefused(f"This photo is too small to be shown ({width} × {height} pixels).")


def _too_many_pixels() -> str:
    return f"This photo has more than the {MAX_PHOTO_PIXELS // 1_000_000} megapixels that are taken."


def _explain(error: Exception) -> str:
    text = str(error).lower()
    if "truncated" in text or "end of" in text or isinstance(error, EOFError):
        return "This photo is cut off: a part of the file is missing."
    return "This photo is damaged and cannot be decoded."
