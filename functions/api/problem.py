"""Errors as problem documents (RFC 9457): one shape for everything that goes wrong."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from aws_lambda_powertools.event_handler import Response
from pydantic import BaseModel, ConfigDict, Field

from reelwright.kit.errors import FieldError, InvalidInput, ReelwrightError

PROBLEM_TYPE = "application/problem+json"
_WORDS = {
    "missing": "This field is missing.",
    "extra_forbidden": "There is no field of this name.",
    "string_too_long": "At most {max_length} characters.",
    "string_too_short": "At least {min_length} character(s).",
    "string_type": "This is not text.",
    "string_pattern_mismatch": "This is not written as it has to be.",
    "too_long": "At most {max_length} entries.",
    "too_short": "At least {min_length} entry.",
    "int_type": "This is not a whole number.",
    "int_parsing": "This is not a whole number.",
    "bool_type": "This is neither true nor false.",
    "greater_than_equal": "At least {ge}.",
    "less_than_equal": "At most {le}.",
    "greater_than": "More than {gt}.",
    "less_than": "Less than {lt}.",
    "literal_error": "One of: {expected}.",
    "enum": "One of: {expected}.",
    "tuple_type": "This is not a list.",
    "list_type": "This is not a list.",
    "dict_type": "This is not an object.",
    "model_type": "This is not an object.",
    "model_attributes_type": "This is not an object.",
}
_MANY_FIELDS = 3


class ProblemField(BaseModel):
    """One wrong field: ``pointer`` is a JSON pointer into the body, or the name of a parameter."""

    pointer: str
    detail: str


class Problem(BaseModel):
    """What went wrong, in words a creator may read."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "type": "invalid-input",
                    "title": "Something in the request is wrong",
                    "status": 422,
                    "detail": "1 field needs another value: /brief/length_seconds.",
                    "errors": [{"pointer": "/brief/length_seconds", "detail": "At most 90."}],
                    "request_id": "5f3c2a9d8b7e4f10",
                }
            ]
        }
    )

    type: str = Field(description="a stable word for this kind of error")
    title: str
    status: int
    detail: str = Field(description="a sentence with what to do")
    errors: list[ProblemField] = Field(default_factory=list)
    request_id: str


def answer_problem(error: ReelwrightError, request_id: str) -> Response[str]:
    """The error as an answer."""
    body = {
        "type": error.slug,
        "title": error.title,
        "status": error.status,
        "detail": error.detail,
        "errors": [{"pointer": field.pointer, "detail": field.detail} for field in error.errors],
        "request_id": request_id,
    }
    headers: dict[str, str | list[str]] = {"Retry-After": str(error.retry_after_seconds)} if error.retry_after_seconds else {}
    return Response(error.status, content_type=PROBLEM_TYPE, body=json.dumps(body, ensure_ascii=False), headers=headers)


def invalid_input(found: Sequence[Mapping[str, Any]], body: Any) -> InvalidInput:
    """Pydantic's findings in our words, each pointing at the place in the body it is about."""
    fields = [FieldError(_pointer(error["loc"], body), _words(error)) for error in found if not _is_echo(error, found)]
    names = ", ".join(field.pointer or "the body" for field in fields[:_MANY_FIELDS])
    more = f" and {len(fields) - _MANY_FIELDS} more" if len(fields) > _MANY_FIELDS else ""
    return InvalidInput(f"{len(fields)} field{'s need' if len(fields) > 1 else ' needs'} another value: {names}{more}.", errors=fields)


def _is_echo(error: Mapping[str, Any], found: Sequence[Mapping[str, Any]]) -> bool:
    """Pydantic calls a list too short when its entries are wrong; the entries' own errors say it better."""
    place = tuple(error["loc"])
    return error["type"] == "too_short" and any(tuple(other["loc"])[: len(place)] == place and len(other["loc"]) > len(place) for other in found)


def _pointer(location: Sequence[Any], body: Any) -> str:
    """A JSON pointer into the body. Names of union members, which pydantic puts in between, are no part of it."""
    if location and location[0] == "header":  # the library writes header names in lower case
        return str(location[-1]).title()
    if not location or location[0] != "body":
        return str(location[-1]) if location else ""
    parts, place = [], body
    for number, part in enumerate(location[1:], start=2):
        if (isinstance(place, dict) and part in place) or (isinstance(place, list) and isinstance(part, int) and part < len(place)):
            place = place[part]
        elif number < len(location) or not isinstance(place, dict):
            continue
        parts.append(str(part).replace("~", "~0").replace("/", "~1"))
    return "".join(f"/{part}" for part in parts)


def _words(error: Mapping[str, Any]) -> str:
    kind, message = str(error["type"]), str(error.get("msg", "This is not right."))
    if kind in _WORDS:
        try:
            return _WORDS[kind].format(**(error.get("ctx") or {}))
        except KeyError:
            return message
    words = message.removeprefix("Value error, ").strip()
    return words[:1].upper() + words[1:] + ("" if words.endswith(".") else ".")
