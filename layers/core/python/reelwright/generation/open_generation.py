"""A generation as a step sees it: whose it is and what was asked for, read once and never changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from reelwright.generation.generation import GenerationRequest
from reelwright.generation.record_steps import add_event, load_generation
from reelwright.kit.errors import Cancelled


@dataclass(frozen=True)
class OpenGeneration:
    """The ids and the snapshot of the request."""

    id: str
    creator_id: str
    project_id: str
    request: GenerationRequest


def open_generation(session: Session, generation_id: str) -> OpenGeneration:
    """Reads it. Raises NotFound."""
    row = load_generation(session, generation_id)
    return OpenGeneration(row.id, row.creator_id, row.project_id, GenerationRequest.model_validate(row.request))


def check_not_cancelled(session: Session, generation_id: str) -> None:
    """For the middle of long steps. Raises Cancelled."""
    if load_generation(session, generation_id).is_cancel_requested:
        raise Cancelled("The generation was cancelled.")


def add_notes(session: Session, generation_id: str, sentences: Sequence[str]) -> None:
    """Leaves sentences for the creator in the history."""
    row = load_generation(session, generation_id)
    for sentence in sentences:
        add_event(session, row, "note", sentence)
