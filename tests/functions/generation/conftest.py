"""A world with a real database, a folder for a bucket, fake providers, and a walker that runs the real storyboards in this process."""

from __future__ import annotations

import importlib
import json
import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from containers.bootstrap import TaskWorld
from containers.renderer.main import main as run_container
from functions.bootstrap import World
from functions.choose_providers import Providers
from reelwright.creators.tables import CreatorRow
from reelwright.generation.elements import SpokenWord
from reelwright.generation.plan import Beat, Plan, PlanInput
from reelwright.generation.provider import MadeMusic, SpokenVoice
from reelwright.generation.redo import RedoRequest
from reelwright.generation.tables import GenerationEventRow, GenerationRow, GenerationStepRow
from reelwright.kit.database import Database
from reelwright.kit.errors import NotFound
from reelwright.kit.identifiers import new_id
from reelwright.kit.settings import Settings
from reelwright.kit.storage import StoredFile
from reelwright.media.analysis import Box, MediaAnalysis, Shot
from reelwright.media.media import MediaFacts
from reelwright.media.tables import MediaAnalysisRow, MediaRow, RenditionRow
from reelwright.reels.reel import (
    Canvas,
    CaptionChunk,
    Captions,
    CaptionWord,
    Clip,
    CutReason,
    Declaration,
    MediaReference,
    Motion,
    Picture,
    Rect,
    Reel,
    Track,
    View,
    dump_reel,
)
from reelwright.reels.tables import ProjectRow, ReelRow
from reelwright.rendering.tables import RenderRow

MACHINES = Path(__file__).parents[3] / "state_machines"
SENTENCES = ("We found a quiet room above the harbour.", "The light came in at seven.", "Nobody wanted to leave.")


class FolderStorage:
    """What steps use of the bucket, in a folder."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def _path(self, key: str) -> Path:
        return self.root / key

    def describe(self, key: str) -> StoredFile | None:
        path = self._path(key)
        return StoredFile(key, path.stat().st_size, "", "etag") if path.exists() else None

    def download(self, key: str, path: Path) -> Path:
        if not self._path(key).exists():
            raise NotFound(f"The stored file {key} is not there any more.")
        shutil.copyfile(self._path(key), path)
        return path

    def upload(self, path: Path, key: str, content_type: str) -> str:
        self._path(key).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, self._path(key))
        return key

    def write_json(self, key: str, document: Any) -> str:
        self._path(key).parent.mkdir(parents=True, exist_ok=True)
        self._path(key).write_text(json.dumps(document))
        return key

    def read_json(self, key: str) -> Any:
        if not self._path(key).exists():
            raise NotFound(f"The stored document {key} is not there any more.")
        return json.loads(self._path(key).read_text())

    def delete(self, key: str) -> None:
        self._path(key).unlink(missing_ok=True)


@dataclass
class FakePlanner:
    name: str = "fake-planner"
    sentences: tuple[str, ...] = SENTENCES
    language: str = "en"
    calls: int = 0

    def plan_several(self, wanted: PlanInput, count: int) -> tuple[Plan, ...]:
        """The plan, then others that open with the next picture and another hook."""
        first, *others = [self.plan(wanted.model_copy(update={"media": wanted.media[n:] + wanted.media[:n]})) for n in range(count)]
        return (first, *(plan.model_copy(update={"hook": f"Another hook {n}", "title": f"Another {n}", "bpm": 120}) for n, plan in enumerate(others, 2)))

    def redo(self, plan: Plan, wanted: PlanInput, redo: RedoRequest) -> Plan:
        if redo.part == "music":
            return plan.model_copy(update={"music_seed": 9})
        return plan.model_copy(update={"hook": redo.text, "title": redo.text}) if redo.part == "hook" else plan

    def plan(self, wanted: PlanInput) -> Plan:
        self.calls += 1
        ids = [media.media_id for media in wanted.media]
        beats = tuple(
            Beat(role="build", spoken=sentence, sentences=(number,), seconds=2.0, media_ids=(ids[number % len(ids)],), reason="In the creator's order.")
            for number, sentence in enumerate(self.sentences)
        )
        return Plan(
            language=self.language,
            template=wanted.template,
            look="gold",
            title="Above the harbour",
            hook="A quiet room",
            intent="story",
            music_word="warm",
            bpm=100,
            length_seconds=wanted.brief.length_seconds,
            beats=beats or (Beat(role="hook", seconds=3.0, media_ids=(ids[0],), title="A quiet room", reason="The only one."),),
            end_card=("Above the harbour",),
            spoken_script=self.sentences,
            notes=("The reel is shorter because there are only three sentences.",),
        )


@dataclass
class FakeVoice:
    name: str = "fake-voice"
    failure: Exception | None = None
    calls: int = 0
    asked_for: str = ""

    def speak(self, sentences: tuple[str, ...], language: str, voice: str = "") -> SpokenVoice | None:
        self.calls += 1
        self.asked_for = voice
        if self.failure is not None:
            raise self.failure
        rate, at, words, bounds, pieces = 24_000, 0.25, [], [], [np.zeros(6000, np.float32)]
        for sentence in sentences:
            first = len(words)
            for word in sentence.split():
                length = 0.28
                words.append(SpokenWord(text=word, start=at, end=at + length))
                time = np.arange(round(length * rate)) / rate
                pieces.append((0.3 * np.sin(2 * np.pi * 220 * time) * np.hanning(len(time)) ** 0.2).astype(np.float32))
                at += length
            bounds.append((first, len(words) - 1))
            pieces.append(np.zeros(round(0.4 * rate), np.float32))
            at += 0.4
        return SpokenVoice(np.concatenate(pieces), rate, tuple(words), self.name, "tone", tuple(bounds), "nobody", "CC0")


@dataclass
class FakeMusic:
    name: str = "fake-music"
    failure: Exception | None = None
    calls: int = 0
    seed: int = 0

    def make(self, mood: str, bpm: float, seconds: float, seed: int) -> MadeMusic:
        self.calls += 1
        self.seed = seed
        if self.failure is not None:
            raise self.failure
        time = np.arange(round(seconds * 48_000)) / 48_000
        beats = np.arange(0, seconds, 60 / bpm)
        wave = 0.12 * np.sin(2 * np.pi * 330 * time) * (0.4 + 0.6 * np.exp(-8 * (time % (60 / bpm))))
        return MadeMusic(np.repeat(wave[:, None], 2, axis=1).astype(np.float32), bpm, tuple(map(float, beats)), "Tones", "nobody", "CC0", self.name)


@dataclass
class FakeEnhancer:
    name: str = "fake-enhancer"
    failure: Exception | None = None
    calls: int = 0

    def enhance(self, source: Path, target: Path) -> bool:
        self.calls += 1
        if self.failure is not None:
            raise self.failure
        with Image.open(source) as picture:
            picture.point(lambda value: min(255, value + 10)).save(target, "JPEG", quality=90)
        return True


@dataclass
class FakeFactory:
    """A still or clip provider that leaves the place to the creator's own material."""

    name: str = "camera"


@dataclass
class Cast:
    """The fake providers of one test."""

    planner: FakePlanner = field(default_factory=FakePlanner)
    voice: FakeVoice = field(default_factory=FakeVoice)
    music: FakeMusic = field(default_factory=FakeMusic)
    enhancer: FakeEnhancer = field(default_factory=FakeEnhancer)

    def providers(self) -> Providers:
        return Providers((self.planner,), (self.voice,), (self.music,), (self.enhancer,), (FakeFactory(),), (FakeFactory(),))


class FakeClock:
    def __init__(self) -> None:
        self.offset = 0.0

    def __call__(self) -> datetime:
        return datetime.fromtimestamp(datetime.now(UTC).timestamp() + self.offset, UTC)


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def cast() -> Cast:
    return Cast()


@pytest.fixture
def bucket(tmp_path: Path) -> FolderStorage:
    return FolderStorage(tmp_path / "bucket")


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(
        work_directory=tmp_path / "work",
        ingest_media_arn="arn:aws:states:us-east-1:000000000000:stateMachine:ingest_media",
        generate_reel_arn="arn:aws:states:us-east-1:000000000000:stateMachine:generate_reel",
        render_reel_arn="arn:aws:states:us-east-1:000000000000:stateMachine:render_reel",
    )


@pytest.fixture
def world(database: Database, bucket: FolderStorage, settings: Settings, cast: Cast, clock: FakeClock) -> World:
    made = World(settings, clock)
    vars(made).update(database=database, storage=bucket, providers=cast.providers())
    return made


@pytest.fixture
def task_world(database: Database, bucket: FolderStorage, settings: Settings, clock: FakeClock) -> TaskWorld:
    made = TaskWorld(settings, clock)
    vars(made).update(database=database, storage=bucket)
    return made


def draw_photo(number: int, size: tuple[int, int] = (900, 1600)) -> Image.Image:
    noise = np.random.default_rng(number).integers(40, 215, (40, 24, 3), dtype=np.uint8)
    return Image.fromarray(noise).resize(size, Image.Resampling.BICUBIC)


@dataclass
class Rows:
    """Makes rows that a step finds."""

    database: Database
    bucket: FolderStorage

    def creator(self) -> str:
        creator_id = new_id("creator")
        with self.database.transaction() as session:
            session.add(CreatorRow(id=creator_id, email=f"{creator_id}@example.org", name="Ada", password_hash="x"))
        return creator_id

    def photo(self, creator_id: str, number: int = 0, state: str = "ready", **values: Any) -> str:
        media_id = new_id("media")
        key = f"media/{creator_id}/{media_id}/normal.jpg"
        self.bucket._path(key).parent.mkdir(parents=True)
        draw_photo(number).save(self.bucket._path(key), "JPEG", quality=88)
        facts = MediaFacts(kind="photo", container="jpeg", width=900, height=1600)
        analysis = MediaAnalysis(
            subject=Box(x=0.3, y=0.3, width=0.4, height=0.4),
            sharpness=200.0 + number,
            difference_hash=f"{number * 0x1111111111111111:016x}",
            shots=(Shot(start=0, end=0),),
        )
        with self.database.transaction() as session:
            session.add(
                MediaRow(
                    id=media_id,
                    creator_id=creator_id,
                    file_name=f"photo {number}.jpg",
                    declared_type="image/jpeg",
                    size_bytes=1000,
                    storage_key=f"uploads/{creator_id}/{media_id}/original",
                    state=state,
                    kind="photo",
                    facts=facts.model_dump(mode="json"),
                    **values,
                )
            )
            session.flush()
            if state == "ready":
                session.add(MediaAnalysisRow(media_id=media_id, creator_id=creator_id, analysis=analysis.model_dump(mode="json")))
                session.add(
                    RenditionRow(
                        id=new_id("rendition"),
                        creator_id=creator_id,
                        media_id=media_id,
                        purpose="normal",
                        storage_key=key,
                        content_type="image/jpeg",
                        size_bytes=self.bucket._path(key).stat().st_size,
                        width=900,
                        height=1600,
                    )
                )
        return media_id

    def generation(self, creator_id: str, media_ids: list[str], *, more: dict[str, Any] | None = None, **values: Any) -> str:
        """``more`` is what the request holds besides."""
        generation_id, project_id = new_id("gen"), new_id("project")
        brief = {"prompt": "A quiet room above the harbour", "script": " ".join(SENTENCES), "length_seconds": 8, "platforms": ["instagram", "tiktok"]}
        request = {"brief": brief, "template": "editorial", "media_ids": media_ids, "seed": 1, **(more or {})}
        with self.database.transaction() as session:
            session.add(ProjectRow(id=project_id, creator_id=creator_id, name="Harbour", template="editorial", brief=brief, media_ids=media_ids))
            session.flush()
            session.add(
                GenerationRow(**({"id": generation_id, "creator_id": creator_id, "project_id": project_id, "request": request, "state": "queued"} | values))
            )
        return generation_id

    def read(self, generation_id: str) -> GenerationRow:
        with self.database.transaction() as session:
            return session.get_one(GenerationRow, generation_id)

    def steps(self, generation_id: str) -> dict[str, GenerationStepRow]:
        with self.database.transaction() as session:
            return {step.name: step for step in session.query(GenerationStepRow).filter_by(generation_id=generation_id)}

    def sentences(self, generation_id: str) -> list[str]:
        with self.database.transaction() as session:
            return [event.sentence for event in session.query(GenerationEventRow).filter_by(generation_id=generation_id).order_by(GenerationEventRow.id)]


@pytest.fixture
def rows(database: Database, bucket: FolderStorage) -> Rows:
    return Rows(database, bucket)


def make_reel(file: str, seconds: int = 1, is_spoken: bool = True) -> Reel:
    picture = Picture(media_id="photo", rect=Rect(x=0, y=0, width=270, height=480), motion=Motion(end=View(scale=1.1)))
    clip = Clip(id="one", start=Fraction(0), duration=Fraction(seconds), layers=(picture,), cut=CutReason(on="start"), reason="The only one.")
    word = CaptionWord(text="Hello", start=Fraction(1, 5), end=Fraction(1, 2))
    chunk = CaptionChunk(first=0, last=0, start=Fraction(1, 10), end=Fraction(9, 10), lines=((0,),), x=134, y=288, size=24)
    return Reel(
        template="editorial",
        canvas=Canvas(width=270, height=480),
        media={"photo": MediaReference(kind="photo", file=file, width=900, height=1600)},
        tracks=(Track(clips=(clip,)),),
        captions=Captions(preset="tag", words=(word,), chunks=(chunk,)) if is_spoken else Captions(),
        declarations=(Declaration(kind="silent", start=Fraction(0), end=Fraction(seconds), reason="There is no sound."),),
    )


@pytest.fixture
def make_render(rows):
    def make(seconds: int = 1, file: str | None = None, is_spoken: bool = True, **values) -> str:
        creator = rows.creator()
        media_id = rows.photo(creator, 1)
        reel = make_reel(file or f"media/{creator}/{media_id}/normal.jpg", seconds, is_spoken)
        reel_id, render_id = new_id("reel"), new_id("render")
        with rows.database.transaction() as session:
            session.add(ReelRow(id=reel_id, version=1, creator_id=creator, document=dump_reel(reel)))
            base = {"id": render_id, "creator_id": creator, "reel_id": reel_id, "reel_version": 1, "platforms": ["instagram"], "state": "running"}
            session.add(RenderRow(**(base | values)))
        return render_id

    return make


class Killed(BaseException):
    """The process is gone: no handler of ours runs any more."""


class StoryboardFailed(Exception):
    """The execution ended in a Fail state."""


@dataclass
class Walker:
    """Runs an ASL file's states in order, in this process: Task, Choice, Wait, Parallel, Succeed, Fail, Retry's names are ignored."""

    world: World
    task_world: TaskWorld
    kill_after: str | None = None
    fail_at: dict[str, Exception] = field(default_factory=dict)
    answers: dict[str, Any] = field(default_factory=dict)
    visited: list[str] = field(default_factory=list)
    on_wait: Callable[[str], None] = lambda name: None
    vanishing_renderers: int = 0
    max_states: int = 600

    def walk(self, machine: str, state: dict[str, Any], name: str = "execution-0") -> dict[str, Any]:
        definition = json.loads((MACHINES / f"{machine}.asl.json").read_text())
        return self._run(definition, dict(state), name)

    def _run(self, definition: dict[str, Any], state: dict[str, Any], name: str) -> dict[str, Any]:
        at: str | None = definition["StartAt"]
        while at is not None:
            self.visited.append(at)
            assert len(self.visited) < self.max_states, "the storyboard does not end"
            at, state = self._step(at, definition["States"][at], state, name)
        return state

    def _step(self, at: str, body: dict[str, Any], state: dict[str, Any], name: str) -> tuple[str | None, dict[str, Any]]:
        kind = body["Type"]
        if kind == "Choice":
            return next(
                (choice["Next"] for choice in body["Choices"] if read_path(choice["Variable"], state) == choice["BooleanEquals"]), body["Default"]
            ), state
        if kind == "Wait":
            self.on_wait(at)
            return body["Next"], state
        if kind in {"Succeed", "Pass"}:
            made = {body["ResultPath"].removeprefix("$."): body["Result"]} if "Result" in body else {}
            return body.get("Next"), state | made
        if kind == "Fail":
            raise StoryboardFailed(body["Error"])
        try:
            if kind == "Map" and at in self.fail_at:
                raise self.fail_at[at]
            result = self._inner(kind, body, state, name) if kind in {"Parallel", "Map"} else self._task(at, body, state, name)
        except Exception as error:
            names = {type(error).__name__, "States.TaskFailed", "States.ALL"}
            caught = next((one for one in body.get("Catch", ()) if names & set(one["ErrorEquals"])), None)
            if caught is None:
                raise
            cause = json.dumps({"errorMessage": getattr(error, "detail", str(error)), "errorType": type(error).__name__})
            return caught["Next"], state | {caught["ResultPath"].removeprefix("$."): {"Error": type(error).__name__, "Cause": cause}}
        if self.kill_after == at:
            raise Killed(at)
        if body.get("ResultPath"):
            selected = {key.removesuffix(".$"): read_path(path, {"Payload": result}) for key, path in body["ResultSelector"].items()}
            state = state | {body["ResultPath"].removeprefix("$."): selected}
        return body.get("Next"), state

    def _inner(self, kind: str, body: dict[str, Any], state: dict[str, Any], name: str) -> None:
        if kind == "Parallel":
            for branch in body["Branches"]:
                self._run(branch, state, name)
            return
        for item in read_path(body["ItemsPath"], state):
            given = {key.removesuffix(".$"): item if path == "$$.Map.Item.Value" else read_path(path, state) for key, path in body["ItemSelector"].items()}
            self._run(body["ItemProcessor"], given, name)

    def _task(self, at: str, body: dict[str, Any], state: dict[str, Any], name: str) -> Any:
        if at in self.fail_at:
            raise self.fail_at[at]
        if at in self.answers:
            return self.answers[at]
        resource = body["Resource"]
        if resource.endswith("lambda:invoke"):
            payload = fill(body["Parameters"]["Payload"], state, name)
            folder = re.fullmatch(r"\$\{(\w+)Function\}", body["Parameters"]["FunctionName"])
            module = importlib.import_module(f"functions.{folder[1].lower()}.{at.lower().replace(' ', '_')}")
            return json.loads(json.dumps(module.run(json.loads(json.dumps(payload)), self.world)))
        if "startExecution" in resource:
            given = fill(body["Parameters"]["Input"], state, name)
            try:
                return self.walk("render_reel", given, "render")
            except StoryboardFailed as error:
                raise type("States.TaskFailed", (Exception,), {})("the render's execution failed") from error
        self._run_renderer(state["render_id"])
        return None

    def _run_renderer(self, render_id: str) -> None:
        if self.vanishing_renderers:
            self.vanishing_renderers -= 1
            raise type("States.TaskFailed", (Exception,), {})("exit code 137")
        if code := run_container([render_id], self.task_world):
            raise type("States.TaskFailed", (Exception,), {})(f"exit code {code}")


def read_path(path: str, state: dict[str, Any]) -> Any:
    value: Any = state
    for part in path.removeprefix("$.").split("."):
        value = value[part]
    return value


def fill(template: dict[str, Any], state: dict[str, Any], name: str) -> dict[str, Any]:
    filled: dict[str, Any] = {}
    for key, value in template.items():
        if key.endswith(".$"):
            filled[key[:-2]] = name if value.startswith("$$.") else read_path(value, state)
        else:
            filled[key] = value
    return filled


@pytest.fixture
def walker(world: World, task_world: TaskWorld) -> Walker:
    return Walker(world, task_world)


@pytest.fixture
def killed() -> type[Killed]:
    return Killed
