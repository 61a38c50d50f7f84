"""After a rotation of keys: rows that an older key sealed are sealed anew, a few at a time, while everything goes on."""

from __future__ import annotations

import logging

from sqlalchemy import select, update

from reelwright.kit.database import Database
from reelwright.kit.envelope import Envelope, reseal
from reelwright.kit.errors import SealBroken
from reelwright.publishing.tables import GrantRow

ROWS_AT_ONCE = 500
_LOGGER = logging.getLogger(__name__)


def reseal_grants(database: Database, envelope: Envelope, limit: int | None = None) -> dict[str, int]:
    """``resealed``: rows that are under the newest key now; ``left``: rows that cannot be opened, or that were refreshed meanwhile.

    May be stopped and begun again at any time. ``limit``: how many at most, None: all. Raises Unavailable.
    """
    counts = {"resealed": 0, "left": 0}
    after = ""
    while limit is None or counts["resealed"] < limit:
        with database.transaction() as session:
            statement = select(GrantRow.social_account_id, GrantRow.sealed).where(GrantRow.social_account_id > after)
            rows = [(id_, sealed) for id_, sealed in session.execute(statement.order_by(GrantRow.social_account_id).limit(ROWS_AT_ONCE)).all()]
        if not rows:
            break
        for account_id, sealed in rows:
            if limit is not None and counts["resealed"] >= limit:
                break
            if not envelope.is_current(sealed):
                counts["resealed" if _reseal(database, envelope, account_id, sealed) else "left"] += 1
        after = rows[-1][0]
    return counts


def _reseal(database: Database, envelope: Envelope, account_id: str, sealed: bytes) -> bool:
    try:
        again = reseal(envelope, sealed, account_id)
    except SealBroken:
        _LOGGER.warning("grant cannot be opened", extra={"account_id": account_id})
        return False
    # A refresh that came between has sealed a newer grant under the newest key: that one stays.
    statement = update(GrantRow).where(GrantRow.social_account_id == account_id, GrantRow.sealed == sealed).values(sealed=again)
    with database.transaction() as session:
        return session.execute(statement.returning(GrantRow.version)).one_or_none() is not None
