"""The API's document is up to date, complete, and true."""

from __future__ import annotations

import importlib
import json
import pkgutil
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

import functions.api
from bench.openapi import render_document

DOCUMENT = Path(__file__).parents[3] / "docs" / "openapi.json"
METHODS = {"get", "put", "post", "delete", "patch"}


def operations() -> dict[str, dict[str, Any]]:
    document = json.loads(DOCUMENT.read_text())
    return {f"{method.upper()} {path}": operation for path, item in document["paths"].items() for method, operation in item.items() if method in METHODS}


def shapes() -> dict[str, type[BaseModel]]:
    found: dict[str, type[BaseModel]] = {}
    for module in pkgutil.iter_modules(functions.api.__path__):
        for value in vars(importlib.import_module(f"functions.api.{module.name}")).values():
            if isinstance(value, type) and issubclass(value, BaseModel) and (value.model_config.get("json_schema_extra") or {}).get("examples"):
                found[value.__name__] = value
    return found


NAME_OTHER_THINGS = {
    "POST /v1/projects",
    "GET /v1/generations",
    "POST /v1/posts",
    "POST /v1/posts/import",
    "POST /v1/social-accounts/connect",
    "PUT /v1/queue-slots",
    "GET /v1/posting-times",
}
"""Routes whose parameters or bodies hold ids of other things."""

HAVE_NO_VERSION = ("media", "queue-slots", "social-accounts")


def test_the_committed_document_is_what_the_code_says() -> None:
    assert DOCUMENT.read_text() == render_document(), "Run: make openapi"


def test_every_operation_has_an_id_a_summary_an_example_and_its_errors() -> None:
    found = operations()
    assert len(found) >= 40
    assert len({operation["operationId"] for operation in found.values()}) == len(found)
    for name, operation in found.items():
        assert operation["summary"], name
        assert operation["tags"], name
        statuses = set(operation["responses"])
        assert {"400", "422", "500", "503"} <= statuses, name
        assert ("401" in statuses) is bool(operation.get("security")) or "login" in name or "refresh" in name, name
        assert ("404" in statuses) is ("{" in name) or name in NAME_OTHER_THINGS, name
        (good,) = [status for status in statuses if status.startswith("2")]
        if good != "204":
            (content,) = operation["responses"][good]["content"].values()
            assert content.get("example") or name in {"GET /v1/openapi.json"}, name
        for content in operation.get("requestBody", {}).get("content", {}).values():
            assert "example" in content or "examples" in content, name


def test_only_signing_in_and_the_descriptions_are_public() -> None:
    public = {name for name, operation in operations().items() if not operation.get("security")}
    assert public == {
        "POST /v1/auth/register",
        "POST /v1/auth/login",
        "POST /v1/auth/refresh",
        "POST /v1/auth/logout",
        "GET /v1/.well-known/jwks.json",
        "GET /v1/health",
        "GET /v1/oauth/{platform}/callback",
        "GET /v1/openapi.json",
    }


def test_creating_posts_can_be_repeated_and_changes_name_their_version() -> None:
    def headers(operation: dict[str, Any]) -> set[str]:
        return {parameter["name"] for parameter in operation.get("parameters", ()) if parameter["in"] == "header"}

    for name, operation in operations().items():
        if name.startswith("POST") and {"201", "202"} & set(operation["responses"]) and not name.endswith(("/cancel", "/register")):
            assert "Idempotency-Key" in headers(operation), name
        if name.startswith(("PUT", "DELETE")) and not any(word in name for word in HAVE_NO_VERSION):
            assert "If-Match" in headers(operation), name
            assert {"412", "428"} <= set(operation["responses"]), name


@pytest.mark.parametrize("name", sorted(shapes()))
def test_every_example_fits_its_shape(name: str) -> None:
    shape = shapes()[name]
    for example in shape.model_config["json_schema_extra"]["examples"]:  # type: ignore[index,call-overload]
        shape.model_validate(example)


def test_the_api_serves_its_own_document(stranger: Any) -> None:
    assert stranger.get("/v1/openapi.json").body == json.loads(DOCUMENT.read_text())


def test_every_reference_leads_somewhere() -> None:
    document = json.loads(DOCUMENT.read_text())
    pending, references = [document], set()
    while pending:
        value = pending.pop()
        if isinstance(value, dict):
            references |= {value["$ref"]} if isinstance(value.get("$ref"), str) else set()
            pending += value.values()
        elif isinstance(value, list):
            pending += value
    for reference in references:
        _, _, kind, name = reference.split("/")
        assert name in document["components"][kind], reference
