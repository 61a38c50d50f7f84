"""What the fault bench posts with: the verbs of the product, real adapters, PostgreSQL, the stand-ins in this process, and a clock moved by hand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

from local.sandbox.client import SandboxClient
from local.sandbox.inspect_video import PLAIN_FACTS
from local.sandbox.posts import SandboxPost
from local.sandbox.sandbox import Sandbox
from local.sandbox.settings import SandboxSettings
from reelwright.creators.tables import CreatorRow
from reelwright.kit.database import Database
from reelwright.kit.errors import PlatformError
from reelwright.kit.http_client import AnswerLost, HttpAnswer, HttpRequest, NotHeard
from reelwright.kit.identifiers import new_id
from reelwright.kit.key_file_envelope import KeyFileEnvelope, make_key_file
from reelwright.publishing.keep_grant import put_grant, seal_grant
from reelwright.publishing.look_at_account import claim_looks, look_at_account
from reelwright.publishing.platform import ConnectRequest, Platform, Video
from reelwright.publishing.platforms.apps import STAND_IN_APP, Apps, stand_in_hosts
from reelwright.publishing.platforms.registry import build_platforms
from reelwright.publishing.post import PostContent, PostState
from reelwright.publishing.posting_means import PostFile, PostingMeans
from reelwright.publishing.publish_step import publish_step
from reelwright.publishing.refresh_grant import fresh_grant, when_to_renew
from reelwright.publishing.retry_post import retry_post
from reelwright.publishing.social_account import ConnectWay
from reelwright.publishing.tables import GrantRow, PostRow, SocialAccountRow

START = datetime(2026, 11, 24, 18, 0, tzinfo=UTC)
VIDEO_BYTES: dict[ConnectWay, int] = {
    "facebook_login": 300_000,
    "instagram_login": 300_000,
    "facebook_page": 300_000,
    "youtube": 9_000_000,
    "tiktok": 21_000_000,
}
"""YouTube's and TikTok's go up in two pieces."""

ADDRESS = "http://files.bench"
FIRST_COMMENT = "More of it in our profile"
COVER = b"\xff\xd8\xff\xe0" + bytes(200) + b"\xff\xd9"
MINUTE_SECONDS = 60
MOST_STEPS = 400
MOST_RETRIES = 2
NO_LIMITS = SandboxSettings(
    are_rates_limited=False,
    instagram_quota=1_000_000,
    instagram_containers=1_000_000,
    facebook_reels=1_000_000,
    tiktok_posts=1_000_000,
    youtube_inserts=1_000_000,
    youtube_units=1_000_000_000,
    youtube_channel_uploads=1_000_000,
)


@dataclass
class Shelf:
    """Where Instagram fetches videos and covers from, in this process. ``fails``: so many fetches come to nothing."""

    video: bytes
    fails: int = 0

    def fetch(self, url: str) -> Iterable[bytes]:
        if self.fails:
            self.fails -= 1
            raise OSError(f"nothing lies at {url}")
        yield COVER if url.endswith(".jpg") else self.video


class WorkerDied(BaseException):
    """The process that publishes is gone, in the middle of whatever it did."""


@dataclass
class MovedClock:
    """Stands still until it is moved."""

    now: datetime = START

    def __call__(self) -> datetime:
        return self.now

    def wait(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


@dataclass
class DyingClient:
    """Speaks to the stand-ins, and dies with the call that it was told to die with: after the answer, or after none came."""

    sandbox: Sandbox
    inner: SandboxClient
    dies_at: str = ""
    is_sparing: int = 0

    def send(self, request: HttpRequest) -> HttpAnswer:
        try:
            answer = self.inner.send(request)
        except (NotHeard, AnswerLost):
            self._die_of(request)
            raise
        self._die_of(request)
        return answer

    def _die_of(self, request: HttpRequest) -> None:
        if not self.dies_at or not self.sandbox.calls or self.sandbox.calls[-1]["operation"] != self.dies_at:
            return
        self.is_sparing -= 1
        if self.is_sparing < 0:
            self.dies_at = ""
            raise WorkerDied(request.url)


@dataclass(frozen=True)
class Ended:
    """A post at its end. ``settled_after``: seconds between the platform's last change of it and our knowing.

    ``comment_state`` and ``comments``: what we say of its first comment, and how many there are.
    """

    state: str
    detail: str
    visible: int
    steps: int
    deaths: int
    settled_after: float | None
    is_hung: bool
    comment_state: str
    comments: int


@dataclass
class Desk:
    """One account of one platform, for so many posts as fit into memory: its videos lie there. ``post`` makes a post and follows it to its end, through deaths and retries."""

    database: Database
    way: ConnectWay
    folder: Path
    clock: MovedClock = field(default_factory=MovedClock)
    posts: int = 0

    def __post_init__(self) -> None:
        video = bytes(VIDEO_BYTES[self.way])
        self.shelf = Shelf(video)
        self.sandbox = Sandbox(assumed=PLAIN_FACTS, settings=NO_LIMITS, fetch=self.shelf.fetch)
        self.client = DyingClient(self.sandbox, SandboxClient(self.sandbox, self.clock))
        app = STAND_IN_APP
        apps = Apps(meta=app, instagram=app, google=app, tiktok=app)
        self.platforms = build_platforms(self.client, apps, stand_in_hosts("http://sandbox.local"), self.clock)
        self.platform: Platform = self.platforms[self.way]
        keys = self.folder / f"{self.way}.json"
        if not keys.exists():
            make_key_file(keys)
        self.envelope = KeyFileEnvelope(keys)
        grant_of = partial(fresh_grant, self.database, self.envelope, self.platforms, pause=self.clock.wait)
        self.means = PostingMeans(self.database, self.platforms, grant_of, lambda render_id, platform: self.file)
        sent = Video(len(video), 15.0, lambda start, end: video[start:end], lambda: f"{ADDRESS}/reel.mp4", is_address_public=True)
        self.file = PostFile(sent, lambda: COVER, fits=True, cover_address=lambda: f"{ADDRESS}/cover.jpg")
        self.creator_id, self.account_id = new_id("creator"), new_id("account")
        with self.database.transaction() as session:
            session.add(CreatorRow(id=self.creator_id, email=f"{self.creator_id}@example.org", name="Maya", password_hash=""))
        self.connect()

    def connect(self) -> None:
        """The creator says yes on the consent page, for the first time or again."""
        request = ConnectRequest(state="s", redirect_uri="http://127.0.0.1/callback", code_verifier="v" * 64)
        answer = self.client.send(HttpRequest("GET", f"{self.platform.authorize_url(request)}&auto=allow"))
        code = dict(parse_qsl(urlsplit(answer.headers["location"]).query))["code"]
        grant = self.platform.exchange_code(code, request, self.clock())
        choice = next(choice for choice in self.platform.list_accounts(grant, self.clock()) if not choice.cannot)
        with self.database.transaction() as session:
            account = session.get(SocialAccountRow, self.account_id) or SocialAccountRow(
                id=self.account_id,
                creator_id=self.creator_id,
                platform=self.platform.name,
                way=self.way,
                external_id=choice.external_id,
                name=choice.name,
                username=choice.username,
                connected_at=self.clock(),
            )
            account.state, account.state_detail = "connected", ""
            session.add(account)
            session.flush()
            row = session.get(GrantRow, self.account_id) or GrantRow(social_account_id=self.account_id, creator_id=self.creator_id)
            sealed = seal_grant(self.envelope, choice.grant, self.account_id)
            put_grant(row, choice.grant, sealed, when_to_renew(self.platform, choice.grant, self.clock()), self.clock())
            session.add(row)

    def post(self) -> Ended:
        """A due post, followed to its end."""
        self.posts += 1
        post_id = new_id("post")
        comment = FIRST_COMMENT if self.platform.comments is not None else ""
        content = PostContent(caption=f"A quiet room {post_id}", privacy="public", is_ai_generated=True, first_comment=comment)
        with self.database.transaction() as session:
            row = PostRow(
                id=post_id,
                creator_id=self.creator_id,
                social_account_id=self.account_id,
                platform=self.platform.name,
                render_id="render_1",
                content=content.model_dump(mode="json"),
                state=PostState.SCHEDULED,
                due_at=self.clock(),
            )
            session.add(row)
        return self._follow(post_id, content.caption)

    def _follow(self, post_id: str, caption: str) -> Ended:
        deaths = retries = steps = 0
        settled_at: datetime | None = None
        while steps < MOST_STEPS:
            steps += 1
            try:
                thing = publish_step(self.means, post_id, self.clock())
            except WorkerDied:
                deaths += 1
                self.clock.wait(MINUTE_SECONDS)
                continue
            row = self._read(post_id)
            settled_at = (settled_at or self.clock()) if _is_settled(row) else None
            if thing.kind == "go":
                self.clock.wait(max(thing.wait_seconds, 1))
                continue
            if row.look_again_at is not None:
                self._look_in_a_minute()
            elif row.state == PostState.FAILED and row.is_retryable and retries < MOST_RETRIES:
                retries += 1
                self._retry(post_id, row)
            else:
                break
        return self._judge(post_id, caption, steps, deaths, settled_at)

    def _look_in_a_minute(self) -> None:
        """What the minute's step does with posts whose answer was lost, or whose link is not there yet."""
        self.clock.wait(MINUTE_SECONDS)
        with self.database.transaction() as session:
            waiting = claim_looks(session, self.clock(), 10)
        for post_id in waiting:
            try:
                look_at_account(self.means, post_id, self.clock())
            except WorkerDied:
                self.clock.wait(MINUTE_SECONDS)

    def _retry(self, post_id: str, row: PostRow) -> None:
        """The creator reads why it failed, connects again where that is asked, and tries again."""
        if row.failure_type == "ReconnectNeeded":
            try:
                self.connect()
            except (PlatformError, WorkerDied):
                return
        with self.database.transaction() as session:
            retry_post(session, session.get_one(PostRow, post_id), self.clock())

    def _judge(self, post_id: str, caption: str, steps: int, deaths: int, settled_at: datetime | None) -> Ended:
        row = self._read(post_id)
        self.clock.wait(10 * MINUTE_SECONDS)  # whatever the platform still does is done by then
        found = self._visible(caption)
        last_change = max((post.at for post in found), default=None)
        late = None if settled_at is None or last_change is None else settled_at.timestamp() - last_change
        is_hung = steps >= MOST_STEPS or row.comment_at is not None or row.state not in (PostState.PUBLISHED, PostState.FAILED)
        comments = sum(len(post.comments) for post in found)
        return Ended(row.state, row.failure_detail or "", len(found), steps, deaths, late, is_hung, row.comment_state or "", comments)

    def _visible(self, caption: str) -> list[SandboxPost]:
        return [post for post in self.sandbox.list_posts(self.clock().timestamp()) if post.is_visible and post.caption == caption]

    def _read(self, post_id: str) -> PostRow:
        with self.database.transaction() as session:
            return session.get_one(PostRow, post_id)


def _is_settled(row: PostRow) -> bool:
    """Whether all is known of the post; its first comment may still be on its way."""
    return row.state in (PostState.PUBLISHED, PostState.FAILED) and row.look_again_at is None
