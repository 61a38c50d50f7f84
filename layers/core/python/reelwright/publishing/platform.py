"""The port: what every platform can do, in the order in which the storyboard asks.

Only ``commit`` can make a post visible. It is called once; whether it worked is then found out by ``look``, which may be asked for ever.
Everything before it may be repeated: an upload, a container or a private video that nobody sees is harmless.

    open → send (again and again) → check (until ready) → commit (once) → look (until settled)

Where the last byte is the irreversible call (TikTok), ``send`` keeps it back and ``commit`` sends it. YouTube's video is sent as private and
``commit`` makes it visible. Errors are those of kit/errors.py under PlatformError; each adapter has a table by exact code.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, Protocol

from reelwright.publishing.grant import Grant
from reelwright.publishing.post import Checkpoint, PostContent, Privacy
from reelwright.publishing.social_account import ConnectWay
from reelwright.reels.specification import Specification


@dataclass(frozen=True)
class ConnectRequest:
    """What a consent page is opened with. ``code_verifier`` is kept by us; only its digest leaves (PKCE)."""

    state: str = field(repr=False)
    redirect_uri: str
    code_verifier: str = field(repr=False)


@dataclass(frozen=True)
class AccountChoice:
    """An account that the creator may connect with what was granted, and its own grant."""

    external_id: str
    name: str
    username: str
    picture_url: str
    grant: Grant
    cannot: str = ""  # why it cannot be posted to, in words; empty where it can


@dataclass(frozen=True)
class Account:
    """What an adapter needs of a connected account."""

    external_id: str
    username: str
    way: ConnectWay
    grant: Grant


@dataclass(frozen=True)
class Video:
    """The platform's file. ``read(start, end)``: those bytes, end not included, from S3 by range. ``address``: a presigned address, made when called."""

    size_bytes: int
    duration_seconds: float
    read: Callable[[int, int], bytes]
    address: Callable[[], str]
    is_address_public: bool  # whether a vendor on the internet can reach it; never so on one machine


@dataclass(frozen=True)
class Order:
    """What is to be posted. ``key`` is the post's id: adapters put it where the platform lets a client name a thing."""

    key: str
    content: PostContent
    video: Video
    cover: Callable[[], bytes] | None = None  # a JPEG
    cover_address: Callable[[], str] | None = None  # where a vendor can fetch it from; None where none could


@dataclass(frozen=True)
class PublishingOptions:
    """What an account may do now, read at run time. ``cannot``: why nothing can be posted now, in words; empty where it can."""

    privacy_choices: tuple[Privacy, ...]
    default_privacy: Privacy | None
    max_seconds: float
    quota_used: int | None = None
    quota_total: int | None = None
    can_comment: bool = True
    can_duet: bool = False
    can_stitch: bool = False
    nickname: str = ""
    cannot: str = ""
    retry_at: datetime | None = None


@dataclass(frozen=True)
class Sent:
    """How far an upload is."""

    checkpoint: Checkpoint
    sent_bytes: int
    is_complete: bool


@dataclass(frozen=True)
class Readiness:
    """Whether the platform is done with the video."""

    state: Literal["processing", "ready"]
    checkpoint: Checkpoint


@dataclass(frozen=True)
class Outcome:
    """What the account shows. ``absent``: certainly not posted; ``unknown``: it cannot be told yet.

    A published post may have no permalink yet, or never one (a private TikTok): ``is_link_final`` says whether waiting is of use.
    """

    state: Literal["published", "pending", "failed", "absent", "unknown"]
    external_id: str = ""
    permalink: str = ""
    is_link_final: bool = True
    detail: str = ""  # a sentence that a creator may read
    checkpoint: Checkpoint = field(default_factory=dict)


@dataclass(frozen=True)
class Metrics:
    """Counts of one post; None where the platform does not tell."""

    views: int | None = None
    likes: int | None = None
    comments: int | None = None
    shares: int | None = None


class Comments(Protocol):
    """The comments under an account's posts, where the platform lets an app write one."""

    scopes: frozenset[str]  # those without which none can be written

    def write(self, account: Account, external_id: str, text: str) -> str:
        """Writes a comment under a published post and gives its id: called once, never retried before ``find`` was asked.

        Raises PlatformUnavailable caused by NotHeard, PlatformThrottled, PlatformRefused and ReconnectNeeded only where nothing was written, and
        OutcomeUnknown or another PlatformUnavailable where it may have been.
        """

    def find(self, account: Account, external_id: str, text: str, since: datetime) -> str:
        """The id of the account's comment with that text which came after ``since``, only by reading; empty where the post shows none."""


class Platform(Protocol):
    """One adapter per platform and way of connecting; it keeps nothing between calls."""

    name: str
    way: ConnectWay
    specification: Specification
    scopes: frozenset[str]  # those without which nothing can be posted
    has_ai_label: bool
    needs_privacy_choice: bool
    needs_public_address: bool  # the vendor fetches the video by itself
    comments: Comments | None  # None: the platform lets no app write one
    refresh_margin_seconds: int  # how long before its end a grant is refreshed
    min_refresh_age_seconds: int  # a younger grant cannot be refreshed

    def authorize_url(self, request: ConnectRequest) -> str:
        """The consent page's address."""

    def exchange_code(self, code: str, request: ConnectRequest, now: datetime) -> Grant:
        """The long-lived grant for a code of the consent page. Raises ReconnectNeeded, PlatformError."""

    def list_accounts(self, grant: Grant, now: datetime) -> Sequence[AccountChoice]:
        """The accounts that this grant reaches, with the scopes that were really granted."""

    def refresh(self, grant: Grant, now: datetime) -> Grant:
        """A new grant. Raises ReconnectNeeded where only the creator can help; anything else may be tried again while the old one is valid."""

    def revoke(self, grant: Grant) -> None:
        """Ends the grant at the platform; a grant that is over already is no error."""

    def read_options(self, account: Account, now: datetime) -> PublishingOptions:
        """What the account may do now: quota, privacy choices, longest video."""

    def check_order(self, order: Order, options: PublishingOptions) -> Sequence[str]:
        """What the platform would refuse, each as a sentence with what to do; empty where nothing."""

    def open(self, account: Account, order: Order) -> Checkpoint:
        """Begins an upload or container; may be repeated, nothing is visible."""

    def send(self, account: Account, order: Order, checkpoint: Checkpoint) -> Sent:
        """Sends the next piece, after asking how much is there; may be repeated. Raises UploadExpired."""

    def check(self, account: Account, order: Order, checkpoint: Checkpoint) -> Readiness:
        """Whether it can be committed. Raises PlatformRefused where the platform cannot use the video, UploadExpired."""

    def commit(self, account: Account, order: Order, checkpoint: Checkpoint) -> Outcome:
        """Irreversible: called once, never retried. Raises PlatformNotReady, PlatformThrottled or PlatformRefused only where the platform
        certainly posted nothing, and OutcomeUnknown where its answer was lost."""

    def look(self, account: Account, order: Order, checkpoint: Checkpoint, since: datetime) -> Outcome:
        """What became of it, only by reading. ``since``: when it was committed."""

    def read_metrics(self, account: Account, external_ids: Sequence[str]) -> dict[str, Metrics]:
        """Counts of posts by their id; those that are gone are left out."""


def wanted_scopes(platform: Platform) -> frozenset[str]:
    """What the consent page asks for: what posting needs, and what a first comment needs besides."""
    return platform.scopes | (platform.comments.scopes if platform.comments is not None else frozenset())
