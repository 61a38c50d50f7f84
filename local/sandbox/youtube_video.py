"""A YouTube video as the API shows it, and what may be written to its parts.

Decisions where the reference is unsure: a schedule (``publishAt``) makes a private video public by itself at its time; a privacy status that is left
out of a written status is public again; a title is needed in a written snippet, a category too when it is an update [V for the last two].
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any
from zlib import crc32

from local.sandbox.exchange import Call
from local.sandbox.grounds import Grounds
from local.sandbox.records import Account, Upload
from local.sandbox.youtube_errors import refuse

PRIVACY = frozenset({"public", "unlisted", "private"})
WRITABLE = {
    "snippet": ("title", "description", "tags", "categoryId", "defaultLanguage", "defaultAudioLanguage"),
    "status": ("privacyStatus", "publishAt", "license", "embeddable", "publicStatsViewable", "selfDeclaredMadeForKids", "containsSyntheticMedia"),
}
DEFAULTS: dict[str, dict[str, Any]] = {
    "snippet": {"title": "unknown", "description": "", "categoryId": "22"},
    "status": {"privacyStatus": "public", "license": "youtube", "embeddable": True, "publicStatsViewable": True},
}
_FAILURES = frozenset({"conversion", "invalidFile", "emptyFile", "tooSmall", "codec", "uploadAborted"})
_THUMBNAILS = {"default": (120, 90), "medium": (320, 180), "high": (480, 360), "shortsAspectRatio": (1080, 1920)}


def check_parts(document: Mapping[str, Any], parts: list[str], *, is_update: bool) -> dict[str, dict[str, Any]]:
    """The writable fields of the named parts, whole: what is left out has its default again. Raises Refusal."""
    kept: dict[str, dict[str, Any]] = {}
    for part in parts:
        if part not in WRITABLE:
            continue
        sent = document.get(part) or {}
        if not isinstance(sent, Mapping):
            raise refuse("invalidVideoMetadata", f"{part} has to be an object.")
        kept[part] = {**DEFAULTS[part], **{name: sent[name] for name in WRITABLE[part] if sent.get(name) is not None}}
        if part == "snippet":
            _check_snippet(sent, kept[part], is_update=is_update)
        elif kept[part]["privacyStatus"] not in PRIVACY:
            raise refuse("invalidVideoMetadata", "The privacy status is unknown.")
    return kept


def _check_snippet(sent: Mapping[str, Any], snippet: Mapping[str, Any], *, is_update: bool) -> None:
    title, description = str(snippet["title"]), str(snippet["description"])
    if (is_update and not sent.get("title")) or not 1 <= len(title) <= 100 or "<" in title or ">" in title or not title.strip():
        raise refuse("invalidTitle", "The request metadata specifies an invalid or empty video title.")
    if len(description.encode()) > 5000 or "<" in description or ">" in description:
        raise refuse("invalidDescription", "The request metadata specifies an invalid video description.")
    tags = snippet.get("tags") or []
    if sum(len(tag) + (2 if " " in tag else 0) for tag in tags) + max(len(tags) - 1, 0) > 500 or any("<" in tag or ">" in tag for tag in tags):
        raise refuse("invalidTags", "The request metadata specifies invalid video keywords.")
    if (is_update and not sent.get("categoryId")) or not str(snippet["categoryId"]).isdigit():
        raise refuse("invalidCategoryId", "The snippet.categoryId property specifies an invalid category ID.")


def check_schedule(status: dict[str, Any], now: float, *, was_public: bool) -> None:
    """``publishAt`` needs a private video that never was public; a time that is over publishes at once. Raises Refusal."""
    if not (text := status.get("publishAt")):
        return
    if status["privacyStatus"] != "private" or was_public:
        raise refuse("invalidPublishAt", "The request metadata specifies an invalid scheduled publishing time.")
    if read_time(str(text)) <= now:
        status["privacyStatus"] = "public"
        del status["publishAt"]


def settle(grounds: Grounds, upload: Upload, now: float) -> None:
    """What time has made of it: a schedule that has come, the moment from which it is to be seen."""
    status = upload.said["status"]
    if (text := status.get("publishAt")) and read_time(text) <= now:
        status["privacyStatus"] = "public"
        del status["publishAt"]
        upload.published_at = upload.published_at or read_time(text)
        grounds.store.put(upload)
    if upload.published_at is None and status["privacyStatus"] != "private" and grounds.phase(upload, now) == "ready":
        upload.published_at = max(grounds.ready_at(upload), upload.said.get("written_at", 0.0))
        grounds.store.put(upload)


def show_video(grounds: Grounds, call: Call, channel: Account, upload: Upload, parts: list[str]) -> dict[str, Any]:
    """The Video resource with these parts."""
    settle(grounds, upload, call.now)
    makers: dict[str, Callable[[], dict[str, Any]]] = {
        "snippet": lambda: _show_snippet(call, channel, upload),
        "status": lambda: _show_status(grounds, upload, call.now),
        "processingDetails": lambda: _show_processing(grounds, upload, call.now),
        "contentDetails": lambda: _show_content(upload),
        "statistics": lambda: show_statistics(grounds, upload, call.now),
        "suggestions": lambda: {"processingErrors": ["notAVideoFile"]} if upload.problem == "invalidFile" else {},
        "player": lambda: {"embedHtml": ""},
    }
    video: dict[str, Any] = {"kind": "youtube#video", "etag": f"e{upload.changes}-{upload.external_id}", "id": upload.external_id}
    for part in parts:
        if part not in makers and part not in {"id", "fileDetails", "recordingDetails", "localizations", "topicDetails", "paidProductPlacementDetails"}:
            raise refuse("unknownPart", f"'{part}'")
        if part in makers:
            video[part] = makers[part]()
    return video


def show_statistics(grounds: Grounds, upload: Upload, now: float) -> dict[str, str]:
    """Counts; numbers of 64 bits are strings in JSON."""
    counts = grounds.counts(upload, now)
    said = len(grounds.store.comments_of(upload.key))
    return {"viewCount": str(counts.views), "likeCount": str(counts.likes), "favoriteCount": "0", "commentCount": str(counts.comments + said)}


def read_time(text: str) -> float:
    """RFC 3339 in seconds since 1970. Raises Refusal."""
    try:
        found = datetime.fromisoformat(text.replace("Z", "+00:00"))
    except ValueError:
        raise refuse("invalidPublishAt", "publishAt is no RFC 3339 time.") from None
    return (found if found.tzinfo else found.replace(tzinfo=UTC)).timestamp()


def write_time(at: float) -> str:
    """RFC 3339, in UTC."""
    return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _show_snippet(call: Call, channel: Account, upload: Upload) -> dict[str, Any]:
    address = f"{call.origin}/_control/cover/{upload.key}"
    return {
        "publishedAt": write_time(upload.completed_at or upload.created_at),
        "channelId": channel.key,
        "channelTitle": channel.name,
        **upload.said["snippet"],
        "thumbnails": {name: {"url": address, "width": width, "height": height} for name, (width, height) in _THUMBNAILS.items()},
        "liveBroadcastContent": "none",
    }


def _show_status(grounds: Grounds, upload: Upload, now: float) -> dict[str, Any]:
    phase = grounds.phase(upload, now)
    status = {**upload.said["status"], "madeForKids": bool(upload.said["status"].get("selfDeclaredMadeForKids", False))}
    problem = upload.problem.removeprefix("rejected:")
    if phase == "ready":
        return {"uploadStatus": "processed", **status}
    if phase != "failed":
        return {"uploadStatus": "uploaded", **status}
    if upload.problem.startswith("rejected:"):
        return {"uploadStatus": "rejected", "rejectionReason": problem, **status}
    return {"uploadStatus": "failed", "failureReason": problem if problem in _FAILURES else "conversion", **status}


def _show_processing(grounds: Grounds, upload: Upload, now: float) -> dict[str, Any]:
    phase = grounds.phase(upload, now)
    if phase == "failed" and not upload.problem.startswith("rejected:"):
        return {"processingStatus": "failed", "processingFailureReason": "transcodeFailed"}
    if phase in {"ready", "failed"}:
        return {
            "processingStatus": "succeeded" if phase == "ready" else "terminated",
            "thumbnailsAvailability": "available",
            "fileDetailsAvailability": "available",
        }
    left = max(0, int((grounds.ready_at(upload) - now) * 1000))
    return {"processingStatus": "processing", "processingProgress": {"partsTotal": "100", "partsProcessed": "40", "timeLeftMs": str(left)}}


def _show_content(upload: Upload) -> dict[str, Any]:
    facts = upload.facts or {}
    seconds = round(facts.get("seconds", 0))
    return {
        "duration": f"PT{seconds // 60}M{seconds % 60}S" if seconds >= 60 else f"PT{seconds}S",
        "dimension": "2d",
        "definition": "hd" if facts.get("height", 0) >= 720 else "sd",
        "caption": "false",
        "licensedContent": False,
        "projection": "rectangular",
        "hasCustomThumbnail": upload.has_cover,
    }


def envelope(kind: str, items: list[dict[str, Any]], **more: Any) -> dict[str, Any]:
    """A list's envelope."""
    info = {"totalResults": len(items), "resultsPerPage": len(items)}
    return {"kind": f"youtube#{kind}", "etag": format(crc32(json.dumps(items, default=str).encode()), "x"), "items": items, "pageInfo": info, **more}
