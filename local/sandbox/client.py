"""An HttpClient that speaks to a sandbox in the same process: the same protocols and faults, no socket, any clock."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import datetime
from urllib.parse import urlencode

from local.sandbox.exchange import FORM, JSON, Cut
from local.sandbox.sandbox import Sandbox
from reelwright.kit.http_client import AnswerLost, HttpAnswer, HttpRequest, NotHeard

_BOUNDARY = "reelwright-sandbox-boundary"


class SandboxClient:
    """Addresses are those of any origin with the stand-ins' paths: ``http://sandbox.local/graph/v26.0/…``."""

    def __init__(self, sandbox: Sandbox, clock: Callable[[], datetime]) -> None:
        self._sandbox, self._clock = sandbox, clock

    def send(self, request: HttpRequest) -> HttpAnswer:
        """Raises NotHeard and AnswerLost, as faults say."""
        url = request.url
        if request.params:
            url = f"{url}{'&' if '?' in url else '?'}{urlencode(request.params)}"
        kind, body = _encode(request)
        headers = {**({"content-type": kind} if kind else {}), "content-length": str(len(body)), **request.headers}
        try:
            status, answered, content = self._sandbox.handle(
                request.method, url, headers, body, self._clock().timestamp(), patience_seconds=request.timeout_seconds
            )
        except Cut as cut:
            raise (AnswerLost if cut.was_reached else NotHeard)("the fault switch was set") from None
        return HttpAnswer(status, {name.lower(): value for name, value in answered.items()}, content)


def _encode(request: HttpRequest) -> tuple[str, bytes]:
    """Media type and body, as requests would send them."""
    if request.files:
        return f"multipart/form-data; boundary={_BOUNDARY}", _join_parts(request.form or {}, request.files)
    if request.form is not None:
        return FORM, urlencode(request.form).encode()
    if request.document is not None:
        return JSON, json.dumps(request.document).encode()
    return "", request.read_body()


def _join_parts(form: Mapping[str, str], files: Mapping[str, tuple[str, bytes, str]]) -> bytes:
    parts = [f'--{_BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode() for name, value in form.items()]
    for field, (name, content, kind) in files.items():
        head = f'--{_BOUNDARY}\r\nContent-Disposition: form-data; name="{field}"; filename="{name}"\r\nContent-Type: {kind}\r\n\r\n'
        parts.append(head.encode() + content + b"\r\n")
    return b"".join(parts) + f"--{_BOUNDARY}--\r\n".encode()
