"""Refuses what a stranger's web page or another user of this machine could send: MiniStack itself would answer anybody."""

from __future__ import annotations

import json
import re
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any
from urllib.parse import parse_qs, urlsplit

Scope = MutableMapping[str, Any]
Application = Callable[[Scope, Any, Any], Awaitable[None]]
HEALTH_PATH = "/_ministack/health"
_API_HOST = re.compile(r"[a-f0-9]{8}\.execute-api\.localhost(:\d+)?")
_API_PATH = re.compile(r"/v1(/|$)")
_ALGORITHM = "AWS4-HMAC-SHA256"
_AUTHORIZATION = re.compile(rf"{_ALGORITHM} Credential=([^/,\s]+)/.+")
_OTHER_KEYS = ("x-amz-credential", "AWSAccessKeyId")


def is_foreign(headers: dict[bytes, bytes], allowed_origins: frozenset[str] = frozenset()) -> bool:
    """Whether a browser sent this for another site's page, or under another name than the machine's own (DNS rebinding)."""
    origin = headers.get(b"origin")
    if origin is not None and origin.decode("latin-1") not in allowed_origins:
        return True
    if origin is None and headers.get(b"sec-fetch-site", b"none") not in {b"none", b"same-origin"}:
        return True
    return not _is_loopback_name(headers.get(b"host", b"127.0.0.1").decode("latin-1"))


def _is_loopback_name(host: str) -> bool:
    try:
        name = urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return False
    return name in {"127.0.0.1", "localhost", "::1"} or name.endswith(".localhost")


def guard(application: Application, is_known: Callable[[str], bool]) -> Application:
    """The application behind the checks: no browser has business with MiniStack's own port, and nobody without a known access key."""

    async def guarded(scope: Scope, receive: Any, send: Any) -> None:
        if scope["type"] in {"http", "websocket"} and (reason := _find_reason(scope, is_known)):
            await _refuse(scope, send, reason)
            return
        await application(_as_if_encrypted(scope), receive, send)

    return guarded


def _find_reason(scope: Scope, is_known: Callable[[str], bool]) -> str:
    """Why the request is refused; empty where it is not."""
    headers, path = dict(scope["headers"]), str(scope["path"])
    if is_foreign(headers):
        return "Requests from other web pages are refused."
    if scope["type"] == "websocket":
        return "There are no web sockets here."
    if path == HEALTH_PATH and scope["method"] in {"GET", "HEAD"}:
        return ""
    if path.lstrip("/").startswith("_"):
        return "Administration is refused."
    if len(_values(scope, b"host")) == 1 and _is_for_api(headers, path):
        return ""
    return "" if is_known(_read_key(scope)) else "The platform's own access key is needed."


def _is_for_api(headers: dict[bytes, bytes], path: str) -> bool:
    """Whether it can only reach the HTTP API, which checks its callers itself."""
    host = headers.get(b"host", b"").decode("latin-1")
    leads_elsewhere = any(name in headers for name in (b"x-amz-target", b"x-amz-request-route"))
    return bool(_API_HOST.fullmatch(host) and _API_PATH.match(path)) and not leads_elsewhere


def _read_key(scope: Scope) -> str:
    """The one access key that the request is signed for. Empty where none or several are named: MiniStack takes nobody for the owner."""
    query = parse_qs(scope.get("query_string", b"").decode("latin-1"), keep_blank_values=True)
    in_header, in_query = _values(scope, b"authorization"), query.get("X-Amz-Credential", [])
    if len(in_header) + len(in_query) != 1 or any(name in query for name in _OTHER_KEYS):
        return ""
    if in_header:
        match = _AUTHORIZATION.fullmatch(in_header[0])
        return match.group(1) if match else ""
    is_signed = query.get("X-Amz-Algorithm") == [_ALGORITHM] and "X-Amz-Signature" in query
    return in_query[0].partition("/")[0] if is_signed else ""


def _values(scope: Scope, wanted: bytes) -> list[str]:
    return [value.decode("latin-1") for name, value in scope["headers"] if name == wanted]


def _as_if_encrypted(scope: Scope) -> Scope:
    """Loopback needs no TLS, but the bucket's policy refuses whatever came without: MiniStack believes this header."""
    if scope["type"] == "http":
        scope["headers"] = [*scope["headers"], (b"x-forwarded-proto", b"https")]
    return scope


async def _refuse(scope: Scope, send: Any, reason: str) -> None:
    if scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": 1008})
        return
    body = json.dumps({"type": "about:blank", "title": "Not allowed", "status": 403, "detail": reason}).encode()
    headers = [(b"content-type", b"application/problem+json"), (b"content-length", str(len(body)).encode()), (b"cache-control", b"no-store")]
    await send({"type": "http.response.start", "status": 403, "headers": headers})
    await send({"type": "http.response.body", "body": body})
