"""TikTok's upload host: chunks in their order, without an Authorization header.

206 for a chunk in between, 201 for the last one, which also posts the video. The texts of its errors are not documented: the statuses are [M], the
bodies ours. A chunk that is cut off is not kept; one that is there already answers 416.
"""

from __future__ import annotations

import re

from local.sandbox.exchange import Answer, Call, Refusal, json_answer
from local.sandbox.grounds import Grounds
from local.sandbox.records import Upload
from local.sandbox.routes import Route
from local.sandbox.tiktok import ADDRESS_SECONDS

_RANGE = re.compile(r"bytes (\d+)-(\d+)/(\d+)")
_KINDS = frozenset({"video/mp4", "video/quicktime", "video/webm"})


def receive(grounds: Grounds, call: Call, _: re.Match[str]) -> Answer:
    """``PUT`` of one chunk."""
    upload = _find(grounds, call)
    if upload is None:
        raise _refuse(404, "The task does not exist.")
    if call.now > upload.created_at + ADDRESS_SECONDS:
        raise _refuse(403, "The upload address has expired.")
    found = _RANGE.fullmatch(call.headers.get("content-range", "").strip())
    if found is None or call.headers.get("content-type", "") not in _KINDS:
        raise _refuse(400, "Content-Range or Content-Type is missing or wrong.")
    first, last, total = (int(text) for text in found.groups())
    if total != upload.declared_bytes or last < first or last >= total:
        raise _refuse(400, "The sizes do not fit.")
    stored = grounds.files.size(upload.key)
    if first != stored or upload.completed_at is not None:
        raise _refuse(416, "The range is not in sequence.", {"content-range": f"bytes 0-{max(stored - 1, 0)}/{total}"})
    if last - first + 1 != _expected(upload, first):
        raise _refuse(400, "The chunk has another size than announced.")
    if call.is_cut or len(call.body) != last - first + 1:
        raise _refuse(400, "The body has another length than its range.")
    stored = grounds.files.append(upload.key, call.body)
    if stored == total:
        grounds.complete(upload, call.now)
    return Answer(201 if stored == total else 206, {"content-range": f"bytes {first}-{last}/{total}", "content-length": "0"})


def name_operation(grounds: Grounds, call: Call, _: re.Match[str]) -> str:
    """The last chunk is the call that posts."""
    found = _RANGE.fullmatch(call.headers.get("content-range", "").strip())
    return "commit" if found and int(found[2]) + 1 == int(found[3]) else "send"


def _find(grounds: Grounds, call: Call) -> Upload | None:
    number = call.query.get("upload_id", "")
    keys = (f"v_{middle}~v2-1.{number}" for middle in ("pub_file", "inbox_file"))
    upload = next((found for key in keys if (found := grounds.store.find(Upload, key)) is not None), None)
    return upload if upload is not None and upload.code == call.query.get("upload_token") else None


def _expected(upload: Upload, first: int) -> int:
    """The size of the chunk that begins there: the last one takes the rest."""
    source = upload.said["source"]
    index = first // source["chunk_size"]
    return upload.declared_bytes - first if index >= source["total_chunk_count"] - 1 else int(source["chunk_size"])


def _refuse(status: int, message: str, headers: dict[str, str] | None = None) -> Refusal:
    return Refusal(json_answer({"error": {"code": str(status), "message": message}}, status, headers))


ROUTES = (Route.of("tiktok", "PUT", r"/video/", name_operation, receive),)
