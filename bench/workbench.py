"""Looks at a reel without the platform: files and a brief in, a sheet of frames or a film out.

``python -m bench.workbench FOLDER --template hype --prompt … --sheet out.jpg`` (``samples`` in place of a folder takes the
sample material). What is slow, analysis, voice and music, is kept under the temporary directory.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import TypeVar

import cv2
import numpy as np
import soundfile
from pydantic import BaseModel

from functions.choose_providers import Providers, choose_providers
from local.samples import find_sample
from reelwright.generation.compose_reel import compose_reel, explain_composition, fit_seconds
from reelwright.generation.elements import PlacedMusic, PlacedVoice
from reelwright.generation.plan import Plan, PlanInput, PlannedMedia
from reelwright.generation.provider import use_in_order
from reelwright.kit.errors import PartMissing, ProviderError, ReelwrightError
from reelwright.kit.settings import Settings
from reelwright.media.analyse import analyse_media
from reelwright.media.eyes import Eyes
from reelwright.media.normalise import normalise_media
from reelwright.media.probe import probe_media
from reelwright.reels.project import Brief
from reelwright.reels.reel import MediaReference, Reel, SoundReference, dump_reel
from reelwright.reels.scale_reel import scale_reel
from reelwright.rendering.compose import Composer
from reelwright.rendering.improve_captions import improve_captions
from reelwright.rendering.improve_titles import improve_titles
from reelwright.rendering.planes import to_bgr
from reelwright.rendering.render_reel import render_reel

SAMPLES = "samples"
SAMPLE_BRIEF = Path(__file__).parent.parent / "samples" / "brief.json"
SHEET_COLUMNS = 6
SHEET_CELL_PIXELS = 300
SHEET_GAP_PIXELS = 10
SHEET_GROUND = 32
SHOT_SHARES = (0.12, 0.5, 0.88)

Noun = TypeVar("Noun", bound=BaseModel)


@dataclass(frozen=True)
class Bench:
    """Where slow results are kept, and who makes voices and music."""

    cache: Path
    providers: Providers
    eyes: Eyes
    files: dict[str, Path] = field(default_factory=dict)


@dataclass(frozen=True)
class Looked:
    """A reel ready to be drawn, with the plan it came from and the files of its storage keys."""

    reel: Reel
    plan: Plan
    files: Mapping[str, Path]


def open_bench() -> Bench:
    """A bench whose cache outlives the process."""
    cache = Path(tempfile.gettempdir()) / f"reelwright-workbench-{os.getuid()}"
    cache.mkdir(parents=True, exist_ok=True, mode=0o700)
    settings = Settings()
    return Bench(cache, choose_providers(settings), Eyes(settings.cache_directory))


def make_reel(paths: Sequence[Path], brief: Brief, template: str, *, seed: int = 0, has_music: bool = True) -> Looked:
    """Looks at the files, plans, speaks, plays and composes. Raises ReelwrightError."""
    bench = open_bench()
    media, references = load_media(bench, paths)
    plan = bench.providers.plan[-1].plan(PlanInput(brief=brief, template=template, media=tuple(media), seed=seed))
    voice = _speak(bench, plan, brief)
    music = _play(bench, plan, fit_seconds(plan, float(voice.reference.duration) if voice else 0.0)) if has_music else None
    composed = compose_reel(plan, media, references, voice, music, brief.shape, brief.glossary)
    reel = improve_captions(improve_titles(composed, bench.files), bench.files)
    return Looked(reel, plan, bench.files)


def load_media(bench: Bench, paths: Sequence[Path]) -> tuple[list[PlannedMedia], dict[str, MediaReference]]:
    """Facts, analysis and normal renditions of files; made once for each content."""
    media, references = [], {}
    for number, path in enumerate(paths):
        folder = bench.cache / hashlib.sha256(path.read_bytes()).hexdigest()[:20]
        media_id = f"media_{number + 1}"
        known = _keep(folder / "media.json", PlannedMedia, lambda path=path, folder=folder: _look_at(bench, path, folder))  # type: ignore[misc]
        planned = known.model_copy(update={"media_id": media_id, "file_name": path.name})
        reference = MediaReference.model_validate_json((folder / "reference.json").read_text())
        bench.files[reference.file] = folder / Path(reference.file).name
        media.append(planned)
        references[media_id] = reference
    return media, references


def draw_sheet(reel: Reel, files: Mapping[str, Path], times: Sequence[float], out: Path, width: int) -> None:
    """The frames at these seconds, side by side, each with its time."""
    small = scale_reel(reel, width)
    cells = []
    with Composer(small, files) as composer:
        for at in times:
            n = min(small.frame_count - 1, max(0, round(at * float(small.canvas.frame_rate))))
            cells.append(_label(to_bgr(composer.frame(n)), f"{at:.2f}"))
    height, cell_width = cells[0].shape[:2]
    columns = min(SHEET_COLUMNS, len(cells))
    rows = -(-len(cells) // columns)
    gap = SHEET_GAP_PIXELS
    sheet = np.full((rows * (height + gap) + gap, columns * (cell_width + gap) + gap, 3), SHEET_GROUND, np.uint8)
    for place, cell in enumerate(cells):
        top, left = gap + place // columns * (height + gap), gap + place % columns * (cell_width + gap)
        sheet[top : top + height, left : left + cell_width] = cell
    cv2.imwrite(str(out), sheet, [cv2.IMWRITE_JPEG_QUALITY, 90])


def choose_times(reel: Reel) -> list[float]:
    """Frame 0, and the places in each shot where it comes, stands and goes; the middle of short ones."""
    times = [0.0]
    for clip in reel.tracks[0].clips:
        shares = SHOT_SHARES if clip.duration > 1 else SHOT_SHARES[1:2]
        times += [float(clip.start + clip.duration * Fraction(share).limit_denominator(100)) for share in shares]
    return times


def list_files(names: Sequence[str]) -> list[Path]:
    """The media of folders, files, and of the word ``samples``, in order."""
    paths: list[Path] = []
    for name in names:
        if name == SAMPLES:
            rows = json.loads(SAMPLE_BRIEF.read_text(encoding="utf-8"))["material"]
            paths += [find_sample(row["package"], row["file"]) for row in rows]
        else:
            path = Path(name)
            paths += sorted(one for one in path.iterdir() if one.is_file()) if path.is_dir() else [path]
    return paths


def _look_at(bench: Bench, path: Path, folder: Path) -> PlannedMedia:
    folder.mkdir(exist_ok=True)
    facts = probe_media(path)
    normal = normalise_media(path, facts, folder)
    facts = facts.model_copy(update={"duration_seconds": normal.duration_seconds, "frame_rate": normal.frame_rate})
    reference = MediaReference(
        kind="video" if facts.kind == "video" else "photo",
        file=f"{folder.name}/{normal.path.name}",
        width=normal.width or facts.width,
        height=normal.height or facts.height,
        duration=Fraction(round((facts.duration_seconds or 0) * 1000), 1000) if facts.kind == "video" else None,
        has_sound=facts.kind == "video" and facts.has_sound,
    )
    (folder / "reference.json").write_text(reference.model_dump_json())
    return PlannedMedia(media_id="media", file_name=path.name, facts=facts, analysis=analyse_media(normal.path, facts.kind, bench.eyes, bench.cache))


def _speak(bench: Bench, plan: Plan, brief: Brief) -> PlacedVoice | None:
    if not plan.spoken_script:
        return None
    path = bench.cache / f"voice-{_digest(plan.language, brief.voice, *plan.spoken_script)}.json"

    def speak() -> PlacedVoice:
        spoken = use_in_order("voice", bench.providers.voice, lambda provider: provider.speak(plan.spoken_script, plan.language), lambda call: None)
        if spoken is None:
            raise PartMissing("There is nothing to speak.")
        reference = _write_sound(bench, path, spoken.samples, spoken.sample_rate)
        facts = {"provider": spoken.provider, "voice": spoken.voice, "by": spoken.by, "licence": spoken.licence}
        return PlacedVoice(reference=reference, words=spoken.words, sentences=spoken.sentences, **facts)

    return _known_sound(bench, path, PlacedVoice, speak)


def _play(bench: Bench, plan: Plan, seconds: float) -> PlacedMusic | None:
    path = bench.cache / f"music-{_digest(plan.music_word, plan.bpm, seconds, plan.seed)}.json"

    def play() -> PlacedMusic:
        made = use_in_order("music", bench.providers.music, lambda provider: provider.make(plan.music_word, plan.bpm, seconds, plan.seed), lambda call: None)
        reference = _write_sound(bench, path, made.samples, made.sample_rate)
        return PlacedMusic(reference=reference, bpm=made.bpm, beats=made.beats, title=made.title, by=made.by, licence=made.licence, provider=made.provider)

    return _known_sound(bench, path, PlacedMusic, play)


Placed = TypeVar("Placed", PlacedVoice, PlacedMusic)


def _known_sound(bench: Bench, path: Path, noun: type[Placed], make: Callable[[], Placed]) -> Placed | None:
    try:
        placed = _keep(path, noun, make)
    except (PartMissing, ProviderError) as error:
        print(f"no sound: {error.detail}")
        return None
    bench.files[placed.reference.file] = path.with_suffix(".wav")
    return placed


def _write_sound(bench: Bench, path: Path, samples: object, sample_rate: int) -> SoundReference:
    soundfile.write(path.with_suffix(".wav"), samples, sample_rate, subtype="PCM_16")
    length = len(samples)  # type: ignore[arg-type]
    return SoundReference(file=f"workbench/{path.stem}", duration=Fraction(length, sample_rate))


def _keep(path: Path, noun: type[Noun], make: Callable[[], Noun]) -> Noun:
    """What was kept, else made and kept."""
    if path.is_file():
        return noun.model_validate_json(path.read_text())
    made = make()
    path.write_text(made.model_dump_json())
    return made


def _digest(*facts: object) -> str:
    return hashlib.sha256(repr(facts).encode()).hexdigest()[:20]


def _label(picture: np.ndarray, text: str) -> np.ndarray:
    scale = SHEET_CELL_PIXELS / picture.shape[1]
    cell = cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA) if scale < 1 else picture.copy()
    cv2.putText(cell, text, (7, 17), cv2.FONT_HERSHEY_SIMPLEX, 0.42, (0, 0, 0), 3, cv2.LINE_AA)
    cv2.putText(cell, text, (7, 17), cv2.FONT_HERSHEY_SIMPLEX, 0.42, (255, 255, 255), 1, cv2.LINE_AA)
    return np.asarray(cell)


def _read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("media", nargs="+", help="folders or files, or the word samples")
    parser.add_argument("--template", default="editorial")
    parser.add_argument("--prompt", default="")
    parser.add_argument("--script", default="")
    parser.add_argument("--handle", default="")
    parser.add_argument("--language")
    parser.add_argument("--seconds", type=int, default=15)
    parser.add_argument("--shape", default="9:16")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--count", type=int, help="only the first so many files")
    parser.add_argument("--keep-order", action="store_true")
    parser.add_argument("--silent", action="store_true", help="no music")
    parser.add_argument("--sheet", type=Path)
    parser.add_argument("--frames", help="frame numbers for the sheet, with commas; else some of each shot")
    parser.add_argument("--mp4", type=Path)
    parser.add_argument("--json", type=Path, help="where the reel document goes")
    parser.add_argument("--scale", type=float, default=0.5, help="of the canvas")
    return parser.parse_args()


def _describe(looked: Looked) -> None:
    for clip in looked.reel.tracks[0].clips:
        texts = " / ".join(layer.text for layer in clip.layers if layer.kind == "text")
        kinds = [layer.media_id for layer in clip.layers if layer.kind == "picture"]
        print(f"{float(clip.start):6.2f} {float(clip.duration):5.2f} {clip.transition.kind:14s} {clip.cut.on:8s} {','.join(kinds):18s} {texts}")
    for note in (*looked.plan.notes, *explain_composition(looked.plan, looked.reel)):
        print("  note:", note)


def main() -> None:
    options = _read_options()
    cv2.setNumThreads(1)
    brief = Brief(
        prompt=options.prompt,
        script=options.script,
        handle=options.handle,
        language=options.language,
        length_seconds=options.seconds,
        keep_order=options.keep_order,
        shape=options.shape,
    )
    try:
        looked = make_reel(list_files(options.media)[: options.count], brief, options.template, seed=options.seed, has_music=not options.silent)
    except ReelwrightError as error:
        raise SystemExit(error.detail) from error
    _describe(looked)
    width = 2 * round(looked.reel.canvas.width * options.scale / 2)
    if options.json:
        options.json.write_text(json.dumps(dump_reel(looked.reel), indent=1))
    if options.sheet:
        rate = float(looked.reel.canvas.frame_rate)
        times = [int(n) / rate for n in options.frames.split(",")] if options.frames else choose_times(looked.reel)
        draw_sheet(looked.reel, looked.files, times, options.sheet, width)
    if options.mp4:
        render_reel(scale_reel(looked.reel, width), looked.files, options.mp4, on_progress=lambda share: None, is_cancelled=lambda: False)


if __name__ == "__main__":
    main()
