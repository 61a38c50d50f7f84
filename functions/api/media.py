"""Media: upload, list, look at, delete."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Annotated, Any, Literal

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.openapi.params import Query
from pydantic import BaseModel
from sqlalchemy.orm import Session

from functions.api.answers import NEWEST_FIRST, Answer, Cursor, Failure, Id, IdempotencyKey, Limit, Page, Sort, page_request, shown
from functions.api.call import call_of
from functions.api.routes import Routes
from functions.bootstrap import World
from reelwright.generation.find_generation import is_media_in_use
from reelwright.kit.errors import Conflict, MediaRefused, NotFound, TooLarge
from reelwright.kit.keyset import DEFAULT_LIMIT
from reelwright.kit.storage import PRESIGNED_UPLOAD_SECONDS
from reelwright.media import delete_media as deleting
from reelwright.media import find_media as finding
from reelwright.media.analysis import MediaAnalysis
from reelwright.media.media import MediaFacts, MediaState
from reelwright.media.request_upload import UploadRequest
from reelwright.media.request_upload import request_upload as make_upload
from reelwright.media.tables import MediaRow, RenditionRow

routes = Routes("media")
_ID = "media_01jdc5w0fk7q2m3n4p5r6s7t8v"
_ADDRESS = "http://127.0.0.1:8787/reelwright-media"
_UPLOAD = {
    "media_id": _ID,
    "upload": {
        "method": "PUT",
        "url": f"{_ADDRESS}/uploads/creator_01jdc5/{_ID}/original?X-Amz-Signature=9f2c",
        "headers": {"Content-Type": "image/jpeg"},
        "expires_at": "2026-11-24T10:00:00Z",
    },
}
_MEDIA = {
    "id": _ID,
    "file_name": "beach.jpg",
    "content_type": "image/jpeg",
    "size_bytes": 3_482_113,
    "kind": "photo",
    "state": "ready",
    "refusal": None,
    "facts": {"kind": "photo", "container": "jpeg", "width": 3024, "height": 4032},
    "thumbnail_url": f"{_ADDRESS}/media/creator_01jdc5/{_ID}/thumbnail.jpg?X-Amz-Signature=51ab",
    "created_at": "2026-11-24T09:00:00Z",
    "ready_at": "2026-11-24T09:00:03Z",
}
_RENDITION = {
    "purpose": "thumbnail",
    "url": _MEDIA["thumbnail_url"],
    "content_type": "image/jpeg",
    "size_bytes": 18_203,
    "width": 360,
    "height": 480,
    "created_at": "2026-11-24T09:00:03Z",
}


class UploadAddress(Answer):
    """Where the bytes go: one request with this method and these headers, of exactly the size that was announced."""

    method: Literal["PUT"] = "PUT"
    url: str
    headers: dict[str, str]
    expires_at: datetime


class UploadAnswer(Answer):
    """The media that waits for its file."""

    model_config = shown(_UPLOAD)

    media_id: str
    upload: UploadAddress


class MediaAnswer(Answer):
    """One file of yours. ``state``: awaiting_upload → ingesting → ready or refused."""

    model_config = shown(_MEDIA)

    id: str
    file_name: str
    content_type: str
    size_bytes: int
    kind: str | None
    state: MediaState
    refusal: Failure | None
    facts: MediaFacts | None
    thumbnail_url: str | None
    created_at: datetime
    ready_at: datetime | None


class RenditionAnswer(Answer):
    """A derived file and where it is to be fetched, for an hour."""

    model_config = shown(_RENDITION)

    purpose: str
    url: str
    content_type: str
    size_bytes: int
    width: int | None
    height: int | None
    created_at: datetime


class AnalysisAnswer(Answer):
    """What was seen and heard in the file."""

    model_config = shown({"media_id": _ID, "analysis": {"sharpness": 412.5, "is_silent": True}, "created_at": "2026-11-24T09:00:03Z"})

    media_id: str
    analysis: MediaAnalysis
    created_at: datetime


@routes.serve("POST", "/media/uploads", "Announce a file and get the address it is sent to", MediaRefused, TooLarge, status=HTTPStatus.CREATED)
def request_upload(wanted: UploadRequest, idempotency_key: IdempotencyKey = None) -> Response[UploadAnswer]:
    call = call_of(routes)

    def work(session: Session) -> tuple[BaseModel, dict[str, str]]:
        row = make_upload(session, call.creator_id, wanted)
        url = call.world.storage.sign_upload(row.storage_key, row.declared_type, row.size_bytes)
        ends = call.now + timedelta(seconds=PRESIGNED_UPLOAD_SECONDS)
        address = UploadAddress(url=url, headers={"Content-Type": row.declared_type}, expires_at=ends)
        return UploadAnswer(media_id=row.id, upload=address), {"Location": f"/v1/media/{row.id}"}

    return call.answer_once(HTTPStatus.CREATED, work)


@routes.serve("GET", "/media", "Your files")
def list_media(
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
    sort: Sort = NEWEST_FIRST,
    state: Annotated[MediaState | None, Query(description="only those in this state")] = None,
) -> Page[MediaAnswer]:
    call = call_of(routes)
    with call.transaction() as session:
        page = finding.list_media(session, call.creator_id, state, page_request(limit, cursor, sort))
        renditions = finding.find_renditions(session, [row.id for row in page.rows])
    return Page(items=[_describe(row, renditions.get(row.id, ()), call.world) for row in page.rows], next_cursor=page.next_cursor)


@routes.serve("GET", "/media/<media_id>", "One file", NotFound)
def get_media(media_id: Id) -> MediaAnswer:
    call = call_of(routes)
    with call.transaction() as session:
        row = finding.find_media(session, call.creator_id, media_id)
        renditions = finding.find_renditions(session, [row.id])
    return _describe(row, renditions.get(row.id, ()), call.world)


@routes.serve("DELETE", "/media/<media_id>", "Delete a file with everything made from it", NotFound, Conflict, status=HTTPStatus.NO_CONTENT)
def delete_media(media_id: Id) -> Response[Any]:
    call = call_of(routes)
    with call.transaction() as session:
        keys = deleting.delete_media(session, call.creator_id, media_id, is_media_in_use(session, call.creator_id, media_id))
    for key in keys:
        call.world.storage.delete(key)
    return Response(HTTPStatus.NO_CONTENT)


@routes.serve("GET", "/media/<media_id>/analysis", "What was seen and heard in a file", NotFound)
def get_media_analysis(media_id: Id) -> AnalysisAnswer:
    call = call_of(routes)
    with call.transaction() as session:
        row = finding.find_analysis(session, call.creator_id, media_id)
    return AnalysisAnswer(media_id=row.media_id, analysis=MediaAnalysis.model_validate(row.analysis), created_at=row.created_at)


@routes.serve("GET", "/media/<media_id>/renditions", "The files made from a file", NotFound)
def list_renditions(media_id: Id) -> Page[RenditionAnswer]:
    call = call_of(routes)
    with call.transaction() as session:
        finding.find_media(session, call.creator_id, media_id)
        rows = finding.find_renditions(session, [media_id]).get(media_id, [])
    return Page(items=[_describe_rendition(row, call.world) for row in rows], next_cursor=None)


def _describe(row: MediaRow, renditions: Sequence[RenditionRow], world: World) -> MediaAnswer:
    pictures = {rendition.purpose: rendition.storage_key for rendition in renditions}
    picture = pictures.get("thumbnail") or pictures.get("poster")
    return MediaAnswer(
        id=row.id,
        file_name=row.file_name,
        content_type=row.declared_type,
        size_bytes=row.size_bytes,
        kind=row.kind,
        state=MediaState(row.state),
        refusal=Failure(type=row.failure_type or MediaRefused.slug, detail=row.refusal_reason or "") if row.state == MediaState.REFUSED else None,
        facts=MediaFacts.model_validate(row.facts) if row.facts else None,
        thumbnail_url=world.storage.sign_download(picture) if picture else None,
        created_at=row.created_at,
        ready_at=row.ready_at,
    )


def _describe_rendition(row: RenditionRow, world: World) -> RenditionAnswer:
    return RenditionAnswer(
        purpose=row.purpose,
        url=world.storage.sign_download(row.storage_key),
        content_type=row.content_type,
        size_bytes=row.size_bytes,
        width=row.width,
        height=row.height,
        created_at=row.created_at,
    )
