"""HTTP to other people's servers: one call, one answer, and the difference between "never heard" and "no answer came"."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

READ_TIMEOUT_SECONDS = 60


class NotHeard(Exception):  # says what happened, as an error of ours would
    """The request certainly did not reach the server: no connection could be made."""


class AnswerLost(Exception):
    """The request was, or may have been, received, and no whole answer came."""


class Body(Protocol):
    """Bytes that are read while they are sent, so that a large file never stands whole in memory."""

    def read(self, size: int = -1, /) -> bytes:
        """The next bytes; none at the end."""

    def __len__(self) -> int:
        """How many are left."""


@dataclass(frozen=True)
class HttpRequest:
    """One call. Nothing of it but the method is shown: tokens are everywhere in it. ``body`` is sent as it is; ``form`` and ``document`` are encoded. Redirects are not followed."""

    method: str
    url: str = field(repr=False)
    params: Mapping[str, str] = field(default_factory=dict, repr=False)
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    form: Mapping[str, str] | None = field(default=None, repr=False)
    document: Mapping[str, Any] | None = field(default=None, repr=False)
    body: bytes | Body | None = field(default=None, repr=False)
    files: Mapping[str, tuple[str, bytes, str]] | None = field(default=None, repr=False)  # field → file name, bytes, media type
    timeout_seconds: float = READ_TIMEOUT_SECONDS

    def read_body(self) -> bytes:
        """The whole body, for whoever needs it at once."""
        if self.body is None or isinstance(self.body, bytes):
            return self.body or b""
        return self.body.read()


@dataclass(frozen=True)
class HttpAnswer:
    """What came back. Header names are lower case."""

    status: int
    headers: Mapping[str, str] = field(repr=False)
    body: bytes = field(repr=False)

    def read_json(self) -> dict[str, Any]:
        """The body as a JSON object; empty where it is none, so that a gateway's HTML page is no crash."""
        try:
            document = json.loads(self.body)
        except ValueError:
            return {}
        return document if isinstance(document, dict) else {}


class HttpClient(Protocol):
    """What adapters speak through; tests and the bench put faults between."""

    def send(self, request: HttpRequest) -> HttpAnswer:
        """The answer, whatever its status. Raises NotHeard and AnswerLost."""
