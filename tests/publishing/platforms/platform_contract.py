"""What an adapter is tested with: the stand-ins in this process, a clock moved by hand, and a creator who consents.

The stand-ins are written from the vendors' documents by others than the adapters, and import nothing of them.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, urlsplit

from local.sandbox.client import SandboxClient
from local.sandbox.inspect_video import PLAIN_FACTS
from local.sandbox.posts import SandboxPost
from local.sandbox.sandbox import Sandbox
from reelwright.kit.http_client import HttpRequest
from reelwright.publishing.platform import Account, AccountChoice, ConnectRequest, Order, Outcome, Platform, Video
from reelwright.publishing.platforms.apps import STAND_IN_APP, Apps, stand_in_hosts
from reelwright.publishing.platforms.registry import build_platforms
from reelwright.publishing.post import Checkpoint, PostContent
from reelwright.publishing.social_account import ConnectWay

NOW = datetime(2026, 11, 24, 18, 0, tzinfo=UTC)
WAYS: tuple[ConnectWay, ...] = ("facebook_login", "instagram_login", "facebook_page", "youtube", "tiktok")
REDIRECT = "http://127.0.0.1:8787/v1/oauth/callback"
MOST_PIECES = 50
JPEG = b"\xff\xd8\xff\xe0" + bytes(200) + b"\xff\xd9"
COVERS = {"cover.jpg": JPEG, "cover.png": b"\x89PNG" + bytes(200)}


class _Shelf(BaseHTTPRequestHandler):
    """Gives out a video of nothing but zeros, as long as the address says, or a cover."""

    def do_GET(self) -> None:
        wish = self.path.strip("/")
        content = COVERS[wish] if wish in COVERS else bytes(int(wish)) if wish.isdigit() else b""
        self.send_response(200 if content else 404)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Silent."""


@contextmanager
def serve_videos() -> Iterator[str]:
    """Where a vendor on this machine can fetch videos from."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Shelf)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)


@dataclass
class Desk:
    """One adapter before the stand-ins."""

    way: ConnectWay
    now: datetime = NOW
    shelf: str = ""
    sandbox: Sandbox = field(default_factory=lambda: Sandbox(assumed=PLAIN_FACTS))

    def __post_init__(self) -> None:
        self.client = SandboxClient(self.sandbox, self.clock)
        app = STAND_IN_APP
        apps = Apps(meta=app, instagram=app, google=app, tiktok=app)
        self.platform: Platform = build_platforms(self.client, apps, stand_in_hosts("http://sandbox.local"), self.clock)[self.way]
        self.vendor = self.platform.name

    def clock(self) -> datetime:
        return self.now

    def wait(self, **span: float) -> None:
        self.now += timedelta(**span)

    def consent(self, more: str = "auto=allow") -> tuple[str, ConnectRequest]:
        """The creator's answer on the consent page: the code, or the error, and what the page was opened with."""
        request = ConnectRequest(state="state-1", redirect_uri=REDIRECT, code_verifier="v" * 64)
        answer = self.client.send(HttpRequest("GET", f"{self.platform.authorize_url(request)}&{more}"))
        assert answer.status in {302, 303}, answer.body
        said = dict(parse_qsl(urlsplit(answer.headers["location"]).query))
        assert said["state"] == "state-1"
        return said.get("code") or said["error"], request

    def choices(self, more: str = "auto=allow") -> list[AccountChoice]:
        code, request = self.consent(more)
        grant = self.platform.exchange_code(code, request, self.now)
        return list(self.platform.list_accounts(grant, self.now))

    def connect(self) -> Account:
        """The first account that can be posted to."""
        choice = next(choice for choice in self.choices() if not choice.cannot)
        return Account(choice.external_id, choice.username, self.way, choice.grant)

    def order(self, size: int = 3_000_000, **content: object) -> Order:
        video = bytes(size)
        usual = {"caption": "A quiet room above the harbour #harbour", "privacy": "public"}
        return Order(
            "post_1",
            PostContent.model_validate({**usual, **content}),
            Video(size, 8.0, lambda start, end: video[start:end], lambda: f"{self.shelf}/{size}", is_address_public=True),
            cover=lambda: JPEG,
        )

    def prepare(self, account: Account, order: Order) -> Checkpoint:
        """Opened, sent and checked, until it can be committed."""
        checkpoint = self.send(account, order, self.platform.open(account, order))
        for _ in range(MOST_PIECES):
            readiness = self.platform.check(account, order, checkpoint)
            checkpoint = readiness.checkpoint
            if readiness.state == "ready":
                return checkpoint
            self.wait(seconds=5)
        raise AssertionError("it is never ready")

    def send(self, account: Account, order: Order, checkpoint: Checkpoint) -> Checkpoint:
        """Every piece that is sent before the call that is made once."""
        for _ in range(MOST_PIECES):
            sent = self.platform.send(account, order, checkpoint)
            checkpoint = sent.checkpoint
            if sent.is_complete:
                return checkpoint
        raise AssertionError("it is never sent")

    def settle(self, account: Account, order: Order, checkpoint: Checkpoint, since: datetime) -> Outcome:
        """Looks until it is known."""
        for _ in range(MOST_PIECES):
            outcome = self.platform.look(account, order, checkpoint, since)
            if outcome.state != "pending" and (outcome.state != "published" or outcome.is_link_final):
                return outcome
            self.wait(seconds=10)
        return outcome

    def publish(self, account: Account, order: Order) -> Outcome:
        checkpoint, since = self.prepare(account, order), self.now
        outcome = self.platform.commit(account, order, checkpoint)
        return self.settle(account, order, outcome.checkpoint, since)

    def posts(self) -> list[SandboxPost]:
        """What strangers see on the accounts."""
        return list(self.sandbox.list_posts(self.now.timestamp()))
