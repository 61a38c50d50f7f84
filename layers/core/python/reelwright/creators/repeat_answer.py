"""Idempotency: the answer to a creating request is kept with its key, in the same transaction as what it created."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from reelwright.creators.tables import IdempotencyRow
from reelwright.kit.errors import InvalidInput

KEEP_HOURS = 24


@dataclass(frozen=True)
class StoredAnswer:
    """Status, headers and JSON body of an answer."""

    status: int
    body: dict[str, Any]
    headers: dict[str, str] = field(default_factory=dict)


def recall_answer(session: Session, creator_id: str, key: str, request_hash: str, now: datetime) -> StoredAnswer | None:
    """The answer given to this key before, or None where the key is new; it then belongs to this transaction.

    A second request with the same key waits here until the first is committed. Raises InvalidInput for another request
    under the same key.
    """
    session.execute(delete(IdempotencyRow).where(IdempotencyRow.creator_id == creator_id, IdempotencyRow.created_at < now - timedelta(hours=KEEP_HOURS)))
    claim = {"creator_id": creator_id, "key": key, "request_hash": request_hash, "status": 0, "headers": {}, "body": {}, "created_at": now}
    statement = insert(IdempotencyRow).values(claim).on_conflict_do_nothing().returning(IdempotencyRow.key)
    if session.execute(statement).one_or_none() is not None:
        return None
    row = session.get_one(IdempotencyRow, (creator_id, key))
    if row.request_hash != request_hash:
        raise InvalidInput("This Idempotency-Key was used for another request. Use a new key for a new request.")
    return StoredAnswer(row.status, dict(row.body), dict(row.headers))


def keep_answer(session: Session, creator_id: str, key: str, answer: StoredAnswer) -> None:
    """Stores the answer under the key that ``recall_answer`` claimed."""
    row = session.get_one(IdempotencyRow, (creator_id, key))
    row.status, row.headers, row.body = answer.status, answer.headers, answer.body
