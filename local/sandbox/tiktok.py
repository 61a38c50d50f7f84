"""TikTok's Content Posting API: the creator's rules, init, status; and what the account shows.

https://developers.tiktok.com/doc/content-posting-api-reference-direct-post
Decisions where the reference is unsure: 15 direct posts per creator in 24 hours; branded content with SELF_ONLY is ``invalid_params``; an upload whose
address ended before all bytes were there is FAILED with ``internal``; the list of videos holds public ones only; publish ids of pulls and drafts are
written as remembered [M]. An address for PULL_FROM_URL may be ``http`` here, where its prefix is set as verified.
"""

from __future__ import annotations

import math
import re
from typing import Any

from local.sandbox.exchange import Answer, Call
from local.sandbox.grounds import DAY_SECONDS, Grounds, new_digits, new_secret, read_bearer
from local.sandbox.records import Account, Token, Upload
from local.sandbox.routes import Route
from local.sandbox.tiktok_errors import check_token, count_call, find_creator, refuse, tiktok_answer
from local.sandbox.tiktok_login import give_token, name_operation, revoke

MB = 1_000_000
MIN_CHUNK_BYTES, MAX_CHUNK_BYTES, MAX_LAST_BYTES = 5 * MB, 64 * 1024 * 1024, 128 * 1024 * 1024
MAX_VIDEO_BYTES = 4 * 1024**3
MAX_CHUNKS = 1000
ADDRESS_SECONDS = 3_600
INITS, STATUSES, CREATOR_INFOS = 6, 30, 20  # per minute and token
PENDING_SHARES = 5
UNAUDITED_USERS = 5
TITLE_UNITS = 2200


def read_user(grounds: Grounds, call: Call, _: re.Match[str]) -> Answer:
    """``/v2/user/info/?fields=``."""
    token = check_token(grounds, call, "user.info.basic")
    creator = find_creator(grounds, token)
    known = {
        "open_id": creator.key,
        "union_id": f"u{creator.key}",
        "avatar_url": f"{call.origin}/_control/picture/{creator.key}",
        "display_name": creator.name,
        "username": creator.username,
    }
    fields = call.list_query("fields")
    if not fields or set(fields) - set(known):
        raise refuse("invalid_params", "fields is required; a field is unknown.")
    if "username" in fields and "user.info.profile" not in token.scopes:
        raise refuse("scope_not_authorized", "username needs user.info.profile.")
    return tiktok_answer({"user": {name: known[name] for name in fields}})


def read_creator(grounds: Grounds, call: Call, _: re.Match[str]) -> Answer:
    """``creator_info/query/``: has to be asked before each direct post."""
    token = check_token(grounds, call, "video.publish")
    count_call(grounds, "creator_info", token, CREATOR_INFOS, call.now)
    creator = find_creator(grounds, token)
    return tiktok_answer(
        {
            "creator_avatar_url": f"{call.origin}/_control/picture/{creator.key}",
            "creator_username": creator.username,
            "creator_nickname": creator.name,
            "privacy_level_options": privacy_options(creator),
            "comment_disabled": bool(creator.traits.get("comment_disabled")),
            "duet_disabled": bool(creator.traits.get("duet_disabled")),
            "stitch_disabled": bool(creator.traits.get("stitch_disabled")),
            "max_video_post_duration_sec": creator.traits.get("max_seconds", 600),
        }
    )


def privacy_options(creator: Account) -> list[str]:
    """A private account has followers where a public one has everyone."""
    first = "FOLLOWER_OF_CREATOR" if creator.traits.get("is_private") else "PUBLIC_TO_EVERYONE"
    return [first, "MUTUAL_FOLLOW_FRIENDS", "SELF_ONLY"]


def begin_direct(grounds: Grounds, call: Call, _: re.Match[str]) -> Answer:
    """``video/init/``: the video is posted when its last byte is there."""
    token = check_token(grounds, call, "video.publish")
    count_call(grounds, "init", token, INITS, call.now)
    creator = find_creator(grounds, token)
    info = call.document.get("post_info")
    if not isinstance(info, dict):
        raise refuse("invalid_params", "post_info is required.")
    _check_info(grounds, creator, info, call.now)
    return _begin(grounds, call, token, creator, info, "direct")


def begin_inbox(grounds: Grounds, call: Call, _: re.Match[str]) -> Answer:
    """``inbox/video/init/``: a draft, which the creator finishes in the app."""
    token = check_token(grounds, call, "video.upload")
    count_call(grounds, "init", token, INITS, call.now)
    creator = find_creator(grounds, token)
    waiting = [upload for upload in grounds.uploads_of(creator.key) if upload.kind == "inbox" and upload.created_at > call.now - DAY_SECONDS]
    if len(waiting) >= PENDING_SHARES:
        raise refuse("spam_risk_too_many_pending_share", "There are five drafts of the last 24 hours in the inbox.")
    return _begin(grounds, call, token, creator, {}, "inbox")


def read_status(grounds: Grounds, call: Call, _: re.Match[str]) -> Answer:
    """``status/fetch/``. ``publicaly_available_post_id`` is the vendor's spelling; it comes for public posts only, after moderation."""
    token, reason = grounds.find_token(read_bearer(call.headers), "tiktok", call.now)
    if token is None or reason or token.kind != "access":
        raise refuse("access_token_invalid")
    count_call(grounds, "status", token, STATUSES, call.now)
    upload = grounds.store.find(Upload, str(call.document.get("publish_id", "")))
    if upload is None or upload.vendor != "tiktok":
        raise refuse("invalid_publish_id", "The publish_id does not exist.")
    if upload.account not in token.accounts:
        raise refuse("token_not_authorized_for_specified_publish_id")
    status, problem = settle(grounds, upload, call.now)
    data: dict[str, Any] = {"status": status, "uploaded_bytes": 0 if upload.url else grounds.files.size(upload.key)}
    if upload.url:
        data["downloaded_bytes"] = grounds.files.size(upload.key)
    if problem:
        data["fail_reason"] = problem
    if is_public(upload) and upload.published_at is not None and call.now >= upload.published_at + grounds.settings.moderation_seconds:
        data["publicaly_available_post_id"] = [int(upload.external_id)]
    return tiktok_answer(data)


def settle(grounds: Grounds, upload: Upload, now: float) -> tuple[str, str]:
    """The status that time has made of it, and why it failed."""
    if upload.published_at is not None:
        return "PUBLISH_COMPLETE", ""
    phase = grounds.phase(upload, now)
    if phase == "uploading":
        return ("FAILED", "internal") if now > upload.created_at + ADDRESS_SECONDS else ("PROCESSING_UPLOAD", "")
    if phase == "processing":
        return "PROCESSING_DOWNLOAD" if upload.url and upload.completed_at is None else "PROCESSING_UPLOAD", ""
    if phase == "failed":
        return "FAILED", {"fetch": "video_pull_failed", "broken": "internal"}.get(upload.problem, upload.problem)
    if upload.kind == "inbox":
        return "SEND_TO_USER_INBOX", ""
    upload.published_at, upload.external_id = grounds.ready_at(upload), new_digits("75", 19)
    grounds.store.put(upload)
    return "PUBLISH_COMPLETE", ""


def is_public(upload: Upload) -> bool:
    """Whether everyone may see it."""
    return bool(upload.said.get("privacy_level") == "PUBLIC_TO_EVERYONE")


def list_videos(grounds: Grounds, call: Call, _: re.Match[str]) -> Answer:
    """``/v2/video/list/?fields=``: the newest public videos."""
    creator = find_creator(grounds, check_token(grounds, call, "video.list"))
    found = [upload for upload in _posted(grounds, creator, call.now) if is_public(upload)]
    count = max(1, min(int(call.document.get("max_count", 10)), 20))
    before = float(call.document.get("cursor") or math.inf)
    shown = [upload for upload in found if int((upload.published_at or 0) * 1000) < before]
    cursor = int((shown[:count][-1].published_at or 0) * 1000) if shown else 0
    videos = [_show_video(grounds, call, creator, upload) for upload in shown[:count]]
    return tiktok_answer({"videos": videos, "cursor": cursor, "has_more": len(shown) > count})


def query_videos(grounds: Grounds, call: Call, _: re.Match[str]) -> Answer:
    """``/v2/video/query/?fields=`` with ``filters.video_ids`` [M]: up to twenty own videos with their counts."""
    creator = find_creator(grounds, check_token(grounds, call, "video.list"))
    ids = [str(key) for key in (call.document.get("filters") or {}).get("video_ids", [])]
    if not 1 <= len(ids) <= 20:
        raise refuse("invalid_params", "video_ids takes 1 to 20 ids.")
    found = [upload for upload in _posted(grounds, creator, call.now) if upload.external_id in ids and is_public(upload)]
    return tiktok_answer({"videos": [_show_video(grounds, call, creator, upload) for upload in found], "has_more": False})


def name_status_operation(grounds: Grounds, call: Call, _: re.Match[str]) -> str:
    """Before the last byte it is a check, afterwards a look."""
    upload = grounds.store.find(Upload, str(call.document.get("publish_id", "")))
    return "look" if upload is not None and (upload.completed_at is not None or upload.url) else "check"


def _check_info(grounds: Grounds, creator: Account, info: dict[str, Any], now: float) -> None:
    """Raises Refusal."""
    level, settings = info.get("privacy_level"), grounds.settings
    if len(str(info.get("title", "")).encode("utf-16-le")) // 2 > TITLE_UNITS:
        raise refuse("invalid_params", "The title is longer than 2200 UTF-16 units.")
    if not level:
        raise refuse("invalid_params", "privacy_level is required.")
    if level not in privacy_options(creator):
        raise refuse("privacy_level_option_mismatch", "privacy_level is not one of creator_info's options.")
    if info.get("brand_content_toggle") and level == "SELF_ONLY":
        raise refuse("invalid_params", "Branded content cannot be private.")
    if not settings.is_app_audited:
        if level != "SELF_ONLY" or not creator.traits.get("is_private"):
            raise refuse("unaudited_client_can_only_post_to_private_accounts")
        users = {upload.account for upload in grounds.store.all(Upload) if upload.vendor == "tiktok" and upload.created_at > now - DAY_SECONDS}
        if len(users | {creator.key}) > UNAUDITED_USERS:
            raise refuse("reached_active_user_cap")
    day = [upload for upload in grounds.uploads_of(creator.key) if upload.kind == "direct" and (upload.completed_at or 0) > now - DAY_SECONDS]
    if len(day) >= settings.tiktok_posts:
        raise refuse("spam_risk_too_many_posts", "The daily post cap from the API is reached for the current user.")


def _begin(grounds: Grounds, call: Call, token: Token, creator: Account, info: dict[str, Any], kind: str) -> Answer:
    source = call.document.get("source_info")
    if not isinstance(source, dict):
        raise refuse("invalid_params", "source_info is required.")
    is_pull = source.get("source") == "PULL_FROM_URL"
    middle = "inbox_file" if kind == "inbox" else "pub_url" if is_pull else "pub_file"
    upload = Upload(f"v_{middle}~v2-1.{new_digits('75', 19)}", "tiktok", creator.key, token.client_id, call.now, kind=kind)
    upload.said = {**info, "source": dict(source), "max_seconds": creator.traits.get("max_seconds", 600)}
    if is_pull:
        upload.url = _check_address(grounds, str(source.get("video_url", "")))
        grounds.store.put(upload)
        return tiktok_answer({"publish_id": upload.key})
    _check_chunks(source)
    upload.declared_bytes = source["video_size"]
    upload.code = new_secret()
    grounds.store.put(upload)
    number = upload.key.rpartition(".")[2]
    return tiktok_answer({"publish_id": upload.key, "upload_url": f"{call.origin}/tiktok-upload/video/?upload_id={number}&upload_token={upload.code}"})


def _check_chunks(source: dict[str, Any]) -> None:
    """``total_chunk_count`` is the size divided by the chunk's, rounded down; the last chunk takes the rest. Raises Refusal."""
    size, chunk, count = (source.get(name) for name in ("video_size", "chunk_size", "total_chunk_count"))
    if source.get("source") != "FILE_UPLOAD" or not all(isinstance(value, int) and value > 0 for value in (size, chunk, count)):
        raise refuse("invalid_params", "source_info needs source, video_size, chunk_size and total_chunk_count.")
    assert isinstance(size, int) and isinstance(chunk, int)  # noqa: S101, PT018
    is_one_small = size < MIN_CHUNK_BYTES and chunk == size
    fits = size <= MAX_VIDEO_BYTES and (is_one_small or (MIN_CHUNK_BYTES <= chunk <= MAX_CHUNK_BYTES and chunk <= size))
    if not fits or count != size // chunk or not 1 <= count <= MAX_CHUNKS or size - (count - 1) * chunk > MAX_LAST_BYTES:
        raise refuse("invalid_params", "The chunk size or the total chunk count is invalid.")


def _check_address(grounds: Grounds, address: str) -> str:
    prefixes = grounds.settings.verified_prefixes
    if not any(address.startswith(prefix) for prefix in prefixes):
        raise refuse("url_ownership_unverified", "The domain or prefix of the address is not verified.")
    return address


def _posted(grounds: Grounds, creator: Account, now: float) -> list[Upload]:
    """Newest first."""
    for upload in grounds.uploads_of(creator.key):
        settle(grounds, upload, now)
    found = [upload for upload in grounds.uploads_of(creator.key) if upload.published_at is not None and not upload.ended]
    return sorted(found, key=lambda upload: upload.published_at or 0, reverse=True)


def _show_video(grounds: Grounds, call: Call, creator: Account, upload: Upload) -> dict[str, Any]:
    counts, facts = grounds.counts(upload, call.now), upload.facts or {}
    known = {
        "id": upload.external_id,
        "title": upload.said.get("title", ""),
        "video_description": upload.said.get("title", ""),
        "create_time": int(upload.published_at or 0),
        "share_url": f"{call.origin}/tiktok/@{creator.username}/video/{upload.external_id}",
        "cover_image_url": f"{call.origin}/_control/cover/{upload.key}",
        "duration": round(facts.get("seconds", 0)),
        "height": facts.get("height", 0),
        "width": facts.get("width", 0),
        "like_count": counts.likes,
        "comment_count": counts.comments,
        "share_count": counts.shares,
        "view_count": counts.views,
    }
    fields = call.list_query("fields")
    if not fields or set(fields) - set(known):
        raise refuse("invalid_params", "fields is required; a field is unknown.")
    return {name: known[name] for name in fields}


_POST = r"/v2/post/publish"
ROUTES = (
    Route.of("tiktok", "POST", r"/v2/oauth/token/", name_operation, give_token),
    Route.of("tiktok", "POST", r"/v2/oauth/revoke/", "revoke", revoke),
    Route.of("tiktok", "GET", r"/v2/user/info/", "account", read_user),
    Route.of("tiktok", "POST", rf"{_POST}/creator_info/query/", "options", read_creator),
    Route.of("tiktok", "POST", rf"{_POST}/video/init/", "open", begin_direct),
    Route.of("tiktok", "POST", rf"{_POST}/inbox/video/init/", "open", begin_inbox),
    Route.of("tiktok", "POST", rf"{_POST}/status/fetch/", name_status_operation, read_status),
    Route.of("tiktok", "POST", r"/v2/video/list/", "list", list_videos),
    Route.of("tiktok", "POST", r"/v2/video/query/", "metrics", query_videos),
)
