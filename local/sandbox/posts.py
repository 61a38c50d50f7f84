"""What stands on the invented accounts now, in one shape for all platforms: for the web page, the tests and the bench."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from local.sandbox import facebook, tiktok, youtube_video
from local.sandbox.grounds import Grounds, is_true
from local.sandbox.metrics import Counts
from local.sandbox.records import Account, Upload


@dataclass(frozen=True)
class SandboxPost:
    """One post that is there. ``is_visible``: whether others see it. ``address``: its page, without the origin; ``state``: what it waits for."""

    platform: str
    account: str
    username: str
    key: str
    external_id: str
    title: str
    caption: str
    privacy: str
    is_ai_generated: bool
    has_cover: bool
    at: float
    address: str
    is_visible: bool
    state: str
    counts: Counts
    comments: tuple[str, ...]


def list_posts(grounds: Grounds, now: float) -> list[SandboxPost]:
    """Everything that was posted, newest first. Containers and uploads that became nothing are no posts; drafts and scheduled ones say so."""
    found = []
    for upload in grounds.store.all(Upload):
        account = grounds.store.find(Account, upload.account)
        if not upload.ended and account is not None and (words := _READERS[upload.vendor](grounds, upload, account, now)) is not None:
            found.append(_post(grounds, upload, account, words, now))
    return sorted(found, key=lambda post: post.at, reverse=True)


def _post(grounds: Grounds, upload: Upload, account: Account, words: dict[str, Any], now: float) -> SandboxPost:
    said = tuple(comment.text for comment in grounds.store.comments_of(upload.key))
    return SandboxPost(
        platform=upload.vendor,
        account=account.key,
        username=account.username,
        key=upload.key,
        has_cover=upload.has_cover,
        at=upload.published_at or upload.completed_at or upload.created_at,
        counts=grounds.counts(upload, now),
        comments=said,
        **words,
    )


def _instagram(grounds: Grounds, upload: Upload, account: Account, now: float) -> dict[str, Any] | None:
    if upload.published_at is None:
        return None
    return {
        "external_id": upload.external_id,
        "title": "",
        "caption": upload.said.get("caption", ""),
        "privacy": "public",
        "is_ai_generated": is_true(upload.said.get("is_ai_generated", "")),
        "address": f"/instagram-www/reel/{upload.code}/",
        "is_visible": True,
        "state": "",
    }


def _facebook(grounds: Grounds, upload: Upload, account: Account, now: float) -> dict[str, Any] | None:
    facebook.settle(grounds, upload, now)
    if not upload.said:
        return None
    state = "" if upload.published_at is not None else grounds.phase(upload, now).replace("ready", upload.said["video_state"].lower())
    return {
        "external_id": upload.key,
        "title": upload.said.get("title", ""),
        "caption": upload.said.get("description", ""),
        "privacy": "public",
        "is_ai_generated": is_true(upload.said.get("is_ai_generated", "")),
        "address": f"/facebook/reel/{upload.key}/",
        "is_visible": upload.published_at is not None,
        "state": state,
    }


def _youtube(grounds: Grounds, upload: Upload, account: Account, now: float) -> dict[str, Any] | None:
    if upload.completed_at is None:
        return None
    youtube_video.settle(grounds, upload, now)
    status, phase = upload.said["status"], grounds.phase(upload, now)
    state = f"scheduled for {status['publishAt']}" if status.get("publishAt") else "" if phase == "ready" else phase
    return {
        "external_id": upload.external_id,
        "title": upload.said["snippet"]["title"],
        "caption": upload.said["snippet"].get("description", ""),
        "privacy": status["privacyStatus"],
        "is_ai_generated": bool(status.get("containsSyntheticMedia")),
        "address": f"/youtube/shorts/{upload.external_id}",
        "is_visible": phase == "ready" and status["privacyStatus"] != "private",
        "state": state,
    }


def _tiktok(grounds: Grounds, upload: Upload, account: Account, now: float) -> dict[str, Any] | None:
    if upload.completed_at is None:
        return None
    status, problem = tiktok.settle(grounds, upload, now)
    is_posted = upload.published_at is not None
    name = upload.external_id if is_posted else upload.key
    return {
        "external_id": upload.external_id,
        "title": "",
        "caption": upload.said.get("title", ""),
        "privacy": upload.said.get("privacy_level", "SELF_ONLY").lower().replace("_", " "),
        "is_ai_generated": bool(upload.said.get("is_aigc")),
        "address": f"/tiktok/@{account.username}/video/{name}",
        "is_visible": is_posted and upload.said.get("privacy_level") != "SELF_ONLY",
        "state": "" if is_posted else problem or status.lower().replace("_", " "),
    }


_READERS: Mapping[str, Callable[[Grounds, Upload, Account, float], dict[str, Any] | None]] = {
    "instagram": _instagram,
    "facebook": _facebook,
    "youtube": _youtube,
    "tiktok": _tiktok,
}
