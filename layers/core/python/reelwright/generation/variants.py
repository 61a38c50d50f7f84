"""The variants of a generation as its row tells them: what each opens with, how it scores, and where its reel is."""

from __future__ import annotations

from collections.abc import Sequence

from pydantic import BaseModel, ConfigDict
from sqlalchemy.orm import Session

from reelwright.generation.plan import Plan
from reelwright.generation.record_steps import load_generation

PREVIEW_WIDTH = 540
"""Pixels: a quarter of the full picture."""


class VariantFacts(BaseModel):
    """One variant. ``why`` says in words what its score, 0 to 100, is made of; it is no forecast of views."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    number: int
    hook: str
    hook_kind: str
    template: str
    order: str
    score: float | None
    why: tuple[str, ...] = ()
    reel_id: str | None = None
    render_id: str | None = None


def describe_plans(plans: Sequence[Plan]) -> tuple[VariantFacts, ...]:
    """The variants before anything of them is composed."""
    return tuple(
        VariantFacts(
            number=number,
            hook=plan.hook,
            hook_kind=plan.hook_kind,
            template=plan.template,
            order=plan.order,
            score=plan.score.points if plan.score else None,
            why=tuple(part.sentence for part in plan.score.parts) if plan.score else (),
        )
        for number, plan in enumerate(plans, start=1)
    )


def keep_variants(session: Session, generation_id: str, variants: Sequence[VariantFacts]) -> None:
    """Writes them into the row."""
    load_generation(session, generation_id).variants = [variant.model_dump(mode="json") for variant in variants]


def keep_preview(session: Session, generation_id: str, number: int, reel_id: str, render_id: str) -> None:
    """Notes where a variant's reel and the render of its preview are."""
    known = read_variants(load_generation(session, generation_id).variants)
    ids = {"reel_id": reel_id, "render_id": render_id}
    keep_variants(session, generation_id, [variant.model_copy(update=ids) if variant.number == number else variant for variant in known])


def read_variants(stored: Sequence[object] | None) -> tuple[VariantFacts, ...]:
    """The variants of a row; none before it is planned."""
    return tuple(VariantFacts.model_validate(one) for one in stored or ())
