"""A Facebook page's reels: start, status, finish, what the page shows.

Decisions where the reference is unsure: 3–90 s as its page lists; a schedule 10 minutes to 30 days ahead; more than 30 reels in 24 hours answer
32/1390008; ``post_id`` stands in the answer of finish; a second finish of the same video succeeds and changes nothing; ``permalink_url`` is a path
without its host [M]; insights and likes as remembered [M].
"""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from typing import Any

from local.sandbox.exchange import Answer, Call, json_answer
from local.sandbox.graph_fields import choose_fields, page_of
from local.sandbox.grounds import DAY_SECONDS, Grounds, new_digits
from local.sandbox.instagram import need, version_of
from local.sandbox.meta_errors import refuse
from local.sandbox.meta_tokens import Caller
from local.sandbox.records import Account, Comment, Upload

MIN_AHEAD_SECONDS = 600
MAX_AHEAD_SECONDS = 30 * DAY_SECONDS
INSIGHTS = ("blue_reels_play_count", "fb_reels_total_plays", "post_impressions_unique", "post_video_likes_by_reaction_type", "post_video_social_actions")


def read_page(grounds: Grounds, call: Call, caller: Caller, page: Account) -> Answer:
    """The page's profile."""
    linked = {"id": page.linked} if page.linked else None
    known = {
        "id": lambda: page.key,
        "name": lambda: page.name,
        "username": lambda: page.username,
        "category": lambda: "Creator",
        "link": lambda: f"{call.origin}/facebook-www/{page.username}",
        "fan_count": lambda: 2310,
        "followers_count": lambda: 2310,
        "instagram_business_account": lambda: linked,
        "picture": lambda: {"data": {"url": f"{call.origin}/_control/picture/{page.key}", "is_silhouette": False}},
        "access_token": lambda: caller.token.key if caller.token.kind == "page" else None,
    }
    return json_answer(choose_fields(call.params.get("fields", ""), known, "Page", ("id", "name")))


def take_phase(grounds: Grounds, call: Call, caller: Caller, page: Account) -> Answer:
    """``POST /{page}/video_reels``: start, finish or cancel. Needs the page's own token and the task CREATE_CONTENT."""
    need(caller, ("pages_manage_posts",))
    if caller.token.kind != "page" or "CREATE_CONTENT" not in page.tasks:
        raise refuse("100", "(#100) No permission to publish the video", 403)
    phase = call.params.get("upload_phase", "").lower()
    if phase == "start":
        return _start(grounds, call, caller, page)
    upload = grounds.store.find(Upload, call.params.get("video_id", ""))
    if phase not in {"finish", "cancel"} or upload is None or upload.account != page.key:
        raise refuse("100", "(#100) upload_phase must be start, finish or cancel, the last two with the video_id of this page")
    if phase == "cancel":
        upload.ended = "cancelled"
        grounds.store.put(upload)
        return json_answer({"success": True})
    return _finish(grounds, call, upload)


def _start(grounds: Grounds, call: Call, caller: Caller, page: Account) -> Answer:
    upload = grounds.store.put(Upload(new_digits("9", 16), "facebook", page.key, caller.token.client_id, call.now, kind="resumable"))
    return json_answer({"video_id": upload.key, "upload_url": f"{call.origin}/rupload/video-upload/{version_of(call)}/{upload.key}"})


def _finish(grounds: Grounds, call: Call, upload: Upload) -> Answer:
    """May be sent before processing ends; it is then published when that is over."""
    state = call.params.get("video_state", "PUBLISHED").upper()
    if state not in {"PUBLISHED", "DRAFT", "SCHEDULED"}:
        raise refuse("100", "(#100) video_state must be DRAFT, PUBLISHED or SCHEDULED")
    if upload.ended or (upload.completed_at is None and not upload.url):
        raise refuse("100", "(#100) The video has not been uploaded")
    if upload.said:
        return json_answer({"success": True, "post_id": upload.external_id})
    said = {name: value for name, value in call.params.items() if name not in {"access_token", "upload_phase", "appsecret_proof"}}
    if state == "SCHEDULED":
        ahead = _number(said.get("scheduled_publish_time")) - call.now
        if not MIN_AHEAD_SECONDS <= ahead <= MAX_AHEAD_SECONDS:
            raise refuse("100", "(#100) The specified scheduled publish time is invalid: it has to be 10 minutes to 30 days ahead")
    day = [other for other in grounds.uploads_of(upload.account) if other.said.get("finished_at", 0) > call.now - DAY_SECONDS]
    if len(day) >= grounds.settings.facebook_reels:
        raise refuse("32/1390008")
    upload.said = {**said, "video_state": state, "finished_at": call.now}
    upload.external_id = f"{upload.account}_{new_digits('1', 15)}"
    grounds.store.put(upload)
    settle(grounds, upload, call.now)
    return json_answer({"success": True, "post_id": upload.external_id})


def settle(grounds: Grounds, upload: Upload, now: float) -> None:
    """What time has made of it: published when both its processing is over and its hour has come."""
    if upload.published_at is not None or not upload.said or upload.ended or upload.said["video_state"] == "DRAFT":
        return
    if grounds.phase(upload, now) != "ready":
        return
    due = max(grounds.ready_at(upload), upload.said["finished_at"])
    if upload.said["video_state"] == "SCHEDULED":
        due = max(due, _number(upload.said["scheduled_publish_time"]))
    if now >= due:
        upload.published_at = due
        grounds.store.put(upload)


def read_video(grounds: Grounds, call: Call, caller: Caller, upload: Upload) -> Answer:
    """One reel, with the asked fields."""
    need(caller, ("pages_read_engagement", "pages_show_list"))
    return json_answer(_show(grounds, call, upload))


def list_reels(grounds: Grounds, call: Call, caller: Caller, page: Account) -> Answer:
    """``GET /{page}/video_reels`` and ``/videos``: what was finished, newest first."""
    need(caller, ("pages_read_engagement",))
    shown = {upload.key: partial(_show, grounds, call, upload) for upload in grounds.uploads_of(page.key) if upload.said and not upload.ended}
    return json_answer(page_of(shown, call.params, f"{call.origin}{call.path}"))


def _show(grounds: Grounds, call: Call, upload: Upload) -> dict[str, Any]:
    settle(grounds, upload, call.now)
    counts = grounds.counts(upload, call.now)
    said = len(grounds.store.comments_of(upload.key))
    written = datetime.fromtimestamp(upload.said.get("finished_at", upload.created_at), UTC).strftime("%Y-%m-%dT%H:%M:%S+0000")
    known = {
        "id": lambda: upload.key,
        "title": lambda: upload.said.get("title"),
        "description": lambda: upload.said.get("description"),
        "created_time": lambda: written,
        "updated_time": lambda: written,
        "length": lambda: upload.facts["seconds"] if upload.facts else None,
        "published": lambda: upload.published_at is not None,
        "post_id": lambda: upload.external_id or None,
        "permalink_url": lambda: f"/reel/{upload.key}/",
        "status": lambda: show_status(grounds, upload, call.now),
        "views": lambda: counts.views,
        "likes": lambda: {"data": [], "summary": {"total_count": counts.likes}},
        "comments": lambda: {"data": [], "summary": {"total_count": counts.comments + said, "order": "ranked", "can_comment": True}},
        "picture": lambda: f"{call.origin}/_control/cover/{upload.key}",
        "source": lambda: f"{call.origin}/_control/video/{upload.key}",
    }
    return choose_fields(call.params.get("fields", ""), known, "Video", ("id", "description", "updated_time"))


def show_status(grounds: Grounds, upload: Upload, now: float) -> dict[str, Any]:
    """The three phases. ``bytes_transfered`` is the vendor's spelling."""
    phase = grounds.phase(upload, now)
    size = grounds.files.size(upload.key)
    processing: dict[str, Any] = {"status": {"uploading": "not_started", "processing": "in_progress", "failed": "error"}.get(phase, "complete")}
    if phase == "failed":
        processing["error"] = {"message": f"The video could not be processed (error subcode {upload.problem})."}
    names = {"uploading": "uploading", "processing": "processing", "failed": "error", "ready": "ready"}
    is_over = upload.published_at is not None
    publishing: dict[str, Any] = {"status": "complete" if is_over else "error" if phase == "failed" else "not_started"}
    if upload.said:
        state = upload.said["video_state"].lower()
        publishing["publish_status"] = "published" if is_over else "error" if phase == "failed" else "draft" if state == "published" else state
        if is_over or state == "scheduled":
            publishing["publish_time"] = int(upload.published_at or _number(upload.said.get("scheduled_publish_time")))
    return {
        "video_status": names[phase],
        "uploading_phase": {
            "status": "complete" if upload.completed_at is not None else "in_progress" if size else "not_started",
            "bytes_transfered": size,
            "source_file_size": upload.declared_bytes,
        },
        "processing_phase": processing,
        "publishing_phase": publishing,
        "copyright_check_status": {"status": "complete" if phase == "ready" else "in_progress", "matches_found": False},
    }


def set_cover(grounds: Grounds, call: Call, caller: Caller, upload: Upload) -> Answer:
    """``POST /{video}/thumbnails`` with the picture as ``source`` [M]."""
    need(caller, ("pages_manage_posts",))
    picture = call.files.get("source", b"")
    if not picture.startswith((b"\xff\xd8", b"\x89PNG")):
        raise refuse("100/1366046", "(#100) The photo could not be used")
    grounds.files.replace(f"{upload.key}.cover", picture)
    upload.has_cover = True
    grounds.store.put(upload)
    return json_answer({"success": True})


def read_insights(grounds: Grounds, call: Call, caller: Caller, upload: Upload) -> Answer:
    """``/{video}/video_insights`` [M]."""
    need(caller, ("read_insights",))
    counts = grounds.counts(upload, call.now)
    values: dict[str, Any] = dict(
        zip(
            INSIGHTS,
            (counts.views, counts.views, counts.reach, {"REACTION_LIKE": counts.likes}, {"COMMENT": counts.comments, "SHARE": counts.shares}),
            strict=True,
        )
    )
    asked = [name for name in call.params.get("metric", "").split(",") if name] or list(values)
    if set(asked) - set(values):
        raise refuse("100", f"(#100) The value must be a valid insights metric: {', '.join(values)}")
    return json_answer({"data": [{"name": name, "period": "lifetime", "values": [{"value": values[name]}], "id": f"{upload.key}/{name}"} for name in asked]})


def comment(grounds: Grounds, call: Call, caller: Caller, upload: Upload) -> Answer:
    """``POST /{video}/comments`` with ``message``: the page's own words, which need its token and the task MODERATE."""
    need(caller, ("pages_manage_engagement",))
    need(caller, ("pages_read_engagement",))
    page = grounds.store.find(Account, upload.account)
    if caller.token.kind != "page" or page is None or "MODERATE" not in page.tasks:
        raise refuse("200")
    settle(grounds, upload, call.now)
    if upload.published_at is None:
        raise refuse("100", "(#100) The video is not published")
    if not call.params.get("message"):
        raise refuse("100", "(#100) The parameter message is required")
    said = grounds.store.put(Comment(f"{upload.key}_{new_digits('1', 12)}", upload.key, call.params["message"], call.now, upload.account))
    return json_answer({"id": said.key})


def list_comments(grounds: Grounds, call: Call, caller: Caller, upload: Upload) -> Answer:
    """``GET /{video}/comments``, oldest first unless ``order=reverse_chronological``; seen by whoever may see the video."""
    need(caller, ("pages_read_engagement", "pages_show_list"))
    found = grounds.store.comments_of(upload.key)
    if call.params.get("order") == "reverse_chronological":
        found = found[::-1]
    return json_answer(page_of({said.key: partial(_show_comment, grounds, call, said) for said in found}, call.params, f"{call.origin}{call.path}"))


def _show_comment(grounds: Grounds, call: Call, said: Comment) -> dict[str, Any]:
    page = grounds.store.find(Account, said.author)
    known = {
        "id": lambda: said.key,
        "message": lambda: said.text,
        "created_time": lambda: datetime.fromtimestamp(said.at, UTC).strftime("%Y-%m-%dT%H:%M:%S+0000"),
        "from": lambda: {"id": said.author, "name": page.name if page else ""},
        "like_count": lambda: 0,
        "comment_count": lambda: 0,
    }
    return choose_fields(call.params.get("fields", ""), known, "Comment", ("created_time", "from", "message", "id"))


def delete(grounds: Grounds, call: Call, caller: Caller, upload: Upload) -> Answer:
    """``DELETE /{video}``."""
    need(caller, ("pages_manage_posts",))
    upload.ended = "deleted"
    grounds.store.put(upload)
    return json_answer({"success": True})


def _number(text: Any) -> int:
    try:
        return int(text or 0)
    except (TypeError, ValueError):
        raise refuse("100", "(#100) A number was expected") from None
