"""YouTube: videos go up as private by the resumable protocol; making one visible is the call that is made once.

https://developers.google.com/youtube/v3/docs/videos · https://developers.google.com/youtube/v3/guides/using_resumable_upload_protocol
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from urllib.parse import urlencode

from pydantic import SecretStr

from reelwright.kit.clock import Clock
from reelwright.kit.errors import PlatformRefused, PlatformUnavailable, UploadExpired
from reelwright.kit.http_client import HttpAnswer, HttpClient, HttpRequest
from reelwright.publishing.grant import Grant
from reelwright.publishing.platform import (
    Account,
    AccountChoice,
    Comments,
    ConnectRequest,
    Metrics,
    Order,
    Outcome,
    PublishingOptions,
    Readiness,
    Sent,
    wanted_scopes,
)
from reelwright.publishing.platforms.answers import ask, ask_once, refuse
from reelwright.publishing.platforms.apps import AppCredentials, Hosts
from reelwright.publishing.platforms.check_content import refuse_cover, refuse_length, refuse_missing, refuse_privacy
from reelwright.publishing.platforms.pkce import challenge_of
from reelwright.publishing.platforms.set_cover import set_cover
from reelwright.publishing.platforms.youtube import SPECIFICATION
from reelwright.publishing.platforms.youtube_calls import TITLE, YouTubeCalls, bearer
from reelwright.publishing.platforms.youtube_comments import YouTubeComments, refuse_comment
from reelwright.publishing.platforms.youtube_refusals import FAILURES, REFUSALS
from reelwright.publishing.post import Checkpoint, PostContent, Privacy
from reelwright.publishing.social_account import ConnectWay

_SCOPE = "https://www.googleapis.com/auth/"
PIECE_BYTES = 32 * 256 * 1024  # pieces are multiples of 256 KiB
MAX_TITLE_CHARACTERS = 100
MAX_DESCRIPTION_BYTES = 5000
PEOPLE_AND_BLOGS = "22"
SETTLED_AFTER = timedelta(minutes=2)  # a change that is not seen by then was not made
METRICS_AT_ONCE = 50
_LOST_UPLOAD = frozenset({404, 410})
_PRIVACY: dict[Privacy, str] = {"public": "public", "unlisted": "unlisted", "private": "private"}


class YouTubePublishing:
    """The port for YouTube channels."""

    name = "youtube"
    way: ConnectWay = "youtube"
    specification = SPECIFICATION
    # force-ssl, because an uploaded video is made visible by a change of it.
    scopes = frozenset({f"{_SCOPE}youtube.upload", f"{_SCOPE}youtube.readonly", f"{_SCOPE}youtube.force-ssl"})
    has_ai_label = True
    needs_privacy_choice = False
    needs_public_address = False
    refresh_margin_seconds = 300
    min_refresh_age_seconds = 0

    def __init__(self, http: HttpClient, app: AppCredentials, hosts: Hosts, clock: Clock) -> None:
        self._http, self._app, self._hosts, self._clock = http, app, hosts, clock
        self._calls = YouTubeCalls(http, hosts.google_api)
        self.comments: Comments | None = YouTubeComments(self._calls)

    def authorize_url(self, request: ConnectRequest) -> str:
        query = {
            "client_id": self._app.client_id,
            "redirect_uri": request.redirect_uri,
            "response_type": "code",
            "scope": " ".join(sorted(wanted_scopes(self))),
            "state": request.state,
            "access_type": "offline",
            "prompt": "consent",  # without it a second connect brings no refresh token
            "include_granted_scopes": "true",
            "code_challenge": challenge_of(request.code_verifier),
            "code_challenge_method": "S256",
        }
        return f"{self._hosts.google_accounts}/o/oauth2/v2/auth?{urlencode(query)}"

    def exchange_code(self, code: str, request: ConnectRequest, now: datetime) -> Grant:
        form = {"grant_type": "authorization_code", "code": code, "redirect_uri": request.redirect_uri, "code_verifier": request.code_verifier}
        return self._take_grant(self._token(form), now)

    def list_accounts(self, grant: Grant, now: datetime) -> Sequence[AccountChoice]:
        found = self._call(grant, "GET", "/youtube/v3/channels", {"part": "snippet", "mine": "true", "maxResults": "50"})
        return [_read_channel(item, grant) for item in found.get("items", [])]

    def refresh(self, grant: Grant, now: datetime) -> Grant:
        if grant.refresh_token is None:
            raise REFUSALS["invalid_grant"].build()
        fresh = self._take_grant(self._token({"grant_type": "refresh_token", "refresh_token": grant.refresh_token.get_secret_value()}), now)
        return fresh.keep_refresh_token(grant).model_copy(update={"scopes": fresh.scopes or grant.scopes, "subject": grant.subject})

    def revoke(self, grant: Grant) -> None:
        token = (grant.refresh_token or grant.access_token).get_secret_value()
        ask(self._http, HttpRequest("POST", f"{self._hosts.google_oauth}/revoke", form={"token": token}), TITLE)

    def read_options(self, account: Account, now: datetime) -> PublishingOptions:
        found = self._call(account.grant, "GET", "/youtube/v3/channels", {"part": "snippet,status", "mine": "true"}).get("items", [])
        is_there = any(item.get("id") == account.external_id for item in found)
        gone = "" if is_there else "This Google account does not show the channel any more. Connect it again."
        return PublishingOptions(
            privacy_choices=("public", "unlisted", "private"),
            default_privacy="public",
            max_seconds=SPECIFICATION.max_seconds,
            can_comment=True,
            nickname=account.username,
            cannot=gone,
        )

    def check_order(self, order: Order, options: PublishingOptions) -> Sequence[str]:
        content = order.content
        return [
            *refuse_missing(content, frozenset({"title", "is_made_for_kids", "first_comment"}), TITLE),
            *refuse_cover(order, takes_moment=False, title=TITLE),
            *refuse_privacy(content, options, TITLE),
            *refuse_length(order.video.duration_seconds, options, TITLE),
            *_refuse_texts(content),
            *refuse_comment(content),
        ]

    def open(self, account: Account, order: Order) -> Checkpoint:
        answer = self._calls.call(
            account.grant,
            "POST",
            "/upload/youtube/v3/videos",
            {"uploadType": "resumable", "part": "snippet,status", "notifySubscribers": str(order.content.notifies_followers).lower()},
            headers={"X-Upload-Content-Type": "video/mp4", "X-Upload-Content-Length": str(order.video.size_bytes)},
            document={"snippet": _write_snippet(order.content), "status": _write_status(order.content, "private")},
        )
        return {"session": answer.headers.get("location", ""), "offset": 0}

    def send(self, account: Account, order: Order, checkpoint: Checkpoint) -> Sent:
        size = order.video.size_bytes
        probe = self._put(account, str(checkpoint["session"]), f"bytes */{size}", b"")
        if probe.status in {200, 201}:
            return _is_up(probe, checkpoint, size)
        start = _read_offset(probe)
        end = min(start + PIECE_BYTES, size)
        answer = self._put(account, str(checkpoint["session"]), f"bytes {start}-{end - 1}/{size}", order.video.read(start, end))
        if answer.status in {200, 201}:
            return _is_up(answer, checkpoint, size)
        stored = _read_offset(answer)
        return Sent({**checkpoint, "offset": stored}, stored, is_complete=False)

    def check(self, account: Account, order: Order, checkpoint: Checkpoint) -> Readiness:
        video = self._read_video(account, str(checkpoint["video_id"]), "status,processingDetails")
        if video is None:
            raise REFUSALS["videoNotFound"].build()
        status = video.get("status", {})
        reason = status.get("failureReason") or status.get("rejectionReason")
        if status.get("uploadStatus") in {"failed", "rejected", "deleted"}:
            raise PlatformRefused(FAILURES.get(str(reason), f"YouTube could not use the video ({reason or status['uploadStatus']})."))
        if status.get("uploadStatus") != "processed":
            return Readiness("processing", checkpoint)
        return Readiness("ready", set_cover(order, checkpoint, partial(self._send_cover, account, checkpoint)))

    def commit(self, account: Account, order: Order, checkpoint: Checkpoint) -> Outcome:
        change = {"id": checkpoint["video_id"], "status": _write_status(order.content, _wanted(order.content))}
        self._calls.call(account.grant, "PUT", "/youtube/v3/videos", {"part": "status"}, document=change, how=ask_once)
        return self._published(checkpoint)

    def look(self, account: Account, order: Order, checkpoint: Checkpoint, since: datetime) -> Outcome:
        video = self._read_video(account, str(checkpoint["video_id"]), "status")
        if video is None:
            return Outcome("failed", detail="The video is not on the channel any more: somebody deleted it.", checkpoint=checkpoint)
        if video.get("status", {}).get("privacyStatus") == _wanted(order.content):
            return self._published(checkpoint)
        return Outcome("pending" if self._clock() - since < SETTLED_AFTER else "absent", checkpoint=checkpoint)

    def read_metrics(self, account: Account, external_ids: Sequence[str]) -> dict[str, Metrics]:
        found: dict[str, Metrics] = {}
        for start in range(0, len(external_ids), METRICS_AT_ONCE):
            ids = ",".join(external_ids[start : start + METRICS_AT_ONCE])
            items = self._call(account.grant, "GET", "/youtube/v3/videos", {"part": "statistics", "id": ids}).get("items", [])
            found.update({str(item["id"]): _read_counts(item.get("statistics", {})) for item in items})
        return found

    def _published(self, checkpoint: Checkpoint) -> Outcome:
        video_id = str(checkpoint["video_id"])
        return Outcome("published", external_id=video_id, permalink=f"{self._hosts.youtube}/shorts/{video_id}", checkpoint=checkpoint)

    def _send_cover(self, account: Account, checkpoint: Checkpoint, picture: bytes) -> None:
        kind, video = {"Content-Type": "image/jpeg"}, {"videoId": str(checkpoint["video_id"])}
        self._calls.call(account.grant, "POST", "/upload/youtube/v3/thumbnails/set", video, headers=kind, body=picture)

    def _read_video(self, account: Account, video_id: str, part: str) -> dict[str, Any] | None:
        items = self._call(account.grant, "GET", "/youtube/v3/videos", {"part": part, "id": video_id}).get("items", [])
        return items[0] if items else None

    def _put(self, account: Account, session: str, content_range: str, body: bytes) -> HttpAnswer:
        headers = {**bearer(account.grant), "Content-Range": content_range, "Content-Length": str(len(body))}
        answer = ask(self._http, HttpRequest("PUT", session, headers=headers, body=body), TITLE)
        if answer.status in _LOST_UPLOAD:
            raise UploadExpired("YouTube has forgotten the upload. It begins again.")
        return answer if answer.status in {200, 201, 308} else self._calls.hold(answer)

    def _call(self, grant: Grant, method: str, path: str, params: dict[str, str]) -> dict[str, Any]:
        return self._calls.call(grant, method, path, params).read_json()

    def _token(self, form: dict[str, str]) -> dict[str, Any]:
        secret = {"client_id": self._app.client_id, "client_secret": self._app.client_secret.get_secret_value()}
        answer = ask(self._http, HttpRequest("POST", f"{self._hosts.google_oauth}/token", form={**form, **secret}), TITLE)
        if answer.status >= 400:
            said = answer.read_json()
            raise refuse(str(said.get("error", "")), REFUSALS, TITLE, str(said.get("error_description", "")))
        return answer.read_json()

    def _take_grant(self, said: dict[str, Any], now: datetime) -> Grant:
        refresh_token, ends = said.get("refresh_token"), said.get("refresh_token_expires_in")
        return Grant(
            access_token=SecretStr(str(said["access_token"])),
            expires_at=now + timedelta(seconds=int(said.get("expires_in", 3599))),
            refresh_token=SecretStr(str(refresh_token)) if refresh_token else None,
            refresh_expires_at=now + timedelta(seconds=int(ends)) if ends else None,
            scopes=frozenset(str(said.get("scope", "")).split()),
            issued_at=now,
        )


def _wanted(content: PostContent) -> str:
    return _PRIVACY[content.privacy or "public"]


def _write_title(content: PostContent) -> str:
    return (content.title or content.caption.strip().split("\n")[0])[:MAX_TITLE_CHARACTERS]


def _write_snippet(content: PostContent) -> dict[str, Any]:
    return {"title": _write_title(content), "description": content.caption, "categoryId": PEOPLE_AND_BLOGS}


def _write_status(content: PostContent, privacy: str) -> dict[str, Any]:
    """Every writable field: a change of the part clears what it does not name."""
    return {
        "privacyStatus": privacy,
        "selfDeclaredMadeForKids": content.is_made_for_kids,
        "containsSyntheticMedia": content.is_ai_generated,
        "embeddable": True,
        "license": "youtube",
        "publicStatsViewable": True,
    }


def _refuse_texts(content: PostContent) -> Iterator[str]:
    if not _write_title(content):
        yield "YouTube needs a title. Give one, or write a caption: its first line is taken."
    if {"<", ">"} & set(_write_title(content) + content.caption):
        yield "YouTube takes no < and > in title and description. Leave them out."
    if len(content.caption.encode()) > MAX_DESCRIPTION_BYTES:
        yield f"YouTube's description has at most {MAX_DESCRIPTION_BYTES} bytes; this one has {len(content.caption.encode())}. Shorten it."


def _read_channel(item: dict[str, Any], grant: Grant) -> AccountChoice:
    snippet = item.get("snippet", {})
    picture = snippet.get("thumbnails", {}).get("default", {}).get("url", "")
    own = grant.model_copy(update={"subject": str(item["id"])})
    return AccountChoice(str(item["id"]), str(snippet.get("title", "")), str(snippet.get("customUrl", "")).lstrip("@"), str(picture), own)


def _read_offset(answer: HttpAnswer) -> int:
    """Bytes that are stored, from ``Range: bytes=0-N``; no header means none."""
    stored = answer.headers.get("range", "")
    if not stored:
        return 0
    try:
        return int(stored.rpartition("-")[2]) + 1
    except ValueError as error:
        raise PlatformUnavailable("YouTube told in no readable way how much of the video it has. It is asked again.") from error


def _is_up(answer: HttpAnswer, checkpoint: Checkpoint, size: int) -> Sent:
    video_id = answer.read_json().get("id")
    if not video_id:
        raise PlatformUnavailable("YouTube has the video and did not tell its number. It is asked again.")
    return Sent({**checkpoint, "offset": size, "video_id": str(video_id)}, size, is_complete=True)


def _read_counts(statistics: dict[str, Any]) -> Metrics:
    def count(name: str) -> int | None:
        return int(statistics[name]) if name in statistics else None

    return Metrics(views=count("viewCount"), likes=count("likeCount"), comments=count("commentCount"))
