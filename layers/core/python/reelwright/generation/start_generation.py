"""Starts a generation: the row first; its execution is started when the row is committed."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from reelwright.generation.generation import GenerationRequest, GenerationState
from reelwright.generation.record_steps import add_event
from reelwright.generation.tables import GenerationRow
from reelwright.kit.errors import Conflict, FieldError, InvalidInput, RateLimited
from reelwright.kit.identifiers import new_id
from reelwright.media.media import MediaState
from reelwright.media.tables import MediaRow
from reelwright.reels.project import ProjectDraft

MAX_UNFINISHED_PER_CREATOR = 20
_RETRY_AFTER_SECONDS = 60
_SEED_BITS = 31


def start_generation(
    session: Session, creator_id: str, project_id: str, draft: ProjectDraft, media: Sequence[MediaRow], templates: Collection[str], now: datetime
) -> GenerationRow:
    """The queued row, a snapshot of the project as it is now. Raises InvalidInput, Conflict and RateLimited in words."""
    check_template(draft.template, templates)
    usable = usable_media(media)
    _check_room(session, creator_id)
    request = GenerationRequest(brief=draft.brief, template=draft.template, media_ids=tuple(row.id for row in usable), seed=secrets.randbits(_SEED_BITS))
    row = GenerationRow(
        id=new_id("gen"),
        creator_id=creator_id,
        project_id=project_id,
        request=request.model_dump(mode="json"),
        state=GenerationState.QUEUED,
        created_at=now,
    )
    session.add(row)
    session.flush()
    add_event(session, row, "note", "The generation is queued.")
    for refused in media:
        if refused.state == MediaState.REFUSED:
            add_event(session, row, "note", f"{refused.file_name} is left out: {refused.refusal_reason or 'it cannot be used.'}")
    session.flush()
    return row


def check_template(name: str, templates: Collection[str]) -> None:
    """Raises InvalidInput for a template that is not there, naming those that are."""
    if name not in templates:
        detail = f'There is no template "{name}". There is: {", ".join(sorted(templates))}.'
        raise InvalidInput(detail, errors=[FieldError("/template", detail)])


def usable_media(media: Sequence[MediaRow]) -> list[MediaRow]:
    """The media that are ready or on their way. Raises Conflict where nothing of it was sent, or all was refused."""
    if not media:
        raise Conflict("This project has no photos or clips yet. Add some, then start.")
    usable = [row for row in media if row.state != MediaState.REFUSED]
    if not usable:
        raise Conflict("None of the files of this project can be used. Each says why; add others, then start.")
    if all(row.state == MediaState.AWAITING_UPLOAD for row in usable):
        raise Conflict("None of the files of this project was sent yet. Upload them, then start.")
    return usable


def _check_room(session: Session, creator_id: str) -> None:
    unfinished = select(func.count()).where(GenerationRow.creator_id == creator_id, GenerationRow.state.in_([GenerationState.QUEUED, GenerationState.RUNNING]))
    if (session.scalar(unfinished) or 0) >= MAX_UNFINISHED_PER_CREATOR:
        detail = f"{MAX_UNFINISHED_PER_CREATOR} reels are being made or wait for their turn. Start the next when one of them is finished."
        raise RateLimited(detail, retry_after_seconds=_RETRY_AFTER_SECONDS)
