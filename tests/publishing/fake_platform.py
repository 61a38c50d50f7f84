"""A platform that exists only here: it keeps tokens, uploads and posts in memory, by the rules of a real one, and fails where a test says so.

    platform = FakePlatform(clock, ROTATING)
    platform.fail("commit", OutcomeUnknown("The answer was lost."), after=True)   # it posts, and the answer is lost
    platform.fail("refresh", PlatformUnavailable("It does not answer."), times=3)
    platform.calls["commit"], platform.posts

Errors of a switch are raised before the call has an effect, or after it with ``after=True``.
"""

from __future__ import annotations

import threading
from collections import Counter, defaultdict, deque
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, Literal
from urllib.parse import urlencode

from pydantic import SecretStr

from reelwright.kit.clock import Clock, utc_now
from reelwright.kit.errors import PlatformNotReady, ReconnectNeeded, ReelwrightError, UploadExpired
from reelwright.publishing.grant import Grant
from reelwright.publishing.platform import (
    Account,
    AccountChoice,
    Comments,
    ConnectRequest,
    Metrics,
    Order,
    Outcome,
    PublishingOptions,
    Readiness,
    Sent,
)
from reelwright.publishing.platforms.registry import SPECIFICATIONS
from reelwright.publishing.post import Checkpoint
from reelwright.publishing.social_account import ConnectWay

DAY_SECONDS = 86_400


@dataclass(frozen=True)
class TokenRules:
    """How long tokens live, in seconds (None: for ever), and how a new one is got."""

    way: ConnectWay
    name: str
    access_seconds: int | None
    renewal: Literal["never", "by_itself", "refresh_token", "rotating"]
    refresh_seconds: int | None = None
    min_age_seconds: int = 0
    margin_seconds: int = 600


ROTATING = TokenRules("tiktok", "tiktok", 7200, "rotating", refresh_seconds=180 * DAY_SECONDS)
SIXTY_DAYS = TokenRules("instagram_login", "instagram", 60 * DAY_SECONDS, "by_itself", min_age_seconds=DAY_SECONDS, margin_seconds=10 * DAY_SECONDS)
NEVER_ENDING = TokenRules("facebook_page", "facebook", None, "never")
HOURLY = TokenRules("youtube", "youtube", 3600, "refresh_token")
PAGE_OF_INSTAGRAM = TokenRules("facebook_login", "instagram", None, "never")


USUAL_OPTIONS = PublishingOptions(privacy_choices=("public", "private"), default_privacy="public", max_seconds=180)


@dataclass
class _Fault:
    error: ReelwrightError
    times: int
    is_after: bool


@dataclass
class _Token:
    subject: str
    issued_at: datetime
    expires_at: datetime | None


@dataclass
class FakePost:
    """What the account shows."""

    external_id: str
    key: str
    account: str
    content: Any
    video_bytes: int
    posted_at: datetime
    permalink: str


@dataclass
class FakeComments:
    """Comments under posts of a FakePlatform: ``platform.fail("comment", …)`` and ``fail("find_comment", …)`` work on them."""

    platform: FakePlatform
    scopes: frozenset[str] = frozenset({"comment"})
    written: list[tuple[str, str]] = field(default_factory=list)  # the post's id and the words
    is_shown: bool = True  # False: what was written is not in the list yet

    def write(self, account: Account, external_id: str, text: str) -> str:
        with self.platform._call("comment", account.grant):
            self.written.append((external_id, text))
            return f"comment-{len(self.written)}"

    def find(self, account: Account, external_id: str, text: str, since: datetime) -> str:
        with self.platform._call("find_comment", account.grant):
            return "comment-1" if self.is_shown and (external_id, text) in self.written else ""


@dataclass(frozen=True)
class FakeAccount:
    """An account that the consenting user has."""

    external_id: str
    name: str
    username: str = ""
    cannot: str = ""
    missing_scopes: frozenset[str] = frozenset()


@dataclass
class FakePlatform:
    """The port, by switches. Safe to be used by several threads, as a vendor's servers are."""

    clock: Clock = utc_now
    rules: TokenRules = ROTATING
    accounts: list[FakeAccount] = field(default_factory=lambda: [FakeAccount("100", "Maya by the sea", "maya.sea")])
    scopes: frozenset[str] = frozenset({"publish", "profile"})
    withheld_scopes: frozenset[str] = frozenset()  # what the creator unticked on the consent page
    gives_refresh_token: bool = True  # a second consent of some platforms brings none
    piece_bytes: int = 1_000_000
    checks_until_ready: int = 1
    looks_until_settled: int = 0  # so many looks after the commit say "pending"
    shows_posts: bool = True  # False: an account that cannot be read; looks say "unknown"
    options: PublishingOptions = USUAL_OPTIONS
    refusals: tuple[str, ...] = ()
    has_ai_label: bool = True
    needs_privacy_choice: bool = False
    needs_public_address: bool = False

    def __post_init__(self) -> None:
        self.comments: Comments | None = None
        self.cover_outcomes: dict[str, str] = {}  # call → what it says of the cover, as adapters put it into the checkpoint
        self.name, self.way = self.rules.name, self.rules.way
        self.specification = SPECIFICATIONS[self.name]
        self.refresh_margin_seconds, self.min_refresh_age_seconds = self.rules.margin_seconds, self.rules.min_age_seconds
        self.calls: Counter[str] = Counter()
        self.posts: dict[str, FakePost] = {}
        self.requests: list[ConnectRequest] = []
        self.codes: dict[str, str] = {}  # code → subject; each is taken once
        self.metrics: dict[str, Metrics] = {}
        self._tokens: dict[str, _Token] = {}
        self._refresh_tokens: dict[str, tuple[str, datetime | None]] = {}
        self._uploads: dict[str, int] = {}
        self._checked: Counter[str] = Counter()
        self._looked: Counter[str] = Counter()
        self._faults: dict[str, deque[_Fault]] = defaultdict(deque)
        self._number = 0
        self._lock = threading.RLock()

    # Switches.

    def fail(self, call: str, error: ReelwrightError, *, times: int = 1, after: bool = False) -> None:
        """The next ``times`` calls of this name raise the error."""
        self._faults[call].append(_Fault(error, times, after))

    def heal(self) -> None:
        """No switch is on any more."""
        self._faults.clear()

    def consent(self, subject: str = "user-1") -> str:
        """The creator says yes on the consent page: the code that comes back."""
        with self._lock:
            code = f"code-{self._next()}"
            self.codes[code] = subject
            return code

    def end_grants(self, subject: str = "user-1") -> None:
        """The creator removes the app on the platform: nothing of this subject works any more."""
        with self._lock:
            self._tokens = {text: token for text, token in self._tokens.items() if token.subject != subject}
            self._refresh_tokens = {text: held for text, held in self._refresh_tokens.items() if held[0] != subject}

    def expire_uploads(self) -> None:
        self._uploads.clear()

    def is_valid(self, grant: Grant) -> bool:
        """Whether the platform would take this grant's access token now."""
        token = self._tokens.get(grant.access_token.get_secret_value())
        return token is not None and (token.expires_at is None or token.expires_at > self.clock())

    @property
    def live_refresh_tokens(self) -> int:
        return len(self._refresh_tokens)

    # The port: connecting.

    def authorize_url(self, request: ConnectRequest) -> str:
        self.requests.append(request)
        return f"https://consent.test/{self.name}?{urlencode({'state': request.state, 'redirect_uri': request.redirect_uri})}"

    def exchange_code(self, code: str, request: ConnectRequest, now: datetime) -> Grant:
        with self._call("exchange_code"):
            known = next((earlier for earlier in self.requests if earlier.state == request.state), None)
            subject = self.codes.pop(code, None)
            if subject is None or known is None or known.code_verifier != request.code_verifier or known.redirect_uri != request.redirect_uri:
                raise ReconnectNeeded("The code of the consent page was used already, or is over. Connect again.")
            return self._grant(subject, now, self.gives_refresh_token)

    def list_accounts(self, grant: Grant, now: datetime) -> Sequence[AccountChoice]:
        with self._call("list_accounts", grant):
            return [
                AccountChoice(
                    each.external_id,
                    each.name,
                    each.username,
                    "",
                    grant.model_copy(update={"scopes": self.scopes - self.withheld_scopes - each.missing_scopes}),
                    each.cannot,
                )
                for each in self.accounts
            ]

    def refresh(self, grant: Grant, now: datetime) -> Grant:
        with self._call("refresh"):
            if self.rules.renewal == "never":
                return grant
            if self.rules.renewal == "by_itself":
                return self._renew_itself(grant, now)
            text = grant.refresh_token.get_secret_value() if grant.refresh_token else ""
            subject, ends_at = self._refresh_tokens.get(text, ("", None))
            if not subject or (ends_at is not None and ends_at <= now):
                raise ReconnectNeeded("The permission is over. Connect the account again.")
            is_rotating = self.rules.renewal == "rotating"
            if is_rotating:
                del self._refresh_tokens[text]
            return self._grant(subject, now, is_rotating)

    def revoke(self, grant: Grant) -> None:
        with self._call("revoke"):
            token = self._tokens.get(grant.access_token.get_secret_value())
            if token is not None:
                self.end_grants(token.subject)

    # The port: posting.

    def read_options(self, account: Account, now: datetime) -> PublishingOptions:
        with self._call("read_options", account.grant):
            return replace(self.options, nickname=account.username)

    def check_order(self, order: Order, options: PublishingOptions) -> Sequence[str]:
        self.calls["check_order"] += 1
        return self.refusals

    def open(self, account: Account, order: Order) -> Checkpoint:
        with self._call("open", account.grant):
            upload = f"upload-{self._next()}"
            self._uploads[upload] = 0
            return {"upload": upload, **self._cover_of("open")}

    def send(self, account: Account, order: Order, checkpoint: Checkpoint) -> Sent:
        with self._call("send", account.grant):
            upload = self._upload(checkpoint)
            start = self._uploads[upload]
            piece = order.video.read(start, min(start + self.piece_bytes, order.video.size_bytes))
            self._uploads[upload] = start + len(piece)
            return Sent(dict(checkpoint), self._uploads[upload], self._uploads[upload] >= order.video.size_bytes)

    def check(self, account: Account, order: Order, checkpoint: Checkpoint) -> Readiness:
        with self._call("check", account.grant):
            upload = self._upload(checkpoint)
            self._checked[upload] += 1
            is_ready = self._checked[upload] >= self.checks_until_ready
            return Readiness("ready" if is_ready else "processing", {**checkpoint, **self._cover_of("check")})

    def commit(self, account: Account, order: Order, checkpoint: Checkpoint) -> Outcome:
        with self._call("commit", account.grant):
            if self._uploads[self._upload(checkpoint)] < order.video.size_bytes:
                raise PlatformNotReady("The video is not there yet. Nothing was posted.")
            number = str(self._next())
            link = f"https://{self.name}.test/{account.external_id}/{number}"
            post = FakePost(number, order.key, account.external_id, order.content, order.video.size_bytes, self.clock(), link)
            self.posts[number] = post
            return self._outcome(post)

    def look(self, account: Account, order: Order, checkpoint: Checkpoint, since: datetime) -> Outcome:
        with self._call("look", account.grant):
            if not self.shows_posts:
                return Outcome("unknown", detail="The account cannot be read now.")
            self._looked[order.key] += 1
            mine = [post for post in self.posts.values() if post.key == order.key]
            return self._outcome(mine[0]) if mine else Outcome("absent", detail="The account shows no such post.")

    def read_metrics(self, account: Account, external_ids: Sequence[str]) -> dict[str, Metrics]:
        with self._call("read_metrics", account.grant):
            return {id_: self.metrics.get(id_, Metrics(views=0, likes=0, comments=0)) for id_ in external_ids if id_ in self.posts}

    # How it works.

    def _outcome(self, post: FakePost) -> Outcome:
        if self._looked[post.key] < self.looks_until_settled:
            return Outcome("pending", post.external_id)
        return Outcome("published", post.external_id, post.permalink)

    def _cover_of(self, call: str) -> Checkpoint:
        return {"cover": self.cover_outcomes[call]} if call in self.cover_outcomes else {}

    def _upload(self, checkpoint: Checkpoint) -> str:
        upload = str(checkpoint.get("upload", ""))
        if upload not in self._uploads:
            raise UploadExpired("The upload is over. Nothing was posted; it is sent again.")
        return upload

    def _renew_itself(self, grant: Grant, now: datetime) -> Grant:
        token = self._tokens.get(grant.access_token.get_secret_value())
        if token is None or token.expires_at is None or token.expires_at <= now:
            raise ReconnectNeeded("The permission is over. Connect the account again.")
        if (now - token.issued_at).total_seconds() < self.rules.min_age_seconds:
            raise ReelwrightError("A token that young cannot be renewed: whoever asks breaks the platform's rule.")
        return self._grant(token.subject, now, has_refresh_token=False)

    def _grant(self, subject: str, now: datetime, has_refresh_token: bool) -> Grant:
        number = self._next()
        access = f"fake-access-token-{self.name}-{number}"
        ends_at = None if self.rules.access_seconds is None else now + timedelta(seconds=self.rules.access_seconds)
        self._tokens[access] = _Token(subject, now, ends_at)
        grant = Grant(access_token=SecretStr(access), expires_at=ends_at, issued_at=now, subject=subject, scopes=self.scopes - self.withheld_scopes)
        if not has_refresh_token or self.rules.renewal not in ("refresh_token", "rotating"):
            return grant
        refresh = f"fake-refresh-token-{self.name}-{number}"
        refresh_ends_at = None if self.rules.refresh_seconds is None else now + timedelta(seconds=self.rules.refresh_seconds)
        self._refresh_tokens[refresh] = (subject, refresh_ends_at)
        return grant.model_copy(update={"refresh_token": SecretStr(refresh), "refresh_expires_at": refresh_ends_at})

    def _next(self) -> int:
        self._number += 1
        return self._number

    def _call(self, name: str, grant: Grant | None = None) -> _Call:
        return _Call(self, name, grant)


@dataclass
class _Call:
    """One call at a time; its faults before and after; its token looked at."""

    platform: FakePlatform
    name: str
    grant: Grant | None

    def __enter__(self) -> None:
        platform = self.platform
        platform._lock.acquire()
        try:
            platform.calls[self.name] += 1
            self._raise_fault(is_after=False)
            if self.grant is not None and not platform.is_valid(self.grant):
                raise ReconnectNeeded("The permission is over. Connect the account again.")
        except BaseException:
            platform._lock.release()
            raise

    def __exit__(self, kind: type[BaseException] | None, *rest: object) -> None:
        try:
            if kind is None:
                self._raise_fault(is_after=True)
        finally:
            self.platform._lock.release()

    def _raise_fault(self, *, is_after: bool) -> None:
        faults = self.platform._faults[self.name]
        if faults and faults[0].is_after == is_after:
            faults[0].times -= 1
            error = faults[0].error
            if not faults[0].times:
                faults.popleft()
            raise error
