"""Instagram Reels, by both logins: a container is filled and looked at, and publishing it is the call that is made once.

https://developers.facebook.com/docs/instagram-platform/content-publishing
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from pydantic import SecretStr

from reelwright.kit.clock import Clock
from reelwright.kit.errors import OutcomeUnknown, PlatformError, PlatformRefused, UploadExpired
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
from reelwright.publishing.platforms.check_content import refuse_length, refuse_missing, refuse_privacy
from reelwright.publishing.platforms.instagram import SPECIFICATION
from reelwright.publishing.platforms.meta_comments import MetaComments
from reelwright.publishing.platforms.meta_graph import LONG_LIVED_SECONDS, FacebookLogin, MetaGraph, hold, read_error, read_offset, send_bytes
from reelwright.publishing.platforms.video_body import VideoBody
from reelwright.publishing.post import Checkpoint, PostContent
from reelwright.publishing.social_account import ConnectWay

TITLE = "Instagram"
MAX_MENTIONS = 20
DAY = timedelta(days=1)
SETTLED_AFTER = timedelta(minutes=2)  # a container that is not published by then was not
CLOCKS_DIFFER = timedelta(minutes=2)
RECENT_MEDIA = 50
GONE = "GONE"  # ours
ACCOUNT_TYPES = frozenset({"BUSINESS", "MEDIA_CREATOR"})
_CODE_IN_STATUS = re.compile(r"\b(2207\d{3})\b")


class _InstagramReels:
    """What both logins share: everything after the login."""

    name = "instagram"
    specification = SPECIFICATION
    has_ai_label = True
    needs_privacy_choice = False
    needs_public_address = False

    def __init__(self, http: HttpClient, clock: Clock, graph: MetaGraph, comment_scope: str) -> None:
        self._http, self._clock, self._graph = http, clock, graph
        self.comments: Comments | None = MetaComments(graph, frozenset({comment_scope}), text_field="text", time_field="timestamp")

    def read_options(self, account: Account, now: datetime) -> PublishingOptions:
        limit = self._graph.read(account.grant.access_token, f"{account.external_id}/content_publishing_limit", {"fields": "config,quota_usage"})
        row: dict[str, Any] = next(iter(limit.get("data", [])), {})
        used, total = row.get("quota_usage"), row.get("config", {}).get("quota_total")
        is_full = used is not None and total is not None and used >= total
        return PublishingOptions(
            privacy_choices=("public",),
            default_privacy="public",
            max_seconds=SPECIFICATION.max_seconds,
            quota_used=used,
            quota_total=total,
            nickname=account.username,
            cannot=f"This account has made {used} of the {total} posts that Instagram allows in 24 hours." if is_full else "",
            retry_at=now + DAY if is_full else None,
        )

    def check_order(self, order: Order, options: PublishingOptions) -> Sequence[str]:
        return [
            *refuse_missing(order.content, frozenset({"collaborators", "first_comment"}), TITLE),
            *refuse_privacy(order.content, options, TITLE),
            *refuse_length(order.video.duration_seconds, options, TITLE),
            *_refuse_caption(order.content),
            *self._refuse_address(order),
        ]

    def check(self, account: Account, order: Order, checkpoint: Checkpoint) -> Readiness:
        said = self._read_container(account, checkpoint)
        code = said.get("status_code")
        if code == "EXPIRED":
            raise UploadExpired("Instagram keeps an upload for a day, and that is over. It begins again.")
        if code == "ERROR":
            raise _read_status(str(said.get("status", "")))
        if code == "PUBLISHED":
            return Readiness("ready", {**checkpoint, "is_published": True})
        return Readiness("ready" if code == "FINISHED" else "processing", checkpoint)

    def commit(self, account: Account, order: Order, checkpoint: Checkpoint) -> Outcome:
        if checkpoint.get("is_published"):
            return Outcome("pending", checkpoint=checkpoint)
        form = {"creation_id": str(checkpoint["container"])}
        try:
            said = self._graph.write(account.grant.access_token, f"{account.external_id}/media_publish", form, how=ask_once)
        except UploadExpired as error:
            # A container that was published already is answered like one that is gone.
            raise OutcomeUnknown("Instagram does not show the upload any more. The account is looked at before anything else is done.") from error
        media_id = str(said.get("id", ""))
        return Outcome("pending", external_id=media_id, checkpoint={**checkpoint, **({"media_id": media_id} if media_id else {})})

    def look(self, account: Account, order: Order, checkpoint: Checkpoint, since: datetime) -> Outcome:
        known = str(checkpoint.get("media_id", ""))
        if known:
            fields = {"fields": "id,permalink,media_product_type,timestamp"}
            return _published(self._graph.read(account.grant.access_token, known, fields), checkpoint)
        code = self._read_code(account, checkpoint)
        if code in {"PUBLISHED", GONE}:
            found = self._find(account, order, since)
            return _published(found, checkpoint) if found else Outcome("pending" if code == "PUBLISHED" else "unknown", checkpoint=checkpoint)
        if code in {"ERROR", "EXPIRED"}:
            return Outcome("absent", detail="Instagram dropped the upload without posting it.", checkpoint=checkpoint)
        return Outcome("pending" if self._clock() - since < SETTLED_AFTER else "absent", checkpoint=checkpoint)

    def read_metrics(self, account: Account, external_ids: Sequence[str]) -> dict[str, Metrics]:
        found: dict[str, Metrics] = {}
        for media_id in external_ids:
            try:
                said = self._graph.read(account.grant.access_token, media_id, {"fields": "like_count,comments_count"})
                insights = self._graph.read(account.grant.access_token, f"{media_id}/insights", {"metric": "views,shares"})
            except PlatformRefused:
                continue
            counted = {str(row["name"]): row.get("values", [{}])[0].get("value") for row in insights.get("data", [])}
            found[media_id] = Metrics(counted.get("views"), said.get("like_count"), said.get("comments_count"), counted.get("shares"))
        return found

    def _read_container(self, account: Account, checkpoint: Checkpoint) -> dict[str, Any]:
        return self._graph.read(account.grant.access_token, str(checkpoint["container"]), {"fields": "status_code,status"})

    def _read_code(self, account: Account, checkpoint: Checkpoint) -> str:
        """The container's state, or GONE where Instagram does not know it any more."""
        try:
            return str(self._read_container(account, checkpoint).get("status_code", ""))
        except UploadExpired:
            return GONE

    def _find(self, account: Account, order: Order, since: datetime) -> dict[str, Any] | None:
        """The newest reel with our caption that came after ``since``."""
        fields = {"fields": "id,caption,permalink,timestamp,media_product_type", "limit": str(RECENT_MEDIA)}
        rows = self._graph.read(account.grant.access_token, f"{account.external_id}/media", fields).get("data", [])
        ours = [row for row in rows if (row.get("caption") or "") == order.content.caption and _time_of(row) >= since - CLOCKS_DIFFER]
        return max(ours, key=_time_of) if ours else None

    def _refuse_address(self, order: Order) -> Iterator[str]:
        yield from ()

    def _container_form(self, order: Order) -> dict[str, str]:
        content = order.content
        form = {"media_type": "REELS", "caption": content.caption, "share_to_feed": str(content.is_shared_to_feed).lower()}
        if content.is_ai_generated:
            form["is_ai_generated"] = "true"
        if content.collaborators:
            form["collaborators"] = "[" + ",".join(f'"{name.lstrip("@")}"' for name in content.collaborators) + "]"
        if content.cover_seconds is not None:
            form["thumb_offset"] = str(round(content.cover_seconds * 1000))
        return form


class InstagramByFacebook(_InstagramReels):
    """An Instagram account behind a Facebook page: the video is sent, so no public address is needed."""

    way: ConnectWay = "facebook_login"
    scopes = frozenset({"instagram_basic", "instagram_content_publish", "pages_show_list", "pages_read_engagement", "instagram_manage_insights"})
    refresh_margin_seconds = 10 * 86_400
    min_refresh_age_seconds = 86_400

    def __init__(self, http: HttpClient, app: AppCredentials, hosts: Hosts, clock: Clock) -> None:
        super().__init__(http, clock, MetaGraph(http, app, hosts.graph, TITLE, proves_secret=True), "instagram_manage_comments")
        self._login = FacebookLogin(http, app, hosts)

    def authorize_url(self, request: ConnectRequest) -> str:
        return self._login.authorize_url(request, wanted_scopes(self))

    def exchange_code(self, code: str, request: ConnectRequest, now: datetime) -> Grant:
        return self._login.exchange_code(code, request, now)

    def list_accounts(self, grant: Grant, now: datetime) -> Sequence[AccountChoice]:
        own = grant.model_copy(update={"parent_token": grant.access_token, "parent_expires_at": grant.expires_at})
        found = [page["instagram_business_account"] for page in self._login.list_pages(grant) if page.get("instagram_business_account")]
        return [
            AccountChoice(
                str(row["id"]),
                str(row.get("name", "")),
                str(row.get("username", "")),
                str(row.get("profile_picture_url", "")),
                own.model_copy(update={"subject": str(row["id"])}),
            )
            for row in found
        ]

    def refresh(self, grant: Grant, now: datetime) -> Grant:
        fresh = self._login.refresh(grant.model_copy(update={"parent_token": grant.parent_token or grant.access_token}), now)
        return fresh.model_copy(update={"access_token": fresh.parent_token})

    def revoke(self, grant: Grant) -> None:
        self._login.revoke(grant)

    def open(self, account: Account, order: Order) -> Checkpoint:
        form = {**self._container_form(order), "upload_type": "resumable"}
        said = self._graph.write(account.grant.access_token, f"{account.external_id}/media", form)
        return {"container": str(said["id"]), "uri": str(said.get("uri", ""))}

    def send(self, account: Account, order: Order, checkpoint: Checkpoint) -> Sent:
        size, uri = order.video.size_bytes, str(checkpoint["uri"])
        start = read_offset(self._http, account.grant, uri, TITLE)
        if start < size:
            send_bytes(self._http, account.grant, uri, start, size, VideoBody(order.video, start), TITLE)
        return Sent(checkpoint, size, is_complete=True)


class InstagramByItself(_InstagramReels):
    """An Instagram account without a page: Instagram fetches the video from a public address."""

    way: ConnectWay = "instagram_login"
    scopes = frozenset({"instagram_business_basic", "instagram_business_content_publish", "instagram_business_manage_insights"})
    refresh_margin_seconds = 10 * 86_400
    min_refresh_age_seconds = 86_400
    needs_public_address = True

    def __init__(self, http: HttpClient, app: AppCredentials, hosts: Hosts, clock: Clock) -> None:
        super().__init__(http, clock, MetaGraph(http, app, hosts.instagram_graph, TITLE, proves_secret=False), "instagram_business_manage_comments")
        self._app, self._hosts = app, hosts

    def authorize_url(self, request: ConnectRequest) -> str:
        query = {
            "client_id": self._app.client_id,
            "redirect_uri": request.redirect_uri,
            "response_type": "code",
            "scope": ",".join(sorted(wanted_scopes(self))),
            "state": request.state,
        }
        return f"{self._hosts.instagram_www}/oauth/authorize?{urlencode(query)}"

    def exchange_code(self, code: str, request: ConnectRequest, now: datetime) -> Grant:
        secret = {"client_id": self._app.client_id, "client_secret": self._app.client_secret.get_secret_value()}
        form = {**secret, "grant_type": "authorization_code", "redirect_uri": request.redirect_uri, "code": code.removesuffix("#_")}
        said = hold(ask(self._http, HttpRequest("POST", f"{self._hosts.instagram_api}/oauth/access_token", form=form), TITLE), TITLE)
        short = said["data"][0] if isinstance(said.get("data"), list) else said
        given = short.get("permissions", [])
        scopes = frozenset(given.split(",") if isinstance(given, str) else map(str, given))
        query = {"grant_type": "ig_exchange_token", "client_secret": secret["client_secret"], "access_token": str(short["access_token"])}
        return self._take(self._ask_for_token("access_token", query), now).model_copy(update={"scopes": scopes, "subject": str(short.get("user_id", ""))})

    def list_accounts(self, grant: Grant, now: datetime) -> Sequence[AccountChoice]:
        row = self._graph.read(grant.access_token, "me", {"fields": "user_id,username,name,account_type,profile_picture_url"})
        is_personal = row.get("account_type") not in ACCOUNT_TYPES
        cannot = (
            "Instagram lets apps post only to professional accounts. Switch this one to a professional account in the Instagram app." if is_personal else ""
        )
        own = grant.model_copy(update={"subject": str(row["user_id"])})
        picture = str(row.get("profile_picture_url", ""))
        return [AccountChoice(str(row["user_id"]), str(row.get("name", "")), str(row.get("username", "")), picture, own, cannot)]

    def refresh(self, grant: Grant, now: datetime) -> Grant:
        query = {"grant_type": "ig_refresh_token", "access_token": grant.access_token.get_secret_value()}
        return self._take(self._ask_for_token("refresh_access_token", query), now).model_copy(update={"scopes": grant.scopes, "subject": grant.subject})

    def revoke(self, grant: Grant) -> None:
        """Instagram Login has no call that ends a grant; it ends by itself after 60 days, or in the Instagram app."""

    def open(self, account: Account, order: Order) -> Checkpoint:
        refused = list(self._refuse_address(order))
        if refused:
            raise PlatformRefused(refused[0])
        form = {**self._container_form(order), "video_url": order.video.address()}
        said = self._graph.write(account.grant.access_token, f"{account.external_id}/media", form)
        return {"container": str(said["id"])}

    def send(self, account: Account, order: Order, checkpoint: Checkpoint) -> Sent:
        """Instagram fetches it."""
        return Sent(checkpoint, order.video.size_bytes, is_complete=True)

    def _refuse_address(self, order: Order) -> Iterator[str]:
        if not order.video.is_address_public:
            yield (
                "Connected in this way, Instagram fetches the video from a public address, and this machine has none. "
                "Connect the account through its Facebook page instead."
            )

    def _ask_for_token(self, path: str, query: dict[str, str]) -> dict[str, Any]:
        return hold(ask(self._http, HttpRequest("GET", f"{self._hosts.instagram_graph}/{path}", params=query), TITLE), TITLE)

    def _take(self, said: dict[str, Any], now: datetime) -> Grant:
        seconds = int(said.get("expires_in") or LONG_LIVED_SECONDS)
        return Grant(access_token=SecretStr(str(said["access_token"])), expires_at=now + timedelta(seconds=seconds), issued_at=now)


def _refuse_caption(content: PostContent) -> Iterator[str]:
    if len(content.caption) > SPECIFICATION.caption_limit:
        yield f"Instagram's caption has at most {SPECIFICATION.caption_limit} characters; this one has {len(content.caption)}. Shorten it."
    if content.caption.count("@") > MAX_MENTIONS:
        yield f"Instagram takes at most {MAX_MENTIONS} mentions. Leave some out."


def _published(row: dict[str, Any], checkpoint: Checkpoint) -> Outcome:
    media_id, link = str(row.get("id", "")), str(row.get("permalink", ""))
    return Outcome("published", external_id=media_id, permalink=link, is_link_final=bool(link), checkpoint={**checkpoint, "media_id": media_id})


def _time_of(row: dict[str, Any]) -> datetime:
    return datetime.fromisoformat(str(row.get("timestamp", "1970-01-01T00:00:00+00:00")).replace("+0000", "+00:00"))


def _read_status(status: str) -> PlatformError:
    """The error in a container's free text, by the code that stands in it."""
    found = _CODE_IN_STATUS.search(status)
    return read_error({"error_subcode": found.group(1) if found else "", "message": status}, 400, TITLE)
