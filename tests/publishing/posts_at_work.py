"""Rows and means for posts that are published in a test: a connected account, a file, a clock that is moved by hand."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from reelwright.creators.tables import CreatorRow
from reelwright.kit.database import Database
from reelwright.kit.identifiers import new_id
from reelwright.publishing.grant import Grant
from reelwright.publishing.platform import ConnectRequest, Video
from reelwright.publishing.post import PostContent
from reelwright.publishing.posting_means import PostFile, PostingMeans
from reelwright.publishing.publish_step import NextThing, publish_step
from reelwright.publishing.tables import PostEventRow, PostRow, SocialAccountRow
from tests.publishing.fake_platform import FakePlatform

HOUR = datetime(2026, 11, 24, 18, 0, tzinfo=UTC)
VIDEO = bytes(range(256)) * 10_000  # 2.5 MB
MOST_STEPS = 400


class HandClock:
    """Stands still until it is moved."""

    def __init__(self, at: datetime = HOUR) -> None:
        self.at = at

    def __call__(self) -> datetime:
        return self.at

    def wait(self, seconds: float) -> None:
        self.at += timedelta(seconds=seconds)


@dataclass
class Studio:
    """One platform, its grant, and a database: what a post needs."""

    database: Database
    platform: FakePlatform
    clock: HandClock
    fits: bool = True
    is_address_public: bool = True
    has_file: bool = True
    reads: list[tuple[int, int]] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        self.grant = self._consent()

    def _consent(self) -> Grant:
        request = ConnectRequest(state="s", redirect_uri="https://ours.test/callback", code_verifier="v")
        self.platform.authorize_url(request)
        return self.platform.exchange_code(self.platform.consent(), request, self.clock())

    def grant_of(self, account_id: str, now: datetime, *, rejected: Grant | None = None) -> Grant:
        if rejected is not None or not self.platform.is_valid(self.grant):
            self.grant = self.platform.refresh(self.grant, now).keep_refresh_token(self.grant)
        return self.grant

    def file_of(self, render_id: str, platform: str) -> PostFile | None:
        video = Video(len(VIDEO), 8.0, self._read, lambda: "https://files.test/video.mp4", self.is_address_public)
        return PostFile(video, None, self.fits) if self.has_file else None

    def _read(self, start: int, end: int) -> bytes:
        with self.lock:
            self.reads.append((start, end))
        return VIDEO[start:end]

    @property
    def means(self) -> PostingMeans:
        return PostingMeans(self.database, {self.platform.way: self.platform}, self.grant_of, self.file_of)

    def creator(self) -> str:
        creator_id = new_id("creator")
        with self.database.transaction() as session:
            session.add(CreatorRow(id=creator_id, email=f"{creator_id}@example.org", name="Maya", password_hash="x"))
        return creator_id

    def account(self, creator_id: str, **values: Any) -> str:
        account_id = new_id("account")
        base = {
            "id": account_id,
            "creator_id": creator_id,
            "platform": self.platform.name,
            "way": self.platform.way,
            "external_id": new_id("x"),
            "name": "Maya by the sea",
            "username": "maya.sea",
            "state": "connected",
            "connected_at": HOUR,
        }
        with self.database.transaction() as session:
            session.add(SocialAccountRow(**(base | values)))
        return account_id

    def post(self, creator_id: str | None = None, account_id: str | None = None, **values: Any) -> str:
        """A scheduled post that is due now."""
        post_id = new_id("post")
        creator_id = creator_id or self.creator()
        account_id = account_id or self.account(creator_id)
        base = {
            "id": post_id,
            "creator_id": creator_id,
            "social_account_id": account_id,
            "platform": self.platform.name,
            "render_id": "render_1",
            "content": PostContent(caption="A quiet room above the harbour", privacy="public").model_dump(mode="json"),
            "state": "scheduled",
            "due_at": self.clock(),
        }
        with self.database.transaction() as session:
            session.add(PostRow(**(base | values)))
        return post_id

    def read(self, post_id: str) -> PostRow:
        with self.database.transaction() as session:
            return session.get_one(PostRow, post_id)

    def account_of(self, post_id: str) -> SocialAccountRow:
        with self.database.transaction() as session:
            return session.get_one(SocialAccountRow, session.get_one(PostRow, post_id).social_account_id)

    def sentences(self, post_id: str) -> list[str]:
        with self.database.transaction() as session:
            return [event.sentence for event in session.query(PostEventRow).filter_by(post_id=post_id).order_by(PostEventRow.number)]

    def step(self, post_id: str) -> NextThing:
        """One step, and the clock moved on by the wait that it asks for."""
        thing = publish_step(self.means, post_id, self.clock())
        self.clock.wait(thing.wait_seconds)
        return thing

    def publish(self, post_id: str) -> PostRow:
        """Steps until nothing is left to do."""
        for _ in range(MOST_STEPS):
            if self.step(post_id).kind != "go":
                return self.read(post_id)
        raise AssertionError(f"the post never ends: {self.sentences(post_id)[-5:]}")

    def step_until(self, post_id: str, stage: str) -> PostRow:
        """Steps until the post is in this stage."""
        for _ in range(MOST_STEPS):
            if self.read(post_id).stage == stage:
                return self.read(post_id)
            self.step(post_id)
        raise AssertionError(f"never {stage}")
