"""Instagram by both logins: how an account is reached, and how a container gets its video.

https://developers.facebook.com/docs/instagram-platform
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from pydantic import SecretStr

from reelwright.kit.clock import Clock
from reelwright.kit.errors import PlatformRefused
from reelwright.kit.http_client import HttpClient, HttpRequest
from reelwright.publishing.grant import Grant
from reelwright.publishing.platform import Account, AccountChoice, ConnectRequest, Order, Sent, wanted_scopes
from reelwright.publishing.platforms.answers import ask
from reelwright.publishing.platforms.apps import AppCredentials, Hosts
from reelwright.publishing.platforms.instagram_reels import TITLE, InstagramReels
from reelwright.publishing.platforms.meta_graph import LONG_LIVED_SECONDS, FacebookLogin, MetaGraph, hold, read_offset, send_bytes
from reelwright.publishing.platforms.video_body import VideoBody
from reelwright.publishing.post import Checkpoint
from reelwright.publishing.social_account import ConnectWay

ACCOUNT_TYPES = frozenset({"BUSINESS", "MEDIA_CREATOR"})


class InstagramByFacebook(InstagramReels):
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
        return {"container": str(said["id"]), "uri": str(said.get("uri", "")), **self._cover_of(order)}

    def send(self, account: Account, order: Order, checkpoint: Checkpoint) -> Sent:
        size, uri = order.video.size_bytes, str(checkpoint["uri"])
        start = read_offset(self._http, account.grant, uri, TITLE)
        if start < size:
            send_bytes(self._http, account.grant, uri, start, size, VideoBody(order.video, start), TITLE)
        return Sent(checkpoint, size, is_complete=True)


class InstagramByItself(InstagramReels):
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
        return {"container": str(said["id"]), **self._cover_of(order)}

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
