"""What a file is by its first bytes; its name is never looked at."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import filetype

from reelwright.kit.errors import MediaRefused

Kind = Literal["photo", "video", "audio"]

HEAD_BYTES = 8192
_TRANSPORT_PACKET_BYTES = 188
_BOX_NAMES = (b"moov", b"mdat", b"wide", b"free", b"skip", b"pnot")
_PHOTOS = {"jpg": "jpeg", "png": "png", "webp": "webp", "gif": "gif", "bmp": "bmp", "tif": "tiff", "heic": "heif", "avif": "avif"}
# What FFmpeg's demuxer for each container is called; it is forced, so that the bytes cannot choose another.
_VIDEOS = {"mp4": "mov", "m4v": "mov", "mov": "mov", "3gp": "mov", "mkv": "matroska", "webm": "matroska", "avi": "avi", "wmv": "asf", "flv": "flv"}
_SOUNDS = {"m4a": "mov", "mp3": "mp3", "wav": "wav", "flac": "flac", "ogg": "ogg", "aac": "aac", "aiff": "aiff", "aif": "aiff"}
_HEIF_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"mif1", b"msf1", b"hevc")
_PLAYLIST = re.compile(r"^\ufeff?\s*(#EXTM3U|ffconcat\s+version|\[playlist\]|file\s+\S)", re.IGNORECASE)
_MARKUP = re.compile(r"^\ufeff?\s*<(\?xml|!doctype|!--|svg|html|head|body|script|smil|mpd|asx|playlist)", re.IGNORECASE)


@dataclass(frozen=True)
class FileType:
    """``container`` is a photo format, or FFmpeg's demuxer for a video or a sound."""

    kind: Kind
    container: str


def sniff_type(path: Path) -> FileType:
    """The file's type by its first bytes. Raises MediaRefused for everything that is no photo, video or sound."""
    with path.open("rb") as stream:
        head = stream.read(HEAD_BYTES)
    if not head:
        raise MediaRefused("This file is empty (0 bytes).")
    found = _by_boxes(head) or _by_library(head) or _by_sync(head)
    if found is None:
        raise MediaRefused(_describe_stranger(head))
    return found


def _by_boxes(head: bytes) -> FileType | None:
    """ISO base media: the library knows the common brands only, and takes HEIF sequences for videos."""
    if head[4:8] in _BOX_NAMES:
        return FileType("video", "mov")
    if head[4:8] != b"ftyp":
        return None
    brands = head[8 : min(len(head), max(16, int.from_bytes(head[:4], "big")))]
    if brands[:4] in (b"avif", b"avis"):
        return FileType("photo", "avif")
    if brands[:4] in _HEIF_BRANDS:
        return FileType("photo", "avif" if b"avif" in brands else "heif")
    return FileType("audio" if brands[:4] in (b"M4A ", b"M4B ") else "video", "mov")


def _by_library(head: bytes) -> FileType | None:
    extension = filetype.guess_extension(head)
    if extension in _PHOTOS:
        return FileType("photo", _PHOTOS[extension])
    if extension == "mpg":
        return FileType("video", "mpegvideo" if head[3] == 0xB3 else "mpeg")
    if extension in _VIDEOS:
        return FileType("video", _VIDEOS[extension])
    if extension in _SOUNDS:
        return FileType("audio", _SOUNDS[extension])
    return None


def _by_sync(head: bytes) -> FileType | None:
    """MPEG transport streams have no magic word, only a sync byte per packet; cameras put four bytes before each."""
    for first, step in ((0, _TRANSPORT_PACKET_BYTES), (4, _TRANSPORT_PACKET_BYTES + 4)):
        marks = head[first : first + 5 * step : step]
        if len(marks) == 5 and set(marks) == {0x47}:
            return FileType("video", "mpegts")
    return None


def _describe_stranger(head: bytes) -> str:
    text = _as_text(head)
    if text is None:
        return "This is neither a photo, a video nor a sound that can be read."
    if _PLAYLIST.match(text):
        return "This is a playlist or a list of other files, not a video; add the files themselves."
    if _MARKUP.match(text):
        return "This is a web page or a drawing (HTML, SVG, XML), not a photo or a video; export it as PNG or JPEG."
    return "This is a text file, not a photo, a video or a sound."


def _as_text(head: bytes) -> str | None:
    """The head as text, or None where it is binary. A character cut at the end of the head does no harm."""
    for encoding in ("utf-8", "utf-16") if head[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8",):
        text = head.decode(encoding, "ignore")
        if text and "\0" not in text and len(text.encode(encoding, "ignore")) >= len(head) * 0.95 - 4:
            return text
    return None
