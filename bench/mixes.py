"""Random mixes of material, scripts, templates, languages, shapes and lengths, each made and held against every promise.

``python -m bench.mixes [--count 50] [--seed 0] [--small] [--json] [--sheets FOLDER]``. A mix is named by its seed, and a broken one is
printed with its faults and the command that makes it again. ``ratio`` is the share of mixes without a fault.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2

from bench.in_process import Made, Material, generate, look_at
from bench.mix_checks import check_document, check_film
from bench.mix_material import make_pool
from bench.mix_scripts import PROMPTS, SCRIPTS
from bench.workbench import draw_sheet
from functions.choose_providers import Providers, choose_providers
from functions.generation.check_delivery import explain_length
from reelwright.kit.settings import Settings
from reelwright.media.eyes import Eyes
from reelwright.reels.project import AUTOMATIC_TEMPLATE, Brief
from reelwright.reels.reel import SHAPES, Reel
from reelwright.reels.scale_reel import scale_reel
from reelwright.reels.template import TEMPLATES
from reelwright.rendering.check_contrast import ContrastWatcher
from reelwright.rendering.check_master import check_length
from reelwright.rendering.cover import draw_cover
from reelwright.rendering.gate import check_delivery
from reelwright.rendering.measure import measure_master
from reelwright.rendering.onsets import measure_voice_onsets
from reelwright.rendering.render_reel import render_reel

COUNT, FULL_SIDE, SMALL_SIDE = 50, 1080, 270
POOL_PHOTOS = 26
SMALL_PHOTO, FULL_PHOTO = 1200, 2400
LENGTHS, SMALL_LENGTHS = (5, 8, 12, 15, 20, 30, 60, 90), (5, 8)
HANDLES = ("", "@slow.rooms", "@łódź_söhne", "@a_handle_of_thirty_letters_90")
SHEET_SIDE, SHEET_SHARES = 360, (0.3, 0.85)
_UPRIGHT = "9:16"
_RARE = 0.25


@dataclass(frozen=True)
class Mix:
    """One request, and the files it is made of by their place in the pool."""

    seed: int
    brief: Brief
    template: str
    places: tuple[int, ...]

    def describe(self) -> str:
        brief = self.brief
        words = len(brief.script.split())
        return f"mix {self.seed}: {len(self.places)} files, {brief.language}, {words} words, {self.template}, {brief.shape}, {brief.length_seconds} s"


@dataclass(frozen=True)
class MixBench:
    """The pool of material, of which the last ``hard`` files are hard; who makes the sounds; the canvas's shorter side, pixels."""

    pool: Material
    hard: int
    providers: Providers
    folder: Path
    side: int
    sheets: Path | None = None


def make_mix(seed: int, pool: int, lengths: Sequence[int] = LENGTHS, hard: int = 0) -> Mix:
    """The mix of this seed; always the same one. Every ninth seed has the same template; one mix in four is of hard files only."""
    chance = random.Random(seed)  # noqa: S311  # no secret
    language = chance.choice(["en"] * len(SCRIPTS) + list(SCRIPTS))
    count = chance.choice((1, 2, 3, 5, 8, min(pool, 12), pool))
    places = range(pool - hard, pool) if hard and chance.random() < _RARE else range(pool)
    brief = Brief(
        prompt=chance.choice(PROMPTS[language]),
        script=chance.choice(("", *SCRIPTS[language])),
        language=language,
        length_seconds=chance.choice(lengths),
        handle=chance.choice(HANDLES),
        keep_order=chance.random() < _RARE,
        shape=chance.choice((_UPRIGHT, _UPRIGHT, _UPRIGHT, *SHAPES)),
        glossary=("Weber",) if chance.random() < _RARE else (),
    )
    templates = (*TEMPLATES, AUTOMATIC_TEMPLATE)
    return Mix(seed, brief, templates[seed % len(templates)], tuple(chance.sample(places, min(count, len(places)))))


def open_mixes(folder: Path, *, side: int, photos: int = POOL_PHOTOS, sheets: Path | None = None) -> MixBench:
    """A pool of that many sample photos, clips and hard files, looked at once."""
    settings = Settings()
    providers = choose_providers(settings)
    cache = folder / "looked-at"
    cache.mkdir(parents=True, exist_ok=True)
    paths, hard = make_pool(folder / "pool", photos, SMALL_PHOTO if side < FULL_SIDE else FULL_PHOTO)
    return MixBench(look_at(paths, cache, providers, Eyes(settings.cache_directory)), hard, providers, folder, side, sheets)


def run_mix(mix: Mix, bench: MixBench) -> list[str]:
    """Makes the reel and holds it against the gate; the faults in words, none where all is well. Nothing is raised."""
    place = bench.folder / f"mix-{mix.seed}"
    place.mkdir()
    try:
        media = _chosen(bench.pool, mix)
        made = generate(mix.brief, mix.template, media, bench.providers, place, seed=mix.seed)
        if bench.sheets:
            draw_sheet(made.reel, made.files, _times(made.reel), bench.sheets / f"{mix.seed:04d}.jpg", _width(made.reel, SHEET_SIDE))
        return [*check_document(made.reel, media.media), *check_made(made, place, bench.side)]
    except Exception as error:
        frame = traceback.extract_tb(error.__traceback__)[-1]
        return [f"{type(error).__name__}: {error} ({Path(frame.filename).name}:{frame.lineno})"]
    finally:
        shutil.rmtree(place)


def check_made(made: Made, folder: Path, side: int) -> list[str]:
    """Renders reel and cover, and gives what the gate, the film and the cover's crops do not keep."""
    width = _width(made.reel, side)
    reel = made.reel if width >= made.reel.canvas.width else scale_reel(made.reel, width)
    master = folder / "master.mp4"
    render_reel(reel, made.files, master, on_progress=lambda _: None, is_cancelled=lambda: False, preset="superfast")
    voices = {reel.sounds[clip.sound_id].file for clip in reel.soundtrack.voice}
    onsets = measure_voice_onsets(reel, {key: made.files[key] for key in voices})
    draw_cover(reel, made.files, folder / "cover.jpg")
    with closing(ContrastWatcher(reel)) as watcher:
        measured = measure_master(master, watcher.take)
        texts = watcher.findings()
    rows = check_delivery(reel, measured, {}, {}, onsets=onsets, texts=texts, cover=folder / "cover.jpg").rows
    length = check_length(float(reel.duration), made.plan.length_seconds, explain_length(reel, made.plan))
    broken = [f"{row.name}: {row.value} instead of {row.bound}" for row in (*rows, length) if not row.passed]
    return [*broken, *check_film(master, float(reel.canvas.frame_rate))]


def run_mixes(
    seeds: Sequence[int], bench: MixBench, lengths: Sequence[int] = LENGTHS, on_mix: Callable[[Mix, list[str], float], None] | None = None
) -> dict[str, Any]:
    """Runs the mixes one after the other. ``faults`` by the mix's seed."""
    faults: dict[int, list[str]] = {}
    for seed in seeds:
        mix, begun = make_mix(seed, len(bench.pool.media), lengths, bench.hard), time.monotonic()
        found = run_mix(mix, bench)
        if found:
            faults[seed] = found
        if on_mix:
            on_mix(mix, found, time.monotonic() - begun)
    return {"ratio": round(1 - len(faults) / max(1, len(seeds)), 3), "goal": 1.0, "mixes": len(seeds), "faults": faults}


def _chosen(pool: Material, mix: Mix) -> Material:
    media = tuple(pool.media[place] for place in mix.places)
    return Material(media, {one.media_id: pool.references[one.media_id] for one in media}, pool.files)


def _times(reel: Reel) -> list[float]:
    return [0.0, *(float(clip.start) + float(clip.duration) * share for clip in reel.tracks[0].clips for share in SHEET_SHARES)]


def _width(reel: Reel, side: int) -> int:
    """The canvas's width where its shorter side is so long."""
    return 2 * round(reel.canvas.width * side / min(reel.canvas.width, reel.canvas.height) / 2)


def _tell(mix: Mix, faults: list[str], seconds: float, small: str) -> None:
    sys.stderr.write(f"{'FAULT' if faults else 'well '} {mix.describe()} ({seconds:.0f} s)\n")
    for fault in faults:
        sys.stderr.write(f"      {fault}\n")
    if faults:
        sys.stderr.write(f"      again: .venv/bin/python -m bench.mixes --count 1 --seed {mix.seed}{small}\n")


def _read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=COUNT)
    parser.add_argument("--seed", type=int, default=0, help="of the first mix; the others have the ones after it")
    parser.add_argument("--small", action="store_true", help=f"{SMALL_SIDE} pixels wide, {SMALL_LENGTHS[0]} or {SMALL_LENGTHS[-1]} seconds")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--sheets", type=Path, help="a folder for a sheet of frames of each mix")
    return parser.parse_args()


def main() -> None:
    """Exits with 3 where a mix has a fault."""
    options = _read_options()
    cv2.setNumThreads(1)
    if options.sheets:
        options.sheets.mkdir(parents=True, exist_ok=True)
    side, lengths, small = (SMALL_SIDE, SMALL_LENGTHS, " --small") if options.small else (FULL_SIDE, LENGTHS, "")
    with tempfile.TemporaryDirectory(prefix="reelwright-mixes-") as name:
        bench = open_mixes(Path(name), side=side, sheets=options.sheets)
        seeds = range(options.seed, options.seed + options.count)
        found = run_mixes(seeds, bench, lengths, lambda mix, faults, seconds: _tell(mix, faults, seconds, small))
    print(json.dumps(found, ensure_ascii=False) if options.json else f"{found['mixes'] - len(found['faults'])} of {found['mixes']} mixes keep every promise")
    if found["faults"]:
        sys.exit(3)


if __name__ == "__main__":
    main()
