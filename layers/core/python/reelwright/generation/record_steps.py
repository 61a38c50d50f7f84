"""A generation's steps: a finished step never runs twice, and every step leaves a sentence in the history."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from reelwright.generation.estimate_time import estimate_seconds
from reelwright.generation.generation import STAGE_PERCENT
from reelwright.generation.tables import GenerationEventRow, GenerationRow, GenerationStepRow
from reelwright.kit.clock import Clock
from reelwright.kit.errors import Cancelled, NotFound, ReelwrightError


@dataclass(frozen=True)
class StepRecorder:
    """Runs the work of one step between two short transactions; the work itself holds none."""

    transaction: Callable[[], Any]
    clock: Clock

    def run(self, generation_id: str, name: str, stage: str, sentence: str, work: Callable[[], dict[str, Any]]) -> dict[str, Any]:
        """The step's output: stored if it succeeded before, else that of ``work``, recorded.

        Raises Cancelled when the creator asked to stop, and whatever ``work`` raises, after recording it.
        """
        with self.transaction() as session:
            known = begin_step(session, generation_id, name, stage, sentence, self.clock())
        if known is not None:
            return known
        try:
            output = work()
        except Exception as error:
            with self.transaction() as session:
                fail_step(session, generation_id, name, error, self.clock())
            raise
        with self.transaction() as session:
            finish_step(session, generation_id, name, output, self.clock())
        return output

    def say_progress(self, generation_id: str, name: str, stage: str, until: str, share: float, sentence: str) -> None:
        """How far a long step is, 0..1, as a percent between its stage and the one that follows, and as a sentence in the history.

        Raises Cancelled when the creator asked to stop.
        """
        with self.transaction() as session:
            generation = load_generation(session, generation_id)
            if generation.is_cancel_requested:
                raise Cancelled("The generation was cancelled.")
            percent = STAGE_PERCENT[stage] + int(min(1.0, max(0.0, share)) * (STAGE_PERCENT[until] - STAGE_PERCENT[stage] - 1))
            generation.percent = max(generation.percent, percent)
            add_event(session, generation, "progress", sentence, {"step": name, "stage": stage, "share": round(share, 3)})

    def read_output(self, generation_id: str, name: str) -> dict[str, Any]:
        """What a finished step answered; nothing where it has not finished."""
        with self.transaction() as session:
            step = session.get(GenerationStepRow, (generation_id, name))
            return dict(step.output or {}) if step is not None and step.state == "succeeded" else {}


def load_generation(session: Session, generation_id: str) -> GenerationRow:
    """The row. Raises NotFound."""
    row = session.get(GenerationRow, generation_id)
    if row is None:
        raise NotFound(f"There is no generation {generation_id}.")
    return row


def begin_step(session: Session, generation_id: str, name: str, stage: str, sentence: str, now: datetime) -> dict[str, Any] | None:
    """Marks a step as running; returns its output instead where it succeeded before. Raises Cancelled."""
    generation = session.scalars(select(GenerationRow).where(GenerationRow.id == generation_id).with_for_update()).one_or_none()
    if generation is None:
        raise NotFound(f"There is no generation {generation_id}.")
    step = session.get(GenerationStepRow, (generation_id, name))
    if step is not None and step.state == "succeeded":
        return dict(step.output or {})
    if generation.is_cancel_requested:
        raise Cancelled("The generation was cancelled.")
    if step is None:
        session.add(GenerationStepRow(generation_id=generation_id, name=name, creator_id=generation.creator_id, state="running", runs=1, started_at=now))
    else:
        step.state, step.started_at, step.runs = "running", now, step.runs + 1
    generation.state = "running"
    generation.started_at = generation.started_at or now
    if STAGE_PERCENT[stage] >= generation.percent:
        generation.stage, generation.percent = stage, STAGE_PERCENT[stage]
        generation.eta_seconds = estimate_seconds(stage, read_length_seconds(generation))
    add_event(session, generation, "step_started", sentence, {"step": name, "stage": stage})
    return None


def finish_step(session: Session, generation_id: str, name: str, output: dict[str, Any], now: datetime) -> None:
    """Stores the output; from now on the step is not run again."""
    step = session.get_one(GenerationStepRow, (generation_id, name))
    step.state, step.output, step.finished_at = "succeeded", output, now
    step.error_type = step.error_detail = None
    seconds = (now - step.started_at).total_seconds()
    add_event(session, load_generation(session, generation_id), "step_finished", f"{name} took {seconds:.1f} s.", {"step": name, "seconds": round(seconds, 2)})


def fail_step(session: Session, generation_id: str, name: str, error: Exception, now: datetime) -> None:
    """Stores the error of a step."""
    step = session.get_one(GenerationStepRow, (generation_id, name))
    step.state, step.finished_at = "failed", now
    step.error_type = type(error).__name__
    step.error_detail = error.detail if isinstance(error, ReelwrightError) else str(error)


def add_event(session: Session, generation: GenerationRow, type_: str, sentence: str, data: dict[str, Any] | None = None) -> None:
    """Appends a sentence to the history."""
    session.add(GenerationEventRow(generation_id=generation.id, creator_id=generation.creator_id, type=type_, sentence=sentence, data=data or {}))


def read_length_seconds(generation: GenerationRow) -> float:
    """How long a reel was asked for."""
    return float(generation.request.get("brief", {}).get("length_seconds", 30))
