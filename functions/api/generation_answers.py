"""What the API says of a generation: how far it is, its variants, where its reel and render are."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from pydantic import Field
from sqlalchemy.orm import Session

from functions.api.answers import Answer, Failure, shown
from reelwright.generation.estimate_time import estimate_seconds
from reelwright.generation.find_generation import find_queue_place
from reelwright.generation.generation import MAX_VARIANTS, STAGE_PERCENT, GenerationState
from reelwright.generation.tables import GenerationRow
from reelwright.generation.variants import VariantFacts, read_variants
from reelwright.kit.storage import Storage
from reelwright.reels.project import AUTOMATIC_TEMPLATE
from reelwright.rendering.tables import RenderRow

_VARIANT = {
    "number": 2,
    "hook": "Who stays for the storm?",
    "hook_kind": "question",
    "template": "soft",
    "order": "payoff_first",
    "score": 81.5,
    "why": ["The hook asks a question.", "It opens with the strongest picture."],
    "reel_id": "reel_01jdc5w0fk7q2m3n4p5r6s7t8w",
    "render_id": "render_01jdc5w0fk7q2m3n4p5r6s7t8w",
    "is_preview": True,
    "state": "succeeded",
    "url": "http://127.0.0.1:8787/reelwright-media/renders/creator_01jdc5/render_01jdc5/master.mp4?X-Amz-Signature=77e1",
    "cover_url": "http://127.0.0.1:8787/reelwright-media/renders/creator_01jdc5/render_01jdc5/cover.jpg?X-Amz-Signature=77e1",
}
_GENERATION = {
    "id": "gen_01jdc5w0fk7q2m3n4p5r6s7t8v",
    "project_id": "project_01jdc5w0fk7q2m3n4p5r6s7t8v",
    "state": "running",
    "progress": {"stage": "rendering", "percent": 68, "eta_seconds": 12, "queue_place": None},
    "failure": None,
    "is_cancel_requested": False,
    "template": "editorial",
    "redo_of": None,
    "variants": [_VARIANT],
    "reel_id": "reel_01jdc5w0fk7q2m3n4p5r6s7t8v",
    "reel_version": 1,
    "render_id": "render_01jdc5w0fk7q2m3n4p5r6s7t8v",
    "created_at": "2026-11-24T09:00:00Z",
    "started_at": "2026-11-24T09:00:01Z",
    "finished_at": None,
}


class GenerationOrder(Answer):
    """How many reels to choose from: the first is made in full, the others as small previews."""

    model_config = shown({"variants": 3})

    variants: Annotated[int, Field(ge=1, le=MAX_VARIANTS)] = 1


class GenerationProgress(Answer):
    """How far it is. ``queue_place``: how many of yours come before it, null when it does not wait."""

    stage: str
    percent: int
    eta_seconds: int | None
    queue_place: int | None


class VariantAnswer(Answer):
    """One way to tell it. ``why`` says what the score, 0 to 100, is made of; it is no forecast of views.

    ``url`` is its film, for an hour: of a preview the small one; ``cover_url`` its cover. POST /v1/reels/{reel_id}/renders makes a preview's reel in full.
    """

    model_config = shown(_VARIANT)

    number: int
    hook: str
    hook_kind: str
    template: str
    order: str
    score: float | None
    why: tuple[str, ...]
    reel_id: str | None
    render_id: str | None
    is_preview: bool
    state: str
    url: str | None
    cover_url: str | None


class GenerationAnswer(Answer):
    """One generation of yours. ``state``: queued → running → succeeded, failed or cancelled."""

    model_config = shown(_GENERATION)

    id: str
    project_id: str
    state: GenerationState
    progress: GenerationProgress
    failure: Failure | None
    is_cancel_requested: bool
    template: str
    redo_of: str | None
    variants: tuple[VariantAnswer, ...]
    reel_id: str | None
    reel_version: int | None
    render_id: str | None
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None


def describe_generation(session: Session, storage: Storage, row: GenerationRow) -> GenerationAnswer:
    """The row in the API's words."""
    failure = Failure(type=row.failure_type, detail=row.failure_detail or "") if row.failure_type else None
    variants = read_variants(row.variants)
    chosen = variants[0].template if variants and row.request["template"] == AUTOMATIC_TEMPLATE else row.request["template"]
    return GenerationAnswer(
        id=row.id,
        project_id=row.project_id,
        state=GenerationState(row.state),
        progress=_progress(session, row),
        failure=failure,
        is_cancel_requested=row.is_cancel_requested,
        template=chosen,
        redo_of=row.request.get("redo_of") or None,
        variants=tuple(_describe_variant(session, storage, row, variant) for variant in variants),
        reel_id=row.reel_id,
        reel_version=row.reel_version,
        render_id=row.render_id,
        created_at=row.created_at,
        started_at=row.started_at,
        finished_at=row.finished_at,
    )


def _describe_variant(session: Session, storage: Storage, row: GenerationRow, variant: VariantFacts) -> VariantAnswer:
    is_first = variant.number == 1
    ids = {"reel_id": row.reel_id, "render_id": row.render_id} if is_first else {"reel_id": variant.reel_id, "render_id": variant.render_id}
    render = session.get(RenderRow, ids["render_id"]) if ids["render_id"] else None
    files = (render.files or {}) if render is not None and render.state == "succeeded" else {}
    film, cover = (storage.sign_download(files[name]["key"]) if name in files else None for name in ("master", "cover"))
    return VariantAnswer(
        **variant.model_dump(exclude={"reel_id", "render_id"}),
        **ids,
        is_preview=not is_first,
        state=render.state if render is not None else "queued",
        url=film,
        cover_url=cover,
    )


def _progress(session: Session, row: GenerationRow) -> GenerationProgress:
    """While it renders, the render's own progress moves the percentage between two stages."""
    percent, eta = row.percent, row.eta_seconds
    render = session.get(RenderRow, row.render_id) if row.stage == "rendering" and row.render_id else None
    if render is not None and row.state == GenerationState.RUNNING:
        begin, end = STAGE_PERCENT["rendering"], STAGE_PERCENT["checking"]
        percent = max(percent, begin + (end - begin) * render.percent // 100)
        if render.eta_seconds is not None:
            eta = render.eta_seconds + (estimate_seconds("checking", row.request["brief"]["length_seconds"]) or 0)
    return GenerationProgress(stage=row.stage, percent=percent, eta_seconds=eta, queue_place=find_queue_place(session, row))
