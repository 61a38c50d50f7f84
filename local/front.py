"""The one address that clients see: ``/v1/*`` goes to the HTTP API, ``/<media bucket>/*`` with a signature to S3, nothing else anywhere.

``python -m local.front PORT ROUTE_FILE``. Bytes are passed on as they come, both ways. The Host of a presigned request
is kept, because its signature covers it.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import re
import signal
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import h11

from local.origin_guard import is_foreign

CHUNK_BYTES = 65_536
MAX_API_BODY_BYTES = 10_000_000  # API Gateway's own limit
MAX_FILE_BODY_BYTES = 105_000_000  # the largest upload, 100 MB, and a little
IDLE_SECONDS = 75
ANSWER_SECONDS = 120
DRAIN_SECONDS = 2
_BETWEEN_TWO = frozenset({b"connection", b"keep-alive", b"proxy-connection", b"te", b"trailer", b"transfer-encoding", b"upgrade", b"expect"})
# These would make MiniStack take an API request for one of another service.
# Origin and its kin are judged here; MiniStack's own port refuses every web page.
_NOT_PASSED_ON = frozenset(
    {b"x-amz-target", b"x-forwarded-for", b"x-forwarded-proto", b"x-forwarded-host", b"origin", b"sec-fetch-site", b"sec-fetch-mode", b"sec-fetch-dest"}
)
_SHARED = (
    (b"vary", b"origin"),
    (b"access-control-allow-methods", b"GET, HEAD, POST, PUT, PATCH, DELETE"),
    (b"access-control-allow-headers", b"authorization, content-type, idempotency-key, if-match"),
    (b"access-control-expose-headers", b"etag, location, retry-after"),
    (b"access-control-max-age", b"3600"),
)
_FILE_METHODS = frozenset({b"GET", b"HEAD", b"PUT"})


class Refusal(Exception):
    """Answered by the front itself, as problem details (RFC 9457)."""

    def __init__(self, status: int, title: str, detail: str) -> None:
        super().__init__(detail)
        self.status, self.title, self.detail = status, title, detail


@dataclass(frozen=True)
class Route:
    """Where MiniStack listens and what the stack made in it."""

    port: int
    api_id: str
    bucket: str


class RouteFile:
    """The supervisor writes it when the stack is there and removes it when it is gone."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._read: tuple[int, Route] | None = None

    def current(self) -> Route:
        """Raises Refusal (503) while there is none."""
        try:
            changed = self._path.stat().st_mtime_ns
            if self._read is None or self._read[0] != changed:
                self._read = (changed, Route(**json.loads(self._path.read_text())))
            return self._read[1]
        except (OSError, ValueError) as error:
            raise _not_ready() from error


def _not_ready() -> Refusal:
    return Refusal(503, "Not ready", "The platform is starting. Try again in a second.")


class Front:
    """Serves one port."""

    def __init__(self, port: int, route_file: RouteFile) -> None:
        self._route_file = route_file
        self._origins = frozenset({f"http://127.0.0.1:{port}", f"http://localhost:{port}"})

    async def serve_connection(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """All requests of one connection, one after the other."""
        client = Peer(h11.Connection(h11.SERVER), reader, writer)
        with contextlib.suppress(OSError, asyncio.IncompleteReadError, TimeoutError, h11.ProtocolError):
            while await self._serve_request(client):
                client.connection.start_next_cycle()
        writer.close()
        with contextlib.suppress(OSError):
            await writer.wait_closed()

    async def _serve_request(self, client: Peer) -> bool:
        """Whether the connection can be used again."""
        try:
            request = await asyncio.wait_for(client.next_event(), IDLE_SECONDS)
        except h11.RemoteProtocolError:
            await client.refuse(Refusal(400, "Bad request", "The request could not be read."))
            return False
        if not isinstance(request, h11.Request):
            return False
        try:
            await self._pass_on(client, request)
        except Refusal as refusal:
            await client.refuse(refusal)
            await client.drain()
            return False
        return client.connection.our_state is h11.DONE and client.connection.their_state is h11.DONE

    async def _pass_on(self, client: Peer, request: h11.Request) -> None:
        headers = dict(request.headers)
        if is_foreign(headers, self._origins):
            raise Refusal(403, "Not allowed", "Requests from other web pages are refused.")
        if request.method == b"OPTIONS":
            await client.send(h11.Response(status_code=204, headers=_allow(headers)))
            await client.finish()
            return
        route = self._route_file.current()
        target, host, limit = choose_target(request, route)
        if int(headers.get(b"content-length", b"0")) > limit:
            raise Refusal(413, "Too large", f"At most {limit // 1_000_000} MB can be sent at once.")
        kept = [(name, value) for name, value in request.headers if name not in _BETWEEN_TWO | _NOT_PASSED_ON and name != b"host"]
        framing = [(b"transfer-encoding", b"chunked")] if b"transfer-encoding" in headers else []
        peer = writer_address(client.writer)
        onward = h11.Request(
            method=request.method,
            target=target,
            headers=[(b"host", host), *kept, *framing, (b"x-forwarded-for", peer), (b"connection", b"close")],
        )
        try:
            reader, writer = await asyncio.open_connection("127.0.0.1", route.port)
        except OSError as error:
            raise _not_ready() from error
        upstream = Peer(h11.Connection(h11.CLIENT), reader, writer)
        try:
            await self._exchange(client, upstream, onward, limit)
            await _return_answer(client, upstream, _allow(headers))
        except (OSError, h11.RemoteProtocolError) as error:
            if client.connection.our_state is h11.SEND_RESPONSE:
                raise _not_ready() from error
            raise OSError("the answer broke off") from error
        finally:
            writer.close()

    @staticmethod
    async def _exchange(client: Peer, upstream: Peer, onward: h11.Request, limit: int) -> None:
        await upstream.send(onward)
        if client.connection.they_are_waiting_for_100_continue:
            await client.send(h11.InformationalResponse(status_code=100, headers=[]))
        passed_bytes = 0
        while not isinstance(event := await client.next_event(), h11.EndOfMessage):
            if not isinstance(event, h11.Data):
                raise OSError("the client went away")
            passed_bytes += len(event.data)
            if passed_bytes > limit:
                raise Refusal(413, "Too large", f"At most {limit // 1_000_000} MB can be sent at once.")
            await upstream.send(h11.Data(data=bytes(event.data)))
        await upstream.send(h11.EndOfMessage())


def _allow(headers: dict[bytes, bytes]) -> list[tuple[bytes, bytes]]:
    """What a page of our own may read; its origin was found to be ours."""
    origin = headers.get(b"origin")
    return [(b"access-control-allow-origin", origin), *_SHARED] if origin else []


async def _return_answer(client: Peer, upstream: Peer, allowed: list[tuple[bytes, bytes]]) -> None:
    event: Any = None
    while not isinstance(event, h11.Response):
        event = await asyncio.wait_for(upstream.next_event(), ANSWER_SECONDS)
        if isinstance(event, h11.ConnectionClosed):
            raise OSError("no answer came")
    headers = [(name, value) for name, value in event.headers if name not in _BETWEEN_TWO and not name.startswith(b"access-control-")]
    await client.send(h11.Response(status_code=event.status_code, headers=headers + allowed, reason=event.reason))
    while not isinstance(event := await upstream.next_event(), h11.EndOfMessage):
        if isinstance(event, h11.ConnectionClosed):
            raise OSError("the answer broke off")
        await client.send(h11.Data(data=bytes(event.data)))
    await client.send(h11.EndOfMessage())


def choose_target(request: h11.Request, route: Route) -> tuple[bytes, bytes, int]:
    """Target, Host and body limit of the onward request. Raises Refusal for whatever is not the API or a signed file."""
    try:
        parts = urlsplit(request.target.decode("ascii"))
    except ValueError as error:
        raise Refusal(400, "Bad request", "The address could not be read.") from error
    path = unquote(parts.path)
    headers = dict(request.headers)
    if ".." in path.split("/") or not request.target.startswith(b"/") or request.target.startswith(b"//"):
        raise Refusal(400, "Bad request", "The path could not be read.")
    if re.match(r"/v1(/|$)", path):
        return bytes(request.target), f"{route.api_id}.execute-api.localhost:{route.port}".encode(), MAX_API_BODY_BYTES
    if path.startswith(f"/{route.bucket}/") and len(path) > len(route.bucket) + 2:
        if request.method not in _FILE_METHODS:
            raise Refusal(405, "Not allowed", "Files are read with GET and sent with PUT.")
        if "X-Amz-Signature" not in parse_qs(parts.query):
            raise Refusal(403, "Not allowed", "Files are reached only by the signed addresses that the API gives.")
        return bytes(request.target), headers.get(b"host", b""), MAX_FILE_BODY_BYTES
    raise Refusal(404, "Not found", "There is nothing here. The API is under /v1.")


def writer_address(writer: asyncio.StreamWriter) -> bytes:
    """The client's address."""
    address = writer.get_extra_info("peername") or ("127.0.0.1",)
    return str(address[0]).encode()


class Peer:
    """One side of the front: a stream and its protocol state."""

    def __init__(self, connection: h11.Connection, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connection, self.reader, self.writer = connection, reader, writer

    async def next_event(self) -> Any:
        """Raises h11.RemoteProtocolError."""
        while (event := self.connection.next_event()) is h11.NEED_DATA:
            self.connection.receive_data(await self.reader.read(CHUNK_BYTES))
        return event

    async def send(self, event: Any) -> None:
        """Waits while the other side is slow."""
        if data := self.connection.send(event):
            self.writer.write(data)
            await self.writer.drain()

    async def finish(self) -> None:
        """Ends an answer without a body, and reads the request to its end."""
        await self.send(h11.EndOfMessage())
        while not isinstance(event := await self.next_event(), h11.EndOfMessage):
            if isinstance(event, h11.ConnectionClosed):
                return

    async def refuse(self, refusal: Refusal) -> None:
        """Answers with problem details and ends the connection."""
        if self.connection.our_state not in {h11.IDLE, h11.SEND_RESPONSE}:
            return
        problem = {"type": "about:blank", "title": refusal.title, "status": refusal.status, "detail": refusal.detail}
        body = json.dumps(problem).encode()
        headers = [("content-type", "application/problem+json"), ("content-length", str(len(body))), ("cache-control", "no-store"), ("connection", "close")]
        if refusal.status == 503:
            headers.append(("retry-after", "1"))
        await self.send(h11.Response(status_code=refusal.status, headers=headers))
        await self.send(h11.Data(data=body))
        await self.send(h11.EndOfMessage())

    async def drain(self) -> None:
        """Reads on for a moment: closing on unread bytes would take the answer away from the client."""
        with contextlib.suppress(OSError, TimeoutError):
            self.writer.write_eof()
            async with asyncio.timeout(DRAIN_SECONDS):
                while await self.reader.read(CHUNK_BYTES):
                    pass


async def serve(port: int, route_file: Path) -> None:
    """Listens on loopback until SIGTERM."""
    front = Front(port, RouteFile(route_file))
    server = await asyncio.start_server(front.serve_connection, "127.0.0.1", port, limit=CHUNK_BYTES * 4)
    ended = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, ended.set)
    await ended.wait()
    server.close()
    os._exit(0)  # connections that wait for a next request need no farewell


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1]), Path(sys.argv[2])))
