"""An API that answers from a table: paths to documents; what is posted is kept."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from command_line.api_client import ApiClient


class FakeApi(ApiClient):
    def __init__(self, documents: dict[str, Any]) -> None:
        self.documents = documents
        self.asked: list[tuple[str, dict[str, Any]]] = []
        self.posted: list[tuple[str, Any]] = []

    def get(self, path: str, **query: str | int) -> Any:
        self.asked.append((path, query))
        return self.documents[path]

    def list_all(self, path: str, **query: str | int) -> Iterator[dict[str, Any]]:
        yield from self.get(path, **query)["items"]

    def post(self, path: str, body: dict[str, Any] | None = None, key: str | None = None) -> Any:
        self.posted.append((path, body))
        return {"id": f"post_{len(self.posted)}", **(body or {})}
