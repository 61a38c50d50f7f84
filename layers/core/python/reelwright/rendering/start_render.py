"""Starts a render of a reel: the row first; its execution is started when the row is committed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from reelwright.kit.errors import FieldError, InvalidInput, RateLimited
from reelwright.kit.identifiers import new_id
from reelwright.rendering.tables import RenderRow

MAX_UNFINISHED_PER_CREATOR = 20
UNFINISHED = ("queued", "running")
_RETRY_AFTER_SECONDS = 60


def start_render(session: Session, creator_id: str, reel_id: str, reel_version: int, platforms: Sequence[str], now: datetime) -> RenderRow:
    """The queued row. Raises InvalidInput for a platform named twice, RateLimited where too many wait."""
    if len(set(platforms)) != len(platforms):
        raise InvalidInput("Each platform is named once.", errors=[FieldError("/platforms", "A platform is named twice.")])
    unfinished = select(func.count()).where(RenderRow.creator_id == creator_id, RenderRow.state.in_(UNFINISHED))
    if (session.scalar(unfinished) or 0) >= MAX_UNFINISHED_PER_CREATOR:
        detail = f"{MAX_UNFINISHED_PER_CREATOR} renders run or wait for their turn. Start the next when one of them is finished."
        raise RateLimited(detail, retry_after_seconds=_RETRY_AFTER_SECONDS)
    row = RenderRow(
        id=new_id("render"),
        creator_id=creator_id,
        generation_id=None,
        reel_id=reel_id,
        reel_version=reel_version,
        platforms=list(platforms),
        state="queued",
        created_at=now,
    )
    session.add(row)
    session.flush()
    return row
