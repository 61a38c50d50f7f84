"""A key-less generation in this process, without the platform: the same verbs as the storyboard's steps, in their order."""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from bench.workbench import Bench, load_media
from functions.choose_providers import Providers
from reelwright.generation.caption_names import protect_names
from reelwright.generation.compose_reel import compose_reel, fit_seconds
from reelwright.generation.elements import PlacedMusic, PlacedVoice
from reelwright.generation.keep_files import GenerationFiles
from reelwright.generation.plan import Plan, PlanInput, PlannedMedia
from reelwright.generation.provider import use_in_order
from reelwright.generation.write_sound import write_music, write_voice
from reelwright.kit.errors import PartMissing, ProviderError
from reelwright.media.eyes import Eyes
from reelwright.reels.project import Brief
from reelwright.reels.reel import MediaReference, Reel
from reelwright.rendering.improve_captions import improve_captions
from reelwright.rendering.improve_titles import improve_titles

MUSIC_TOLERANCE_SECONDS = 0.02


@dataclass
class FolderFiles:
    """What steps use of the bucket, in a folder."""

    root: Path

    def upload(self, path: Path, key: str, content_type: str) -> str:
        (self.root / key).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, self.root / key)
        return key

    def write_json(self, key: str, document: dict[str, object]) -> str:
        (self.root / key).parent.mkdir(parents=True, exist_ok=True)
        (self.root / key).write_text(json.dumps(document))
        return key

    def read_json(self, key: str) -> object:
        return json.loads((self.root / key).read_text())


@dataclass(frozen=True)
class Material:
    """Files that were looked at: what the planner reads, what the reel refers to, and where each lies."""

    media: tuple[PlannedMedia, ...]
    references: Mapping[str, MediaReference]
    files: Mapping[str, Path]


@dataclass(frozen=True)
class Made:
    """A composed reel with its plan and the files of its storage keys."""

    plan: Plan
    reel: Reel
    files: Mapping[str, Path]
    voice: PlacedVoice | None = None


@dataclass
class Stages:
    """Counts what each stage costs, by a clock of the caller's: seconds by name."""

    clock: Callable[[], float] = time.process_time
    seconds: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def of(self, name: str) -> Iterator[None]:
        begun = self.clock()
        yield
        self.seconds[name] = self.seconds.get(name, 0.0) + self.clock() - begun


def look_at(paths: Sequence[Path], cache: Path, providers: Providers, eyes: Eyes) -> Material:
    """Ingests the files as the platform would; what was looked at before is read from ``cache``."""
    bench = Bench(cache, providers, eyes)
    media, references = load_media(bench, paths)
    return Material(tuple(media), references, bench.files)


def generate(brief: Brief, template: str, material: Material, providers: Providers, folder: Path, *, seed: int = 0, stages: Stages | None = None) -> Made:
    """Plans, speaks, plays, times the captions and composes. Raises ReelwrightError."""
    stages = stages or Stages()
    with stages.of("plan"):
        wanted = PlanInput(brief=brief, template=template, media=material.media, seed=seed)
        plan = use_in_order("plan", providers.plan, lambda provider: provider.plan(wanted), _forget)
    return realise(plan, brief, material, providers, folder, stages=stages)


def realise(
    plan: Plan,
    brief: Brief,
    material: Material,
    providers: Providers,
    folder: Path,
    *,
    stages: Stages | None = None,
    voice: PlacedVoice | None = None,
    is_preview: bool = False,
) -> Made:
    """Voice (that given, where there is one), music, captions and the reel of a plan. Raises ReelwrightError."""
    stages = stages or Stages()
    store = FolderFiles(folder)
    files = GenerationFiles(store, "creator", "generation")
    with stages.of("voice"):
        voice = voice or _speak(plan, brief, providers, files, folder)
    with stages.of("music"):
        wanted = fit_seconds(plan, float(voice.reference.duration) if voice else 0.0)
        # The storyboard plays beside the voice, by the plan's estimate, and once more where that was wrong; a preview is spoken first.
        music = None if is_preview else _play(plan, fit_seconds(plan, 0.0), providers, files, folder)
        if is_preview or (music and abs(float(music.reference.duration) - wanted) > MUSIC_TOLERANCE_SECONDS):
            music = _play(plan, wanted, providers, files, folder)
    with stages.of("compose"):
        reel = compose_reel(plan, material.media, material.references, voice, music, brief.shape, brief.glossary)
        reel = reel.model_copy(update={"captions": protect_names(reel.captions, brief.glossary)})
        sounds = {reference.file: _find_sound(reference.file, folder) for reference in reel.sounds.values()}
        files_of_reel = {**material.files, **sounds}
        reel = improve_captions(improve_titles(reel, files_of_reel), files_of_reel)
    return Made(plan, reel, files_of_reel, voice)


def _find_sound(key: str, folder: Path) -> Path:
    """The sound in its own folder, or in that of the variant it was made for first."""
    return next((found for found in (folder / key, *sorted(folder.parent.glob(f"variant-*/{key}"))) if found.is_file()), folder / key)


def _speak(plan: Plan, brief: Brief, providers: Providers, files: GenerationFiles, folder: Path) -> PlacedVoice | None:
    if not plan.spoken_script:
        return None
    try:
        spoken = use_in_order("voice", providers.voice, lambda provider: provider.speak(plan.spoken_script, plan.language, brief.voice), _forget)
    except (PartMissing, ProviderError):
        return None
    return write_voice(spoken, files, folder) if spoken else None


def _play(plan: Plan, seconds: float, providers: Providers, files: GenerationFiles, folder: Path) -> PlacedMusic | None:
    seed = plan.seed if plan.music_seed is None else plan.music_seed
    try:
        made = use_in_order("music", providers.music, lambda provider: provider.make(plan.music_word, plan.bpm, seconds, seed), _forget)
    except (PartMissing, ProviderError):
        return None
    return write_music(made, files, folder)


def _forget(call: object) -> None:
    """Nobody keeps the calls of a bench."""
