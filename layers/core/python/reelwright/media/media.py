"""Media: states, limits, and the facts that probing finds."""

from __future__ import annotations

from enum import StrEnum

from pydantic import BaseModel, ConfigDict

MAX_PHOTO_BYTES = 20_000_000
MAX_PHOTO_PIXELS = 120_000_000
MAX_VIDEO_BYTES = 100_000_000
MAX_VIDEO_SECONDS = 30 * 60
MAX_AUDIO_BYTES = 50_000_000
MAX_FILE_NAME_CHARACTERS = 200
FREE_DISK_TIMES_INPUT = 3


class MediaState(StrEnum):
    AWAITING_UPLOAD = "awaiting_upload"
    INGESTING = "ingesting"
    READY = "ready"
    REFUSED = "refused"


class MediaFacts(BaseModel):
    """What probing found. Width and height are upright pixels (after rotation)."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    kind: str  # photo | video | audio
    container: str
    width: int = 0
    height: int = 0
    duration_seconds: float | None = None
    frame_rate: float | None = None
    is_variable_frame_rate: bool = False
    is_hdr: bool = False
    rotation: int = 0
    has_sound: bool = False
    taken_at: str | None = None  # EXIF DateTimeOriginal, ISO 8601 without zone
    sha256: str = ""
