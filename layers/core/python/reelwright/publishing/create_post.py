"""Makes a post: a draft, or planned for a time, or for the account's next free slot."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Self
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, Field, model_validator
from sqlalchemy.orm import Session

from reelwright.kit.errors import Conflict
from reelwright.kit.identifiers import new_id
from reelwright.publishing.find_account import describe_account, load_account, require_connected
from reelwright.publishing.history import add_event
from reelwright.publishing.post import PostContent, PostState
from reelwright.publishing.post_row import new_post
from reelwright.publishing.queue_slots import next_free_slot
from reelwright.publishing.recurrence import Recurrence, Series
from reelwright.publishing.schedule import DueTime, Schedule, read_wall_time, resolve_schedule, write_wall_time
from reelwright.publishing.tables import PostRow, SocialAccountRow


class PostDraft(BaseModel):
    """A post as its creator writes it. Without ``schedule`` and ``is_queued`` it is a draft."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    social_account_id: Annotated[str, Field(min_length=1, max_length=60)]
    render_id: Annotated[str, Field(min_length=1, max_length=60)]
    content: PostContent = PostContent()
    schedule: Schedule | None = None
    is_queued: bool = Field(default=False, description="takes the account's next free slot")
    recurrence: Recurrence | None = None

    @model_validator(mode="after")
    def _check(self) -> Self:
        if self.is_queued and self.schedule is not None:
            raise ValueError("A post has a time or takes the next free slot, not both.")
        if self.recurrence is not None and self.schedule is None:
            raise ValueError("A post that comes again needs the time of the first one.")
        return self


@dataclass(frozen=True)
class RenderFacts:
    """What a post needs to know of its render, which belongs to another part of the product."""

    render_id: str
    is_finished: bool
    is_preview: bool


def create_post(session: Session, creator_id: str, draft: PostDraft, render: RenderFacts, now: datetime) -> PostRow:
    """The new post. Raises NotFound, ReconnectNeeded, Conflict for a render that is not ready, InvalidInput for a time."""
    account = load_account(session, creator_id, draft.social_account_id)
    require_connected(account)
    require_postable(render)
    row = new_post(creator_id, account.id, account.platform, render.render_id, draft.content.model_dump(mode="json"), now)
    session.add(row)
    session.flush()
    add_event(session, row, "created", f"The post for {describe_account(account)} was made.", now)
    if draft.schedule is not None:
        plan_post(session, row, draft.schedule, draft.recurrence, now)
    elif draft.is_queued:
        queue_post(session, row, account, now)
    return row


def plan_post(session: Session, row: PostRow, schedule: Schedule, recurrence: Recurrence | None, now: datetime) -> None:
    """Gives the post its time; with a ``recurrence`` it is the first of a series."""
    _set_time(session, row, schedule, resolve_schedule(schedule, now), now)
    row.recurrence = None
    if recurrence is not None:
        row.recurrence = Series(rule=recurrence, first=read_wall_time(schedule.wall_time)).model_dump(mode="json")
        row.series_id = row.series_id or new_id("series")


def queue_post(session: Session, row: PostRow, account: SocialAccountRow, now: datetime) -> None:
    """Gives the post the account's next free slot. Raises Conflict where the account has none."""
    slot = next_free_slot(session, account.id, now)
    if slot is None:
        raise Conflict(f"{describe_account(account)} has no free slot in the coming weeks. PUT /v1/queue-slots makes some, or choose a time.")
    zone = ZoneInfo(slot.time_zone)
    _set_time(session, row, Schedule(wall_time=write_wall_time(slot.due_at, zone), time_zone=slot.time_zone), DueTime(slot.due_at), now)


def require_postable(render: RenderFacts) -> None:
    """Raises Conflict where the render cannot be posted."""
    if render.is_preview:
        raise Conflict("This is a preview. Render its reel in full first: POST /v1/reels/{reel_id}/renders.")
    if not render.is_finished:
        raise Conflict("This render has no finished files yet. Wait for it, or look why it failed.")


def _set_time(session: Session, row: PostRow, schedule: Schedule, due: DueTime, now: datetime) -> None:
    row.state, row.due_at, row.wall_time, row.time_zone = PostState.SCHEDULED, due.due_at, schedule.wall_time, schedule.time_zone
    row.checked_at, row.check_detail, row.updated_at = None, None, now
    note = f" {due.note}" if due.note else ""
    told = schedule.wall_time.replace("T", " at ")
    add_event(session, row, "scheduled", f"Planned for {told} in {schedule.time_zone}.{note}", now, {"due_at": due.due_at.isoformat()})
