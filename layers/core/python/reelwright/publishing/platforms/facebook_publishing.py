"""Facebook Page Reels: the video is sent to an upload of its own, and finishing it is the call that is made once.

https://developers.facebook.com/docs/video-api/guides/reels-publishing
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from reelwright.kit.clock import Clock
from reelwright.kit.errors import PlatformError, PlatformRefused, UploadExpired
from reelwright.kit.http_client import HttpClient, HttpRequest
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
from reelwright.publishing.platforms.answers import ask, ask_once
from reelwright.publishing.platforms.apps import AppCredentials, Hosts
from reelwright.publishing.platforms.check_content import refuse_cover, refuse_length, refuse_missing, refuse_privacy
from reelwright.publishing.platforms.facebook import SPECIFICATION
from reelwright.publishing.platforms.meta_comments import MetaComments
from reelwright.publishing.platforms.meta_graph import VERSION, FacebookLogin, page_grant, read_offset, send_bytes
from reelwright.publishing.platforms.set_cover import set_cover
from reelwright.publishing.platforms.video_body import VideoBody
from reelwright.publishing.post import Checkpoint, PostContent
from reelwright.publishing.social_account import ConnectWay

TITLE = "Facebook"
CREATE_CONTENT = "CREATE_CONTENT"
SETTLED_AFTER = timedelta(minutes=2)  # an upload that is not being published by then was not finished


class FacebookPages:
    """The port for Facebook pages."""

    name = "facebook"
    way: ConnectWay = "facebook_page"
    specification = SPECIFICATION
    scopes = frozenset({"pages_show_list", "pages_read_engagement", "pages_manage_posts"})
    has_ai_label = True
    needs_privacy_choice = False
    needs_public_address = False
    refresh_margin_seconds = 10 * 86_400
    min_refresh_age_seconds = 86_400

    def __init__(self, http: HttpClient, app: AppCredentials, hosts: Hosts, clock: Clock) -> None:
        self._http, self._hosts, self._clock = http, hosts, clock
        self._login = FacebookLogin(http, app, hosts)
        self._graph = self._login.graph
        self.comments: Comments | None = MetaComments(
            self._graph, frozenset({"pages_manage_engagement"}), text_field="message", time_field="created_time", order="reverse_chronological"
        )

    def authorize_url(self, request: ConnectRequest) -> str:
        return self._login.authorize_url(request, wanted_scopes(self))

    def exchange_code(self, code: str, request: ConnectRequest, now: datetime) -> Grant:
        return self._login.exchange_code(code, request, now)

    def list_accounts(self, grant: Grant, now: datetime) -> Sequence[AccountChoice]:
        return [_read_page(page, grant) for page in self._login.list_pages(grant)]

    def refresh(self, grant: Grant, now: datetime) -> Grant:
        return self._login.refresh(grant, now)

    def revoke(self, grant: Grant) -> None:
        self._login.revoke(grant)

    def read_options(self, account: Account, now: datetime) -> PublishingOptions:
        page = self._graph.read(account.grant.access_token, account.external_id, {"fields": "id,name"})
        return PublishingOptions(("public",), "public", SPECIFICATION.max_seconds, nickname=str(page.get("name", "")))

    def check_order(self, order: Order, options: PublishingOptions) -> Sequence[str]:
        return [
            *refuse_missing(order.content, frozenset({"title", "first_comment"}), TITLE),
            *refuse_cover(order, takes_moment=False, title=TITLE),
            *refuse_privacy(order.content, options, TITLE),
            *refuse_length(order.video.duration_seconds, options, TITLE),
            *_refuse_text(order.content),
        ]

    def open(self, account: Account, order: Order) -> Checkpoint:
        said = self._graph.write(account.grant.access_token, f"{account.external_id}/video_reels", {"upload_phase": "start"})
        return {"video_id": str(said["video_id"]), "upload_url": str(said["upload_url"])}

    def send(self, account: Account, order: Order, checkpoint: Checkpoint) -> Sent:
        size, url = order.video.size_bytes, str(checkpoint["upload_url"])
        start = read_offset(self._http, account.grant, url, TITLE)
        if start < size:
            send_bytes(self._http, account.grant, url, start, size, VideoBody(order.video, start), TITLE)
        return Sent(checkpoint, size, is_complete=True)

    def check(self, account: Account, order: Order, checkpoint: Checkpoint) -> Readiness:
        """Facebook works on it when it is finished; only the upload has to be whole before."""
        status = self._read_status(account, checkpoint)
        _refuse_status(status)
        is_up = _phase(status, "uploading_phase") == "complete"
        if not is_up:
            return Readiness("processing", checkpoint)
        return Readiness("ready", set_cover(order, checkpoint, partial(self._send_cover, account, checkpoint)))

    def commit(self, account: Account, order: Order, checkpoint: Checkpoint) -> Outcome:
        content = order.content
        form = {"upload_phase": "finish", "video_id": str(checkpoint["video_id"]), "video_state": "PUBLISHED", "description": content.caption}
        if content.title:
            form["title"] = content.title
        if content.is_ai_generated:
            form["is_ai_generated"] = "true"
        self._graph.write(account.grant.access_token, f"{account.external_id}/video_reels", form, how=ask_once)
        return Outcome("pending", external_id=str(checkpoint["video_id"]), checkpoint=checkpoint)

    def look(self, account: Account, order: Order, checkpoint: Checkpoint, since: datetime) -> Outcome:
        said = self._graph.read(account.grant.access_token, str(checkpoint["video_id"]), {"fields": "status,permalink_url"})
        status = said.get("status", {})
        publishing = status.get("publishing_phase", {})
        if publishing.get("status") == "complete" and publishing.get("publish_status", "published") == "published":
            return self._published(said, checkpoint)
        try:
            _refuse_status(status)
        except PlatformError as error:
            return Outcome("failed", detail=error.detail, checkpoint=checkpoint)
        # It is worked on whether it was finished or not, and only then published: until that is done nobody can tell.
        is_begun = _phase(status, "publishing_phase") != "not_started" or _phase(status, "processing_phase") == "in_progress"
        is_young = self._clock() - since < SETTLED_AFTER
        return Outcome("pending" if is_begun or is_young else "absent", checkpoint=checkpoint)

    def read_metrics(self, account: Account, external_ids: Sequence[str]) -> dict[str, Metrics]:
        found: dict[str, Metrics] = {}
        fields = {"fields": "views,likes.summary(true).limit(0),comments.summary(true).limit(0)"}
        for video_id in external_ids:
            try:
                said = self._graph.read(account.grant.access_token, video_id, fields)
            except PlatformRefused:
                continue
            likes, comments = (said.get(name, {}).get("summary", {}).get("total_count") for name in ("likes", "comments"))
            found[video_id] = Metrics(views=said.get("views"), likes=likes, comments=comments)
        return found

    def _published(self, said: Mapping[str, Any], checkpoint: Checkpoint) -> Outcome:
        link = str(said.get("permalink_url", ""))
        whole = f"{self._hosts.facebook_www}{link}" if link.startswith("/") else link
        return Outcome("published", external_id=str(checkpoint["video_id"]), permalink=whole, is_link_final=bool(link), checkpoint=checkpoint)

    def _read_status(self, account: Account, checkpoint: Checkpoint) -> Mapping[str, Any]:
        said = self._graph.read(account.grant.access_token, str(checkpoint["video_id"]), {"fields": "status"})
        status: Mapping[str, Any] = said.get("status", {})
        return status

    def _send_cover(self, account: Account, checkpoint: Checkpoint, picture: bytes) -> None:
        url = f"{self._hosts.graph}/{VERSION}/{checkpoint['video_id']}/thumbnails"
        sent = {"source": ("cover.jpg", picture, "image/jpeg")}
        self._graph.call(account.grant.access_token, HttpRequest("POST", url, form={"is_preferred": "true"}, files=sent), ask)


def _read_page(page: Mapping[str, Any], user: Grant) -> AccountChoice:
    may_post = CREATE_CONTENT in page.get("tasks", [])
    cannot = "" if may_post else "You may not post to this page. Its owner gives you the task “Create content”, then connect again."
    picture = str(page.get("picture", {}).get("data", {}).get("url", ""))
    own = page_grant(user, str(page.get("access_token", "")), str(page["id"]))
    return AccountChoice(str(page["id"]), str(page.get("name", "")), str(page.get("username", "")), picture, own, cannot)


def _phase(status: Mapping[str, Any], name: str) -> str:
    return str(status.get(name, {}).get("status", "not_started"))


def _refuse_status(status: Mapping[str, Any]) -> None:
    """Raises PlatformRefused where Facebook could not use the video, UploadExpired where the upload is over."""
    if status.get("video_status") == "expired":
        raise UploadExpired("Facebook has forgotten the upload. It begins again.")
    if status.get("copyright_check_status", {}).get("matches_found"):
        raise PlatformRefused("Facebook found material in the reel that belongs to somebody else. Change the music or the pictures.")
    for name in ("uploading_phase", "processing_phase", "publishing_phase"):
        phase = status.get(name, {})
        if phase.get("status") == "error" or phase.get("publish_status") == "error":
            said = str(phase.get("error", {}).get("message", "")).strip().rstrip(".")
            raise PlatformRefused("Facebook could not use the video." + (f" It said: {said}." if said else ""))
    if status.get("video_status") in {"error", "upload_failed"}:
        raise PlatformRefused("Facebook could not use the video.")


def _refuse_text(content: PostContent) -> Iterator[str]:
    if len(content.caption) > SPECIFICATION.caption_limit:
        yield f"Keep the text for Facebook under {SPECIFICATION.caption_limit} characters; this one has {len(content.caption)}."
