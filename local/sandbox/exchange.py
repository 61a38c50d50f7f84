"""One call to a stand-in and its answer, without sockets."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

FORM = "application/x-www-form-urlencoded"
JSON = "application/json; charset=UTF-8"
HTML = "text/html; charset=utf-8"


@dataclass
class Call:
    """What came. Header names are lower case; ``now`` is in seconds since 1970; ``is_cut``: the body ended before its announced length."""

    method: str
    path: str
    query_string: str
    headers: Mapping[str, str]
    body: bytes
    now: float
    origin: str
    is_cut: bool = False

    @property
    def is_read_whole(self) -> bool:
        """Whether its body means nothing in part: a form or a JSON document, where the bytes of a video may come in pieces."""
        return self.headers.get("content-type", "").startswith((FORM, "application/json", "multipart/form-data"))

    @cached_property
    def query(self) -> dict[str, str]:
        return dict(parse_qsl(self.query_string, keep_blank_values=True))

    def list_query(self, name: str) -> list[str]:
        """All values of a parameter that may come several times, or once with commas."""
        items = parse_qsl(self.query_string, keep_blank_values=True)
        return [value for key, text in items if key == name for value in text.split(",") if value]

    @cached_property
    def form_items(self) -> list[tuple[str, str]]:
        """The fields of a form in their order; a field may come twice."""
        if not self.headers.get("content-type", "").startswith(FORM):
            return []
        return parse_qsl(self.body.decode("utf-8", "replace"), keep_blank_values=True)

    @cached_property
    def form(self) -> dict[str, str]:
        return dict(self.form_items)

    @cached_property
    def document(self) -> dict[str, Any]:
        """The JSON object in the body; empty where there is none."""
        if "json" not in self.headers.get("content-type", ""):
            return {}
        try:
            found = json.loads(self.body or b"{}")
        except ValueError:
            return {}
        return found if isinstance(found, dict) else {}

    @cached_property
    def files(self) -> dict[str, bytes]:
        """The parts of a multipart form by their field's name."""
        kind, _, rest = self.headers.get("content-type", "").partition(";")
        boundary = rest.partition("boundary=")[2].strip().strip('"')
        return _read_parts(self.body, boundary.encode()) if kind.strip() == "multipart/form-data" and boundary else {}

    @cached_property
    def params(self) -> dict[str, str]:
        """Query, form, multipart fields and JSON together, as Graph takes them."""
        shallow = {name: value if isinstance(value, str) else json.dumps(value) for name, value in self.document.items()}
        parts = {name: value.decode("utf-8", "replace") for name, value in self.files.items() if len(value) < 10_000}
        return {**self.query, **parts, **self.form, **shallow}


@dataclass(frozen=True)
class Answer:
    """What goes back."""

    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""


class Refusal(Exception):
    """The vendor refuses: its own answer is inside."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(answer.body[:200].decode("utf-8", "replace"))
        self.answer = answer


class Cut(Exception):
    """No answer comes: the connection ends. ``was_reached``: whether a connection came about at all."""

    def __init__(self, was_reached: bool) -> None:
        super().__init__("cut")
        self.was_reached = was_reached


def json_answer(document: Mapping[str, Any] | Sequence[Any], status: int = 200, headers: Mapping[str, str] | None = None) -> Answer:
    """An answer in JSON, as short as it goes."""
    return Answer(status, {"content-type": JSON, **(headers or {})}, json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode())


def html_answer(page: str, status: int = 200) -> Answer:
    """A page of ours: nothing from elsewhere is loaded into it."""
    headers = {
        "content-type": HTML,
        "content-security-policy": "default-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'none'",
        "referrer-policy": "no-referrer",
    }
    return Answer(status, headers, page.encode())


def redirect(location: str) -> Answer:
    """To another address, not to be remembered."""
    return Answer(302, {"location": location, "cache-control": "no-store"})


def read_call(method: str, url: str, headers: Mapping[str, str], body: bytes, now: float, origin: str, is_cut: bool = False) -> Call:
    """The call as it came; an absolute address names its own origin."""
    parts = urlsplit(url)
    lowered = {name.lower(): value for name, value in headers.items()}
    if parts.netloc:
        origin = f"{parts.scheme}://{parts.netloc}"
    return Call(method.upper(), unquote(parts.path) or "/", parts.query, lowered, body, now, origin, is_cut)


def _read_parts(body: bytes, boundary: bytes) -> dict[str, bytes]:
    found = {}
    for part in body.split(b"--" + boundary)[1:-1]:
        head, _, content = part.removeprefix(b"\r\n").partition(b"\r\n\r\n")
        name = head.partition(b'name="')[2].partition(b'"')[0].decode("utf-8", "replace")
        found[name] = content.removesuffix(b"\r\n")
    return found
