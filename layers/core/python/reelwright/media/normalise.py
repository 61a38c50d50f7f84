"""Makes the one form of a media that everything later reads: upright, sRGB or BT.709, constant frame rate, quick to seek."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from reelwright.kit.errors import MediaRefused
from reelwright.kit.ffmpeg import Source, run_ffmpeg
from reelwright.media.media import MediaFacts
from reelwright.media.normalise_photo import normalise_photo
from reelwright.media.normalise_video import normalise_video

AUDIO_SAMPLE_RATE = 48_000
_AUDIO_TIME_LIMIT_SECONDS = 300.0


@dataclass(frozen=True)
class NormalMedia:
    """The file that rendering reads. Pixels of the upright picture are None for a sound; length and rate are those of this file."""

    path: Path
    content_type: str
    width: int | None = None
    height: int | None = None
    duration_seconds: float | None = None
    frame_rate: float | None = None


def normalise_media(path: Path, facts: MediaFacts, out_folder: Path) -> NormalMedia:
    """Writes ``normal.jpg`` (photo), ``normal.mp4`` (video) or ``normal.m4a`` (sound) into the folder.

    A video that already fits is copied without encoding it again. Raises MediaRefused where the file turns out to be damaged.
    """
    if facts.kind == "photo":
        out = out_folder / "normal.jpg"
        return NormalMedia(out, "image/jpeg", *normalise_photo(path, facts.container, out))
    if facts.kind == "video":
        out = out_folder / "normal.mp4"
        made = normalise_video(path, facts.container, out)
        return NormalMedia(out, "video/mp4", made.width, made.height, round(made.duration_seconds, 3), round(float(made.frame_rate), 3))
    out = out_folder / "normal.m4a"
    settings = ["-vn", "-sn", "-dn", "-map", "0:a:0", "-map_metadata", "-1", "-c:a", "aac", "-b:a", "192k", "-ac", "2", "-ar", str(AUDIO_SAMPLE_RATE)]
    run_ffmpeg([Source(path, facts.container)], settings, out, "ipod", time_limit_seconds=_AUDIO_TIME_LIMIT_SECONDS, failure=MediaRefused)
    return NormalMedia(out, "audio/mp4", duration_seconds=facts.duration_seconds)
