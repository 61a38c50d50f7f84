"""What the steps of a post use: the database, the platforms, the accounts' grants and the rendered files."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from reelwright.kit.database import Database
from reelwright.kit.errors import Conflict, PlatformRefused, ReconnectNeeded
from reelwright.publishing.grant import Grant
from reelwright.publishing.platform import Account, Order, Platform, Video
from reelwright.publishing.post import Checkpoint, PostContent
from reelwright.publishing.post_row import AT_WORK
from reelwright.publishing.social_account import AccountState, ConnectWay
from reelwright.publishing.tables import PostRow, SocialAccountRow

FILES_GONE = "The reel's files are not there any more. Render the reel again and choose the new render for this post."
_NO_VIDEO = Video(size_bytes=0, duration_seconds=0.0, read=lambda start, end: b"", address=lambda: "", is_address_public=False)


@dataclass(frozen=True)
class PostFile:
    """A render's file for one platform. ``fits``: it was held against today's specification of the platform and keeps to it.

    ``cover_address``: where a vendor can fetch the cover from, made when called; None where none could.
    """

    video: Video
    cover: Callable[[], bytes] | None
    fits: bool
    cover_address: Callable[[], str] | None = None


class GrantOf(Protocol):
    """How a post's step gets the grant of its account."""

    def __call__(self, account_id: str, now: datetime, *, rejected: Grant | None = None) -> Grant:
        """A grant that is valid now; ``rejected`` is one that the platform has just refused. Raises ReconnectNeeded, PlatformUnavailable."""


@dataclass(frozen=True)
class PostingMeans:
    """``file_of(render_id, platform)`` is None where the render's files are gone."""

    database: Database
    platforms: Mapping[ConnectWay, Platform]
    grant_of: GrantOf
    file_of: Callable[[str, str], PostFile | None]


@dataclass(frozen=True)
class PostAtHand:
    """A post with all that a platform is asked with."""

    row: PostRow
    platform: Platform
    account: Account
    order: Order
    file: PostFile | None

    @property
    def checkpoint(self) -> Checkpoint:
        """How far the adapter is; empty before the upload is open."""
        return dict(self.row.checkpoint or {})


def take_in_hand(means: PostingMeans, post_id: str, now: datetime, *, attempt: int | None = None) -> PostAtHand:
    """Reads the post, its account and its file, and gets a valid grant. ``attempt`` None: whatever state it is in.

    Raises Conflict where that attempt is over, ReconnectNeeded, PlatformUnavailable.
    """
    with means.database.transaction() as session:
        row = session.get_one(PostRow, post_id)
        held = session.get_one(SocialAccountRow, row.social_account_id)
    if attempt is not None and (row.state not in AT_WORK or row.attempt != attempt):
        raise Conflict("This attempt to publish the post is over.")
    platform = _platform_of(means, held)
    file = means.file_of(row.render_id, row.platform)
    grant = means.grant_of(held.id, now)
    content = PostContent.model_validate(row.content)
    has_cover = file is not None and content.cover_seconds is None
    order = Order(
        row.id,
        content,
        file.video if file is not None else _NO_VIDEO,
        file.cover if file is not None and has_cover else None,
        file.cover_address if file is not None and has_cover else None,
    )
    account = Account(held.external_id, held.username, platform.way, grant)
    return PostAtHand(row, platform, account, order, file)


def _platform_of(means: PostingMeans, held: SocialAccountRow) -> Platform:
    if held.state != AccountState.CONNECTED:
        raise ReconnectNeeded(held.state_detail or f"The account {held.name} is not connected any more. Connect it again, then retry this post.")
    platform = next((platform for way, platform in means.platforms.items() if way == held.way), None)
    if platform is None:
        raise PlatformRefused(f"Posting to {held.name} is not set up here. Connect the account in another way.")
    return platform
