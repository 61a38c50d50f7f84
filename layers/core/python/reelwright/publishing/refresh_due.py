"""What the minute's step does for accounts: refreshes grants that come near their end."""

from __future__ import annotations

import logging
from collections import Counter
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from reelwright.kit.database import Database
from reelwright.kit.envelope import Envelope
from reelwright.kit.errors import ReconnectNeeded, ReelwrightError
from reelwright.publishing.find_account import way_of
from reelwright.publishing.keep_grant import KeptGrant, kept
from reelwright.publishing.refresh_grant import Platforms, platform_of, refresh_under_lease, take_lease
from reelwright.publishing.social_account import AccountState
from reelwright.publishing.tables import GrantRow, SocialAccountRow

GRANTS_AT_ONCE = 20  # one after another, each a call of seconds: they fit into the step's time
_LOGGER = logging.getLogger(__name__)


def refresh_grants_due(database: Database, envelope: Envelope, platforms: Platforms, now: datetime, limit: int = GRANTS_AT_ONCE) -> dict[str, int]:
    """Refreshes those whose time has come, used or not: ``refreshed``, ``later`` (a passing failure), ``reconnect_needed``.

    May run twice at once. One account's failure never holds up the others.
    """
    with database.transaction() as session:
        due = _find_due(session, now, limit)
    counts: Counter[str] = Counter(refreshed=0, later=0, reconnect_needed=0)
    for grant in due:
        outcome = _refresh(database, envelope, platforms, grant, now)
        if outcome:
            counts[outcome] += 1
    return dict(counts)


def _find_due(session: Session, now: datetime, limit: int) -> list[KeptGrant]:
    statement = (
        select(GrantRow, SocialAccountRow)
        .join(SocialAccountRow, SocialAccountRow.id == GrantRow.social_account_id)
        .where(SocialAccountRow.state == AccountState.CONNECTED, GrantRow.renew_at <= now)
        .where(or_(GrantRow.retry_at.is_(None), GrantRow.retry_at <= now), or_(GrantRow.lease_until.is_(None), GrantRow.lease_until <= now))
        .order_by(GrantRow.renew_at)
        .limit(limit)
    )
    return [kept(row, way_of(account)) for row, account in session.execute(statement).all()]


def _refresh(database: Database, envelope: Envelope, platforms: Platforms, grant: KeptGrant, now: datetime) -> str | None:
    try:
        platform = platform_of(platforms, grant.way)
        if not take_lease(database, grant, now):
            return None
        refresh_under_lease(database, envelope, platform, grant, now)
    except ReconnectNeeded:
        return "reconnect_needed"
    except ReelwrightError as error:
        _LOGGER.warning("grant not refreshed", extra={"account_id": grant.account_id, "error_type": type(error).__name__})
        return "later"
    return "refreshed" if _is_newer(database, grant) else "later"


def _is_newer(database: Database, grant: KeptGrant) -> bool:
    with database.transaction() as session:
        row = session.get(GrantRow, grant.account_id)
        return row is not None and row.version != grant.version
