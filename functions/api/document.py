"""The OpenAPI document: what the routes declare, with examples and error shapes filled in."""

from __future__ import annotations

import json
from typing import Any, cast

from aws_lambda_powertools.event_handler import APIGatewayHttpResolver

from functions.api.problem import PROBLEM_TYPE, Problem
from reelwright import __version__

TITLE = "Reelwright"
SUMMARY = "Photos, clips, a prompt and a voice script go in; captioned vertical reels come out."
_LIBRARY_ERRORS = ("HTTPValidationError", "ValidationError")
_JSON = "application/json"

Document = dict[str, Any]


def describe_api(app: Any) -> Document:
    """The document as plain JSON values, always in the same order."""
    resolver = cast(APIGatewayHttpResolver, app)
    security = {"bearer": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT", "description": "The access_token of a sign-in."}}
    text = resolver.get_openapi_json_schema(title=TITLE, version=__version__, openapi_version="3.1.0", summary=SUMMARY)
    document: Document = json.loads(text)
    schemas = document["components"]["schemas"]
    for name in _LIBRARY_ERRORS:
        schemas.pop(name, None)
    schemas |= _problem_schemas()
    document["components"]["securitySchemes"] = security
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


def _complete(operation: Document, schemas: Document) -> None:
    operation.pop("deprecated", None)
    for status, response in operation["responses"].items():
        if status == "204":
            response.pop("content", None)
        for media_type, content in response.get("content", {}).items():
            _add_example(content, schemas)
            if media_type == PROBLEM_TYPE:
                content["example"] = {**content["example"], "status": int(status), "title": response["description"].split(";")[0], "errors": []}
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
