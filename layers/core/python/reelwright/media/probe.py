"""Finds out what an uploaded file really is, or refuses it in a sentence: first bytes, then limits, then decoding."""

from __future__ import annotations

import hashlib
from pathlib import Path

from reelwright.kit.errors import MediaRefused
from reelwright.media.media import MAX_AUDIO_BYTES, MAX_PHOTO_BYTES, MAX_VIDEO_BYTES, MediaFacts
from reelwright.media.photo_file import clockwise_degrees, open_photo, read_orientation, read_time_taken, upright_size
from reelwright.media.sniff import FileType, Kind, sniff_type
from reelwright.media.streams import check_length, check_moves, find_sound, inspect_video, open_container

MAX_BYTES: dict[Kind, int] = {"photo": MAX_PHOTO_BYTES, "video": MAX_VIDEO_BYTES, "audio": MAX_AUDIO_BYTES}
_WORDS: dict[Kind, str] = {"photo": "photo", "video": "video", "audio": "sound file"}
_CHECK_LONG_SIDE_PIXELS = 512  # a JPEG is checked to its last byte at an eighth of its size
_HEARD_SECONDS = 0.05


def probe_media(path: Path) -> MediaFacts:
    """The facts of a photo, a video or a sound. Raises MediaRefused with a sentence that says why it is left out."""
    found = sniff_type(path)
    size = path.stat().st_size
    if size > MAX_BYTES[found.kind]:
        limit = MAX_BYTES[found.kind] // 1_000_000
        raise MediaRefused(f"This {_WORDS[found.kind]} has {size / 1_000_000:.0f} MB; up to {limit} MB are taken.")
    probe = {"photo": _probe_photo, "video": _probe_video, "audio": _probe_audio}[found.kind]
    return probe(path, found).model_copy(update={"sha256": _checksum(path)})


def _probe_photo(path: Path, found: FileType) -> MediaFacts:
    with open_photo(path, found.container) as image:
        orientation = read_orientation(image)
        taken_at = read_time_taken(image)
        width, height = upright_size(image, orientation)
        image.draft("RGB", (_CHECK_LONG_SIDE_PIXELS, _CHECK_LONG_SIDE_PIXELS))
        image.load()
    return MediaFacts(kind="photo", container=found.container, width=width, height=height, rotation=clockwise_degrees(orientation), taken_at=taken_at)


def _probe_video(path: Path, found: FileType) -> MediaFacts:
    video = inspect_video(path, found.container)
    check_moves(video.duration_seconds, video.frame_count)
    return MediaFacts(
        kind="video",
        container=found.container,
        width=video.width,
        height=video.height,
        duration_seconds=round(video.duration_seconds, 3),
        frame_rate=round(float(video.frame_rate), 3),
        is_variable_frame_rate=video.is_variable,
        is_hdr=video.is_hdr,
        rotation=video.rotation,
        has_sound=video.sound is not None,
    )


def _probe_audio(path: Path, found: FileType) -> MediaFacts:
    with open_container(path, found.container) as container:
        sound = find_sound(container)
        if sound is None:
            raise MediaRefused("This sound file holds no sound that can be read.")
        promised = None if container.duration is None else container.duration / 1_000_000
        check_length(promised or 0.0)
        heard = 0.0
        for frame in container.decode(audio=0):
            heard = max(heard, float(frame.time or 0.0) + frame.samples / sound.sample_rate)
            check_length(heard)
    if heard < _HEARD_SECONDS:
        raise MediaRefused("This sound file holds no sound that can be read.")
    return MediaFacts(kind="audio", container=found.container, duration_seconds=round(heard, 3), has_sound=True)


def _checksum(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
