"""Posts: one rendered reel for one account at one time; made, planned, published, followed."""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable
from datetime import datetime
from http import HTTPStatus
from typing import Annotated, Any, Literal

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.openapi.params import Query
from botocore.exceptions import BotoCoreError, ClientError
from pydantic import BaseModel, Field
from sqlalchemy.orm import Session

from functions.api.answers import (
    NEWEST_FIRST,
    After,
    Answer,
    Cursor,
    Event,
    EventCursor,
    Id,
    IdempotencyKey,
    IfMatch,
    Limit,
    Page,
    RequiredIdempotencyKey,
    Sort,
    page_events,
    page_request,
    shown,
)
from functions.api.call import Call, call_of, etag, respond
from functions.api.generations import Nothing
from functions.api.post_answers import POST, PostAnswer, PostCounts, describe_counts, describe_post
from functions.api.routes import Routes
from functions.post_means import wake_place
from functions.start_posts import start_check, start_due_post
from reelwright.kit.errors import Conflict, NotFound, PreconditionRequired, ReconnectNeeded, Stale
from reelwright.kit.keyset import DEFAULT_LIMIT
from reelwright.publishing import cancel_post as cancelling
from reelwright.publishing import find_post as finding
from reelwright.publishing.create_post import PostDraft, RenderFacts, create_post
from reelwright.publishing.edit_post import PostChange, edit_post
from reelwright.publishing.import_posts import MAX_CHARACTERS, ImportedLine, read_lines, read_table
from reelwright.publishing.plan_wake import plan_wake
from reelwright.publishing.post import PostState
from reelwright.publishing.publish_now import publish_now
from reelwright.publishing.resolve_post import resolve_post
from reelwright.publishing.retry_post import retry_post
from reelwright.publishing.tables import PostRow
from reelwright.rendering.find_render import find_render

routes = Routes("posts")
TIMERS_FOR_SECONDS = 5.0  # of a table; a post without a timer starts with the minute's step
State = Literal["draft", "scheduled", "publishing", "published", "failed", "unconfirmed", "cancelled"]
_DRAFT = {key: POST[key] for key in ("social_account_id", "render_id", "content", "schedule")}
_LINE = {"number": 3, "post_id": None, "errors": ["“maia” is none of your connected accounts. Write its id, its handle, or platform:handle."]}


class PostBody(PostDraft):
    """A post as you write it. Without ``schedule`` and ``is_queued`` it is a draft."""

    model_config = shown(_DRAFT)


class PostPatch(PostChange):
    """What is to be different; what you do not name stays. ``schedule`` null makes a draft of it, ``recurrence`` null ends its series."""

    model_config = shown({"schedule": {"wall_time": "2026-12-24T20:00", "time_zone": "Europe/Berlin"}})


class Cancellation(Answer):
    """Whether the rest of its series ends too."""

    model_config = shown({"ends_series": False})

    ends_series: bool = False


class Resolution(Answer):
    """What became of a post whose answer was lost, as you saw on the account."""

    model_config = shown({"is_there": True, "permalink": "https://www.instagram.com/reel/DFx1"})

    is_there: bool
    permalink: Annotated[str, Field(max_length=500)] = ""


class PostTable(Answer):
    """Posts as CSV, with the columns account, render_id, time, time_zone, caption, title, privacy, is_ai_generated, first_comment.

    ``time`` is 2026-12-24 18:30, or queue for the next free slot, or empty for a draft. A dry run makes nothing.
    """

    model_config = shown({"table": "account,render_id,time,time_zone,caption\nmaya,render_01jdc5w0fk7q2m3n4p5r6s7t8v,queue,,Hello\n", "is_dry_run": True})

    table: Annotated[str, Field(min_length=1, max_length=MAX_CHARACTERS)]
    is_dry_run: bool = True


class ImportedPost(Answer):
    """A line of the table, counted from 1 without the heading: its post, or what is wrong with it."""

    model_config = shown(_LINE)

    number: int
    post_id: str | None
    errors: tuple[str, ...]


class ImportedTable(Answer):
    """``is_imported``: every line was good and is a post now. With one bad line nothing is made."""

    model_config = shown({"is_imported": False, "lines": [_LINE]})

    is_imported: bool
    lines: tuple[ImportedPost, ...]


@routes.serve("POST", "/posts", "Make a post", NotFound, Conflict, ReconnectNeeded, status=HTTPStatus.CREATED)
def make_post(draft: PostBody, idempotency_key: RequiredIdempotencyKey) -> Response[PostAnswer]:
    """A planned post is held against its platform at once, and again before its hour; what would be refused is told in ``warning``."""
    call = call_of(routes)
    made: list[PostRow] = []

    def work(session: Session) -> tuple[BaseModel, dict[str, str]]:
        row = create_post(session, call.creator_id, draft, _facts(session, call.creator_id, draft.render_id), call.now)
        made.append(row)
        return describe_post(row), {"Location": f"/v1/posts/{row.id}", **etag(row.version)}

    answer = call.answer_once(HTTPStatus.CREATED, work)
    for row in made:
        _plan(call, row)
    return answer


@routes.serve("GET", "/posts", "Your posts")
def list_posts(
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
    sort: Sort = NEWEST_FIRST,
    state: Annotated[State | None, Query(description="only those in this state")] = None,
    social_account_id: Annotated[str | None, Query(max_length=60, description="only those of this account")] = None,
) -> Page[PostAnswer]:
    call = call_of(routes)
    with call.transaction() as session:
        page = finding.list_posts(session, call.creator_id, page_request(limit, cursor, sort), state=state, account_id=social_account_id)
    return Page(items=[describe_post(row) for row in page.rows], next_cursor=page.next_cursor)


@routes.serve("GET", "/posts/<post_id>", "One post and how far it is", NotFound)
def get_post(post_id: Id) -> Response[PostAnswer]:
    call = call_of(routes)
    with call.transaction() as session:
        row = finding.find_post(session, call.creator_id, post_id)
    return respond(describe_post(row), etag(row.version))


@routes.serve("PATCH", "/posts/<post_id>", "Change a post", NotFound, Conflict, ReconnectNeeded, PreconditionRequired, Stale)
def change_post(post_id: Id, change: PostPatch, if_match: IfMatch = None) -> Response[PostAnswer]:
    """Until it is being published. Each change is a new version; the timer of an older one does nothing."""
    call = call_of(routes)
    with call.transaction() as session:
        row = finding.find_post(session, call.creator_id, post_id, is_to_change=True)
        call.require_version(row.version, "post")
        edit_post(session, row, change, _facts(session, call.creator_id, change.render_id) if change.render_id else None, call.now)
    _plan(call, row)
    return respond(describe_post(row), etag(row.version))


@routes.serve("DELETE", "/posts/<post_id>", "Delete a post that was not posted", NotFound, Conflict, PreconditionRequired, Stale, status=HTTPStatus.NO_CONTENT)
def delete_post(post_id: Id, if_match: IfMatch = None) -> Response[Any]:
    call = call_of(routes)
    with call.transaction() as session:
        row = finding.find_post(session, call.creator_id, post_id, is_to_change=True)
        call.require_version(row.version, "post")
        cancelling.delete_post(session, row)
    return Response(HTTPStatus.NO_CONTENT)


@routes.serve("POST", "/posts/<post_id>/publish", "Post it now", NotFound, Conflict, ReconnectNeeded, status=HTTPStatus.ACCEPTED)
def publish_post(post_id: Id, idempotency_key: RequiredIdempotencyKey, nothing: Nothing | None = None) -> Response[PostAnswer]:
    """It is begun at once; GET /v1/posts/{post_id} says how far it is."""
    return _begin(post_id, publish_now)


@routes.serve("POST", "/posts/<post_id>/retry", "Try a failed post again", NotFound, Conflict, status=HTTPStatus.ACCEPTED)
def retry_failed_post(post_id: Id, idempotency_key: RequiredIdempotencyKey, nothing: Nothing | None = None) -> Response[PostAnswer]:
    return _begin(post_id, retry_post)


@routes.serve("POST", "/posts/<post_id>/cancel", "Cancel a post", NotFound, Conflict)
def cancel_post(post_id: Id, order: Cancellation | None = None) -> PostAnswer:
    """Until it is posted or may be. Asking again changes nothing."""
    call = call_of(routes)
    with call.transaction() as session:
        row = finding.find_post(session, call.creator_id, post_id, is_to_change=True)
        cancelling.cancel_post(session, row, call.now, ends_series=order.ends_series if order else False)
    return describe_post(row)


@routes.serve("POST", "/posts/<post_id>/resolve", "Say what became of an unconfirmed post", NotFound, Conflict)
def resolve_unconfirmed_post(post_id: Id, resolution: Resolution) -> PostAnswer:
    call = call_of(routes)
    with call.transaction() as session:
        row = finding.find_post(session, call.creator_id, post_id, is_to_change=True)
        resolve_post(session, row, call.now, is_there=resolution.is_there, link=resolution.permalink)
    return describe_post(row)


@routes.serve("GET", "/posts/<post_id>/history", "The history in sentences, oldest first", NotFound)
def list_post_history(post_id: Id, after: After = 0, limit: Limit = DEFAULT_LIMIT, cursor: EventCursor = None) -> Page[Event]:
    call = call_of(routes)
    with call.transaction() as session:
        finding.find_post(session, call.creator_id, post_id)
        rows = finding.list_history(session, post_id, after if cursor is None else cursor, limit)
    return page_events([Event(id=row.number, type=row.type, sentence=row.sentence, data=row.data, created_at=row.created_at) for row in rows], limit)


@routes.serve("GET", "/posts/<post_id>/metrics", "What the platform counted, oldest first", NotFound)
def list_post_metrics(post_id: Id) -> Page[PostCounts]:
    """Taken an hour, six hours, a day, three, seven and twenty-eight days after posting."""
    call = call_of(routes)
    with call.transaction() as session:
        finding.find_post(session, call.creator_id, post_id)
        rows = finding.list_metrics(session, post_id)
    return Page(items=[describe_counts(row) for row in rows], next_cursor=None)


@routes.serve("POST", "/posts/import", "Posts from a table (CSV)", NotFound)
def import_posts(wanted: PostTable, idempotency_key: IdempotencyKey = None) -> Response[ImportedTable]:
    """Each line is made, and all are taken back where one is bad or it is a dry run; so every line says what is wrong with it."""
    call = call_of(routes)
    rows = read_table(wanted.table)
    made: list[PostRow] = []

    def work(session: Session) -> tuple[BaseModel, dict[str, str]]:
        def make(draft: PostDraft) -> None:
            with session.begin_nested():
                made.append(_create(session, call, draft))

        with session.begin_nested() as trial:
            lines = read_lines(session, call.creator_id, rows, make)
            is_good = not wanted.is_dry_run and all(line.draft is not None for line in lines)
            if not is_good:
                trial.rollback()
                made.clear()
        return ImportedTable(is_imported=is_good, lines=_describe_lines(lines, made)), {}

    answer = call.answer_once(HTTPStatus.OK, work)
    until = time.monotonic() + TIMERS_FOR_SECONDS
    for row in itertools.takewhile(lambda _: time.monotonic() < until, made):
        _set_timer(call, row)  # its check before the hour is begun by the minute's step, some at a time
    return answer


def _begin(post_id: str, verb: Callable[[Session, PostRow, datetime], None]) -> Response[PostAnswer]:
    """Makes the post due and starts it; a start that fails is made up for within a minute."""
    call = call_of(routes)

    def work(session: Session) -> tuple[BaseModel, dict[str, str]]:
        row = finding.find_post(session, call.creator_id, post_id, is_to_change=True)
        verb(session, row, call.now)
        begun.append(row)
        return describe_post(row), {"Location": f"/v1/posts/{row.id}", **etag(row.version)}

    begun: list[PostRow] = []
    answer = call.answer_once(HTTPStatus.ACCEPTED, work)
    for row in begun:
        start_due_post(call.world, row.id, row.version)
    return answer


def _plan(call: Call, row: PostRow) -> None:
    """The timer of a planned post, and the check before its hour."""
    if row.state == PostState.SCHEDULED and row.due_at is not None:
        _set_timer(call, row)
        start_check(call.world, row.id, row.creator_id, row.version)


def _set_timer(call: Call, row: PostRow) -> None:
    """What cannot be made here the minute's step does without."""
    if row.state != PostState.SCHEDULED or row.due_at is None:
        return
    try:
        plan_wake(call.world.scheduler, wake_place(call.world), row.id, row.version, row.due_at)
    except (BotoCoreError, ClientError) as error:
        routes.context["logger"].warning("timer not made", extra={"post_id": row.id, "error": str(error)})


def _facts(session: Session, creator_id: str, render_id: str) -> RenderFacts:
    row = find_render(session, creator_id, render_id)
    return RenderFacts(row.id, is_finished=row.state == "succeeded" and "master" in (row.files or {}), is_preview=row.preview_width is not None)


def _create(session: Session, call: Call, draft: PostDraft) -> PostRow:
    return create_post(session, call.creator_id, draft, _facts(session, call.creator_id, draft.render_id), call.now)


def _describe_lines(lines: list[ImportedLine], made: list[PostRow]) -> tuple[ImportedPost, ...]:
    ids: list[str | None] = [*(row.id for row in made)] if made else [None] * len(lines)
    return tuple(ImportedPost(number=line.number, post_id=post_id, errors=line.errors) for line, post_id in zip(lines, ids, strict=True))
