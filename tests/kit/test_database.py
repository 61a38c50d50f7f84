"""The database's one connection is never left out of step."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import DateTime, bindparam, text

from local.postgres import PostgresServer
from reelwright.kit.database import Database, connect

LONG_AGO = datetime.min.replace(tzinfo=timezone(timedelta(hours=14)))  # its time in UTC is before the first year


def test_what_the_driver_cannot_send_does_not_spoil_the_answers_that_come_after(postgres: PostgresServer) -> None:
    database = Database(connect(postgres.url))
    asked = text("SELECT :moment").bindparams(bindparam("moment", type_=DateTime(timezone=True)))
    with pytest.raises(OverflowError), database.transaction() as session:
        session.execute(asked, {"moment": LONG_AGO})
    for number in range(3):
        with database.transaction() as session:
            assert session.scalar(text("SELECT CAST(:number AS int)"), {"number": number}) == number
    with database.transaction() as session:
        assert session.scalar(asked, {"moment": datetime(2026, 11, 24, tzinfo=UTC)}) == datetime(2026, 11, 24, tzinfo=UTC)
    database.engine.dispose()
