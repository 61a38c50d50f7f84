"""Generations: from a project to finished reels; start, follow, cancel, do one part again, and what was done."""

from __future__ import annotations

from collections.abc import Callable
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
from functions.api.generation_answers import GenerationAnswer, GenerationOrder, VariantAnswer, describe_generation
from functions.api.generation_report import GenerationReport, read_report
from functions.api.library import check_language, check_voice, template_names
from functions.api.routes import Routes
from functions.api.start_execution import start_execution
from reelwright.generation.cancel_generation import cancel_generation as ask_to_stop
from reelwright.generation.find_generation import find_generation
from reelwright.generation.find_generation import list_events as read_events
from reelwright.generation.find_generation import list_generations as read_generations
from reelwright.generation.generation import GenerationState
from reelwright.generation.redo import RedoRequest
from reelwright.generation.start_generation import start_generation as make_row
from reelwright.generation.start_generation import start_redo
from reelwright.generation.tables import GenerationRow
from reelwright.kit.errors import Conflict, NotFound, RateLimited
from reelwright.kit.keyset import DEFAULT_LIMIT
from reelwright.media.find_media import find_all_media
from reelwright.reels.find_project import find_project
from reelwright.reels.save_project import read_draft

routes = Routes("generations")


class Nothing(Answer):
    """An empty object; nothing is to be said."""

    model_config = shown({})


class RedoOrder(RedoRequest):
    """Which part is done again: the voice, the music, the hook, a title, or a shot; the rest stays as it is."""

    model_config = shown({"part": "shot", "beat": 2, "media_id": "media_01jdc5w0fk7q2m3n4p5r6s7t8v"})


@routes.serve("POST", "/projects/<project_id>/generations", "Make a reel", NotFound, Conflict, RateLimited, status=HTTPStatus.ACCEPTED)
def start_generation(project_id: Id, idempotency_key: RequiredIdempotencyKey, order: GenerationOrder | None = None) -> Response[GenerationAnswer]:
    """Works from the project as it is now. Files that were refused are left out; those still being read are waited for."""
    call = call_of(routes)

    def make(session: Session) -> GenerationRow:
        project = find_project(session, call.creator_id, project_id)
        draft = read_draft(project)
        check_language(draft.brief.language)
        check_voice(draft.brief)
        media = find_all_media(session, call.creator_id, draft.media_ids)
        given = (session, call.creator_id, project.id, draft, media, template_names(), call.now)
        return make_row(*given, specifications=call.world.specifications, variants=order.variants if order else 1)

    return _begin(call, make)


@routes.serve("POST", "/generations/<generation_id>/redo", "Do one part of a finished reel again", NotFound, Conflict, RateLimited, status=HTTPStatus.ACCEPTED)
def redo_generation(generation_id: Id, order: RedoOrder, idempotency_key: RequiredIdempotencyKey) -> Response[GenerationAnswer]:
    """A new generation that keeps what the part does not touch: its steps are taken over, and its reel is made anew from them."""
    call = call_of(routes)
    redo = RedoRequest.model_validate(order.model_dump())
    return _begin(call, lambda session: start_redo(session, find_generation(session, call.creator_id, generation_id), redo, call.now))


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
        items = [_describe(call, session, row) for row in page.rows]
    return Page(items=items, next_cursor=page.next_cursor)


@routes.serve("GET", "/generations/<generation_id>", "One generation and how far it is", NotFound)
def get_generation(generation_id: Id) -> GenerationAnswer:
    call = call_of(routes)
    with call.transaction() as session:
        return _describe(call, session, find_generation(session, call.creator_id, generation_id))


@routes.serve("GET", "/generations/<generation_id>/variants", "The variants to choose from", NotFound)
def list_generation_variants(generation_id: Id) -> Page[VariantAnswer]:
    """None before it is planned; a preview's address is there when it is drawn."""
    call = call_of(routes)
    with call.transaction() as session:
        found = _describe(call, session, find_generation(session, call.creator_id, generation_id))
    return Page(items=list(found.variants), next_cursor=None)


@routes.serve("POST", "/generations/<generation_id>/cancel", "Stop a generation", NotFound, Conflict, status=HTTPStatus.ACCEPTED)
def cancel_generation(generation_id: Id, nothing: Nothing | None = None) -> GenerationAnswer:
    """What runs ends within seconds; asking again changes nothing."""
    call = call_of(routes)
    with call.transaction() as session:
        row = find_generation(session, call.creator_id, generation_id, is_to_change=True)
        return _describe(call, session, ask_to_stop(session, row))


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
        return read_report(session, call.world.storage, row, _describe(call, session, row).model_dump(mode="json"))


def _begin(call: Call, make: Callable[[Session], GenerationRow]) -> Response[GenerationAnswer]:
    """Makes the row once, answers with it, and starts its execution when the row is committed."""
    started: list[GenerationRow] = []

    def work(session: Session) -> tuple[BaseModel, dict[str, str]]:
        row = make(session)
        started.append(row)
        return _describe(call, session, row), {"Location": f"/v1/generations/{row.id}"}

    answer = call.answer_once(HTTPStatus.ACCEPTED, work)
    for row in started:
        ids = {"creator_id": row.creator_id, "generation_id": row.id}
        start_execution(call.world, routes.context["logger"], call.world.settings.generate_reel_arn, row.id, row.execution_attempts, ids)
    return answer


def _describe(call: Call, session: Session, row: GenerationRow) -> GenerationAnswer:
    return describe_generation(session, call.world.storage, row)
