"""Shapes that several resources share: pages, parameters, failures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Annotated, Any, Generic, TypeVar, cast

from aws_lambda_powertools.event_handler.openapi.params import Header, Path, Query
from pydantic import BaseModel, ConfigDict

from reelwright.kit.errors import FieldError, InvalidInput
from reelwright.kit.keyset import DEFAULT_LIMIT, MAX_LIMIT, PageRequest

Item = TypeVar("Item")
NEWEST_FIRST, OLDEST_FIRST = "-created_at", "created_at"

Limit = Annotated[int, Query(ge=1, le=MAX_LIMIT, description="how many at most")]
Cursor = Annotated[str | None, Query(description="next_cursor of the page before")]
Sort = Annotated[str, Query(description="-created_at (newest first) or created_at")]
IdempotencyKey = Annotated[str | None, Header(alias="Idempotency-Key", description="any text of yours; a repeat with it gets the first answer")]
RequiredIdempotencyKey = Annotated[str, Header(alias="Idempotency-Key", description="any text of yours; a repeat with it gets the first answer")]
IfMatch = Annotated[str | None, Header(alias="If-Match", description="the ETag of the version that you change")]
After = Annotated[int, Query(ge=0, le=2**63 - 1, description="only what came after this event")]
EventCursor = Annotated[int | None, Query(ge=0, le=2**63 - 1, description="next_cursor of the page before; the same as after")]
Id = Annotated[str, Path(description="an id such as media_01jdc5w0fk7q2m3n4p5r6s7t8v")]


def shown(example: Mapping[str, Any]) -> ConfigDict:
    """The settings of a shape whose example is this; a test holds it against the shape."""
    return ConfigDict(extra="forbid", json_schema_extra={"examples": [cast(Any, example)]})


class Answer(BaseModel):
    """Base of all answers."""

    model_config = ConfigDict(extra="forbid")


class Page(Answer, Generic[Item]):
    """A page of a list; ``next_cursor`` is null on the last one."""

    items: list[Item]
    next_cursor: str | None


class Failure(Answer):
    """Why something failed or was refused, in words."""

    type: str
    detail: str


class Event(Answer):
    """A sentence of a history; ``id`` is the cursor."""

    model_config = shown(
        {"id": 41, "type": "step_finished", "sentence": "Plan took 1.2 s.", "data": {"step": "Plan", "seconds": 1.2}, "created_at": "2026-11-24T09:00:05Z"}
    )

    id: int
    type: str
    sentence: str
    data: dict[str, Any]
    created_at: datetime


def page_events(events: Sequence[Event], limit: int) -> Page[Event]:
    """A page of a history, oldest first. ``events`` are those asked for and, where there are more, one at least of the next page."""
    shown_events = list(events[:limit])
    return Page(items=shown_events, next_cursor=str(shown_events[-1].id) if len(events) > limit else None)


def page_request(limit: int = DEFAULT_LIMIT, cursor: str | None = None, sort: str = NEWEST_FIRST) -> PageRequest:
    """The page asked for. Raises InvalidInput for an order that is not one of the two."""
    if sort not in (NEWEST_FIRST, OLDEST_FIRST):
        raise InvalidInput("This list can be sorted by -created_at or created_at.", errors=[FieldError("sort", "Use -created_at or created_at.")])
    return PageRequest(limit, cursor, sort == OLDEST_FIRST)
