"""Starts a generation: the row first; its execution is started when the row is committed."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from reelwright.generation.generation import GenerationRequest, GenerationState
from reelwright.generation.record_steps import add_event
from reelwright.generation.redo import RedoRequest
from reelwright.generation.tables import GenerationRow
from reelwright.kit.errors import Conflict, FieldError, InvalidInput, RateLimited
from reelwright.kit.identifiers import new_id
from reelwright.media.media import MediaState
from reelwright.media.tables import MediaRow
from reelwright.reels.project import AUTOMATIC_TEMPLATE, Brief, PlatformName, ProjectDraft
from reelwright.reels.specification import Specification, refuse_shape

MAX_UNFINISHED_PER_CREATOR = 20
_RETRY_AFTER_SECONDS = 60
_SEED_BITS = 31


def start_generation(
    session: Session,
    creator_id: str,
    project_id: str,
    draft: ProjectDraft,
    media: Sequence[MediaRow],
    templates: Collection[str],
    now: datetime,
    *,
    specifications: Mapping[str, Specification],
    variants: int = 1,
) -> GenerationRow:
    """The queued row, a snapshot of the project as it is now. Raises InvalidInput, Conflict and RateLimited in words."""
    check_template(draft.template, templates)
    platforms, refusals = divide_platforms(draft.brief, specifications)
    usable = usable_media(media)
    _check_room(session, creator_id)
    request = GenerationRequest(
        brief=draft.brief.model_copy(update={"platforms": platforms}),
        template=draft.template,
        media_ids=tuple(row.id for row in usable),
        seed=secrets.randbits(_SEED_BITS),
        variants=variants,
    )
    row = _add_row(session, creator_id, project_id, request, now)
    left_out = [
        f"{refused.file_name} is left out: {refused.refusal_reason or 'it cannot be used.'}" for refused in media if refused.state == MediaState.REFUSED
    ]
    for sentence in (*refusals, *left_out):
        add_event(session, row, "note", sentence)
    session.flush()
    return row


def start_redo(session: Session, earlier: GenerationRow, redo: RedoRequest, now: datetime) -> GenerationRow:
    """The queued row of a generation that does one part of a finished one again. Raises Conflict and RateLimited in words."""
    if earlier.state != GenerationState.SUCCEEDED:
        raise Conflict("One part can be done again when the reel is finished. This one is not.")
    _check_room(session, earlier.creator_id)
    request = GenerationRequest.model_validate(earlier.request)
    brief = request.brief.model_copy(update={"voice": redo.voice}) if redo.part == "voice" else request.brief
    again = request.model_copy(update={"brief": brief, "variants": 1, "redo_of": earlier.id, "redo": redo})
    row = _add_row(session, earlier.creator_id, earlier.project_id, again, now)
    session.flush()
    return row


def check_template(name: str, templates: Collection[str]) -> None:
    """Raises InvalidInput for a template that is not there, naming those that are."""
    if name != AUTOMATIC_TEMPLATE and name not in templates:
        detail = f'There is no template "{name}". There is: {", ".join(sorted(templates))}; or {AUTOMATIC_TEMPLATE}, and the one that suits is chosen.'
        raise InvalidInput(detail, errors=[FieldError("/template", detail)])


def divide_platforms(brief: Brief, specifications: Mapping[str, Specification]) -> tuple[tuple[PlatformName, ...], list[str]]:
    """The platforms that take the shape as a reel, and a sentence for each that does not. Raises InvalidInput where none does."""
    refused = {name: refuse_shape(specifications[name], brief.shape) for name in brief.platforms}
    taking = tuple(name for name in brief.platforms if not refused[name])
    sentences = [sentence for sentence in refused.values() if sentence]
    if not taking:
        detail = f"{' '.join(sentences)} Choose another shape, or another platform."
        raise InvalidInput(detail, errors=[FieldError("/brief/shape", detail)])
    return taking, sentences


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


def _add_row(session: Session, creator_id: str, project_id: str, request: GenerationRequest, now: datetime) -> GenerationRow:
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
    return row


def _check_room(session: Session, creator_id: str) -> None:
    unfinished = select(func.count()).where(GenerationRow.creator_id == creator_id, GenerationRow.state.in_([GenerationState.QUEUED, GenerationState.RUNNING]))
    if (session.scalar(unfinished) or 0) >= MAX_UNFINISHED_PER_CREATOR:
        detail = f"{MAX_UNFINISHED_PER_CREATOR} reels are being made or wait for their turn. Start the next when one of them is finished."
        raise RateLimited(detail, retry_after_seconds=_RETRY_AFTER_SECONDS)
