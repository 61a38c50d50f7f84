"""HTTP to other people's servers: one call, one answer, and the difference between "never heard" and "no answer came".

https://requests.readthedocs.io
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

import requests
import urllib3

CONNECT_TIMEOUT_SECONDS = 10
READ_TIMEOUT_SECONDS = 60
MAX_ANSWER_BYTES = 8_000_000


class NotHeard(Exception):  # says what happened, as an error of ours would
    """The request certainly did not reach the server: no connection could be made."""


class AnswerLost(Exception):
    """The request was, or may have been, received, and no whole answer came."""


@dataclass(frozen=True)
class HttpRequest:
    """One call. ``body`` is bytes as they are; ``form`` and ``document`` are encoded. Redirects are not followed."""

    method: str
    url: str
    params: Mapping[str, str] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    form: Mapping[str, str] | None = None
    document: Mapping[str, Any] | None = None
    body: bytes | None = None
    files: Mapping[str, tuple[str, bytes, str]] | None = None  # field → file name, bytes, media type
    timeout_seconds: float = READ_TIMEOUT_SECONDS


@dataclass(frozen=True)
class HttpAnswer:
    """What came back. Header names are lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes

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


class RequestsClient:
    """Connections are kept; nothing is retried here, because only the caller knows what may be repeated."""

    def __init__(self) -> None:
        self._session = requests.Session()

    def send(self, request: HttpRequest) -> HttpAnswer:
        try:
            answer = self._session.request(
                request.method,
                request.url,
                params=dict(request.params) or None,
                headers=dict(request.headers),
                data=dict(request.form) if request.form is not None else request.body,
                json=dict(request.document) if request.document is not None else None,
                files=dict(request.files) if request.files else None,
                timeout=(CONNECT_TIMEOUT_SECONDS, request.timeout_seconds),
                allow_redirects=False,
                stream=True,
            )
            with answer:
                body = b"".join(_take(answer.iter_content(65_536)))
        except (requests.ConnectTimeout, requests.exceptions.InvalidURL) as error:
            raise NotHeard(type(error).__name__) from error
        except requests.ConnectionError as error:
            raise (NotHeard if _is_refused(error) else AnswerLost)(type(error).__name__) from error
        except (requests.RequestException, urllib3.exceptions.HTTPError) as error:
            raise AnswerLost(type(error).__name__) from error
        return HttpAnswer(answer.status_code, {name.lower(): value for name, value in answer.headers.items()}, body)


def _take(pieces: Iterator[bytes]) -> Iterator[bytes]:
    taken = 0
    for piece in pieces:
        taken += len(piece)
        if taken > MAX_ANSWER_BYTES:
            raise AnswerLost("the answer is too long")
        yield piece


def _is_refused(error: requests.ConnectionError) -> bool:
    """Whether no connection came about, as far as the error tells."""
    reason = error.args[0] if error.args else None
    cause = getattr(reason, "reason", reason)
    return isinstance(cause, urllib3.exceptions.NewConnectionError | urllib3.exceptions.NameResolutionError)
