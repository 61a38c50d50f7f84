"""YouTube's resumable upload. https://developers.google.com/youtube/v3/guides/using_resumable_upload_protocol

Nothing exists on the channel until the last byte is there. Decisions where the reference is unsure: a session lives seven days and is then 404; bytes
that are there already are passed over, a gap answers 308 with what is there; a body that is cut off keeps whole pieces of 256 KiB; DELETE answers 499.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from local.sandbox.exchange import Answer, Call, json_answer
from local.sandbox.grounds import DAY_SECONDS, Grounds, new_secret, new_word
from local.sandbox.records import Account, Upload
from local.sandbox.youtube_errors import UPLOAD_SCOPES, check_token, need_channel, refuse, spend
from local.sandbox.youtube_video import DEFAULTS, check_parts, check_schedule, settle, show_video

PIECE_BYTES = 262_144
MAX_BYTES = 274_877_906_944
SESSION_SECONDS = 7 * DAY_SECONDS
_RANGE = re.compile(r"bytes (?:(?P<first>\d+)-(?P<last>\d+)|\*)/(?P<total>\d+|\*)")


@dataclass(frozen=True)
class Piece:
    """What a Content-Range says. ``first`` None: a probe."""

    first: int | None
    last: int
    total: int | None


def start(grounds: Grounds, call: Call, _: re.Match[str]) -> Answer:
    """``POST /upload/youtube/v3/videos?uploadType=resumable``: 200, an empty body and the session's address."""
    token = check_token(grounds, call, UPLOAD_SCOPES)
    spend(grounds, "videos.insert", call.now)
    channel = need_channel(grounds, token)
    if call.query.get("uploadType") != "resumable":
        raise refuse("badRequest", "This stand-in serves uploadType=resumable only.")
    parts = call.list_query("part")
    if not parts:
        raise refuse("missingRequiredParameter", "No filter selected: part is required.")
    kind, size = call.headers.get("x-upload-content-type", "video/*"), int(call.headers.get("x-upload-content-length") or 0)
    if not kind.startswith(("video/", "application/octet-stream")) or size > MAX_BYTES:
        raise refuse("invalidVideoMetadata", "Media type or size is not accepted.")
    _check_channel_limit(grounds, channel, call.now)
    said = {**DEFAULTS, **check_parts(call.document, parts, is_update=False)}
    said = {name: dict(value) for name, value in said.items()}
    check_schedule(said["status"], call.now, was_public=False)
    upload = Upload(new_secret(), "youtube", channel.key, token.client_id, call.now, kind="resumable", declared_bytes=size)
    upload.said = {**said, "parts": parts, "long_uploads": channel.traits.get("long_uploads", "allowed"), "notify": call.query.get("notifySubscribers", "true")}
    grounds.store.put(upload)
    location = f"{call.origin}{call.path}?uploadType=resumable&part={','.join(parts)}&upload_id={upload.key}"
    return Answer(200, {"location": location, "x-guploader-uploadid": upload.key, "content-length": "0"})


def receive(grounds: Grounds, call: Call, _: re.Match[str]) -> Answer:
    """``PUT`` of a piece, of everything, or the question how much is there."""
    upload = find_session(grounds, call)
    piece = read_range(call)
    if piece.total is not None:
        if upload.declared_bytes and piece.total != upload.declared_bytes:
            raise refuse("badRequest", "The total size differs from the announced one.")
        upload.declared_bytes = piece.total
    if upload.completed_at is not None:
        return _answer_video(grounds, call, upload, 200)
    stored = grounds.files.size(upload.key)
    if piece.first is not None and piece.first <= stored:
        stored = _take(grounds, call, upload, piece, stored)
    if piece.total is not None and stored == piece.total:
        return _finish(grounds, call, upload)
    return Answer(308, {"range": f"bytes=0-{stored - 1}", "content-length": "0"} if stored else {"content-length": "0"})


def cancel(grounds: Grounds, call: Call, _: re.Match[str]) -> Answer:
    """``DELETE`` of a session."""
    upload = find_session(grounds, call)
    upload.ended = "cancelled"
    grounds.store.put(upload)
    grounds.files.remove(upload.key)
    return Answer(499, {"content-length": "0"})


def name_operation(grounds: Grounds, call: Call, _: re.Match[str]) -> str:
    """The question how much is there, or a piece."""
    return "probe" if call.headers.get("content-range", "").startswith("bytes *") else "send"


def find_session(grounds: Grounds, call: Call) -> Upload:
    """Raises Refusal (404)."""
    upload = grounds.store.find(Upload, call.query.get("upload_id", ""))
    if upload is None or upload.vendor != "youtube" or upload.ended or call.now > upload.created_at + SESSION_SECONDS:
        raise refuse("sessionNotFound", "The upload session was not found.")
    return upload


def read_range(call: Call) -> Piece:
    """Raises Refusal (400)."""
    text = call.headers.get("content-range", "")
    length = len(call.body)
    if not text:
        return Piece(0, length - 1, length)
    found = _RANGE.fullmatch(text.strip())
    if found is None:
        raise refuse("badRequest", "Failed to parse Content-Range header.")
    total = None if found["total"] == "*" else int(found["total"])
    if found["first"] is None:
        return Piece(None, 0, total)
    first, last = int(found["first"]), int(found["last"])
    if not call.is_cut and last - first + 1 != length:
        raise refuse("badRequest", "Content-Range and the body's length differ.")
    if total is not None and last >= total:
        raise refuse("badRequest", "The range ends after the file.")
    if (total is None or last + 1 < total) and (last + 1) % PIECE_BYTES:
        raise refuse("badRequest", "Every piece but the last has to be a multiple of 262144 bytes.")
    return Piece(first, last, total)


def _take(grounds: Grounds, call: Call, upload: Upload, piece: Piece, stored: int) -> int:
    content = call.body[stored - (piece.first or 0) :]
    if call.is_cut:
        content = content[: (stored + len(content)) // PIECE_BYTES * PIECE_BYTES - stored]
    grounds.store.put(upload)
    return grounds.files.append(upload.key, content) if content else stored


def _finish(grounds: Grounds, call: Call, upload: Upload) -> Answer:
    if not grounds.files.size(upload.key):
        raise refuse("mediaBodyRequired", "The request does not include the video content.")
    upload.external_id = new_word()
    grounds.complete(upload, call.now)
    return _answer_video(grounds, call, upload, 200)


def _answer_video(grounds: Grounds, call: Call, upload: Upload, status: int) -> Answer:
    channel = grounds.store.find(Account, upload.account)
    assert channel is not None  # noqa: S101
    settle(grounds, upload, call.now)
    return json_answer(show_video(grounds, call, channel, upload, upload.said["parts"]), status)


def _check_channel_limit(grounds: Grounds, channel: Account, now: float) -> None:
    day = [upload for upload in grounds.uploads_of(channel.key) if (upload.completed_at or 0) > now - DAY_SECONDS]
    if len(day) >= grounds.settings.youtube_channel_uploads:
        raise refuse("uploadLimitExceeded", "The user has exceeded the number of videos they may upload.")
