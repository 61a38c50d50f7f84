"""Asks a generation to stop; the storyboard sees it at its next step, the renderer within seconds."""

from __future__ import annotations

from sqlalchemy.orm import Session

from reelwright.generation.generation import GenerationState
from reelwright.generation.record_steps import add_event
from reelwright.generation.tables import GenerationRow
from reelwright.kit.errors import Conflict


def cancel_generation(session: Session, row: GenerationRow) -> GenerationRow:
    """Sets the flag on a locked row; asking twice changes nothing. Raises Conflict where the generation is over."""
    if row.state in (GenerationState.SUCCEEDED, GenerationState.FAILED):
        words = "is finished" if row.state == GenerationState.SUCCEEDED else "has failed"
        raise Conflict(f"This generation {words}, so there is nothing to cancel.")
    if row.state != GenerationState.CANCELLED and not row.is_cancel_requested:
        row.is_cancel_requested = True
        add_event(session, row, "note", "You asked to stop. What runs now is ended.")
        session.flush()
    return row
