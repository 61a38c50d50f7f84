"""Queue slots: the times of the week at which an account posts what waits."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from reelwright.kit.errors import FieldError, InvalidInput
from reelwright.kit.identifiers import new_id
from reelwright.publishing.post import PostState
from reelwright.publishing.schedule import read_zone, resolve_time
from reelwright.publishing.tables import PostRow, QueueSlotRow

MAX_SLOTS_PER_ACCOUNT = 70
LOOK_AHEAD = timedelta(weeks=8)
SLOT_GRACE = timedelta(minutes=1)  # a slot that begins this soon is taken no more
_TAKES_ROOM = (PostState.SCHEDULED, PostState.PUBLISHING, PostState.PUBLISHED, PostState.UNCONFIRMED)


class QueueSlot(BaseModel):
    """A time of the week on the clock of a place; 0 is Monday."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    weekday: Annotated[int, Field(ge=0, le=6)]
    wall_time: Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]
    time_zone: Annotated[str, Field(min_length=1, max_length=60)]


@dataclass(frozen=True)
class SlotTime:
    """One coming time of a slot."""

    due_at: datetime
    time_zone: str


def list_slots(session: Session, creator_id: str, account_id: str | None = None) -> Sequence[QueueSlotRow]:
    """The creator's slots, by account, weekday and time."""
    statement = select(QueueSlotRow).where(QueueSlotRow.creator_id == creator_id)
    if account_id is not None:
        statement = statement.where(QueueSlotRow.social_account_id == account_id)
    return session.scalars(statement.order_by(QueueSlotRow.social_account_id, QueueSlotRow.weekday, QueueSlotRow.wall_time)).all()


def replace_slots(session: Session, creator_id: str, account_id: str, slots: Sequence[QueueSlot]) -> Sequence[QueueSlotRow]:
    """The account's slots are these now. Posts that are planned stay where they are. Raises InvalidInput."""
    if len(slots) > MAX_SLOTS_PER_ACCOUNT:
        raise InvalidInput(f"An account has at most {MAX_SLOTS_PER_ACCOUNT} slots a week; these are {len(slots)}.")
    seen = {(slot.weekday, slot.wall_time) for slot in slots}
    if len(seen) != len(slots):
        raise InvalidInput("Two of the slots have the same day and time.", errors=[FieldError("/slots", "Name each day and time once.")])
    for slot in slots:
        read_zone(slot.time_zone)
    session.execute(delete(QueueSlotRow).where(QueueSlotRow.social_account_id == account_id, QueueSlotRow.creator_id == creator_id))
    for slot in slots:
        session.add(QueueSlotRow(id=new_id("slot"), creator_id=creator_id, social_account_id=account_id, **slot.model_dump()))
    session.flush()
    return list_slots(session, creator_id, account_id)


def next_free_slot(session: Session, account_id: str, now: datetime) -> SlotTime | None:
    """The account's first coming slot that no post has; None where there is none within ``LOOK_AHEAD``."""
    rows = session.scalars(select(QueueSlotRow).where(QueueSlotRow.social_account_id == account_id).with_for_update()).all()
    taken = taken_times(session, account_id, now)
    coming = sorted((slot for row in rows for slot in list_times_of_slot(row, now + SLOT_GRACE, now + LOOK_AHEAD)), key=lambda slot: slot.due_at)
    return next((slot for slot in coming if slot.due_at not in taken), None)


def taken_times(session: Session, account_id: str, since: datetime) -> frozenset[datetime]:
    """When the account posts something already."""
    statement = select(PostRow.due_at).where(PostRow.social_account_id == account_id, PostRow.state.in_(_TAKES_ROOM), PostRow.due_at >= since)
    return frozenset(due_at for due_at in session.scalars(statement) if due_at is not None)


def list_times_of_slot(row: QueueSlotRow, start: datetime, end: datetime) -> Iterator[SlotTime]:
    """The slot's times from ``start`` until before ``end``."""
    zone = read_zone(row.time_zone)
    hour, minute = (int(part) for part in row.wall_time.split(":"))
    day = start.astimezone(zone).date()
    day += timedelta(days=(row.weekday - day.weekday()) % 7)
    while True:
        due_at = resolve_time(datetime.combine(day, time(hour, minute)), zone).due_at
        if due_at >= end:
            return
        if due_at >= start:
            yield SlotTime(due_at, row.time_zone)
        day += timedelta(days=7)
