"""Projects: a brief, a template and media, from which reels are made."""

from __future__ import annotations

from datetime import datetime
from http import HTTPStatus
from typing import Any

from aws_lambda_powertools.event_handler import Response
from pydantic import BaseModel
from sqlalchemy.orm import Session

from functions.api.answers import NEWEST_FIRST, Answer, Cursor, Id, IdempotencyKey, IfMatch, Limit, Page, Sort, page_request, shown
from functions.api.call import call_of, etag, respond
from functions.api.library import check_language, check_voice, template_names
from functions.api.routes import Routes
from reelwright.generation.find_generation import is_project_in_use, list_generations_of_project
from reelwright.generation.keep_files import GenerationFiles
from reelwright.generation.start_generation import check_template
from reelwright.kit.errors import Conflict, NotFound, PreconditionRequired, Stale
from reelwright.kit.keyset import DEFAULT_LIMIT
from reelwright.media.find_media import find_all_media
from reelwright.reels import find_project as finding
from reelwright.reels import save_project as saving
from reelwright.reels.find_reel import list_reels_of_project
from reelwright.reels.project import Brief, ProjectDraft
from reelwright.reels.tables import ProjectRow
from reelwright.rendering.delete_renders import delete_renders

routes = Routes("projects")
_DRAFT = {
    "name": "A week at the sea",
    "template": "editorial",
    "brief": {
        "prompt": "Our week at the sea: storms, card games, one perfect evening.",
        "script": "",
        "platforms": ["instagram", "tiktok"],
        "length_seconds": 30,
    },
    "media_ids": ["media_01jdc5w0fk7q2m3n4p5r6s7t8v"],
}
_PROJECT = {
    "id": "project_01jdc5w0fk7q2m3n4p5r6s7t8v",
    **_DRAFT,
    "version": 1,
    "created_at": "2026-11-24T09:00:00Z",
    "updated_at": "2026-11-24T09:00:00Z",
}


class ProjectBody(ProjectDraft):
    """A project as you write it. Media are named in the order in which you chose them."""

    model_config = shown(_DRAFT)


class ProjectAnswer(Answer):
    """One project of yours; ``version`` is its ETag."""

    model_config = shown(_PROJECT)

    id: str
    name: str
    template: str
    brief: Brief
    media_ids: tuple[str, ...]
    version: int
    created_at: datetime
    updated_at: datetime


@routes.serve("POST", "/projects", "Begin a project", NotFound, status=HTTPStatus.CREATED)
def create_project(draft: ProjectBody, idempotency_key: IdempotencyKey = None) -> Response[ProjectAnswer]:
    call = call_of(routes)

    def work(session: Session) -> tuple[BaseModel, dict[str, str]]:
        _check(session, call.creator_id, draft)
        row = saving.create_project(session, call.creator_id, draft, call.now)
        return _describe(row), {"Location": f"/v1/projects/{row.id}", **etag(row.version)}

    return call.answer_once(HTTPStatus.CREATED, work)


@routes.serve("GET", "/projects", "Your projects")
def list_projects(limit: Limit = DEFAULT_LIMIT, cursor: Cursor = None, sort: Sort = NEWEST_FIRST) -> Page[ProjectAnswer]:
    call = call_of(routes)
    with call.transaction() as session:
        page = finding.list_projects(session, call.creator_id, page_request(limit, cursor, sort))
    return Page(items=[_describe(row) for row in page.rows], next_cursor=page.next_cursor)


@routes.serve("GET", "/projects/<project_id>", "One project", NotFound)
def get_project(project_id: Id) -> Response[ProjectAnswer]:
    call = call_of(routes)
    with call.transaction() as session:
        row = finding.find_project(session, call.creator_id, project_id)
    return respond(_describe(row), etag(row.version))


@routes.serve("PUT", "/projects/<project_id>", "Write a project anew", NotFound, PreconditionRequired, Stale)
def replace_project(project_id: Id, draft: ProjectBody, if_match: IfMatch = None) -> Response[ProjectAnswer]:
    """Generations that run already keep the project as it was when they began."""
    call = call_of(routes)
    with call.transaction() as session:
        row = finding.find_project(session, call.creator_id, project_id, is_to_change=True)
        call.require_version(row.version, "project")
        _check(session, call.creator_id, draft)
        saving.replace_project(session, row, draft, call.now)
    return respond(_describe(row), etag(row.version))


@routes.serve("DELETE", "/projects/<project_id>", "Delete a project", NotFound, Conflict, PreconditionRequired, Stale, status=HTTPStatus.NO_CONTENT)
def delete_project(project_id: Id, if_match: IfMatch = None) -> Response[Any]:
    """Its reels, their renders and all their files go with it; its media stay."""
    call = call_of(routes)
    with call.transaction() as session:
        row = finding.find_project(session, call.creator_id, project_id, is_to_change=True)
        call.require_version(row.version, "project")
        generations = list_generations_of_project(session, call.creator_id, row.id)
        reels = list_reels_of_project(session, call.creator_id, row.id)
        saving.delete_project(session, row, is_project_in_use(session, row.id))
        folders = delete_renders(session, call.creator_id, reels)
    folders += [GenerationFiles(call.world.storage, call.creator_id, id_).key("") for id_ in generations]
    for folder in folders:
        call.world.storage.delete_folder(folder)
    return Response(HTTPStatus.NO_CONTENT)


@routes.serve("POST", "/projects/<project_id>/duplicate", "Copy a project", NotFound, status=HTTPStatus.CREATED)
def duplicate_project(project_id: Id, idempotency_key: IdempotencyKey = None) -> Response[ProjectAnswer]:
    call = call_of(routes)

    def work(session: Session) -> tuple[BaseModel, dict[str, str]]:
        row = saving.duplicate_project(session, finding.find_project(session, call.creator_id, project_id), call.now)
        return _describe(row), {"Location": f"/v1/projects/{row.id}", **etag(row.version)}

    return call.answer_once(HTTPStatus.CREATED, work)


def _check(session: Session, creator_id: str, draft: ProjectDraft) -> None:
    check_template(draft.template, template_names())
    check_language(draft.brief.language)
    check_voice(draft.brief)
    find_all_media(session, creator_id, draft.media_ids)


def _describe(row: ProjectRow) -> ProjectAnswer:
    return ProjectAnswer(
        id=row.id,
        name=row.name,
        template=row.template,
        brief=Brief.model_validate(row.brief),
        media_ids=tuple(row.media_ids),
        version=row.version,
        created_at=row.created_at,
        updated_at=row.updated_at,
    )
