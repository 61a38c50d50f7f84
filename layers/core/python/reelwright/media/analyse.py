"""Looks at and listens to the normal rendition of a media."""

from __future__ import annotations

from pathlib import Path

from reelwright.media.analyse_photo import analyse_photo
from reelwright.media.analyse_video import analyse_video
from reelwright.media.analysis import MediaAnalysis
from reelwright.media.eyes import Eyes
from reelwright.media.hearing import listen

NORMAL_DEMUXER = "mov"  # both normal.mp4 and normal.m4a


def analyse_media(path: Path, kind: str, eyes: Eyes, cache: Path | None = None) -> MediaAnalysis:
    """The analysis of a ``photo``, a ``video`` or an ``audio``. Raises MediaRefused where it cannot be decoded."""
    if kind == "photo":
        return analyse_photo(path, eyes)
    seen = analyse_video(path, eyes) if kind == "video" else MediaAnalysis()
    heard = listen(path, NORMAL_DEMUXER, cache)
    if heard is None:
        return seen
    return seen.model_copy(update={"speech": heard.speech, "loudness_lufs": heard.loudness_lufs, "is_silent": heard.is_silent})
