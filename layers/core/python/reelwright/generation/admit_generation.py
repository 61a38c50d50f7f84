"""Admission: a creator has a cap on running generations and a place in the queue, by the time of asking."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from reelwright.creators.tables import CreatorRow
from reelwright.generation.estimate_time import estimate_seconds
from reelwright.generation.generation import STAGE_PERCENT, GenerationState
from reelwright.generation.record_steps import add_event, load_generation, read_length_seconds
from reelwright.generation.tables import GenerationRow
from reelwright.kit.errors import Cancelled, Conflict

FIRST_STAGE = "analysing"


def admit_generation(session: Session, generation_id: str, running_per_creator: int, now: datetime) -> bool:
    """Whether the generation may run; if so it is marked as running. Asked again by a later execution, the answer stays.

    Raises Cancelled where the creator asked to stop, Conflict where it ended already.
    """
    generation = load_generation(session, generation_id)
    # One creator's admissions take turns, so that two never see the same free place.
    session.scalars(select(CreatorRow.id).where(CreatorRow.id == generation.creator_id).with_for_update()).one()
    session.refresh(generation)
    if generation.is_cancel_requested:
        raise Cancelled("The generation was cancelled.")
    if generation.state == GenerationState.RUNNING:
        return True
    if generation.state != GenerationState.QUEUED:
        raise Conflict("This generation has ended.")
    if count_ahead(session, generation) >= running_per_creator:
        return False
    generation.state, generation.started_at = GenerationState.RUNNING, now
    generation.stage, generation.percent = FIRST_STAGE, STAGE_PERCENT[FIRST_STAGE]
    generation.eta_seconds = estimate_seconds(FIRST_STAGE, read_length_seconds(generation))
    add_event(session, generation, "step_started", "It is this reel's turn.", {"step": "Admit Generation", "stage": FIRST_STAGE})
    return True


def count_ahead(session: Session, generation: GenerationRow) -> int:
    """How many of the same creator's generations run or were asked for earlier: the place in the queue, 0 is next."""
    is_earlier = or_(GenerationRow.created_at < generation.created_at, (GenerationRow.created_at == generation.created_at) & (GenerationRow.id < generation.id))
    is_ahead = or_(GenerationRow.state == GenerationState.RUNNING, (GenerationRow.state == GenerationState.QUEUED) & is_earlier)
    same_creator = (GenerationRow.creator_id == generation.creator_id) & (GenerationRow.id != generation.id)
    return session.scalar(select(func.count()).select_from(GenerationRow).where(same_creator, is_ahead)) or 0
