"""The YouTube Data API v3: videos, thumbnails, the own channel, its uploads, counts. https://developers.google.com/youtube/v3/docs

``videos.update`` replaces every writable field of each part that it names. ``videos:batchGetStats`` as remembered [M].
"""

from __future__ import annotations

import re
from typing import Any

from local.sandbox.exchange import Answer, Call, json_answer
from local.sandbox.grounds import Grounds, new_word
from local.sandbox.records import Account, Comment, Upload
from local.sandbox.routes import Route
from local.sandbox.youtube_errors import COMMENT_SCOPES, READ_SCOPES, UPLOAD_SCOPES, WRITE_SCOPES, check_token, find_channel, need_channel, refuse, spend
from local.sandbox.youtube_upload import cancel, name_operation, receive, start
from local.sandbox.youtube_video import check_parts, check_schedule, envelope, settle, show_statistics, show_video, write_time

MAX_THUMBNAIL_BYTES = 52_428_800
MAX_IDS = 50
MAX_COMMENT = 10_000


def list_videos(grounds: Grounds, call: Call, _: re.Match[str]) -> Answer:
    """``GET /videos?part=&id=``: what is gone, or another's and private, is left out."""
    token = check_token(grounds, call, READ_SCOPES)
    spend(grounds, "videos.list", call.now)
    ids, parts = call.list_query("id"), call.list_query("part")
    if not ids or not parts or len(ids) > MAX_IDS:
        raise refuse("missingRequiredParameter", "part and up to 50 ids are required.")
    shown = []
    for upload in _find_all(grounds, ids):
        channel = grounds.store.find(Account, upload.account)
        settle(grounds, upload, call.now)
        if channel is not None and (upload.account in token.accounts or upload.said["status"]["privacyStatus"] != "private"):
            shown.append(show_video(grounds, call, channel, upload, parts))
    return json_answer(envelope("videoListResponse", shown))


def update_video(grounds: Grounds, call: Call, _: re.Match[str]) -> Answer:
    """``PUT /videos?part=``."""
    token = check_token(grounds, call, WRITE_SCOPES)
    spend(grounds, "videos.update", call.now)
    upload = _find_own(grounds, str(call.document.get("id", "")), token.accounts)
    parts = call.list_query("part")
    settle(grounds, upload, call.now)
    written = check_parts(call.document, parts, is_update=True)
    if "status" in written:
        check_schedule(written["status"], call.now, was_public=upload.published_at is not None)
    upload.said = {**upload.said, **written, "written_at": call.now}
    upload.changes += 1
    settle(grounds, upload, call.now)
    grounds.store.put(upload)
    return json_answer(show_video(grounds, call, need_channel(grounds, token), upload, parts))


def delete_video(grounds: Grounds, call: Call, _: re.Match[str]) -> Answer:
    """``DELETE /videos?id=``."""
    token = check_token(grounds, call, WRITE_SCOPES)
    spend(grounds, "videos.delete", call.now)
    upload = _find_own(grounds, call.query.get("id", ""), token.accounts)
    upload.ended = "deleted"
    grounds.store.put(upload)
    return Answer(204, {})


def set_thumbnail(grounds: Grounds, call: Call, _: re.Match[str]) -> Answer:
    """``POST /upload/youtube/v3/thumbnails/set?videoId=`` with the picture as body. A Short's only after its processing is over."""
    token = check_token(grounds, call, UPLOAD_SCOPES)
    spend(grounds, "thumbnails.set", call.now)
    upload = _find_own(grounds, call.query.get("videoId", ""), token.accounts)
    picture = call.body
    if not picture:
        raise refuse("mediaBodyRequired", "The request does not include the image content.")
    if len(picture) > MAX_THUMBNAIL_BYTES or not picture.startswith((b"\xff\xd8", b"\x89PNG")):
        raise refuse("invalidImage", "The provided image content is invalid.")
    if grounds.phase(upload, call.now) != "ready":
        raise refuse("forbidden", "The thumbnail cannot be set while the video is being processed.")
    grounds.files.replace(f"{upload.key}.cover", picture)
    upload.has_cover = True
    grounds.store.put(upload)
    address = f"{call.origin}/_control/cover/{upload.key}"
    shown = {name: {"url": address, "width": width, "height": height} for name, width, height in (("default", 120, 90), ("high", 480, 360))}
    return json_answer({"kind": "youtube#thumbnailSetResponse", "etag": f"t{upload.changes}", "items": [shown]})


def list_channels(grounds: Grounds, call: Call, _: re.Match[str]) -> Answer:
    """``GET /channels?mine=true``; an account without a channel has no items."""
    token = check_token(grounds, call, READ_SCOPES)
    spend(grounds, "channels.list", call.now)
    channel = find_channel(grounds, token)
    if channel is None or call.query.get("mine") != "true":
        return json_answer(envelope("channelListResponse", []))
    picture = {"url": f"{call.origin}/_control/picture/{channel.key}", "width": 88, "height": 88}
    public = [upload for upload in _uploads(grounds, channel.key) if upload.published_at is not None]
    parts = {
        "snippet": {
            "title": channel.name,
            "description": "",
            "customUrl": channel.username,
            "thumbnails": {"default": picture, "medium": picture, "high": picture},
        },
        "contentDetails": {"relatedPlaylists": {"likes": "", "uploads": uploads_playlist(channel.key)}},
        "status": {"privacyStatus": "public", "isLinked": True, "longUploadsStatus": channel.traits.get("long_uploads", "allowed"), "madeForKids": False},
        "statistics": {"viewCount": "0", "subscriberCount": "2310", "hiddenSubscriberCount": False, "videoCount": str(len(public))},
    }
    item: dict[str, Any] = {"kind": "youtube#channel", "etag": "c", "id": channel.key}
    return json_answer(envelope("channelListResponse", [item | {part: parts[part] for part in call.list_query("part") if part in parts}]))


def list_playlist_items(grounds: Grounds, call: Call, _: re.Match[str]) -> Answer:
    """``GET /playlistItems?playlistId=``: the channel's uploads, newest first, private ones for their owner only."""
    token = check_token(grounds, call, READ_SCOPES)
    spend(grounds, "playlistItems.list", call.now)
    key = call.query.get("playlistId", "")
    channel = next((found for found in grounds.accounts_of("youtube") if uploads_playlist(found.key) == key), None)
    if channel is None:
        raise refuse("playlistNotFound", "The playlist identified with the request's playlistId parameter cannot be found.")
    found = [upload for upload in _uploads(grounds, channel.key) if channel.key in token.accounts or upload.said["status"]["privacyStatus"] == "public"]
    size, start_at = max(1, min(int(call.query.get("maxResults", "5")), 50)), int(call.query.get("pageToken") or 0)
    items = [_show_item(grounds, call, channel, upload, call.list_query("part")) for upload in found[start_at : start_at + size]]
    more = {"nextPageToken": str(start_at + size)} if start_at + size < len(found) else {}
    answer = envelope("playlistItemListResponse", items, **more)
    answer["pageInfo"]["totalResults"] = len(found)
    return json_answer(answer)


def read_statistics(grounds: Grounds, call: Call, _: re.Match[str]) -> Answer:
    """``GET /videos:batchGetStats?part=&id=`` [M]."""
    check_token(grounds, call, READ_SCOPES)
    spend(grounds, "videos.batchGetStats", call.now)
    items = []
    for upload in _find_all(grounds, call.list_query("id")):
        settle(grounds, upload, call.now)
        counts = show_statistics(grounds, upload, call.now)
        items.append({"kind": "youtube#videoStats", "etag": "s", "id": upload.external_id, "statistics": counts})
    return json_answer({"kind": "youtube#batchGetStatsResponse", "etag": "s", "items": items})


def comment(grounds: Grounds, call: Call, _: re.Match[str]) -> Answer:
    """``POST /commentThreads?part=snippet``; nobody comments on private videos and on those made for children [M]."""
    token = check_token(grounds, call, COMMENT_SCOPES)
    spend(grounds, "commentThreads.insert", call.now)
    snippet = call.document.get("snippet") or {}
    text = ((snippet.get("topLevelComment") or {}).get("snippet") or {}).get("textOriginal", "")
    if not snippet.get("channelId") or not snippet.get("videoId"):
        raise refuse("channelOrVideoIdMissing", "Each comment thread must be linked to a video.")
    upload = next(iter(_find_all(grounds, [str(snippet["videoId"])])), None)
    if upload is None:
        raise refuse("videoNotFound", "The video cannot be found.")
    if not str(text).strip():
        raise refuse("commentTextRequired", "The comment cannot be blank.")
    if len(text) > MAX_COMMENT:
        raise refuse("commentTextTooLong", "The comment contains too many characters.")
    _need_open_comments(upload)
    said = grounds.store.put(Comment(f"Ug{new_word(24)}", upload.key, text, call.now, need_channel(grounds, token).key))
    return json_answer(_show_thread(grounds, said, upload))


def list_comments(grounds: Grounds, call: Call, _: re.Match[str]) -> Answer:
    """``GET /commentThreads?part=&videoId=``: newest first, only those with all ``searchTerms`` where there are some."""
    check_token(grounds, call, COMMENT_SCOPES)
    spend(grounds, "commentThreads.list", call.now)
    upload = next(iter(_find_all(grounds, [call.query.get("videoId", "")])), None)
    if upload is None:
        raise refuse("videoNotFound", "The video cannot be found.")
    _need_open_comments(upload)
    terms = call.query.get("searchTerms", "").lower().split()
    found = [said for said in reversed(grounds.store.comments_of(upload.key)) if all(term in said.text.lower() for term in terms)]
    most = max(1, min(int(call.query.get("maxResults", "20")), 100))
    return json_answer(envelope("commentThreadListResponse", [_show_thread(grounds, said, upload) for said in found[:most]]))


def _need_open_comments(upload: Upload) -> None:
    status = upload.said["status"]
    if status["privacyStatus"] == "private" or status.get("selfDeclaredMadeForKids"):
        raise refuse("commentsDisabled", "The video has disabled comments.")


def _show_thread(grounds: Grounds, said: Comment, upload: Upload) -> dict[str, Any]:
    channel = grounds.store.find(Account, said.author)
    snippet = {
        "channelId": upload.account,
        "videoId": upload.external_id,
        "textOriginal": said.text,
        "textDisplay": said.text,
        "authorDisplayName": channel.name if channel else "",
        "authorChannelId": {"value": said.author},
        "publishedAt": write_time(said.at),
        "updatedAt": write_time(said.at),
    }
    top = {"kind": "youtube#comment", "etag": "c", "id": said.key, "snippet": snippet}
    thread = {"channelId": upload.account, "videoId": upload.external_id, "topLevelComment": top, "canReply": True, "totalReplyCount": 0, "isPublic": True}
    return {"kind": "youtube#commentThread", "etag": "c", "id": said.key, "snippet": thread}


def uploads_playlist(channel: str) -> str:
    """A channel's list of uploads has its id with another beginning."""
    return f"UU{channel[2:]}"


def name_list_operation(grounds: Grounds, call: Call, _: re.Match[str]) -> str:
    """Before the video was made visible it is a check, afterwards a look; counts are metrics."""
    if call.query.get("part") == "statistics":
        return "metrics"
    uploads = list(_find_all(grounds, call.list_query("id")))
    return "look" if uploads and all(upload.changes or upload.published_at is not None for upload in uploads) else "check"


def _show_item(grounds: Grounds, call: Call, channel: Account, upload: Upload, parts: list[str]) -> dict[str, Any]:
    video = show_video(grounds, call, channel, upload, ["snippet", "status"])
    at = write_time(upload.completed_at or upload.created_at)
    known = {
        "snippet": {
            **{name: video["snippet"][name] for name in ("title", "description", "channelId", "channelTitle", "thumbnails")},
            "publishedAt": at,
            "playlistId": uploads_playlist(channel.key),
            "resourceId": {"kind": "youtube#video", "videoId": upload.external_id},
        },
        "contentDetails": {"videoId": upload.external_id, "videoPublishedAt": at},
        "status": {"privacyStatus": video["status"]["privacyStatus"]},
    }
    return {"kind": "youtube#playlistItem", "etag": video["etag"], "id": f"PI{upload.external_id}"} | {part: known[part] for part in parts if part in known}


def _uploads(grounds: Grounds, channel: str) -> list[Upload]:
    return [upload for upload in grounds.uploads_of(channel) if upload.completed_at is not None and not upload.ended]


def _find_all(grounds: Grounds, ids: list[str]) -> list[Upload]:
    found = (grounds.store.find_post(key) for key in ids)
    return [upload for upload in found if upload is not None and upload.vendor == "youtube" and not upload.ended]


def _find_own(grounds: Grounds, key: str, accounts: list[str]) -> Upload:
    """Raises Refusal (404, 403)."""
    upload = next(iter(_find_all(grounds, [key])), None)
    if upload is None:
        raise refuse("videoNotFound", "The video that you are trying to change cannot be found.")
    if upload.account not in accounts:
        raise refuse("forbidden", "The video belongs to another channel.")
    return upload


_V3 = r"/youtube/v3"
_UPLOAD = r"(?:/resumable)?/upload/youtube/v3"
ROUTES = (
    Route.of("youtube", "POST", rf"{_UPLOAD}/videos", "open", start),
    Route.of("youtube", "PUT", rf"{_UPLOAD}/videos", name_operation, receive),
    Route.of("youtube", "DELETE", rf"{_UPLOAD}/videos", "cancel", cancel),
    Route.of("youtube", "POST", rf"{_UPLOAD}/thumbnails/set", "cover", set_thumbnail),
    Route.of("youtube", "GET", rf"{_V3}/videos", name_list_operation, list_videos),
    Route.of("youtube", "PUT", rf"{_V3}/videos", "commit", update_video),
    Route.of("youtube", "DELETE", rf"{_V3}/videos", "delete", delete_video),
    Route.of("youtube", "GET", rf"{_V3}/videos:batchGetStats", "metrics", read_statistics),
    Route.of("youtube", "GET", rf"{_V3}/channels", "options", list_channels),
    Route.of("youtube", "GET", rf"{_V3}/playlistItems", "list", list_playlist_items),
    Route.of("youtube", "POST", rf"{_V3}/commentThreads", "comment", comment),
    Route.of("youtube", "GET", rf"{_V3}/commentThreads", "comments", list_comments),
)
