"""The reconciler: what has no execution gets one, what has a dead one is restarted or ended, and never twice at once."""

from __future__ import annotations

import json
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from botocore.exceptions import ClientError
from sqlalchemy import select

from functions.bootstrap import World
from functions.operations import migrate_database, reconcile
from reelwright.creators.tables import CreatorRow, SessionRow
from reelwright.generation.tables import GenerationEventRow, GenerationRow
from reelwright.kit.database import Database
from reelwright.kit.identifiers import new_id
from reelwright.kit.settings import Settings
from reelwright.kit.storage import StoredFile
from reelwright.media.tables import MediaRow
from reelwright.reels.tables import ProjectRow
from reelwright.rendering.tables import RenderRow

LONG_AGO = datetime(2026, 11, 1, tzinfo=UTC)
MACHINE = "arn:aws:states:us-east-1:000000000000:stateMachine:"


@dataclass
class FakeStepFunctions:
    """Executions by name, as Step Functions keeps them."""

    executions: dict[str, str] = field(default_factory=dict)
    inputs: dict[str, dict[str, Any]] = field(default_factory=dict)
    machines: dict[str, str] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def start_execution(self, *, stateMachineArn: str, name: str, input: str) -> dict[str, str]:  # noqa: A002  # AWS's names
        with self.lock:
            if name in self.executions:
                raise ClientError({"Error": {"Code": "ExecutionAlreadyExists", "Message": ""}}, "StartExecution")
            self.executions[name] = "RUNNING"
            self.inputs[name], self.machines[name] = json.loads(input), stateMachineArn.rsplit(":", 1)[1]
        return {}

    def describe_execution(self, *, executionArn: str) -> dict[str, str]:
        assert ":execution:" in executionArn
        name = executionArn.rsplit(":", 1)[1]
        if name not in self.executions:
            raise ClientError({"Error": {"Code": "ExecutionDoesNotExist", "Message": ""}}, "DescribeExecution")
        return {"status": self.executions[name]}


class EmptyBucket:
    def __init__(self) -> None:
        self.files: dict[str, StoredFile] = {}

    def describe(self, key: str) -> StoredFile | None:
        return self.files.get(key)


@pytest.fixture
def client() -> FakeStepFunctions:
    return FakeStepFunctions()


@pytest.fixture
def bucket() -> EmptyBucket:
    return EmptyBucket()


@pytest.fixture
def world(database: Database, client: FakeStepFunctions, bucket: EmptyBucket) -> World:
    settings = Settings(ingest_media_arn=MACHINE + "ingest_media", generate_reel_arn=MACHINE + "generate_reel", render_reel_arn=MACHINE + "render_reel")
    made = World(settings)
    vars(made).update(database=database, storage=bucket, step_functions=client)
    return made


@pytest.fixture
def creator(database: Database) -> str:
    creator_id = new_id("creator")
    with database.transaction() as session:
        session.add(CreatorRow(id=creator_id, email=f"{creator_id}@example.org", name="Ada", password_hash="x"))
    return creator_id


def make_generation(database: Database, creator: str, **values: Any) -> str:
    generation_id, project_id = new_id("gen"), new_id("project")
    with database.transaction() as session:
        session.add(ProjectRow(id=project_id, creator_id=creator, name="x", template="editorial", brief={}, media_ids=[]))
        session.flush()
        base = {"id": generation_id, "creator_id": creator, "project_id": project_id, "request": {}, "state": "queued", "created_at": LONG_AGO}
        session.add(GenerationRow(**(base | values)))
    return generation_id


def make_media(database: Database, creator: str, **values: Any) -> str:
    media_id = new_id("media")
    base = {
        "id": media_id,
        "creator_id": creator,
        "file_name": "a.jpg",
        "declared_type": "image/jpeg",
        "size_bytes": 10,
        "storage_key": f"uploads/{creator}/{media_id}/original",
        "state": "ingesting",
        "created_at": LONG_AGO,
        "execution_attempts": 1,
    }
    with database.transaction() as session:
        session.add(MediaRow(**(base | values)))
    return media_id


def make_render(database: Database, creator: str, **values: Any) -> str:
    render_id = new_id("render")
    base = {"id": render_id, "creator_id": creator, "reel_id": "reel_x", "reel_version": 1, "platforms": [], "state": "running", "created_at": LONG_AGO}
    with database.transaction() as session:
        session.add(RenderRow(**(base | values)))
    return render_id


def read(database: Database, kind: type, row_id: str) -> Any:
    with database.transaction() as session:
        return session.get_one(kind, row_id)


def test_rows_without_an_execution_get_one(world, client, database, creator) -> None:
    media, generation, render = make_media(database, creator), make_generation(database, creator), make_render(database, creator)
    assert reconcile.run({}, world) == {"started": 3, "restarted": 0, "ended": 0, "uploads": 0, "swept_sessions": 0}
    assert client.machines == {f"{media}-1": "ingest_media", f"{generation}-0": "generate_reel", f"{render}-0": "render_reel"}
    assert client.inputs[f"{generation}-0"] == {"generation_id": generation, "creator_id": creator}
    assert client.inputs[f"{media}-1"] == {"media_id": media, "creator_id": creator}
    assert reconcile.run({}, world) == {"started": 0, "restarted": 0, "ended": 0, "uploads": 0, "swept_sessions": 0}


def test_a_row_that_was_just_written_is_left_to_who_wrote_it(world, client, database, creator) -> None:
    make_generation(database, creator, created_at=datetime.now(UTC))
    reconcile.run({}, world)
    assert client.executions == {}


def test_a_dead_execution_is_helped_however_young_its_row_is(world, client, database, creator) -> None:
    generation = make_generation(database, creator, created_at=datetime.now(UTC))
    client.executions[f"{generation}-0"] = "FAILED"
    assert reconcile.run({}, world)["restarted"] == 1


def test_a_living_execution_is_left_alone(world, client, database, creator) -> None:
    generation = make_generation(database, creator, state="running")
    client.executions[f"{generation}-0"] = "RUNNING"
    reconcile.run({}, world)
    assert list(client.executions) == [f"{generation}-0"]


@pytest.mark.parametrize("status", ["FAILED", "TIMED_OUT", "ABORTED", "SUCCEEDED"])
def test_a_dead_execution_is_followed_by_the_next_attempt(world, client, database, creator, status) -> None:
    generation = make_generation(database, creator, state="running")
    client.executions[f"{generation}-0"] = status
    assert reconcile.run({}, world)["restarted"] == 1
    assert client.executions[f"{generation}-1"] == "RUNNING"
    assert read(database, GenerationRow, generation).execution_attempts == 1
    with database.transaction() as session:
        assert "goes on where it stopped" in session.query(GenerationEventRow).filter_by(generation_id=generation).one().sentence


def test_dead_media_and_renders_are_restarted_too(world, client, database, creator) -> None:
    media, render = make_media(database, creator), make_render(database, creator)
    client.executions |= {f"{media}-1": "FAILED", f"{render}-0": "ABORTED"}
    assert reconcile.run({}, world)["restarted"] == 2
    assert client.executions[f"{media}-2"] == client.executions[f"{render}-1"] == "RUNNING"


def test_after_the_last_attempt_everything_ends_in_words(world, client, database, creator) -> None:
    last = reconcile.MAX_EXECUTION_ATTEMPTS
    rows = [make(database, creator, execution_attempts=last) for make in (make_media, make_generation, make_render)]
    client.executions |= {f"{row}-{last}": "FAILED" for row in rows}
    assert reconcile.run({}, world) == {"started": 0, "restarted": 0, "ended": 3, "uploads": 0, "swept_sessions": 0}
    media, generation, render = rows
    assert (read(database, MediaRow, media).state, read(database, MediaRow, media).refusal_reason) == ("refused", reconcile.MEDIA_GAVE_UP)
    assert (read(database, GenerationRow, generation).state, read(database, GenerationRow, generation).failure_detail) == ("failed", reconcile.GAVE_UP)
    assert read(database, RenderRow, render).state == "failed"
    assert reconcile.run({}, world)["ended"] == 0


def test_what_was_to_stop_is_not_restarted(world, client, database, creator) -> None:
    generation = make_generation(database, creator, state="running", is_cancel_requested=True)
    render = make_render(database, creator, is_cancel_requested=True)
    client.executions |= {f"{generation}-0": "FAILED", f"{render}-0": "FAILED"}
    assert reconcile.run({}, world)["ended"] == 2
    assert read(database, GenerationRow, generation).state == "cancelled"
    assert read(database, RenderRow, render).state == "cancelled"


def test_finished_rows_are_left_alone(world, client, database, creator) -> None:
    for state in ("succeeded", "failed", "cancelled"):
        make_generation(database, creator, state=state)
        make_render(database, creator, state=state)
    make_media(database, creator, state="ready")
    assert reconcile.run({}, world) == {"started": 0, "restarted": 0, "ended": 0, "uploads": 0, "swept_sessions": 0}
    assert client.executions == {}


def test_two_reconcilers_at_once_start_one_attempt(world, client, database, creator) -> None:
    generations = [make_generation(database, creator, state="running") for _ in range(6)]
    client.executions |= {f"{generation}-0": "FAILED" for generation in generations}
    with ThreadPoolExecutor(4) as pool:
        results = list(pool.map(lambda _: reconcile.run({}, world), range(4)))
    assert sum(result["restarted"] for result in results) == 6
    assert sorted(name for name in client.executions if name.endswith("-1")) == sorted(f"{generation}-1" for generation in generations)
    assert {read(database, GenerationRow, generation).execution_attempts for generation in generations} == {1}


def test_a_generations_own_render_is_left_to_its_storyboard(world, client, database, creator) -> None:
    generation = make_generation(database, creator, state="running")
    client.executions[f"{generation}-0"] = "RUNNING"
    make_render(database, creator, generation_id=generation)
    reconcile.run({}, world)
    assert list(client.executions) == [f"{generation}-0"]


def test_a_render_whose_generation_ended_ends_too(world, database, creator) -> None:
    generation = make_generation(database, creator, state="failed")
    render = make_render(database, creator, generation_id=generation)
    reconcile.run({}, world)
    assert read(database, RenderRow, render).state == "cancelled"


def test_a_file_whose_arrival_nobody_heard_is_taken_in(world, client, bucket, database, creator) -> None:
    recent = datetime.now(UTC) - timedelta(minutes=5)
    arrived = make_media(database, creator, state="awaiting_upload", created_at=recent, execution_attempts=0)
    missing = make_media(database, creator, state="awaiting_upload", created_at=recent, execution_attempts=0)
    key = f"uploads/{creator}/{arrived}/original"
    bucket.files[key] = StoredFile(key, 10, "image/jpeg", "etag")
    assert reconcile.run({}, world)["uploads"] == 1
    assert read(database, MediaRow, arrived).state == "ingesting"
    assert read(database, MediaRow, missing).state == "awaiting_upload"
    assert [name.rsplit("-", 1)[0] for name in client.executions] == [arrived]


def test_migrating_twice_changes_nothing(world) -> None:
    revision = migrate_database.run({}, world)["revision"]
    assert revision
    assert migrate_database.run({}, world)["revision"] == revision
    assert (Path(migrate_database.MIGRATIONS) / "env.py").exists()


def test_tokens_that_are_over_are_swept_and_used_ones_stay_until_then(world: World, database: Database, creator: str) -> None:
    now = datetime.now(UTC)
    with database.transaction() as session:
        for name, ends, used in (("over", now - timedelta(seconds=1), None), ("used", now + timedelta(days=1), now), ("good", now + timedelta(days=7), None)):
            session.add(SessionRow(id=name, creator_id=creator, family_id="one", token_hash=name, created_at=now, expires_at=ends, used_at=used))
    assert reconcile.run({}, world)["swept_sessions"] == 1
    with database.transaction() as session:
        assert set(session.scalars(select(SessionRow.id).where(SessionRow.creator_id == creator))) == {"used", "good"}
