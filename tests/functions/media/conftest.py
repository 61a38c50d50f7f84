"""A world with a real database and a folder for a bucket, and a walker that runs the ingestion storyboard in this process."""

from __future__ import annotations

import importlib
import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from botocore.exceptions import ClientError

from functions.bootstrap import World
from reelwright.creators.tables import CreatorRow
from reelwright.kit.database import Database
from reelwright.kit.errors import NotFound, ReelwrightError
from reelwright.kit.identifiers import new_id
from reelwright.kit.settings import Settings
from reelwright.kit.storage import StoredFile
from reelwright.media.tables import MediaRow

STORYBOARD = json.loads((Path(__file__).parents[3] / "state_machines" / "ingest_media.asl.json").read_text())
NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


class FolderBucket:
    """What steps use of the bucket, in a folder. ``puts`` counts the writes of each key."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.puts: dict[str, int] = {}

    def describe(self, key: str) -> StoredFile | None:
        path = self.root / key
        return StoredFile(key, path.stat().st_size, "", "etag") if path.exists() else None

    def download(self, key: str, path: Path) -> Path:
        if not (self.root / key).exists():
            raise NotFound(f"The stored file {key} is not there any more.")
        shutil.copyfile(self.root / key, path)
        return path

    def upload(self, path: Path, key: str, content_type: str) -> str:
        target = self.root / key
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)
        self.puts[key] = self.puts.get(key, 0) + 1
        return key

    def delete(self, key: str) -> None:
        (self.root / key).unlink(missing_ok=True)

    def keys(self) -> set[str]:
        return {str(path.relative_to(self.root)) for path in self.root.rglob("*") if path.is_file()}


@dataclass
class FakeStepFunctions:
    """Executions by name, as Step Functions keeps them."""

    started: dict[str, dict[str, Any]] = field(default_factory=dict)

    def start_execution(self, *, stateMachineArn: str, name: str, input: str) -> dict[str, str]:  # noqa: A002  # AWS's names
        assert stateMachineArn.endswith(":ingest_media")
        if name in self.started:
            raise ClientError({"Error": {"Code": "ExecutionAlreadyExists", "Message": ""}}, "StartExecution")
        self.started[name] = json.loads(input)
        return {}


@pytest.fixture
def bucket(tmp_path: Path) -> FolderBucket:
    (tmp_path / "bucket").mkdir()
    return FolderBucket(tmp_path / "bucket")


@pytest.fixture
def executions() -> FakeStepFunctions:
    return FakeStepFunctions()


@pytest.fixture
def world(database: Database, bucket: FolderBucket, executions: FakeStepFunctions, tmp_path: Path) -> World:
    arn = "arn:aws:states:us-east-1:000000000000:stateMachine:ingest_media"
    made = World(Settings(work_directory=tmp_path / "work", ingest_media_arn=arn), lambda: NOW)
    vars(made).update(database=database, storage=bucket, step_functions=executions)
    return made


@pytest.fixture
def creator_id(database: Database) -> str:
    made = new_id("creator")
    with database.transaction() as session:
        session.add(CreatorRow(id=made, email=f"{made}@example.org", name="Ada", password_hash="x"))
    return made


@pytest.fixture
def upload(database: Database, bucket: FolderBucket, creator_id: str) -> Callable[..., str]:
    """Puts a file into the bucket with its row, as a client's upload does."""

    def put(path: Path, state: str = "awaiting_upload", announced: int | None = None) -> str:
        media_id = new_id("media")
        key = f"uploads/{creator_id}/{media_id}/original"
        bucket.upload(path, key, "application/octet-stream")
        size = path.stat().st_size if announced is None else announced
        row = MediaRow(id=media_id, creator_id=creator_id, file_name=path.name, declared_type="image/jpeg", size_bytes=size, storage_key=key, state=state)
        with database.transaction() as session:
            session.add(row)
        return media_id

    return put


@pytest.fixture
def read(database: Database) -> Callable[[str], MediaRow]:
    def read_row(media_id: str) -> MediaRow:
        with database.transaction() as session:
            return session.get_one(MediaRow, media_id)

    return read_row


@dataclass
class Walker:
    """Runs the storyboard's task states in order. Retries are left out; a Catch is taken as Step Functions takes it."""

    world: World
    visited: list[str] = field(default_factory=list)
    steps: dict[str, Callable[[dict[str, Any], World], dict[str, Any]]] = field(default_factory=dict)

    def walk(self, media_id: str, creator_id: str) -> list[str]:
        state: dict[str, Any] = {"media_id": media_id, "creator_id": creator_id}
        name = STORYBOARD["StartAt"]
        while STORYBOARD["States"][name]["Type"] == "Task":
            self.visited.append(name)
            body = STORYBOARD["States"][name]
            payload = {key.removesuffix(".$"): state[value[2:]] if key.endswith(".$") else value for key, value in body["Parameters"]["Payload"].items()}
            try:
                self._step(name)(payload, self.world)
                name = body["Next"]
            except Exception as error:
                name = self._catch(body, error, state)
        self.visited.append(name)
        return self.visited

    def _step(self, name: str) -> Callable[[dict[str, Any], World], dict[str, Any]]:
        return self.steps.get(name) or importlib.import_module(f"functions.media.{name.lower().replace(' ', '_')}").run

    def _catch(self, body: dict[str, Any], error: Exception, state: dict[str, Any]) -> str:
        word = type(error).__name__
        for catch in body.get("Catch", []):
            if word in catch["ErrorEquals"] or "States.ALL" in catch["ErrorEquals"]:
                message = error.detail if isinstance(error, ReelwrightError) else str(error)
                cause = {"errorMessage": message, "errorType": word, "stackTrace": ["…"]}
                state[catch["ResultPath"][2:]] = {"Error": word, "Cause": json.dumps(cause)}
                return str(catch["Next"])
        raise error


@pytest.fixture
def walker(world: World) -> Walker:
    return Walker(world)
