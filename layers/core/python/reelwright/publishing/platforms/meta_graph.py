"""What Instagram and Facebook share: calls of the Graph API, its errors, and the login with Facebook.

https://developers.facebook.com/docs/graph-api · https://developers.facebook.com/docs/facebook-login/guides/advanced/manual-flow
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from pydantic import SecretStr

from reelwright.kit.errors import PlatformError, ReconnectNeeded
from reelwright.kit.http_client import Body, HttpAnswer, HttpClient, HttpRequest
from reelwright.publishing.grant import Grant
from reelwright.publishing.platform import ConnectRequest
from reelwright.publishing.platforms.answers import Refusals, ask, refuse
from reelwright.publishing.platforms.apps import AppCredentials, Hosts
from reelwright.publishing.platforms.meta_refusals import REFUSALS

VERSION = "v26.0"
PAGES_AT_ONCE = 100
MAX_PAGES = 1000
LONG_LIVED_SECONDS = 5_184_000
Ask = Callable[[HttpClient, HttpRequest, str], HttpAnswer]


class MetaGraph:
    """One Graph host. ``base`` is ``graph.facebook.com`` or ``graph.instagram.com``; ``title`` is spoken of in errors."""

    def __init__(self, http: HttpClient, app: AppCredentials, base: str, title: str, *, proves_secret: bool, refusals: Refusals = REFUSALS) -> None:
        self._http, self._app, self._base, self._title, self._proves_secret, self._refusals = http, app, base, title, proves_secret, refusals

    def with_refusals(self, refusals: Refusals) -> MetaGraph:
        """The same host, where some codes mean something else."""
        return MetaGraph(self._http, self._app, self._base, self._title, proves_secret=self._proves_secret, refusals={**self._refusals, **refusals})

    def read(self, token: SecretStr, path: str, params: Mapping[str, str] | None = None) -> dict[str, Any]:
        """GET, which may be repeated."""
        return self.call(token, HttpRequest("GET", self._url(path), params={**(params or {}), **self._proof(token)}), ask)

    def write(self, token: SecretStr, path: str, form: Mapping[str, str], *, how: Ask = ask) -> dict[str, Any]:
        """POST. ``how`` is ``ask_once`` for the call that makes a post visible."""
        return self.call(token, HttpRequest("POST", self._url(path), form={**form, **self._proof(token)}), how)

    def delete(self, token: SecretStr, path: str) -> dict[str, Any]:
        """DELETE, which may be repeated."""
        return self.call(token, HttpRequest("DELETE", self._url(path), params=self._proof(token)), ask)

    def call(self, token: SecretStr, request: HttpRequest, how: Ask) -> dict[str, Any]:
        """Sends with the token in the header and takes the answer apart. Raises PlatformError."""
        signed = HttpRequest(**{**vars(request), "headers": {"Authorization": f"Bearer {token.get_secret_value()}", **request.headers}})
        return hold(how(self._http, signed, self._title), self._title, self._refusals)

    def exchange(self, path: str, params: Mapping[str, str]) -> dict[str, Any]:
        """A call for a token, signed by nothing but what it sends."""
        return hold(ask(self._http, HttpRequest("GET", self._url(path), params=params), self._title), self._title)

    def _url(self, path: str) -> str:
        return f"{self._base}/{VERSION}/{path}"

    def _proof(self, token: SecretStr) -> dict[str, str]:
        if not self._proves_secret:
            return {}
        secret = self._app.client_secret.get_secret_value().encode()
        return {"appsecret_proof": hmac.new(secret, token.get_secret_value().encode(), hashlib.sha256).hexdigest()}


def hold(answer: HttpAnswer, title: str, refusals: Refusals = REFUSALS) -> dict[str, Any]:
    """The answer's document, or its error by code and subcode."""
    said = answer.read_json()
    error = said.get("error")
    if answer.status < 400 and not isinstance(error, dict):
        return said
    raise read_error(error if isinstance(error, dict) else {}, answer.status, title, refusals)


def read_error(error: Mapping[str, Any], status: int, title: str, refusals: Refusals = REFUSALS) -> PlatformError:
    """Our error for one of Meta's."""
    code, subcode = str(error.get("code", "")), str(error.get("error_subcode", ""))
    if not code and status == 401:
        code = "190"
    tried = [f"{code}/{subcode}", f"/{subcode}", code]
    known = next((key for key in tried if key in refusals), code)
    return refuse(known, refusals, title, str(error.get("error_user_msg") or error.get("message") or ""))


class FacebookLogin:
    """The login with Facebook, which both a page and an Instagram account behind a page are reached by."""

    def __init__(self, http: HttpClient, app: AppCredentials, hosts: Hosts) -> None:
        self._app, self._hosts = app, hosts
        self.graph = MetaGraph(http, app, hosts.graph, "Facebook", proves_secret=True)

    def authorize_url(self, request: ConnectRequest, scopes: frozenset[str]) -> str:
        query = {
            "client_id": self._app.client_id,
            "redirect_uri": request.redirect_uri,
            "state": request.state,
            "scope": ",".join(sorted(scopes)),
            "response_type": "code",
            "auth_type": "rerequest",  # asks again for what was declined before
        }
        return f"{self._hosts.facebook_www}/{VERSION}/dialog/oauth?{urlencode(query)}"

    def exchange_code(self, code: str, request: ConnectRequest, now: datetime) -> Grant:
        """The user's grant of about 60 days, with the scopes that were really given."""
        short = self.graph.exchange("oauth/access_token", {**self._secret(), "redirect_uri": request.redirect_uri, "code": code.removesuffix("#_=_")})
        return self._extend(str(short["access_token"]), now)

    def refresh(self, grant: Grant, now: datetime) -> Grant:
        """A page's token has no end; the user's token behind it is exchanged for a new one while it is valid."""
        if grant.parent_token is None:
            return grant
        user = self._extend(grant.parent_token.get_secret_value(), now)
        return grant.model_copy(
            update={"parent_token": user.access_token, "parent_expires_at": user.expires_at, "expires_at": user.expires_at, "issued_at": now}
        )

    def list_pages(self, grant: Grant) -> Iterator[dict[str, Any]]:
        """Every page of the user, with its own token, what the user may do there, and the Instagram account behind it."""
        params = {"fields": "id,name,username,access_token,tasks,instagram_business_account{id,username,name,profile_picture_url},picture.type(large)"}
        after = ""
        for _ in range(MAX_PAGES // PAGES_AT_ONCE):
            said = self.graph.read(grant.access_token, "me/accounts", {**params, "limit": str(PAGES_AT_ONCE), **({"after": after} if after else {})})
            yield from said.get("data", [])
            paging = said.get("paging", {})
            after = str(paging.get("cursors", {}).get("after", ""))
            if "next" not in paging or not after:
                return

    def revoke(self, grant: Grant) -> None:
        """Takes our app off the user's account. A grant that is over is revoked already."""
        token = grant.parent_token or grant.access_token
        try:
            self.graph.delete(token, "me/permissions")
        except ReconnectNeeded:
            return

    def _extend(self, token: str, now: datetime) -> Grant:
        said = self.graph.exchange("oauth/access_token", {**self._secret(), "grant_type": "fb_exchange_token", "fb_exchange_token": token})
        long_lived = SecretStr(str(said["access_token"]))
        granted = self.graph.read(long_lived, "me/permissions").get("data", [])
        return Grant(
            access_token=long_lived,
            expires_at=now + timedelta(seconds=int(said.get("expires_in") or LONG_LIVED_SECONDS)),
            scopes=frozenset(str(row["permission"]) for row in granted if row.get("status") == "granted"),
            issued_at=now,
        )

    def _secret(self) -> dict[str, str]:
        return {"client_id": self._app.client_id, "client_secret": self._app.client_secret.get_secret_value()}


def page_grant(user: Grant, token: str, subject: str) -> Grant:
    """A page's own grant, with the user's behind it: that one is kept alive, because its end can end the page's."""
    return Grant(
        access_token=SecretStr(token),
        expires_at=user.expires_at,
        scopes=user.scopes,
        issued_at=user.issued_at,
        parent_token=user.access_token,
        parent_expires_at=user.expires_at,
        subject=subject,
    )


def send_bytes(http: HttpClient, grant: Grant, url: str, start: int, size: int, body: Body, title: str) -> None:
    """The rest of a video from ``start`` to Meta's upload server, whose answer is good only when it says so. Raises PlatformError."""
    headers = {
        "Authorization": f"OAuth {grant.access_token.get_secret_value()}",  # not Bearer, on this server
        "offset": str(start),
        "file_size": str(size),
        "Content-Type": "application/octet-stream",
    }
    answer = ask(http, HttpRequest("POST", url, headers=headers, body=body, timeout_seconds=300), title)
    said = answer.read_json()
    if said.get("success") is not True:
        raise _read_upload_error(said, answer.status, title)


def read_offset(http: HttpClient, grant: Grant, url: str, title: str) -> int:
    """How many bytes the upload server has; 0 where it does not tell."""
    headers = {"Authorization": f"OAuth {grant.access_token.get_secret_value()}"}
    answer = ask(http, HttpRequest("GET", url, headers=headers), title)
    return int(answer.read_json().get("offset") or 0) if answer.status < 400 else 0


def _read_upload_error(said: Mapping[str, Any], status: int, title: str) -> PlatformError:
    told = said.get("debug_info")
    if isinstance(told, dict):
        return refuse("2" if told.get("retriable") else "", REFUSALS, title, str(told.get("message", "")))
    error = said.get("error")
    return read_error(error if isinstance(error, dict) else {}, status, title)
