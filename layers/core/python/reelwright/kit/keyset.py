"""Lists by keyset: each page begins after the last row of the one before, however many rows came or went meanwhile."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

from sqlalchemy import Select, tuple_
from sqlalchemy.orm import InstrumentedAttribute, Session

from reelwright.kit.errors import FieldError, InvalidInput

Row = TypeVar("Row")
DEFAULT_LIMIT = 25
MAX_LIMIT = 100


@dataclass(frozen=True)
class PageRequest:
    """Which page: ``cursor`` is opaque text from the page before, None for the first. Newest first unless ``is_oldest_first``."""

    limit: int = DEFAULT_LIMIT
    cursor: str | None = None
    is_oldest_first: bool = False


@dataclass(frozen=True)
class RowPage(Generic[Row]):
    """Rows, and the cursor of the next page or None where this is the last."""

    rows: Sequence[Row]
    next_cursor: str | None


def select_page(
    session: Session, statement: Select[Row], created_at: InstrumentedAttribute[datetime], id_: InstrumentedAttribute[str], request: PageRequest
) -> RowPage[Row]:
    """One page of ``statement`` ordered by (created_at, id). Raises InvalidInput for a cursor that is not ours."""
    key = tuple_(created_at, id_)
    if request.cursor:
        last = tuple_(*_decode(request.cursor))
        statement = statement.where(key > last if request.is_oldest_first else key < last)
    order = (created_at.asc(), id_.asc()) if request.is_oldest_first else (created_at.desc(), id_.desc())
    rows = session.scalars(statement.order_by(*order).limit(request.limit + 1)).all()
    shown = rows[: request.limit]
    return RowPage(shown, _encode(getattr(shown[-1], created_at.key), getattr(shown[-1], id_.key)) if len(rows) > request.limit else None)


def _encode(created_at: datetime, id_: str) -> str:
    return base64.urlsafe_b64encode(json.dumps([created_at.isoformat(), id_]).encode()).decode().rstrip("=")


def _decode(cursor: str) -> tuple[datetime, str]:
    try:
        created_at, id_ = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        moment = datetime.fromisoformat(created_at)
        if not isinstance(id_, str) or "\x00" in id_ or moment.tzinfo is None:
            raise ValueError
        return moment, id_
    except (ValueError, TypeError, binascii.Error):
        raise InvalidInput(
            "This cursor is not one of this list. Begin without a cursor.", errors=[FieldError("cursor", "Use next_cursor of the page before.")]
        ) from None
