"""The stand-ins as a server on the loopback interface: ``python -m local.sandbox.server DIRECTORY PORT``.

One thread per connection; bodies of up to 600 MB are held in memory, which is more than any reel has.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import struct
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from local.origin_guard import is_foreign
from local.sandbox.clock import SandboxClock
from local.sandbox.exchange import Cut
from local.sandbox.sandbox import Sandbox

MAX_BODY_BYTES = 600_000_000
PIECE_BYTES = 1_048_576
IDLE_SECONDS = 75
LOOKS_AT_ONCE = 2
_HARD_CLOSE = struct.pack("ii", 1, 0)


class SandboxServer(ThreadingHTTPServer):
    """Listens on 127.0.0.1 only."""

    daemon_threads = True
    request_queue_size = 64

    def __init__(self, sandbox: Sandbox, clock: SandboxClock, port: int) -> None:
        self.sandbox, self.clock = sandbox, clock
        super().__init__(("127.0.0.1", port), _Handler)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version, sys_version = "ReelwrightSandbox", ""
    disable_nagle_algorithm = True
    wbufsize = -1  # head and body leave together
    timeout = IDLE_SECONDS
    server: SandboxServer

    def _serve(self) -> None:
        if is_foreign({name.lower().encode(): value.encode() for name, value in self.headers.items()}, frozenset({self.server.url})):
            self._send(403, {"content-type": "application/json"}, b'{"error":"Requests from other web pages are refused."}')
            return
        body, is_whole = self._read_body()
        if body is None:
            return
        now = self.server.clock.now()
        if self.path.partition("?")[0] == "/_control/clock":
            self._serve_clock(body)
            return
        origin = f"http://{self.headers.get('Host', '127.0.0.1')}"
        try:
            status, headers, content = self.server.sandbox.handle(self.command, origin + self.path, dict(self.headers.items()), body, now, is_cut=not is_whole)
        except Cut:
            self._cut()
            return
        if is_whole:
            self._send(status, headers, content)

    do_GET = do_HEAD = do_POST = do_PUT = do_DELETE = _serve  # noqa: N815  # http.server's names

    def _serve_clock(self, body: bytes) -> None:
        try:
            wishes = json.loads(body or b"{}") if self.command == "POST" else None
            answer = self.server.clock.change(wishes) if wishes else self.server.clock.read()
            self._send(200, {"content-type": "application/json"}, json.dumps(answer).encode())
        except (ValueError, TypeError) as error:
            self._send(400, {"content-type": "application/json"}, json.dumps({"error": str(error)}).encode())

    def _read_body(self) -> tuple[bytes | None, bool]:
        """The body and whether all of it came; None where it is too large and was answered."""
        if "chunked" in self.headers.get("Transfer-Encoding", "").lower():
            return self._read_chunks()
        size = int(self.headers.get("Content-Length") or 0)
        if size > MAX_BODY_BYTES:
            self.close_connection = True
            self._send(413, {}, b"")
            return None, False
        body = bytearray()
        with contextlib.suppress(OSError):
            while len(body) < size and (piece := self.rfile.read1(min(PIECE_BYTES, size - len(body)))):
                body += piece
        self.close_connection = self.close_connection or len(body) < size
        return bytes(body), len(body) == size

    def _read_chunks(self) -> tuple[bytes, bool]:
        body = bytearray()
        with contextlib.suppress(OSError, ValueError):
            while size := int(self.rfile.readline().split(b";")[0], 16):
                body += self.rfile.read(size)
                self.rfile.readline()
                if len(body) > MAX_BODY_BYTES:
                    break
            else:
                self.rfile.readline()
                return bytes(body), True
        self.close_connection = True
        return bytes(body), False

    def _send(self, status: int, headers: dict[str, str], body: bytes) -> None:
        self.send_response(status)
        for name, value in headers.items():
            if name.lower() != "content-length":
                self.send_header(name, value)
        if status not in {204, 304}:
            self.send_header("content-length", str(len(body)))
        self.send_header("x-content-type-options", "nosniff")
        self.end_headers()
        with contextlib.suppress(OSError):
            if self.command != "HEAD":
                self.wfile.write(body)
            self.wfile.flush()

    def _cut(self) -> None:
        """Ends the connection without a word."""
        self.close_connection = True
        with contextlib.suppress(OSError):
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _HARD_CLOSE)
            self.connection.close()

    def log_message(self, *_: object) -> None:
        """Addresses hold tokens: nothing is logged."""


def make_server(directory: Path, port: int) -> SandboxServer:
    """A server on the directory's state, not yet serving. Raises OSError where the port is taken."""
    directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    sandbox = Sandbox(directory, worker=ThreadPoolExecutor(LOOKS_AT_ONCE), sleep=time.sleep)
    return SandboxServer(sandbox, SandboxClock(sandbox.grounds.store), port)


def main(directory: str, port: str) -> None:
    """Serves until SIGTERM."""
    server = make_server(Path(directory), int(port))
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: threading.Thread(target=server.shutdown, daemon=True).start())
    server.serve_forever(poll_interval=0.2)
    server.sandbox.close()
    os._exit(0)  # a look at a video may still run


if __name__ == "__main__":
    main(*sys.argv[1:3])
