"""Refuses what a web page of a stranger could send to a server on this machine: MiniStack itself would answer anybody."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any
from urllib.parse import urlsplit

Scope = MutableMapping[str, Any]
Application = Callable[[Scope, Any, Any], Awaitable[None]]


def is_foreign(headers: dict[bytes, bytes], allowed_origins: frozenset[str] = frozenset()) -> bool:
    """Whether a browser sent this for another site's page, or under another name than the machine's own (DNS rebinding)."""
    origin = headers.get(b"origin")
    if origin is not None and origin.decode("latin-1") not in allowed_origins:
        return True
    if origin is None and headers.get(b"sec-fetch-site", b"none") not in {b"none", b"same-origin"}:
        return True
    return not _is_loopback_name(headers.get(b"host", b"127.0.0.1").decode("latin-1"))


def _is_loopback_name(host: str) -> bool:
    name = urlsplit(f"//{host}").hostname or ""
    return name in {"127.0.0.1", "localhost", "::1"} or name.endswith(".localhost")


def guard(application: Application) -> Application:
    """The application behind the check. No browser has business with MiniStack's own port."""

    async def guarded(scope: Scope, receive: Any, send: Any) -> None:
        if scope["type"] in {"http", "websocket"} and is_foreign(dict(scope["headers"])):
            await _refuse(scope, send)
            return
        await application(_as_if_encrypted(scope), receive, send)

    return guarded


def _as_if_encrypted(scope: Scope) -> Scope:
    """Loopback needs no TLS, but the bucket's policy refuses whatever came without: MiniStack believes this header."""
    if scope["type"] == "http":
        scope["headers"] = [*scope["headers"], (b"x-forwarded-proto", b"https")]
    return scope


async def _refuse(scope: Scope, send: Any) -> None:
    if scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": 1008})
        return
    body = json.dumps({"type": "about:blank", "title": "Not allowed", "status": 403, "detail": "Requests from other web pages are refused."}).encode()
    headers = [(b"content-type", b"application/problem+json"), (b"content-length", str(len(body)).encode()), (b"cache-control", b"no-store")]
    await send({"type": "http.response.start", "status": 403, "headers": headers})
    await send({"type": "http.response.body", "body": body})
