"""Calls of the YouTube Data API: signed, taken apart, refused by the first reason that is known."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from reelwright.kit.http_client import HttpAnswer, HttpClient, HttpRequest
from reelwright.publishing.grant import Grant
from reelwright.publishing.platforms.answers import Refusals, ask, refuse
from reelwright.publishing.platforms.youtube_refusals import REFUSALS

TITLE = "YouTube"
Ask = Callable[[HttpClient, HttpRequest, str], HttpAnswer]


class YouTubeCalls:
    """The API at ``base``. ``refusals``: what its reasons mean here."""

    def __init__(self, http: HttpClient, base: str, refusals: Refusals = REFUSALS) -> None:
        self._http, self._base, self._refusals = http, base, refusals

    def with_refusals(self, refusals: Refusals) -> YouTubeCalls:
        """The same API, where some reasons mean something else."""
        return YouTubeCalls(self._http, self._base, {**self._refusals, **refusals})

    def call(
        self,
        grant: Grant,
        method: str,
        path: str,
        params: Mapping[str, str],
        *,
        document: Mapping[str, Any] | None = None,
        body: bytes | None = None,
        headers: Mapping[str, str] | None = None,
        how: Ask = ask,
    ) -> HttpAnswer:
        """``how`` is ``ask_once`` for a call that must not be repeated. Raises PlatformError."""
        request = HttpRequest(method, f"{self._base}{path}", params=params, headers={**bearer(grant), **(headers or {})}, document=document, body=body)
        return self.hold(how(self._http, request, TITLE))

    def hold(self, answer: HttpAnswer) -> HttpAnswer:
        """The answer, or its error by the first reason that it names."""
        if answer.status < 400:
            return answer
        said = answer.read_json().get("error", {})
        reasons = [str(entry.get("reason", "")) for entry in said.get("errors", [])] if isinstance(said, dict) else []
        code = next((reason for reason in reasons if reason in self._refusals), reasons[0] if reasons else "")
        if answer.status == 401:
            code = code if code in self._refusals else "authError"
        if answer.status == 429 and code not in self._refusals:
            code = "rateLimitExceeded"
        raise refuse(code, self._refusals, TITLE, str(said.get("message", "")) if isinstance(said, dict) else str(said))


def bearer(grant: Grant) -> dict[str, str]:
    """The header that signs a call."""
    return {"Authorization": f"Bearer {grant.access_token.get_secret_value()}"}
