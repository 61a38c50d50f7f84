"""The three ends of a generation: succeeded, failed, cancelled. The first end stays; later ones change nothing."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from reelwright.generation.generation import GenerationState
from reelwright.generation.record_steps import add_event
from reelwright.generation.tables import GenerationRow
from reelwright.kit import errors
from reelwright.kit.errors import NotFound, ReelwrightError

UNKNOWN_FAILURE = "Something went wrong on our side; your files are safe. Please try again."
TIMED_OUT = "This took too long and was stopped; your files are safe. Please try again."
_OPEN = frozenset({GenerationState.QUEUED, GenerationState.RUNNING})


def succeed_generation(session: Session, generation_id: str, sentence: str, data: dict[str, Any], now: datetime) -> None:
    """Marks the end and tells it. A generation that ended otherwise in the meantime keeps that end."""
    generation = _lock(session, generation_id)
    if generation.state in _OPEN:
        generation.state, generation.stage, generation.percent, generation.eta_seconds = GenerationState.SUCCEEDED, "finished", 100, 0
        generation.finished_at = now
        add_event(session, generation, "finished", sentence, data)


def fail_generation(session: Session, generation_id: str, failure_type: str, detail: str, now: datetime) -> None:
    """Marks the failure and tells it; where the creator had asked to stop, it is a cancellation."""
    generation = _lock(session, generation_id)
    if generation.state not in _OPEN:
        return
    if generation.is_cancel_requested or failure_type == "Cancelled":
        _cancel(session, generation, now)
        return
    generation.state, generation.finished_at, generation.eta_seconds = GenerationState.FAILED, now, None
    generation.failure_type, generation.failure_detail = failure_type, detail
    add_event(session, generation, "failed", detail, {"type": failure_type})


def record_cancellation(session: Session, generation_id: str, now: datetime) -> None:
    """Marks the cancellation and tells it."""
    generation = _lock(session, generation_id)
    if generation.state in _OPEN:
        _cancel(session, generation, now)


def explain_failure(error: dict[str, Any]) -> tuple[str, str]:
    """A storyboard's error (``Error``, ``Cause``) as class name and sentence: ours in our words, others without their insides."""
    name = str(error.get("Error") or "States.Unknown")
    cause = _read_cause(error.get("Cause"))
    name = str(cause.get("errorType") or name)
    known = getattr(errors, name, None)
    if isinstance(known, type) and issubclass(known, ReelwrightError):
        return name, str(cause.get("errorMessage") or UNKNOWN_FAILURE)
    return name, TIMED_OUT if name.endswith("Timeout") else UNKNOWN_FAILURE


def _read_cause(cause: object) -> dict[str, Any]:
    try:
        read = json.loads(str(cause or ""))
    except ValueError:
        return {}
    return read if isinstance(read, dict) else {}


def _lock(session: Session, generation_id: str) -> GenerationRow:
    generation = session.scalars(select(GenerationRow).where(GenerationRow.id == generation_id).with_for_update()).one_or_none()
    if generation is None:
        raise NotFound(f"There is no generation {generation_id}.")
    return generation


def _cancel(session: Session, generation: GenerationRow, now: datetime) -> None:
    generation.state, generation.finished_at, generation.eta_seconds = GenerationState.CANCELLED, now, None
    add_event(session, generation, "cancelled", "The generation was cancelled. Nothing half-made is left.")
