"""One call of the API: who asks, through which world, under which conditions."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.utilities.data_classes import APIGatewayProxyEventV2
from pydantic import BaseModel
from sqlalchemy.orm import Session

from functions.api.routes import Routes
from functions.bootstrap import World
from reelwright.creators.repeat_answer import StoredAnswer, keep_answer, recall_answer
from reelwright.kit.errors import BadRequest, NotSignedIn, PreconditionRequired, Stale

_KEY = re.compile(r"[\x21-\x7e]{1,200}")
_NOT_SIGNED_IN = "Log in first, and send the access token as a bearer token."


@dataclass(frozen=True)
class Call:
    """The request as its route sees it."""

    event: APIGatewayProxyEventV2
    world: World

    @property
    def creator_id(self) -> str:
        """Who calls, as the authorizer found. Raises NotSignedIn."""
        return require_creator(self.event)

    @property
    def now(self) -> datetime:
        return self.world.clock()

    def transaction(self) -> AbstractContextManager[Session]:
        """A transaction that is committed at the end of the block."""
        return self.world.database.transaction()

    def header(self, name: str) -> str | None:
        """A request header as it was sent, by its name in any case."""
        return self.event.headers.get(name)

    def require_version(self, version: int, what: str) -> None:
        """Holds If-Match against the version that is stored. Raises PreconditionRequired and Stale."""
        condition = self.header("if-match")
        if condition is None:
            raise PreconditionRequired(f"Say in If-Match which version of the {what} you change: its ETag.")
        if condition.strip() == "*":
            return
        if version not in {_parse_etag(part) for part in condition.split(",")}:
            raise Stale(f"This {what} was changed in the meantime: the newest is version {version}. Load it again, then change it.")

    def answer_once(self, status: int, work: Callable[[Session], tuple[BaseModel, dict[str, str]]]) -> Response[Any]:
        """Does ``work`` in one transaction, at most once per Idempotency-Key; a repeat gets the answer of the first time.

        ``work`` returns the body and the headers. Raises BadRequest for a key that is not printable.
        """
        key = self.header("idempotency-key")
        if key is not None and not _KEY.fullmatch(key):
            raise BadRequest("An Idempotency-Key is 1 to 200 printable characters without spaces.")
        with self.transaction() as session:
            known = recall_answer(session, self.creator_id, key, self._fingerprint(), self.now) if key else None
            if known is not None:
                return _respond(known, {"Idempotent-Replayed": "true"})
            body, headers = work(session)
            answer = StoredAnswer(status, body.model_dump(mode="json"), headers)
            if key:
                keep_answer(session, self.creator_id, key, answer)
        return _respond(answer)

    def _fingerprint(self) -> str:
        """A digest of what is asked; how the JSON is spaced and ordered does not matter."""
        body = json.dumps(self.event.json_body, sort_keys=True) if self.event.body else ""
        return hashlib.sha256(f"{self.event.http_method} {self.event.path}\n{body}".encode()).hexdigest()


def require_creator(event: APIGatewayProxyEventV2) -> str:
    """The creator's id, as the authorizer found it. Raises NotSignedIn in the authorizer's words."""
    found = event.request_context.authorizer.get_lambda
    creator_id = str(found.get("creator_id") or "")
    if not creator_id:
        raise NotSignedIn(str(found.get("refusal") or _NOT_SIGNED_IN))
    return creator_id


def call_of(routes: Routes) -> Call:
    """The call that is being answered."""
    return Call(routes.current_event, routes.context["world"])


def etag(version: int) -> dict[str, str]:
    """The header that names a version."""
    return {"ETag": f'"{version}"'}


def respond(body: BaseModel, headers: dict[str, str], status: int = 200) -> Response[Any]:
    """A body with headers of its own."""
    return _respond(StoredAnswer(status, body.model_dump(mode="json"), headers))


def _respond(answer: StoredAnswer, more: dict[str, str] | None = None) -> Response[Any]:
    return Response(answer.status, content_type="application/json", body=answer.body, headers={**answer.headers, **(more or {})})


def _parse_etag(text: str) -> int | None:
    match = re.fullmatch(r'\s*(?:W/)?"?(\d{1,9})"?\s*', text)
    return int(match.group(1)) if match else None
