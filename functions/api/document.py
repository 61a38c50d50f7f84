"""The OpenAPI document: what the routes declare, with examples and error shapes filled in."""

from __future__ import annotations

import json
from typing import Any, cast

from aws_lambda_powertools.event_handler import APIGatewayHttpResolver
from aws_lambda_powertools.event_handler.openapi.models import HTTPBearer

from functions.api.problem import PROBLEM_TYPE, Problem
from functions.api.routes import PROBLEM_REFERENCE
from reelwright import __version__
from reelwright.kit.errors import (
    BadRequest,
    Conflict,
    InvalidInput,
    NotFound,
    NotSignedIn,
    PreconditionRequired,
    RateLimited,
    ReelwrightError,
    Stale,
    TooLarge,
    Unavailable,
    UnsupportedMedia,
)

TITLE = "Reelwright"
SUMMARY = "Photos, clips, a prompt and a voice script go in; captioned vertical reels come out."
_LIBRARY_ERRORS = ("HTTPValidationError", "ValidationError", "ResponseValidationError")
_SAMPLES: tuple[tuple[type[ReelwrightError], str], ...] = (
    (BadRequest, "The body is not JSON. Send one JSON object."),
    (NotSignedIn, "This sign-in is over. Refresh it, or log in again."),
    (NotFound, "There is no such project among yours."),
    (Conflict, "None of the files of this project was sent yet. Upload them, then start."),
    (Stale, "This project was changed in the meantime: the newest is version 3. Load it again, then change it."),
    (TooLarge, "harbour.mov is 214 MB; a clip may have 100 MB. Make a smaller copy, or leave it out."),
    (UnsupportedMedia, "notes.txt is of the type text/plain. Photos, clips and sounds can be used."),
    (InvalidInput, "1 field needs another value: /brief/length_seconds."),
    (PreconditionRequired, "Say in If-Match which version of the project you change: its ETag."),
    (RateLimited, "20 reels are being made or wait for their turn. Start the next when one of them is finished."),
    (ReelwrightError, "Our server could not do this. Nothing was changed. Try again; if it stays, tell us the request id."),
    (Unavailable, "The database does not answer. Try again in a few seconds."),
)

Document = dict[str, Any]


def describe_api(app: Any) -> Document:
    """The document as plain JSON values, always in the same order."""
    resolver = cast(APIGatewayHttpResolver, app)
    bearer = HTTPBearer(bearerFormat="JWT", description="The access_token of a sign-in.")
    text = resolver.get_openapi_json_schema(title=TITLE, version=__version__, openapi_version="3.1.0", summary=SUMMARY, security_schemes={"bearer": bearer})
    document: Document = json.loads(text)
    schemas = document["components"]["schemas"]
    for name in _LIBRARY_ERRORS:
        schemas.pop(name, None)
    schemas |= _problem_schemas()
    document["components"]["responses"] = {f"Problem{error.status}": _problem_response(error, detail) for error, detail in _SAMPLES}
    document["servers"] = [{"url": "/"}]
    for path in document["paths"].values():
        for operation in path.values():
            _complete(operation, schemas)
    document["paths"] = dict(sorted(document["paths"].items()))
    document["components"]["schemas"] = dict(sorted(schemas.items()))
    return document


def _problem_schemas() -> Document:
    schema = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
    return {**schema.pop("$defs"), "Problem": schema}


def _problem_response(error: type[ReelwrightError], detail: str) -> Document:
    example = {"type": error.slug, "title": error.title, "status": error.status, "detail": detail, "errors": [], "request_id": "5f3c2a9d8b7e4f10"}
    return {"description": error.title, "content": {PROBLEM_TYPE: {"schema": {"$ref": PROBLEM_REFERENCE}, "example": example}}}


def _complete(operation: Document, schemas: Document) -> None:
    operation.pop("deprecated", None)
    for parameter in operation.get("parameters", ()):
        if parameter["in"] == "header":  # the library writes header names in lower case
            parameter["name"] = parameter["schema"]["title"]
    for status, response in operation["responses"].items():
        if PROBLEM_TYPE in response.get("content", {}):
            operation["responses"][status] = {"$ref": f"#/components/responses/Problem{status}"}
        elif status == "204":
            response.pop("content", None)
        else:
            for content in response["content"].values():
                _add_example(content, schemas)
    operation["responses"] = dict(sorted(operation["responses"].items()))
    for content in operation.get("requestBody", {}).get("content", {}).values():
        _add_example(content, schemas)


def _add_example(content: Document, schemas: Document) -> None:
    if "examples" not in content and "example" not in content:
        content["example"] = _example_of(content.get("schema", {}), schemas)


def _example_of(schema: Document, schemas: Document) -> Any:
    """The schema's own example; of a page, one item's."""
    if "$ref" in schema:
        return _example_of(schemas[schema["$ref"].rsplit("/", 1)[1]], schemas)
    if "examples" in schema:
        return schema["examples"][0]
    for option in schema.get("anyOf", ()):
        if option.get("type") != "null":
            return _example_of(option, schemas)
    items = schema.get("properties", {}).get("items", {}).get("items")
    if items is not None:
        return {"items": [_example_of(items, schemas)], "next_cursor": None}
    return {}
