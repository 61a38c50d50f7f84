"""Renders: a reel becomes files; start, follow, cancel, fetch."""

from __future__ import annotations

from datetime import datetime
from http import HTTPStatus
from typing import Annotated, Any, Literal

from aws_lambda_powertools.event_handler import Response
from pydantic import BaseModel, Field
from sqlalchemy.orm import Session

from functions.api.answers import After, Answer, Event, EventCursor, Failure, Id, IdempotencyKey, Limit, Page, page_events, shown
from functions.api.call import Call, call_of
from functions.api.generations import Nothing
from functions.api.routes import Routes
from functions.api.start_execution import start_execution
from reelwright.kit.errors import Conflict, NotFound, RateLimited
from reelwright.kit.keyset import DEFAULT_LIMIT
from reelwright.reels.find_reel import find_reel
from reelwright.reels.project import ALL_PLATFORMS, PlatformName
from reelwright.rendering.cancel_render import cancel_render as ask_to_stop
from reelwright.rendering.find_render import find_render, find_render_place
from reelwright.rendering.start_render import start_render as make_row
from reelwright.rendering.tables import RenderRow

routes = Routes("renders")
RenderState = Literal["queued", "running", "succeeded", "failed", "cancelled"]
_RENDER = {
    "id": "render_01jdc5w0fk7q2m3n4p5r6s7t8v",
    "reel_id": "reel_01jdc5w0fk7q2m3n4p5r6s7t8v",
    "reel_version": 2,
    "generation_id": None,
    "is_preview": False,
    "platforms": ["instagram", "tiktok"],
    "state": "running",
    "progress": {"stage": "rendering", "percent": 40, "eta_seconds": 21, "queue_place": None},
    "failure": None,
    "is_cancel_requested": False,
    "created_at": "2026-11-24T09:00:00Z",
    "started_at": "2026-11-24T09:00:01Z",
    "finished_at": None,
}
_FILE = {
    "name": "instagram",
    "url": "http://127.0.0.1:8787/reelwright-media/renders/creator_01jdc5/render_01jdc5/instagram.mp4?X-Amz-Signature=77e1",
    "size_bytes": 9_412_338,
    "content_type": "video/mp4",
}
_GATE = {"rows": [{"name": "loudness", "value": "-14.1 LUFS", "bound": "-14 ± 1 LUFS", "passed": True, "sentence": "It is as loud as the platforms play it."}]}
_SENTENCES = {
    "running": ("started", "The render began."),
    "succeeded": ("finished", "The files are ready."),
    "cancelled": ("cancelled", "The render was cancelled."),
}


class RenderOrder(Answer):
    """For which platforms files are wanted."""

    model_config = shown({"platforms": ["instagram", "tiktok"]})

    platforms: Annotated[tuple[PlatformName, ...], Field(min_length=1, max_length=len(ALL_PLATFORMS))] = ALL_PLATFORMS
    version: Annotated[int | None, Field(ge=1, le=1_000_000, description="a version of the reel; the newest without")] = None


class RenderProgress(Answer):
    """How far it is. ``queue_place``: how many of yours come before it, null when it does not wait."""

    stage: str
    percent: int
    eta_seconds: int | None
    queue_place: int | None


class RenderAnswer(Answer):
    """One render of yours. ``state``: queued → running → succeeded, failed or cancelled."""

    model_config = shown(_RENDER)

    id: str
    reel_id: str
    reel_version: int
    generation_id: str | None
    is_preview: bool
    platforms: tuple[str, ...]
    state: RenderState
    progress: RenderProgress
    failure: Failure | None
    is_cancel_requested: bool
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None


class RenderFile(Answer):
    """A finished file and where it is to be fetched, for an hour."""

    model_config = shown(_FILE)

    name: str
    url: str
    size_bytes: int
    content_type: str


class RenderReport(Answer):
    """What the delivery gate found; null until the render was checked."""

    model_config = shown({"render_id": _RENDER["id"], "report": _GATE})

    render_id: str
    report: dict[str, Any] | None


@routes.serve("POST", "/reels/<reel_id>/renders", "Render a reel", NotFound, RateLimited, status=HTTPStatus.ACCEPTED)
def start_render(reel_id: Id, order: RenderOrder, idempotency_key: IdempotencyKey = None) -> Response[RenderAnswer]:
    call = call_of(routes)
    started: list[RenderRow] = []

    def work(session: Session) -> tuple[BaseModel, dict[str, str]]:
        reel = find_reel(session, call.creator_id, reel_id, order.version)
        row = make_row(session, call.creator_id, reel.id, reel.version, order.platforms, call.now)
        started.append(row)
        return _describe(session, row), {"Location": f"/v1/renders/{row.id}"}

    answer = call.answer_once(HTTPStatus.ACCEPTED, work)
    for row in started:
        _start(call, row)
    return answer


@routes.serve("GET", "/renders/<render_id>", "One render and how far it is", NotFound)
def get_render(render_id: Id) -> RenderAnswer:
    call = call_of(routes)
    with call.transaction() as session:
        return _describe(session, find_render(session, call.creator_id, render_id))


@routes.serve("POST", "/renders/<render_id>/cancel", "Stop a render", NotFound, Conflict, status=HTTPStatus.ACCEPTED)
def cancel_render(render_id: Id, nothing: Nothing | None = None) -> RenderAnswer:
    """The renderer ends within seconds; asking again changes nothing."""
    call = call_of(routes)
    with call.transaction() as session:
        row = find_render(session, call.creator_id, render_id, is_to_change=True)
        return _describe(session, ask_to_stop(session, row))


@routes.serve("GET", "/renders/<render_id>/files", "The finished files", NotFound)
def list_render_files(render_id: Id) -> Page[RenderFile]:
    """Empty until there are some; a half file is never shown."""
    call = call_of(routes)
    with call.transaction() as session:
        row = find_render(session, call.creator_id, render_id)
    return Page(items=[_describe_file(call, name, file) for name, file in sorted((row.files or {}).items())], next_cursor=None)


@routes.serve("GET", "/renders/<render_id>/report", "What the delivery gate found", NotFound)
def get_render_report(render_id: Id) -> RenderReport:
    call = call_of(routes)
    with call.transaction() as session:
        row = find_render(session, call.creator_id, render_id)
    return RenderReport(render_id=row.id, report=row.report)


@routes.serve("GET", "/renders/<render_id>/events", "The history in sentences, oldest first", NotFound)
def list_render_events(render_id: Id, after: After = 0, limit: Limit = DEFAULT_LIMIT, cursor: EventCursor = None) -> Page[Event]:
    call = call_of(routes)
    with call.transaction() as session:
        row = find_render(session, call.creator_id, render_id)
    return page_events([event for event in _history(row) if event.id > (after if cursor is None else cursor)], limit)


def _start(call: Call, row: RenderRow) -> None:
    ids = {"creator_id": row.creator_id, "render_id": row.id}
    start_execution(call.world, routes.context["logger"], call.world.settings.render_reel_arn, row.id, row.execution_attempts, ids)


def _describe(session: Session, row: RenderRow) -> RenderAnswer:
    stage = "rendering" if row.state == "running" else "queued" if row.state == "queued" else "finished"
    place = find_render_place(session, row)
    return RenderAnswer(
        id=row.id,
        reel_id=row.reel_id,
        reel_version=row.reel_version,
        generation_id=row.generation_id,
        is_preview=row.preview_width is not None,
        platforms=tuple(row.platforms),
        state=row.state,
        progress=RenderProgress(stage=stage, percent=row.percent, eta_seconds=row.eta_seconds, queue_place=place),
        failure=Failure(type=row.failure_type, detail=row.failure_detail or "") if row.failure_type else None,
        is_cancel_requested=row.is_cancel_requested,
        created_at=row.created_at,
        started_at=row.started_at,
        finished_at=row.finished_at,
    )


def _describe_file(call: Call, name: str, file: dict[str, Any]) -> RenderFile:
    extension = str(file["key"]).rsplit(".", 1)[-1]
    url = call.world.storage.sign_download(file["key"], f"{name}.{extension}")
    return RenderFile(name=name, url=url, size_bytes=file["size_bytes"], content_type=file["content_type"])


def _history(row: RenderRow) -> list[Event]:
    """A render has no history of its own: its row says when it was asked for, begun and ended, and that is told here."""
    told = [Event(id=1, type="queued", sentence="The render was asked for.", data={}, created_at=row.created_at)]
    if row.started_at is not None:
        type_, sentence = _SENTENCES["running"]
        told.append(Event(id=2, type=type_, sentence=sentence, data={}, created_at=row.started_at))
    if row.finished_at is not None:
        type_, sentence = _SENTENCES.get(row.state, ("failed", row.failure_detail or "The render failed."))
        told.append(Event(id=3, type=type_, sentence=sentence, data={"type": row.failure_type} if row.failure_type else {}, created_at=row.finished_at))
    return told
