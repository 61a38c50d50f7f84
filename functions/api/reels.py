"""Reels: the documents that are rendered, in versions that never change."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.openapi.params import Body, Query

from functions.api.answers import Answer, Id, IfMatch, Limit, Page, shown
from functions.api.call import call_of, etag, respond
from functions.api.routes import Routes
from reelwright.kit.errors import NotFound, PreconditionRequired, Stale
from reelwright.kit.keyset import DEFAULT_LIMIT
from reelwright.reels import find_reel as finding
from reelwright.reels.reel import Reel
from reelwright.reels.save_reel import save_new_version
from reelwright.reels.tables import ReelRow

routes = Routes("reels")
_ID = "reel_01jdc5w0fk7q2m3n4p5r6s7t8v"
_DOCUMENT = {
    "template": "editorial",
    "title": "A week at the sea",
    "tracks": [
        {
            "clips": [
                {
                    "id": "one",
                    "start": "0",
                    "duration": "3",
                    "layers": [{"kind": "fill", "rect": {"x": 0, "y": 0, "width": 1080, "height": 1920}, "colour": "#F3EEE4"}],
                    "cut": {"on": "start"},
                }
            ]
        }
    ],
    "declarations": [{"kind": "still", "start": "0", "end": "3", "reason": "The end card."}],
}
_VERSION = {
    "id": _ID,
    "version": 2,
    "project_id": "project_01jdc5w0fk7q2m3n4p5r6s7t8v",
    "generation_id": "gen_01jdc5w0fk7q2m3n4p5r6s7t8v",
    "created_at": "2026-11-24T09:00:00Z",
}


class ReelVersion(Answer):
    """One version of a reel; ``version`` is its ETag."""

    model_config = shown(_VERSION)

    id: str
    version: int
    project_id: str | None
    generation_id: str | None
    created_at: datetime


class ReelAnswer(ReelVersion):
    """A version with its document, every value written out."""

    model_config = shown({**_VERSION, "document": _DOCUMENT})

    document: dict[str, Any]


@routes.serve("GET", "/reels/<reel_id>", "A reel's newest version, or one you name", NotFound)
def get_reel(
    reel_id: Id, version: Annotated[int | None, Query(ge=1, le=1_000_000, description="a version; the newest without")] = None
) -> Response[ReelAnswer]:
    call = call_of(routes)
    with call.transaction() as session:
        row = finding.find_reel(session, call.creator_id, reel_id, version)
    return respond(_describe(row), etag(row.version))


@routes.serve("PUT", "/reels/<reel_id>", "Write a new version of a reel", NotFound, PreconditionRequired, Stale)
def save_reel(reel_id: Id, reel: Annotated[Reel, Body(openapi_examples={"reel": {"value": _DOCUMENT}})], if_match: IfMatch = None) -> Response[ReelAnswer]:
    """The versions before stay. The document may name only files of yours."""
    call = call_of(routes)
    with call.transaction() as session:
        newest = finding.find_reel(session, call.creator_id, reel_id, is_to_change=True)
        call.require_version(newest.version, "reel")
        row = save_new_version(session, newest, reel, call.now)
    return respond(_describe(row), etag(row.version))


@routes.serve("GET", "/reels/<reel_id>/versions", "A reel's versions, newest first", NotFound)
def list_reel_versions(
    reel_id: Id, limit: Limit = DEFAULT_LIMIT, cursor: Annotated[int | None, Query(ge=1, le=1_000_000, description="next_cursor of the page before")] = None
) -> Page[ReelVersion]:
    call = call_of(routes)
    with call.transaction() as session:
        rows, next_cursor = finding.list_versions(session, call.creator_id, reel_id, cursor, limit)
    return Page(items=[ReelVersion(**_facts(row)) for row in rows], next_cursor=None if next_cursor is None else str(next_cursor))


def _facts(row: ReelRow) -> dict[str, Any]:
    return {"id": row.id, "version": row.version, "project_id": row.project_id, "generation_id": row.generation_id, "created_at": row.created_at}


def _describe(row: ReelRow) -> ReelAnswer:
    return ReelAnswer(**_facts(row), document=row.document)
