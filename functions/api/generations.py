"""Generations: from a project to finished reels; start, follow, cancel, and what was done."""

from __future__ import annotations

from datetime import datetime
from http import HTTPStatus
from typing import Annotated

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.openapi.params import Query
from pydantic import BaseModel
from sqlalchemy.orm import Session

from functions.api.answers import (
    NEWEST_FIRST,
    After,
    Answer,
    Cursor,
    Event,
    EventCursor,
    Failure,
    Id,
    Limit,
    Page,
    RequiredIdempotencyKey,
    Sort,
    page_events,
    page_request,
    shown,
)
from functions.api.call import Call, call_of
from functions.api.generation_report import GenerationReport, read_report
from functions.api.library import check_language, template_names
from functions.api.routes import Routes
from functions.api.start_execution import start_execution
from reelwright.generation.cancel_generation import cancel_generation as ask_to_stop
from reelwright.generation.estimate_time import estimate_seconds
from reelwright.generation.find_generation import find_generation, find_queue_place
from reelwright.generation.find_generation import list_events as read_events
from reelwright.generation.find_generation import list_generations as read_generations
from reelwright.generation.generation import STAGE_PERCENT, GenerationState
from reelwright.generation.start_generation import start_generation as make_row
from reelwright.generation.tables import GenerationRow
from reelwright.kit.errors import Conflict, NotFound, RateLimited
from reelwright.kit.keyset import DEFAULT_LIMIT
from reelwright.media.find_media import find_all_media
from reelwright.reels.find_project import find_project
from reelwright.reels.save_project import read_draft
from reelwright.rendering.tables import RenderRow

routes = Routes("generations")
_ID = "gen_01jdc5w0fk7q2m3n4p5r6s7t8v"
_GENERATION = {
    "id": _ID,
    "project_id": "project_01jdc5w0fk7q2m3n4p5r6s7t8v",
    "state": "running",
    "progress": {"stage": "rendering", "percent": 68, "eta_seconds": 12, "queue_place": None},
    "failure": None,
    "is_cancel_requested": False,
    "template": "editorial",
    "reel_id": "reel_01jdc5w0fk7q2m3n4p5r6s7t8v",
    "reel_version": 1,
    "render_id": "render_01jdc5w0fk7q2m3n4p5r6s7t8v",
    "created_at": "2026-11-24T09:00:00Z",
    "started_at": "2026-11-24T09:00:01Z",
    "finished_at": None,
}


class Nothing(Answer):
    """An empty object; nothing is to be said."""

    model_config = shown({})


class GenerationProgress(Answer):
    """How far it is. ``queue_place``: how many of yours come before it, null when it does not wait."""

    stage: str
    percent: int
    eta_seconds: int | None
    queue_place: int | None


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
    reel_id: str | None
    reel_version: int | None
    render_id: str | None
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None


@routes.serve("POST", "/projects/<project_id>/generations", "Make a reel", NotFound, Conflict, RateLimited, status=HTTPStatus.ACCEPTED)
def start_generation(project_id: Id, idempotency_key: RequiredIdempotencyKey, nothing: Nothing | None = None) -> Response[GenerationAnswer]:
    """Works from the project as it is now. Files that were refused are left out; those still being read are waited for."""
    call = call_of(routes)
    started: list[GenerationRow] = []

    def work(session: Session) -> tuple[BaseModel, dict[str, str]]:
        project = find_project(session, call.creator_id, project_id)
        draft = read_draft(project)
        check_language(draft.brief.language)
        media = find_all_media(session, call.creator_id, draft.media_ids)
        row = make_row(session, call.creator_id, project.id, draft, media, template_names(), call.now)
        started.append(row)
        return _describe(session, row), {"Location": f"/v1/generations/{row.id}"}

    answer = call.answer_once(HTTPStatus.ACCEPTED, work)
    for row in started:
        _start(call, row)
    return answer


@routes.serve("GET", "/generations", "Your generations", NotFound)
def list_generations(
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
    sort: Sort = NEWEST_FIRST,
    project_id: Annotated[str | None, Query(description="only those of this project")] = None,
    state: Annotated[GenerationState | None, Query(description="only those in this state")] = None,
) -> Page[GenerationAnswer]:
    call = call_of(routes)
    with call.transaction() as session:
        if project_id is not None:
            find_project(session, call.creator_id, project_id)
        page = read_generations(session, call.creator_id, project_id, state, page_request(limit, cursor, sort))
        items = [_describe(session, row) for row in page.rows]
    return Page(items=items, next_cursor=page.next_cursor)


@routes.serve("GET", "/generations/<generation_id>", "One generation and how far it is", NotFound)
def get_generation(generation_id: Id) -> GenerationAnswer:
    call = call_of(routes)
    with call.transaction() as session:
        return _describe(session, find_generation(session, call.creator_id, generation_id))


@routes.serve("POST", "/generations/<generation_id>/cancel", "Stop a generation", NotFound, Conflict, status=HTTPStatus.ACCEPTED)
def cancel_generation(generation_id: Id, nothing: Nothing | None = None) -> GenerationAnswer:
    """What runs ends within seconds; asking again changes nothing."""
    call = call_of(routes)
    with call.transaction() as session:
        row = find_generation(session, call.creator_id, generation_id, is_to_change=True)
        return _describe(session, ask_to_stop(session, row))


@routes.serve("GET", "/generations/<generation_id>/events", "The history in sentences, oldest first", NotFound)
def list_generation_events(generation_id: Id, after: After = 0, limit: Limit = DEFAULT_LIMIT, cursor: EventCursor = None) -> Page[Event]:
    call = call_of(routes)
    with call.transaction() as session:
        rows = read_events(session, call.creator_id, generation_id, after if cursor is None else cursor, limit + 1)
    return page_events([Event(id=row.id, type=row.type, sentence=row.sentence, data=row.data, created_at=row.created_at) for row in rows], limit)


@routes.serve("GET", "/generations/<generation_id>/report", "What was done, why, and what was checked", NotFound)
def get_generation_report(generation_id: Id) -> GenerationReport:
    """Fills while the generation runs: what is not there yet is null or empty."""
    call = call_of(routes)
    with call.transaction() as session:
        row = find_generation(session, call.creator_id, generation_id)
        return read_report(session, call.world.storage, row, _describe(session, row).model_dump(mode="json"))


def _start(call: Call, row: GenerationRow) -> None:
    ids = {"creator_id": row.creator_id, "generation_id": row.id}
    start_execution(call.world, routes.context["logger"], call.world.settings.generate_reel_arn, row.id, row.execution_attempts, ids)


def _describe(session: Session, row: GenerationRow) -> GenerationAnswer:
    failure = Failure(type=row.failure_type, detail=row.failure_detail or "") if row.failure_type else None
    return GenerationAnswer(
        id=row.id,
        project_id=row.project_id,
        state=GenerationState(row.state),
        progress=_progress(session, row),
        failure=failure,
        is_cancel_requested=row.is_cancel_requested,
        template=row.request["template"],
        reel_id=row.reel_id,
        reel_version=row.reel_version,
        render_id=row.render_id,
        created_at=row.created_at,
        started_at=row.started_at,
        finished_at=row.finished_at,
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
