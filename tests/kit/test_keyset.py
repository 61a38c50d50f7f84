"""Lists go on where they stopped, whatever happens to the rows in between."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from reelwright.creators.tables import CreatorRow
from reelwright.kit.errors import InvalidInput
from reelwright.kit.keyset import PageRequest, RowPage, select_page

START = datetime(2026, 11, 24, tzinfo=UTC)


def add(session: Session, *names: str, minute: int = 0) -> None:
    session.add_all(CreatorRow(id=name, email=name, name=name, password_hash="", created_at=START + timedelta(minutes=minute)) for name in names)
    session.flush()


def page(session: Session, request: PageRequest) -> RowPage[CreatorRow]:
    return select_page(session, select(CreatorRow), CreatorRow.created_at, CreatorRow.id, request)


def test_pages_hold_every_row_once_even_when_times_are_equal_and_rows_come_and_go(session: Session) -> None:
    add(session, "a", "b", "c", "d", "e")
    first = page(session, PageRequest(limit=2))
    add(session, "newer", minute=1)
    session.delete(session.get_one(CreatorRow, "d"))
    second = page(session, PageRequest(limit=2, cursor=first.next_cursor))
    third = page(session, PageRequest(limit=2, cursor=second.next_cursor))
    assert [[row.id for row in found.rows] for found in (first, second, third)] == [["e", "d"], ["c", "b"], ["a"]]
    assert third.next_cursor is None


def test_a_list_can_begin_with_the_oldest(session: Session) -> None:
    add(session, "a", "b", "c")
    first = page(session, PageRequest(limit=2, is_oldest_first=True))
    assert [row.id for row in first.rows] == ["a", "b"]
    assert [row.id for row in page(session, PageRequest(2, first.next_cursor, is_oldest_first=True)).rows] == ["c"]


@pytest.mark.parametrize("cursor", ["nonsense", "W10", "WzEsMl0", "é", "WyIyMDI2LTExLTI0IiwgImEiXQ"])
def test_a_cursor_that_is_not_ours_is_refused(session: Session, cursor: str) -> None:
    with pytest.raises(InvalidInput, match="Begin without a cursor"):
        page(session, PageRequest(cursor=cursor))
