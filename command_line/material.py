"""What lies in the folder that a person hands over: media to upload, and what is left aside."""

from __future__ import annotations

import mimetypes
import os
import re
from dataclasses import dataclass
from pathlib import Path

from command_line.complaint import Complaint

MAX_FILES = 60
MAX_SCRIPT_BYTES = 60_000
MAX_NAME_CHARACTERS = 200  # what the API takes
_TYPES = {
    ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".png": "image/png", ".webp": "image/webp", ".heic": "image/heic", ".heif": "image/heif",
    ".gif": "image/gif", ".bmp": "image/bmp", ".tif": "image/tiff", ".tiff": "image/tiff", ".avif": "image/avif",
    ".mp4": "video/mp4", ".mov": "video/quicktime", ".m4v": "video/x-m4v", ".webm": "video/webm", ".mkv": "video/x-matroska",
    ".avi": "video/x-msvideo", ".mpg": "video/mpeg", ".mpeg": "video/mpeg", ".3gp": "video/3gpp",
}  # fmt: skip


@dataclass(frozen=True)
class Material:
    """Files in the order in which they will be sent, and the names of those that are not media."""

    files: tuple[Path, ...]
    others: tuple[str, ...]

    @property
    def size_bytes(self) -> int:
        return sum(file.stat().st_size for file in self.files)


def read_material(folder: Path) -> Material:
    """The folder's media, by name. Raises Complaint where there is no folder, no media, or too many."""
    if not folder.is_dir():
        raise Complaint(f"{folder} is not a folder. Name the folder that holds your photos and clips.")
    try:
        everything = sorted((path for path in folder.iterdir() if not path.is_dir() and not path.name.startswith(".")), key=lambda path: path.name.lower())
    except PermissionError:
        raise Complaint(f"{folder} cannot be read. Its permissions do not let you in.") from None
    files = tuple(path for path in everything if path.is_file() and path.suffix.lower() in _TYPES)
    if not files:
        raise Complaint(f"There is no photo or clip in {folder}. Photos: jpg, png, webp, heic; clips: mp4, mov, webm, mkv.")
    if len(files) > MAX_FILES:
        raise Complaint(f"{folder} holds {len(files)} photos and clips; a reel takes up to {MAX_FILES}. Move some of them elsewhere.")
    return Material(files, tuple(shown_name(path) for path in everything if path not in files))


def shown_name(file: Path) -> str:
    """A file's name as text for people and for the API: bytes that are no text become "�", a long name loses its middle."""
    name = re.sub(r"[\x00-\x1f\x7f]", " ", os.fsencode(file.name).decode("utf-8", "replace"))
    half = MAX_NAME_CHARACTERS // 2
    return name if len(name) <= MAX_NAME_CHARACTERS else f"{name[: half - 1]}…{name[-half:]}"


def content_type(file: Path) -> str:
    """The type that goes with a file's name; the platform looks into the file itself."""
    return _TYPES.get(file.suffix.lower()) or mimetypes.guess_type(file.name)[0] or "application/octet-stream"


def read_script(file: Path | None) -> str:
    """The voice script's text. Raises Complaint where it cannot be read as text."""
    if file is None:
        return ""
    try:
        if file.stat().st_size > MAX_SCRIPT_BYTES:
            raise Complaint(f"{file} is too long for a voice script: it may have 6,000 characters.")
        return file.read_text(encoding="utf-8-sig").strip()
    except FileNotFoundError:
        raise Complaint(f"The script {file} is not there.") from None
    except (UnicodeDecodeError, IsADirectoryError, PermissionError):
        raise Complaint(f"The script {file} cannot be read as text. Save it as plain UTF-8 text.") from None
