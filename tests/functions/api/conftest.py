"""The API as its clients meet it: real gateway events, real PostgreSQL, and bucket and storyboards that only remember."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest
from botocore.exceptions import EndpointConnectionError

from functions.api.main import Handler, handler_of
from functions.authorizer import authorizer_of
from functions.bootstrap import World
from local.token_keys import make_token_keys
from reelwright.kit.database import Database
from reelwright.kit.errors import NotFound
from reelwright.kit.settings import Settings

EVENTS = Path(__file__).parents[2] / "events"
KEYS = make_token_keys()
PASSWORD = "a long summer in 2026"


class FakeStorage:
    """A bucket that remembers what was signed, written and deleted."""

    def __init__(self) -> None:
        self.signed: list[tuple[str, str, int]] = []
        self.documents: dict[str, Any] = {}
        self.deleted: list[str] = []

    def sign_upload(self, key: str, content_type: str, size_bytes: int) -> str:
        self.signed.append((key, content_type, size_bytes))
        return f"http://bucket.test/{key}?signature=up"

    def sign_download(self, key: str, file_name: str | None = None) -> str:
        return f"http://bucket.test/{key}?signature=down&name={file_name or ''}"

    def read_json(self, key: str) -> Any:
        if key not in self.documents:
            raise NotFound("It is not there.")
        return self.documents[key]

    def delete(self, key: str) -> None:
        self.deleted.append(key)

    def delete_folder(self, folder: str) -> int:
        self.deleted.append(folder)
        return 1


class FakeStepFunctions:
    """Storyboards that remember what was started, and may be out of reach."""

    def __init__(self) -> None:
        self.started: list[dict[str, Any]] = []
        self.is_out_of_reach = False

    def start_execution(self, *, stateMachineArn: str, name: str, input: str) -> None:  # noqa: A002
        if self.is_out_of_reach:
            raise EndpointConnectionError(endpoint_url="http://states.test")
        self.started.append({"arn": stateMachineArn, "name": name, "input": json.loads(input)})


class MovingClock:
    """Goes on by a millisecond with each look, and by hand."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 24, 9, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.now += timedelta(milliseconds=1)
        return self.now


class FakeWorld(World):
    """The world of the handlers with the bucket and the storyboards replaced."""

    def __init__(self, database: Database) -> None:
        clock = MovingClock()
        super().__init__(
            Settings(
                bcrypt_cost=4,
                token_private_key=KEYS.private_key,  # type: ignore[arg-type]
                token_public_key=KEYS.public_key,
                generate_reel_arn="arn:generate",
                render_reel_arn="arn:render",
            ),
            clock,
        )
        self.moving_clock = clock
        self.__dict__["database"] = database
        self.files = FakeStorage()
        self.__dict__["storage"] = self.files
        self.storyboards = FakeStepFunctions()
        self.__dict__["step_functions"] = self.storyboards


@dataclass(frozen=True)
class Answer:
    """What a client sees."""

    status: int
    headers: dict[str, str]
    body: Any


@dataclass
class Client:
    """Sends gateway events; where there is a token, the authorizer reads it first, as the gateway would ask it."""

    handler: Handler
    authorizer: Callable[[dict[str, Any], Any], dict[str, Any]]
    tokens: dict[str, str] = field(default_factory=dict)
    creator_id: str = ""

    def send(self, method: str, path: str, body: Any = None, *, raw: str | None = None, is_base64: bool = False, **headers: str) -> Answer:
        event = json.loads((EVENTS / "http_api_request.json").read_text())
        address = urlsplit(path)
        sent = {name.replace("_", "-").lower(): value for name, value in headers.items()}
        if self.tokens:
            sent.setdefault("authorization", f"Bearer {self.tokens['access_token']}")
        event["rawPath"] = event["requestContext"]["http"]["path"] = address.path
        event["requestContext"]["http"]["method"] = method
        event["rawQueryString"] = address.query
        if address.query:
            event["queryStringParameters"] = dict(parse_qsl(address.query, keep_blank_values=True))
        event["headers"] |= sent
        text = raw if raw is not None else None if body is None else json.dumps(body)
        if text is not None:
            event["headers"].setdefault("content-type", "application/json")
            event["body"] = base64.b64encode(text.encode()).decode() if is_base64 else text
            event["isBase64Encoded"] = is_base64
        asked = json.loads((EVENTS / "authorizer_request.json").read_text()) | {"headers": event["headers"]}
        event["requestContext"]["authorizer"]["lambda"] = self.authorizer(asked, None)["context"]
        answer = json.loads(json.dumps(self.handler(event, None)))
        text = answer["body"]
        assert isinstance(text, str), "the gateway takes nothing else"
        return Answer(answer["statusCode"], answer["headers"], json.loads(text) if text else None)

    def get(self, path: str, **query: Any) -> Answer:
        return self.send("GET", f"{path}?{urlencode(query)}" if query else path)

    def post(self, path: str, body: Any = None, **headers: str) -> Answer:
        return self.send("POST", path, body, **headers)

    def sign_up(self, email: str) -> Client:
        """Another client, of a new creator."""
        answer = self.post("/v1/auth/register", {"email": email, "password": PASSWORD, "name": email.split("@", maxsplit=1)[0]})
        assert answer.status == 201, answer.body
        return Client(self.handler, self.authorizer, answer.body, answer.body["creator"]["id"])


@pytest.fixture
def world(database: Database) -> FakeWorld:
    return FakeWorld(database)


@pytest.fixture
def stranger(world: FakeWorld) -> Client:
    """A client that is not signed in."""
    return Client(handler_of(lambda: world), authorizer_of(lambda: KEYS.public_key, world.moving_clock))


@pytest.fixture
def maya(stranger: Client) -> Client:
    """A client signed in as a creator."""
    return stranger.sign_up("maya@example.org")
