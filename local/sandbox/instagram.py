"""Instagram's reels: container, status, the publishing call, what the account shows. Both hosts of Graph serve it.

Decisions where the reference is unsure: 50 posts in 24 hours (a setting), at most 3 collaborators; resumable upload only with Facebook Login; a
container that is published a second time answers 24/2207008 and makes no second post; a 401st container in a day answers 9/2207042.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from functools import partial
from typing import Any

from local.sandbox.exchange import Answer, Call, json_answer
from local.sandbox.graph_fields import choose_fields, page_of
from local.sandbox.grounds import DAY_SECONDS, Grounds, is_true, new_digits, new_word
from local.sandbox.meta_errors import refuse
from local.sandbox.meta_tokens import INSTAGRAM_LOGIN, Caller
from local.sandbox.records import Account, Comment, Upload

MAX_CAPTION = 2200
MAX_MENTIONS, MAX_HASHTAGS, MAX_COLLABORATORS, MAX_COMMENTS = 20, 30, 3, 50
INSIGHTS = ("views", "reach", "likes", "comments", "shares", "saved", "total_interactions")
_READ = ("instagram_business_basic", "instagram_basic")
_PUBLISH = ("instagram_business_content_publish", "instagram_content_publish")
_INSIGHTS = ("instagram_business_manage_insights", "instagram_manage_insights")
_COMMENTS = ("instagram_business_manage_comments", "instagram_manage_comments")


def read_account(grounds: Grounds, call: Call, caller: Caller, account: Account) -> Answer:
    """The profile. Asking for an unknown field fails the whole call."""
    need(caller, _READ)
    known = {
        "id": lambda: account.key,
        "user_id": lambda: account.key,
        "username": lambda: account.username,
        "name": lambda: account.name,
        "account_type": lambda: account.traits.get("account_type", "BUSINESS"),
        "profile_picture_url": lambda: f"{call.origin}/_control/picture/{account.key}",
        "followers_count": lambda: account.traits.get("followers", 0),
        "follows_count": lambda: 12,
        "media_count": lambda: len(_published(grounds, account)),
        "biography": lambda: "",
    }
    return json_answer(choose_fields(call.params.get("fields", ""), known, "IGUser"))


def create_container(grounds: Grounds, call: Call, caller: Caller, account: Account) -> Answer:
    """``POST /{ig}/media``."""
    need(caller, _READ)
    need(caller, _PUBLISH)
    if caller.login != INSTAGRAM_LOGIN:
        need(caller, ("pages_read_engagement",))
    said = call.params
    check_container(said, caller.login)
    day = [upload for upload in grounds.uploads_of(account.key) if upload.created_at > call.now - DAY_SECONDS]
    if len(day) >= grounds.settings.instagram_containers:
        raise refuse("9/2207042")
    kept = {name: value for name, value in said.items() if name != "access_token"}
    upload = Upload(new_digits("1789"), "instagram", account.key, caller.token.client_id, call.now, url=said.get("video_url", ""), said=kept)
    grounds.store.put(upload)
    answer = {"id": upload.key}
    if said.get("upload_type") == "resumable":
        upload.kind = "resumable"
        answer["uri"] = f"{call.origin}/rupload/ig-api-upload/{version_of(call)}/{upload.key}"
    return json_answer(answer)


def check_container(said: dict[str, str], login: str) -> None:
    """Raises Refusal."""
    if said.get("media_type") not in {"REELS", "STORIES", "VIDEO", "CAROUSEL", "IMAGE"}:
        raise refuse("100/2207023")
    if said["media_type"] != "REELS":
        raise refuse("100", "(#100) This stand-in takes reels only: media_type=REELS")
    is_resumable = said.get("upload_type") == "resumable"
    if is_resumable == bool(said.get("video_url")):
        raise refuse("100", "(#100) The parameter video_url is required, or upload_type=resumable in its place")
    if is_resumable and login == INSTAGRAM_LOGIN:
        raise refuse("100", "(#100) upload_type=resumable is served on graph.facebook.com only")
    if is_resumable is False and not said["video_url"].isascii():
        raise refuse("9004/2207052")
    caption = said.get("caption", "")
    if len(caption) > MAX_CAPTION:
        raise refuse("36004/2207010")
    if len(re.findall(r"(?<!\w)@\w", caption)) > MAX_MENTIONS or len(re.findall(r"#\w", caption)) > MAX_HASHTAGS:
        raise refuse("100/2207040")
    if _is_negative(said.get("thumb_offset", "0")):
        raise refuse("1/2207057")
    if len([name for name in re.split(r"[\[\]\",\s]+", said.get("collaborators", "")) if name]) > MAX_COLLABORATORS:
        raise refuse("100", "(#100) At most 3 collaborators can be invited")


def read_container(grounds: Grounds, call: Call, caller: Caller, upload: Upload) -> Answer:
    """Status of a container. ``status`` is free text."""
    code, text = container_status(grounds, upload, call.now)
    phases = {"uploading_phase": {"status": "complete" if upload.completed_at else "in_progress", "bytes_transferred": grounds.files.size(upload.key)}}
    known = {
        "id": lambda: upload.key,
        "status_code": lambda: code,
        "status": lambda: text,
        "video_status": lambda: phases,
        "copyright_check_status": lambda: {"status": "completed", "matches_found": False},
    }
    return json_answer(choose_fields(call.params.get("fields", ""), known, "IGContainer"))


def container_status(grounds: Grounds, upload: Upload, now: float) -> tuple[str, str]:
    """Its code and its text."""
    if upload.published_at is not None:
        return "PUBLISHED", "Published: Media has been published."
    if now >= upload.created_at + DAY_SECONDS:
        return "EXPIRED", "Expired: The container was not published within 24 hours."
    phase = grounds.phase(upload, now)
    if phase == "failed":
        code = {"fetch": "2207052", "broken": "2207085"}.get(upload.problem, upload.problem)
        return "ERROR", f"Error: Media upload has failed with error code {code}"
    if phase == "ready":
        return "FINISHED", "Finished: Media has been uploaded and it is ready to be published."
    return "IN_PROGRESS", "In Progress: Media is still being processed."


def publish(grounds: Grounds, call: Call, caller: Caller, account: Account) -> Answer:
    """``POST /{ig}/media_publish``: the one call that makes it visible."""
    need(caller, _PUBLISH)
    upload = grounds.store.find(Upload, call.params.get("creation_id", ""))
    if upload is None or upload.vendor != "instagram" or upload.account != account.key:
        raise refuse("24/2207006")
    status, _ = container_status(grounds, upload, call.now)
    if status != "FINISHED":
        raise refuse({"PUBLISHED": "24/2207008", "EXPIRED": "-2/2207020", "ERROR": "-1/2207032"}.get(status, "9007/2207027"))
    if used_quota(grounds, account, call.now) >= grounds.settings.instagram_quota:
        raise refuse("9/2207042")
    upload.published_at, upload.external_id, upload.code = call.now, new_digits("1802"), new_word()
    grounds.store.put(upload)
    return json_answer({"id": upload.external_id})


def read_limit(grounds: Grounds, call: Call, caller: Caller, account: Account) -> Answer:
    """``/{ig}/content_publishing_limit``; without ``fields`` only what is used."""
    need(caller, _PUBLISH)
    known = {
        "id": lambda: account.key,
        "quota_usage": lambda: used_quota(grounds, account, call.now),
        "config": lambda: {"quota_total": grounds.settings.instagram_quota, "quota_duration": DAY_SECONDS},
    }
    shown = choose_fields(call.params.get("fields", ""), known, "IGPublishingLimit", ("quota_usage",))
    shown.pop("id")
    return json_answer({"data": [shown]})


def used_quota(grounds: Grounds, account: Account, now: float) -> int:
    """Posts in the last 24 hours; one that was deleted still counts."""
    return sum(1 for upload in grounds.uploads_of(account.key) if upload.published_at is not None and upload.published_at > now - DAY_SECONDS)


def list_media(grounds: Grounds, call: Call, caller: Caller, account: Account) -> Answer:
    """``GET /{ig}/media``, newest first."""
    need(caller, _READ)
    media = sorted(_published(grounds, account), key=lambda upload: upload.published_at or 0, reverse=True)
    shown = {upload.external_id: partial(show_media, grounds, call, upload) for upload in media}
    return json_answer(page_of(shown, call.params, f"{call.origin}{call.path}"))


def read_media(grounds: Grounds, call: Call, caller: Caller, upload: Upload) -> Answer:
    """One published reel, with the asked fields."""
    need(caller, _READ)
    return json_answer(show_media(grounds, call, upload))


def show_media(grounds: Grounds, call: Call, upload: Upload) -> dict[str, Any]:
    """A published reel. ``media_type`` reads VIDEO; that it is a reel is in ``media_product_type``."""
    counts = grounds.counts(upload, call.now)
    known = {
        "id": lambda: upload.external_id,
        "ig_id": lambda: upload.external_id,
        "caption": lambda: upload.said.get("caption") or None,
        "media_type": lambda: "VIDEO",
        "media_product_type": lambda: "REELS",
        "permalink": lambda: f"{call.origin}/instagram-www/reel/{upload.code}/",
        "shortcode": lambda: upload.code,
        "timestamp": lambda: datetime.fromtimestamp(upload.published_at or 0, UTC).strftime("%Y-%m-%dT%H:%M:%S+0000"),
        "thumbnail_url": lambda: f"{call.origin}/_control/cover/{upload.key}",
        "media_url": lambda: f"{call.origin}/_control/video/{upload.key}",
        "username": lambda: _username(grounds, upload.account),
        "like_count": lambda: counts.likes,
        "comments_count": lambda: counts.comments + len(grounds.store.comments_of(upload.key)),
        "is_shared_to_feed": lambda: is_true(upload.said.get("share_to_feed", "true")),
    }
    return choose_fields(call.params.get("fields", ""), known, "IGMedia")


def read_insights(grounds: Grounds, call: Call, caller: Caller, upload: Upload) -> Answer:
    """``/{media}/insights`` [M]: lifetime values of the asked metrics."""
    need(caller, _INSIGHTS)
    counts = grounds.counts(upload, call.now)
    values = {name: getattr(counts, name) for name in INSIGHTS[:-1]}
    values["total_interactions"] = counts.likes + counts.comments + counts.shares + counts.saved
    asked = [name for name in call.params.get("metric", "").split(",") if name]
    if not asked or set(asked) - set(values):
        raise refuse("100", f"(#100) metric[0] must be one of the following values: {', '.join(values)}")
    data = [
        {"name": name, "period": "lifetime", "values": [{"value": values[name]}], "title": name, "id": f"{upload.external_id}/insights/{name}/lifetime"}
        for name in asked
    ]
    return json_answer({"data": data})


def comment(grounds: Grounds, call: Call, caller: Caller, upload: Upload) -> Answer:
    """``POST /{media}/comments`` with ``message``: the id of the comment and nothing else.

    Whoever asks for ``fields`` has the comment written and is refused afterwards, as integrations saw it happen.
    """
    _need_comments(caller)
    text = call.params.get("message", "")
    if not text:
        raise refuse("100", "(#100) The parameter message is required")
    said = grounds.store.put(Comment(new_digits("1799"), upload.key, text, call.now, upload.account))
    if "fields" in call.params:
        raise refuse("20/1772107")
    return json_answer({"id": said.key})


def list_comments(grounds: Grounds, call: Call, caller: Caller, upload: Upload) -> Answer:
    """``GET /{media}/comments``: newest first, at most 50 at once; id, text and timestamp where no fields are asked for."""
    _need_comments(caller)
    found = {said.key: partial(_show_comment, grounds, call, said) for said in reversed(grounds.store.comments_of(upload.key))}
    limited = {**call.params, "limit": str(min(int(call.params.get("limit") or MAX_COMMENTS), MAX_COMMENTS))}
    return json_answer(page_of(found, limited, f"{call.origin}{call.path}"))


def _show_comment(grounds: Grounds, call: Call, said: Comment) -> dict[str, Any]:
    known = {
        "id": lambda: said.key,
        "text": lambda: said.text,
        "timestamp": lambda: datetime.fromtimestamp(said.at, UTC).strftime("%Y-%m-%dT%H:%M:%S+0000"),
        "username": lambda: _username(grounds, said.author),
        "from": lambda: {"id": said.author, "username": _username(grounds, said.author)},
        "like_count": lambda: 0,
        "hidden": lambda: False,
        "media": lambda: {"id": said.upload},
    }
    return choose_fields(call.params.get("fields", ""), known, "IGComment", ("id", "text", "timestamp"))


def _need_comments(caller: Caller) -> None:
    need(caller, _READ)
    need(caller, _COMMENTS)
    if caller.login != INSTAGRAM_LOGIN:
        need(caller, ("pages_read_engagement",))


def delete(grounds: Grounds, call: Call, caller: Caller, upload: Upload) -> Answer:
    """``DELETE /{media}``; only Facebook Login has the right for it."""
    need(caller, ("instagram_manage_contents",))
    upload.ended = "deleted"
    grounds.store.put(upload)
    return json_answer({"success": True, "deleted_id": upload.external_id})


def need(caller: Caller, scopes: tuple[str, ...]) -> None:
    """Raises Refusal (10, status 403) where none of the rights was granted."""
    if not any(caller.has(scope) for scope in scopes):
        raise refuse("10")


def _published(grounds: Grounds, account: Account) -> list[Upload]:
    return [upload for upload in grounds.uploads_of(account.key) if upload.published_at is not None and not upload.ended]


def _username(grounds: Grounds, key: str) -> str:
    account = grounds.store.find(Account, key)
    return account.username if account else ""


def version_of(call: Call) -> str:
    """The version in the call's path."""
    found = re.search(r"/(v\d+\.\d+)/", call.path)
    return found[1] if found else "v26.0"


def _is_negative(text: str) -> bool:
    try:
        return float(text) < 0
    except ValueError:
        return True
