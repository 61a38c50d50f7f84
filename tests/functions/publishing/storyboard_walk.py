"""A world in which posts are published, and a walker that runs the real storyboard publish_post in this process, Retry and Wait included."""

from __future__ import annotations

import importlib
import json
import re
import threading
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from botocore.exceptions import ClientError

from functions.bootstrap import World
from functions.post_means import name_specification
from reelwright.kit.identifiers import new_id
from reelwright.kit.settings import Settings
from reelwright.publishing.platforms.registry import SPECIFICATIONS
from reelwright.publishing.post import PostContent
from reelwright.publishing.tables import PostEventRow, PostRow
from reelwright.rendering.tables import RenderRow
from tests.publishing.connected_accounts import Connections, add_creator
from tests.publishing.fake_platform import HOURLY, FakePlatform, TokenRules

STORYBOARD = json.loads((Path(__file__).parents[3] / "state_machines" / "publish_post.asl.json").read_text())
MACHINE = "arn:aws:states:us-east-1:000000000000:stateMachine:publish_post"
VIDEO = bytes(range(256)) * 10_000
MOST_STATES = 2000


@dataclass
class FakeExecutions:
    """Executions by name, as Step Functions keeps them; ``inputs`` are what was handed on."""

    status: dict[str, str] = field(default_factory=dict)
    inputs: dict[str, dict[str, Any]] = field(default_factory=dict)
    is_down: bool = False
    lock: threading.Lock = field(default_factory=threading.Lock)

    def start_execution(self, *, stateMachineArn: str, name: str, input: str) -> dict[str, str]:  # noqa: A002  # AWS's names
        assert stateMachineArn == MACHINE
        if self.is_down:
            raise ClientError({"Error": {"Code": "ServiceUnavailable", "Message": ""}}, "StartExecution")
        with self.lock:
            if name in self.status:
                raise ClientError({"Error": {"Code": "ExecutionAlreadyExists", "Message": ""}}, "StartExecution")
            self.status[name], self.inputs[name] = "RUNNING", json.loads(input)
        return {}

    def describe_execution(self, *, executionArn: str) -> dict[str, str]:
        name = executionArn.rsplit(":", 1)[1]
        if name not in self.status:
            raise ClientError({"Error": {"Code": "ExecutionDoesNotExist", "Message": ""}}, "DescribeExecution")
        return {"status": self.status[name]}


@dataclass
class FakeBucket:
    """Files in memory; ``ranges``: what was read of them."""

    files: dict[str, bytes] = field(default_factory=dict)
    ranges: list[tuple[str, int, int]] = field(default_factory=list)

    def read_range(self, key: str, start: int, end: int) -> bytes:
        self.ranges.append((key, start, end))
        return self.files[key][start:end]

    def sign_download(self, key: str, file_name: str | None = None) -> str:
        return f"http://127.0.0.1:8787/reelwright-media/{key}?X-Amz-Signature=1"


@dataclass
class Newsroom:
    """Everything at hand: the world, its accounts, its executions."""

    world: World
    connections: Connections
    executions: FakeExecutions
    bucket: FakeBucket
    rules: TokenRules = HOURLY

    @property
    def platform(self) -> FakePlatform:
        return self.connections.platform(self.rules)

    def post(self, **values: Any) -> str:
        """A post for a connected account that is due now."""
        self.platform.piece_bytes = 1_000_000
        creator = add_creator(self.world.database)
        account = self.connections.connect(creator, self.rules)
        return self.another_post(creator, account, **values)

    def another_post(self, creator: str, account: str, **values: Any) -> str:
        post_id, render_id = new_id("post"), new_id("render")
        files = {"master": {"key": "m", "size_bytes": 1}, self.rules.name: self._file(render_id)}
        base = {
            "id": post_id,
            "creator_id": creator,
            "social_account_id": account,
            "platform": self.rules.name,
            "render_id": render_id,
            "content": PostContent(caption="Above the harbour", privacy="public").model_dump(mode="json"),
            "state": "scheduled",
            "due_at": self.world.clock(),
        }
        with self.world.database.transaction() as session:
            row = {"id": render_id, "creator_id": creator, "reel_id": "reel_1", "reel_version": 1, "platforms": [self.rules.name], "state": "succeeded"}
            session.add(RenderRow(**row, files=files))
            session.add(PostRow(**(base | values)))
        return post_id

    def _file(self, render_id: str) -> dict[str, Any]:
        key = f"renders/{render_id}/{self.rules.name}.mp4"
        self.bucket.files[key] = VIDEO
        return {"key": key, "size_bytes": len(VIDEO), "seconds": 8.0, "specification": name_specification(SPECIFICATIONS[self.rules.name])}

    def read(self, post_id: str) -> PostRow:
        with self.world.database.transaction() as session:
            return session.get_one(PostRow, post_id)

    def sentences(self, post_id: str) -> list[str]:
        with self.world.database.transaction() as session:
            return [event.sentence for event in session.query(PostEventRow).filter_by(post_id=post_id).order_by(PostEventRow.number)]

    def run(self, step: str, **event: Any) -> dict[str, Any]:
        """One step of the publishing function."""
        module = importlib.import_module(f"functions.publishing.{step.lower().replace(' ', '_')}")
        answer: dict[str, Any] = json.loads(json.dumps(module.run({"step": step, **event}, self.world)))
        return answer

    def walk(self, execution: str, **faults: Any) -> Walk:
        """Runs a started execution to its end."""
        walk = Walk(self, **faults)
        try:
            walk.run(dict(self.executions.inputs[execution]))
            self.executions.status[execution] = "SUCCEEDED"
        except ExecutionFailed:
            self.executions.status[execution] = "FAILED"
        return walk


class ExecutionFailed(Exception):
    """It ended in a Fail state, or an error was caught by nothing."""


class Gone(BaseException):
    """The worker and its execution are dead."""


@dataclass
class Walk:
    """One walk through the states. ``fail_at``: errors by state, each raised instead of the step as often as it stands there."""

    room: Newsroom
    fail_at: dict[str, list[Exception]] = field(default_factory=dict)
    die_after: str = ""
    before: Callable[[str], None] = lambda name: None
    visited: list[str] = field(default_factory=list)
    calls: Counter[str] = field(default_factory=Counter)

    def run(self, state: dict[str, Any]) -> None:
        at: str | None = STORYBOARD["StartAt"]
        while at is not None:
            self.visited.append(at)
            assert len(self.visited) < MOST_STATES, f"the storyboard does not end: {self.visited[-12:]}"
            at, state = self._step(at, STORYBOARD["States"][at], state)

    def _step(self, at: str, body: dict[str, Any], state: dict[str, Any]) -> tuple[str | None, dict[str, Any]]:
        if body["Type"] == "Choice":
            return next((one["Next"] for one in body["Choices"] if read_path(one["Variable"], state) is one["BooleanEquals"]), body["Default"]), state
        if body["Type"] == "Wait":
            seconds = body.get("Seconds") or read_path(body["SecondsPath"], state)
            self.room.connections.clock.go_on(seconds=seconds)
            return body["Next"], state
        if body["Type"] == "Succeed":
            return None, state
        if body["Type"] == "Fail":
            raise ExecutionFailed(body["Error"])
        try:
            answer = self._task(at, body, state)
        except Exception as error:
            return self._caught(at, body, state, error)
        if self.die_after == at:
            raise Gone(at)
        if body.get("ResultPath"):
            kept = {key.removesuffix(".$"): read_path(path, {"Payload": answer}) for key, path in body["ResultSelector"].items()}
            state = state | {body["ResultPath"].removeprefix("$."): kept}
        return body["Next"], state

    def _caught(self, at: str, body: dict[str, Any], state: dict[str, Any], error: Exception) -> tuple[str, dict[str, Any]]:
        name = type(error).__name__
        caught = next((one for one in body.get("Catch", ()) if {name, "States.ALL"} & set(one["ErrorEquals"])), None)
        if caught is None:
            raise ExecutionFailed(f"{at}: {name}") from error
        cause = json.dumps({"errorType": name, "errorMessage": str(error)})
        return caught["Next"], state | {"error": {"Error": name, "Cause": cause}}

    def _task(self, at: str, body: dict[str, Any], state: dict[str, Any]) -> Any:
        tries = 0
        while True:
            try:
                return self._once(at, body, state)
            except Exception as error:
                retrier = next((one for one in body.get("Retry", ()) if type(error).__name__ in one["ErrorEquals"]), None)
                if retrier is None or tries >= retrier["MaxAttempts"]:
                    raise
                self.room.connections.clock.go_on(seconds=min(retrier["IntervalSeconds"] * retrier["BackoffRate"] ** tries, retrier["MaxDelaySeconds"]))
                tries += 1

    def _once(self, at: str, body: dict[str, Any], state: dict[str, Any]) -> Any:
        self.calls[at] += 1
        self.before(at)
        if self.fail_at.get(at):
            raise self.fail_at[at].pop(0)
        payload = {key.removesuffix(".$"): read_path(value, state) if key.endswith(".$") else value for key, value in body["Parameters"]["Payload"].items()}
        folder = re.fullmatch(r"\$\{(\w+)Function\}", body["Parameters"]["FunctionName"])
        assert folder is not None
        module = importlib.import_module(f"functions.{folder[1].lower()}.{at.lower().replace(' ', '_')}")
        return json.loads(json.dumps(module.run(json.loads(json.dumps(payload)), self.room.world)))


def read_path(path: str, state: dict[str, Any]) -> Any:
    value: Any = state
    for part in path.removeprefix("$.").split("."):
        value = value[part]
    return value


def make_newsroom(connections: Connections, rules: TokenRules = HOURLY) -> Newsroom:
    """A world over the connections' database, with fakes for what AWS does."""
    world = World(Settings(publish_post_arn=MACHINE, sandbox_url="http://127.0.0.1:1", running_posts=3), connections.clock)
    executions, bucket = FakeExecutions(), FakeBucket()
    vars(world).update(
        database=connections.database, storage=bucket, step_functions=executions, envelope=connections.envelope, platforms=connections.platforms, scheduler=None
    )
    return Newsroom(world, connections, executions, bucket, rules)
