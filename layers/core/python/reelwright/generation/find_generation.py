"""Reads a creator's generations, their history, steps, and calls to providers."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Session

from reelwright.generation.admit_generation import count_ahead
from reelwright.generation.generation import GenerationState
from reelwright.generation.tables import GenerationEventRow, GenerationRow, GenerationStepRow, ProviderCallRow
from reelwright.kit.errors import NotFound
from reelwright.kit.keyset import PageRequest, RowPage, select_page

UNFINISHED = (GenerationState.QUEUED, GenerationState.RUNNING)


def find_generation(session: Session, creator_id: str, generation_id: str, *, is_to_change: bool = False) -> GenerationRow:
    """One generation, locked where it is to be changed. Raises NotFound, also where it is somebody else's."""
    statement = select(GenerationRow).where(GenerationRow.id == generation_id, GenerationRow.creator_id == creator_id)
    row = session.scalars(statement.with_for_update() if is_to_change else statement).one_or_none()
    if row is None:
        raise NotFound("There is no such generation among yours.")
    return row


def list_generations(session: Session, creator_id: str, project_id: str | None, state: str | None, request: PageRequest) -> RowPage[GenerationRow]:
    """A page of the creator's generations, of one project or state where asked for."""
    statement = select(GenerationRow).where(GenerationRow.creator_id == creator_id)
    if project_id is not None:
        statement = statement.where(GenerationRow.project_id == project_id)
    if state is not None:
        statement = statement.where(GenerationRow.state == state)
    return select_page(session, statement, GenerationRow.created_at, GenerationRow.id, request)


def find_queue_place(session: Session, row: GenerationRow) -> int | None:
    """How many of the creator's generations end before this one begins; None when it does not wait."""
    return count_ahead(session, row) or None if row.state == GenerationState.QUEUED else None


def list_events(session: Session, creator_id: str, generation_id: str, after: int, limit: int) -> Sequence[GenerationEventRow]:
    """The history after an event, oldest first, ``limit`` rows at most."""
    find_generation(session, creator_id, generation_id)
    statement = select(GenerationEventRow).where(GenerationEventRow.generation_id == generation_id, GenerationEventRow.id > after)
    return session.scalars(statement.order_by(GenerationEventRow.id).limit(limit)).all()


def list_steps(session: Session, generation_id: str) -> Sequence[GenerationStepRow]:
    """The steps in the order in which they began."""
    return session.scalars(select(GenerationStepRow).where(GenerationStepRow.generation_id == generation_id).order_by(GenerationStepRow.started_at)).all()


def list_provider_calls(session: Session, generation_id: str) -> Sequence[ProviderCallRow]:
    """The calls to providers in their order."""
    return session.scalars(select(ProviderCallRow).where(ProviderCallRow.generation_id == generation_id).order_by(ProviderCallRow.id)).all()


def list_generations_of_project(session: Session, creator_id: str, project_id: str) -> Sequence[str]:
    """The ids of a project's generations."""
    return session.scalars(select(GenerationRow.id).where(GenerationRow.creator_id == creator_id, GenerationRow.project_id == project_id)).all()


def is_project_in_use(session: Session, project_id: str) -> bool:
    """Whether a generation of the project is not finished."""
    return _exists(session, GenerationRow.project_id == project_id)


def is_media_in_use(session: Session, creator_id: str, media_id: str) -> bool:
    """Whether a generation that is not finished uses the media."""
    holds = GenerationRow.request["media_ids"].cast(JSONB).contains([media_id])
    return _exists(session, (GenerationRow.creator_id == creator_id) & holds)


def _exists(session: Session, condition: object) -> bool:
    statement = select(GenerationRow.id).where(GenerationRow.state.in_(UNFINISHED), condition).limit(1)  # type: ignore[arg-type]
    return session.scalar(statement) is not None
