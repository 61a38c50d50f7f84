"""What an account may do now, asked of the platform: quota, privacy choices, longest video."""

from __future__ import annotations

from datetime import datetime

from reelwright.kit.database import Database
from reelwright.kit.envelope import Envelope
from reelwright.kit.errors import ReconnectNeeded
from reelwright.publishing.find_account import account_with, load_account, require_connected, way_of
from reelwright.publishing.keep_grant import mark_reconnect_needed
from reelwright.publishing.platform import Platform, PublishingOptions
from reelwright.publishing.refresh_grant import Platforms, fresh_grant, platform_of


def find_account_options(
    database: Database, envelope: Envelope, platforms: Platforms, creator_id: str, account_id: str, now: datetime
) -> tuple[Platform, PublishingOptions]:
    """A token that the platform refuses is renewed once. Raises NotFound, ReconnectNeeded (the account is marked), PlatformError, Unavailable."""
    with database.transaction() as session:
        account = load_account(session, creator_id, account_id)
    require_connected(account)
    platform = platform_of(platforms, way_of(account))
    grant = fresh_grant(database, envelope, platforms, account_id, now)
    try:
        return platform, platform.read_options(account_with(account, grant), now)
    except ReconnectNeeded:
        renewed = fresh_grant(database, envelope, platforms, account_id, now, rejected=grant)
    try:
        return platform, platform.read_options(account_with(account, renewed), now)
    except ReconnectNeeded as refusal:
        with database.transaction() as session:
            mark_reconnect_needed(session, account_id, refusal.detail)
        raise
