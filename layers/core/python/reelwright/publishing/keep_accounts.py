"""What the minute's step does for accounts: grants near their end are refreshed, disconnects finished, old consent pages forgotten."""

from __future__ import annotations

from datetime import datetime

from reelwright.kit.database import Database
from reelwright.kit.envelope import Envelope
from reelwright.publishing.connect_choice import sweep_connections
from reelwright.publishing.disconnect import finish_disconnects
from reelwright.publishing.refresh_due import refresh_grants_due
from reelwright.publishing.refresh_grant import Platforms


def look_after_accounts(database: Database, envelope: Envelope, platforms: Platforms, now: datetime) -> dict[str, int]:
    """Counts of what was done. May run twice at once; a platform's failure is left for a later minute."""
    counts = refresh_grants_due(database, envelope, platforms, now)
    counts["disconnected"] = finish_disconnects(database, envelope, platforms, now)
    with database.transaction() as session:
        counts["forgotten"] = sweep_connections(session, now)
    return counts
