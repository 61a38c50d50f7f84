"""Renders a reel document from a file, without the platform: its media lie beside it, or come from the sample packages."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pydantic

from local.data_directory import PlatformRefused
from local.samples import KEY_PREFIX, find_sample
from reelwright.kit.errors import ReelwrightError
from reelwright.reels.reel import Reel, load_reel
from reelwright.rendering.cover import draw_cover
from reelwright.rendering.render_reel import render_reel
from reelwright.rendering.subtitles import to_srt


def render_document(document: Path, directory: Path, on_percent: Callable[[float], None]) -> list[Path]:
    """Writes ``<name>.mp4``, ``cover.jpg`` and, where something is said, ``captions.srt`` into ``directory``; their paths. Raises PlatformRefused with a sentence."""
    reel = _read(document)
    files = {key: _find(key, document.parent) for key in _keys(reel)}
    video, cover, captions = directory / f"{document.stem}.mp4", directory / "cover.jpg", directory / "captions.srt"
    try:
        render_reel(reel, files, video, on_progress=lambda share: on_percent(100 * share), is_cancelled=lambda: False)
        draw_cover(reel, files, cover)
    except ReelwrightError as error:
        raise PlatformRefused(error.detail) from error
    srt = to_srt(reel.captions)
    if srt:
        captions.write_text(srt, encoding="utf-8")
    return [video, cover, *([captions] if srt else [])]


def _read(document: Path) -> Reel:
    try:
        return load_reel(json.loads(document.read_text(encoding="utf-8")))
    except FileNotFoundError:
        raise PlatformRefused(f"The reel document {document} is not there.") from None
    except (OSError, UnicodeDecodeError, json.JSONDecodeError) as error:
        raise PlatformRefused(f"{document} cannot be read as JSON: {error}.") from None
    except pydantic.ValidationError as error:
        first = error.errors(include_url=False)[0]
        place = "/".join(str(step) for step in first["loc"]) or "the document"
        raise PlatformRefused(f"{document} is not a valid reel document. {place}: {first['msg']}.") from None


def _keys(reel: Reel) -> set[str]:
    return {entry.file for entry in (*reel.media.values(), *reel.sounds.values())}


def _find(key: str, folder: Path) -> Path:
    """A file beside the document, or of a sample package; never one outside the document's folder."""
    parts = Path(key).parts
    if parts[:1] == (KEY_PREFIX,) and len(parts) > 2:  # samples/<package>/<name>
        try:
            return find_sample(parts[1], "/".join(parts[2:]))
        except ReelwrightError as error:
            raise PlatformRefused(error.detail) from error
    path = folder / key
    if Path(key).is_absolute() or ".." in parts or not path.is_file():
        raise PlatformRefused(f"The document needs {key!r}, which is not in {folder}.")
    return path
