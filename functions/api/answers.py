"""Shapes that several resources share: pages, parameters, failures."""

from __future__ import annotations

from collections.abc import Mapping
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


def page_request(limit: int = DEFAULT_LIMIT, cursor: str | None = None, sort: str = NEWEST_FIRST) -> PageRequest:
    """The page asked for. Raises InvalidInput for an order that is not one of the two."""
    if sort not in (NEWEST_FIRST, OLDEST_FIRST):
        raise InvalidInput("This list can be sorted by -created_at or created_at.", errors=[FieldError("sort", "Use -created_at or created_at.")])
    return PageRequest(limit, cursor, sort == OLDEST_FIRST)
