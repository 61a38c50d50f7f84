"""Social accounts: those that are connected, what each may do now, and disconnecting. No answer holds a token."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from aws_lambda_powertools.event_handler.openapi.params import Query
from pydantic import Field

from functions.api.answers import NEWEST_FIRST, Answer, Cursor, Id, Limit, Page, Sort, page_request, shown
from functions.api.call import call_of
from functions.api.routes import Routes
from reelwright.kit.errors import NotFound, PlatformThrottled, PlatformUnavailable, ReconnectNeeded
from reelwright.kit.keyset import DEFAULT_LIMIT
from reelwright.publishing.disconnect import Revocation, disconnect_account
from reelwright.publishing.find_account import list_accounts, load_account, way_of
from reelwright.publishing.find_account_options import find_account_options
from reelwright.publishing.platform import Platform, PublishingOptions
from reelwright.publishing.post import Privacy
from reelwright.publishing.social_account import ConnectWay
from reelwright.publishing.tables import SocialAccountRow
from reelwright.reels.project import PlatformName

routes = Routes("social accounts")
MAX_LABEL_CHARACTERS = 60
AccountStateName = Literal["connected", "reconnect_needed", "disconnected"]
ACCOUNT = {
    "id": "account_01jdc5w0fk7q2m3n4p5r6s7t8v",
    "platform": "instagram",
    "way": "facebook_login",
    "external_id": "17841400000000000",
    "name": "Maya by the sea",
    "username": "maya.sea",
    "picture_url": "",
    "label": "",
    "state": "connected",
    "detail": "",
    "created_at": "2026-11-24T09:00:00Z",
    "connected_at": "2026-11-24T09:00:00Z",
    "disconnected_at": None,
}
_OPTIONS = {
    "social_account_id": ACCOUNT["id"],
    "platform": "tiktok",
    "nickname": "maya.sea",
    "privacy_choices": ["public", "friends", "private"],
    "default_privacy": None,
    "needs_privacy_choice": True,
    "min_seconds": 3,
    "max_seconds": 600,
    "caption_limit": 2200,
    "quota_used": 2,
    "quota_total": 15,
    "can_comment": True,
    "can_duet": True,
    "can_stitch": False,
    "has_ai_label": True,
    "has_first_comment": False,
    "needs_public_address": False,
    "cannot": "",
    "retry_at": None,
}
_DISCONNECTED = {
    "account": {**ACCOUNT, "state": "disconnected", "disconnected_at": "2026-11-25T09:00:00Z"},
    "revocation": "revoked",
    "failed_posts": 2,
    "unfinished_posts": 0,
    "detail": "Instagram @maya.sea is disconnected. Instagram was told. 2 posts scheduled for it will not be posted; connect it again to schedule them anew.",
}


class SocialAccountAnswer(Answer):
    """An account of yours on a platform. ``detail``: why it has to be connected again, in words; empty where it has not."""

    model_config = shown(ACCOUNT)

    id: str
    platform: str
    way: ConnectWay
    external_id: str
    name: str
    username: str
    picture_url: str
    label: str
    state: AccountStateName
    detail: str
    created_at: datetime
    connected_at: datetime
    disconnected_at: datetime | None


class AccountChange(Answer):
    """What may be changed of an account: your own name for it."""

    model_config = shown({"label": "the family account"})

    label: Annotated[str, Field(max_length=MAX_LABEL_CHARACTERS)]


class DisconnectedAnswer(Answer):
    """What a disconnect did. ``revocation``: revoked; kept, where another account may stand on it; later, where the platform does not
    answer and is told again; not_told, where it did not for a day; not_possible, where it has no call for that.

    ``failed_posts`` were scheduled for it; ``unfinished_posts`` were under way and may still come out.
    """

    model_config = shown(_DISCONNECTED)

    account: SocialAccountAnswer
    revocation: Revocation
    failed_posts: int
    unfinished_posts: int
    detail: str


class PublishingOptionsAnswer(Answer):
    """What the platform lets this account do now. ``cannot``: why nothing can be posted now, and ``retry_at`` when it can again.

    ``needs_privacy_choice``: the creator has to choose who sees it, each time. ``quota_total`` is per 24 hours; null where it is not told.
    """

    model_config = shown(_OPTIONS)

    social_account_id: str
    platform: str
    nickname: str
    privacy_choices: tuple[Privacy, ...]
    default_privacy: Privacy | None
    needs_privacy_choice: bool
    min_seconds: float
    max_seconds: float
    caption_limit: int
    quota_used: int | None
    quota_total: int | None
    can_comment: bool
    can_duet: bool
    can_stitch: bool
    has_ai_label: bool
    has_first_comment: bool
    needs_public_address: bool
    cannot: str
    retry_at: datetime | None


@routes.serve("GET", "/social-accounts", "Your connected accounts")
def list_social_accounts(
    platform: Annotated[PlatformName | None, Query(description="only those of this platform")] = None,
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
    sort: Sort = NEWEST_FIRST,
) -> Page[SocialAccountAnswer]:
    """Those that need to be connected again too; not those that were disconnected."""
    call = call_of(routes)
    with call.transaction() as session:
        page = list_accounts(session, call.creator_id, platform, page_request(limit, cursor, sort))
    return Page(items=[describe_social_account(row) for row in page.rows], next_cursor=page.next_cursor)


@routes.serve("GET", "/social-accounts/<account_id>", "One account", NotFound)
def get_social_account(account_id: Id) -> SocialAccountAnswer:
    call = call_of(routes)
    with call.transaction() as session:
        return describe_social_account(load_account(session, call.creator_id, account_id))


@routes.serve("PATCH", "/social-accounts/<account_id>", "Name an account", NotFound)
def change_social_account(account_id: Id, change: AccountChange) -> SocialAccountAnswer:
    call = call_of(routes)
    with call.transaction() as session:
        row = load_account(session, call.creator_id, account_id, is_to_change=True)
        row.label = change.label.strip()
        return describe_social_account(row)


@routes.serve("DELETE", "/social-accounts/<account_id>", "Disconnect an account", NotFound)
def disconnect_social_account(account_id: Id) -> DisconnectedAnswer:
    """Nobody posts to it from now on; its posts keep their history. Disconnecting again changes nothing."""
    call = call_of(routes)
    world = call.world
    done = disconnect_account(world.database, world.envelope, world.platforms, call.creator_id, account_id, call.now)
    return DisconnectedAnswer(
        account=describe_social_account(done.account),
        revocation=done.revocation,
        failed_posts=done.failed_posts,
        unfinished_posts=done.unfinished_posts,
        detail=done.sentence,
    )


@routes.serve(
    "GET",
    "/social-accounts/<account_id>/publishing-options",
    "What an account may do now",
    NotFound,
    ReconnectNeeded,
    PlatformThrottled,
    PlatformUnavailable,
)
def get_publishing_options(account_id: Id) -> PublishingOptionsAnswer:
    """Asked of the platform at this moment: quota, who may see it, longest video."""
    call = call_of(routes)
    world = call.world
    platform, options = find_account_options(world.database, world.envelope, world.platforms, call.creator_id, account_id, call.now)
    return _describe_options(account_id, platform, options)


def describe_social_account(row: SocialAccountRow) -> SocialAccountAnswer:
    """The account as its creator sees it."""
    return SocialAccountAnswer(
        id=row.id,
        platform=row.platform,
        way=way_of(row),
        external_id=row.external_id,
        name=row.name,
        username=row.username,
        picture_url=row.picture_url,
        label=row.label,
        state=row.state,
        detail=row.state_detail,
        created_at=row.created_at,
        connected_at=row.connected_at,
        disconnected_at=row.disconnected_at,
    )


def _describe_options(account_id: str, platform: Platform, options: PublishingOptions) -> PublishingOptionsAnswer:
    specification = platform.specification
    return PublishingOptionsAnswer(
        social_account_id=account_id,
        platform=platform.name,
        nickname=options.nickname,
        privacy_choices=options.privacy_choices,
        default_privacy=options.default_privacy,
        needs_privacy_choice=platform.needs_privacy_choice,
        min_seconds=specification.min_seconds,
        max_seconds=min(options.max_seconds, specification.max_seconds),
        caption_limit=specification.caption_limit,
        quota_used=options.quota_used,
        quota_total=options.quota_total,
        can_comment=options.can_comment,
        can_duet=options.can_duet,
        can_stitch=options.can_stitch,
        has_ai_label=platform.has_ai_label,
        has_first_comment=platform.comments is not None,
        needs_public_address=platform.needs_public_address,
        cannot=options.cannot,
        retry_at=options.retry_at,
    )
