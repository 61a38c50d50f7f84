"""Lets a creator send a file: what it says about itself is checked before a byte travels."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, field_validator
from sqlalchemy.orm import Session

from reelwright.kit.errors import FieldError, MediaRefused, TooLarge
from reelwright.kit.identifiers import new_id
from reelwright.media.media import MAX_AUDIO_BYTES, MAX_FILE_NAME_CHARACTERS, MAX_PHOTO_BYTES, MAX_VIDEO_BYTES, MediaState
from reelwright.media.tables import MediaRow

_LIMITS = {"image": ("photo", MAX_PHOTO_BYTES), "video": ("clip", MAX_VIDEO_BYTES), "audio": ("sound", MAX_AUDIO_BYTES)}
_NOT_PICTURES = {"image/svg+xml"}
_CONTROL = re.compile(r"[\x00-\x1f\x7f/\\]")
_BYTES_PER_MEGABYTE = 1_000_000


class UploadRequest(BaseModel):
    """A file as its owner describes it. The type is a hint: what counts is what is found inside."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, json_schema_extra={"examples": [{"file_name": "beach.jpg", "content_type": "image/jpeg", "size_bytes": 3_482_113}]}
    )

    file_name: Annotated[str, Field(min_length=1, max_length=MAX_FILE_NAME_CHARACTERS)]
    content_type: Annotated[str, Field(pattern=r"^[a-z]+/[A-Za-z0-9.+-]{1,80}$")]
    size_bytes: Annotated[int, Field(ge=0)]

    @field_validator("file_name")
    @classmethod
    def _check_name(cls, name: str) -> str:
        if _CONTROL.search(name):
            raise ValueError("A file's name has no slashes and no control characters.")
        return name


def request_upload(session: Session, creator_id: str, wanted: UploadRequest) -> MediaRow:
    """The row that waits for the file. Raises MediaRefused and TooLarge in words."""
    check_upload(wanted)
    media_id = new_id("media")
    row = MediaRow(
        id=media_id,
        creator_id=creator_id,
        file_name=wanted.file_name,
        declared_type=wanted.content_type,
        size_bytes=wanted.size_bytes,
        storage_key=f"uploads/{creator_id}/{media_id}/original",
        state=MediaState.AWAITING_UPLOAD,
    )
    session.add(row)
    session.flush()
    return row


def check_upload(wanted: UploadRequest) -> None:
    """Raises MediaRefused for an empty file or a type nobody can use, TooLarge for one over its kind's limit."""
    family = wanted.content_type.split("/")[0]
    if family not in _LIMITS or wanted.content_type in _NOT_PICTURES:
        detail = f"{wanted.file_name} is of the type {wanted.content_type}. Photos, clips and sounds can be used."
        raise MediaRefused(detail, errors=[FieldError("/content_type", "Use image/…, video/… or audio/….")])
    if wanted.size_bytes == 0:
        raise MediaRefused(f"{wanted.file_name} is empty: it has 0 bytes.", errors=[FieldError("/size_bytes", "At least 1 byte.")])
    kind, limit = _LIMITS[family]
    if wanted.size_bytes > limit:
        size = _megabytes(wanted.size_bytes)
        detail = f"{wanted.file_name} is {size}; a {kind} may have {_megabytes(limit)}. Make a smaller copy, or leave it out."
        raise TooLarge(detail, errors=[FieldError("/size_bytes", f"At most {limit} bytes.")])


def _megabytes(size_bytes: int) -> str:
    value = size_bytes / _BYTES_PER_MEGABYTE
    return f"{value:.0f} MB" if value >= 10 or value.is_integer() else f"{value:.1f} MB"
