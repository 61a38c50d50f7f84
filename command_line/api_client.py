"""The API over HTTP, as any client would use it: sign-in kept fresh, problem documents turned into sentences."""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, BinaryIO

import requests

CONNECT_SECONDS = 5
ANSWER_SECONDS = 60
TRANSFER_SECONDS = 600
PATIENCE_SECONDS = 90  # how long a platform that restarts is waited for
CHUNK_BYTES = 1 << 18
_REPEATABLE = {"GET", "PUT", "DELETE"}


COUNTS_FIELDS = "invalid-input"
"""The kind of problem whose sentence may only say how many fields are wrong."""


class ApiError(Exception):
    """The API refused. ``detail`` is a sentence for the person at the keyboard; ``fields`` name what is wrong."""

    def __init__(self, status: int, slug: str, detail: str, fields: list[dict[str, str]]) -> None:
        super().__init__(detail)
        self.status, self.slug, self.detail, self.fields = status, slug, detail, fields

    def __str__(self) -> str:
        """One sentence: the fields' own where the whole only counts them."""
        said = [(field.get("pointer", "").rsplit("/", 1)[-1].replace("_", " "), field.get("detail", "")) for field in self.fields]
        if not said or self.slug != COUNTS_FIELDS or any(detail in self.detail for _, detail in said):
            return self.detail
        return " ".join(f"{name[:1].upper()}{name[1:]}: {detail}" if name else detail for name, detail in said)


class Unreachable(Exception):
    """The platform did not answer for PATIENCE_SECONDS."""


class ApiClient:
    """One signed-in creator. ``keep_tokens`` is called with each new pair of tokens."""

    def __init__(self, url: str, tokens: dict[str, str] | None, keep_tokens: Callable[[dict[str, str]], None]) -> None:
        self._url = url.rstrip("/")
        self._tokens = tokens or {}
        self._keep_tokens = keep_tokens
        self._session = requests.Session()
        self._session.trust_env = False  # a proxy of the surroundings has no business between us and this machine

    def sign_in(self, route: str, **body: str) -> dict[str, Any]:
        """Registers or logs in (``route`` is the last word of the path) and keeps the tokens."""
        answer = self._send("POST", f"/v1/auth/{route}", json=body, is_signed=False)
        self._remember(answer)
        return answer

    def get(self, path: str, **query: str | int) -> Any:
        return self._send("GET", path, params=query)

    def post(self, path: str, body: dict[str, Any] | None = None, key: str | None = None) -> Any:
        """POST with an Idempotency-Key, so that a repeated send does nothing twice."""
        return self._send("POST", path, json=body or {}, headers={"Idempotency-Key": key or str(uuid.uuid4())})

    def delete(self, path: str, **headers: str) -> None:
        self._send("DELETE", path, headers=headers)

    def list_all(self, path: str, **query: str | int) -> Iterator[dict[str, Any]]:
        """All items of a list, page after page."""
        cursor: str | None = None
        while True:
            page = self.get(path, **query, **({"cursor": cursor} if cursor else {}))
            yield from page["items"]
            cursor = page.get("next_cursor")
            if not cursor:
                return

    def put_file(self, url: str, headers: dict[str, str], file: Path, on_bytes: Callable[[int], None]) -> None:
        """Sends a file to a presigned address; begins again when the connection breaks."""

        def send() -> requests.Response:
            on_bytes(0)
            with file.open("rb") as source:
                body = _Counted(source, file.stat().st_size, on_bytes)
                return self._session.put(url, data=body, headers=headers, timeout=(CONNECT_SECONDS, TRANSFER_SECONDS))

        _raise_for(_with_patience(send))

    def download(self, url: str, target: Path) -> None:
        """Fetches a file; it appears under its name when it is whole."""

        def fetch() -> requests.Response:
            temporary = target.with_name(f".{target.name}.part")
            with self._session.get(url, stream=True, timeout=(CONNECT_SECONDS, TRANSFER_SECONDS)) as answer:
                if answer.ok:
                    with temporary.open("wb") as out:
                        for chunk in answer.iter_content(CHUNK_BYTES):
                            out.write(chunk)
                    temporary.replace(target)
            return answer

        _raise_for(_with_patience(fetch))

    def _send(self, method: str, path: str, is_signed: bool = True, **options: Any) -> Any:
        headers = options.pop("headers", {})

        def send() -> requests.Response:
            if is_signed:
                headers["Authorization"] = f"Bearer {self._tokens.get('access_token', '')}"
            return self._session.request(method, self._url + path, headers=headers, timeout=(CONNECT_SECONDS, ANSWER_SECONDS), **options)

        is_repeatable = method in _REPEATABLE or "Idempotency-Key" in headers
        answer = _with_patience(send) if is_repeatable else send()
        if answer.status_code == requests.codes.unauthorized and is_signed and self._refresh():
            answer = send()
        _raise_for(answer)
        return answer.json() if answer.content else None

    def _refresh(self) -> bool:
        token = self._tokens.get("refresh_token")
        if not token:
            return False
        try:
            self._remember(self._send("POST", "/v1/auth/refresh", json={"refresh_token": token}, is_signed=False))
        except ApiError:
            return False
        return True

    def _remember(self, answer: dict[str, Any]) -> None:
        self._tokens = {name: answer[name] for name in ("access_token", "refresh_token")}
        self._keep_tokens(self._tokens)


class _Counted:
    """A file that says how much of it was read; requests asks it for its length."""

    def __init__(self, source: BinaryIO, size: int, on_bytes: Callable[[int], None]) -> None:
        self._source, self._size, self._on_bytes, self._sent = source, size, on_bytes, 0

    def __len__(self) -> int:
        return self._size - self._sent

    def read(self, count: int = -1) -> bytes:
        piece = self._source.read(count if count > 0 else CHUNK_BYTES)
        self._sent += len(piece)
        self._on_bytes(self._sent)
        return piece


def _with_patience(send: Callable[[], requests.Response]) -> requests.Response:
    """Repeats while the platform is away or busy: 0.5, 1, 2, 4, 4 … seconds, up to PATIENCE_SECONDS."""
    until, pause = time.monotonic() + PATIENCE_SECONDS, 0.5
    while True:
        try:
            answer = send()
            if answer.status_code not in {502, 503, 504, 429} or time.monotonic() > until:
                return answer
        except (requests.ConnectionError, requests.Timeout, requests.exceptions.ChunkedEncodingError) as error:
            if time.monotonic() > until:
                raise Unreachable(f"The platform did not answer for {PATIENCE_SECONDS} s. `reelwright local` starts it.") from error
        time.sleep(pause)
        pause = min(pause * 2, 4.0)


def _raise_for(answer: requests.Response) -> None:
    if answer.ok:
        return
    try:
        problem = answer.json()
    except ValueError:
        raise ApiError(answer.status_code, "unreadable-answer", f"The platform answered {answer.status_code} without saying why.", []) from None
    raise ApiError(answer.status_code, problem.get("type", ""), problem.get("detail") or problem.get("title") or str(problem), problem.get("errors") or [])
