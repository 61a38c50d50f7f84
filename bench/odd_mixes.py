"""Random mixes of material, scripts, templates, languages, lengths and shapes: each must come out whole. ``python -m bench.odd_mixes``.

``--small`` makes short reels at 270 pixels. A failing seed is printed with its faults and the command that makes it again.
"""

from __future__ import annotations

import argparse
import json
import random
import shlex
import sys
import tempfile
import time
import traceback
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

import cv2

from bench.mix_checks import check_document, check_film, list_gate_faults
from bench.mix_material import KINDS, make_material
from bench.mix_scripts import SENTENCES, choose_prompt, choose_script
from bench.workbench import Looked, draw_sheet, load_media, make_reel, open_bench
from functions.generation.check_delivery import explain_length
from reelwright.generation.plan import PlannedMedia
from reelwright.reels.project import AUTOMATIC_TEMPLATE, MAX_LENGTH_SECONDS, MIN_LENGTH_SECONDS, Brief
from reelwright.reels.reel import Reel, Shape
from reelwright.reels.scale_reel import scale_reel
from reelwright.reels.template import TEMPLATES
from reelwright.rendering.check_master import check_length
from reelwright.rendering.cover import check_crops, draw_covers
from reelwright.rendering.gate import check_delivery
from reelwright.rendering.measure import measure_master
from reelwright.rendering.onsets import measure_voice_onsets
from reelwright.rendering.render_reel import render_reel

COUNT = 50
SMALL_SIDE_PIXELS = 270
SMALL_SECONDS = (5, 8)
SILENT_SHARE = 0.1
KEPT_ORDER_SHARE = 0.2
SHEET_SIDE_PIXELS = 360
SHEET_SHARES = (0.3, 0.85)
SHAPE_CHOICES: tuple[Shape, ...] = ("9:16", "9:16", "9:16", "9:16", "4:5", "1:1", "16:9")
TEMPLATE_CHOICES = (*TEMPLATES, AUTOMATIC_TEMPLATE)
HANDLES = ("", "@slow.rooms", "@łódź_söhne", "@a_handle_of_thirty_letters_90")
ENGLISH_SHARE = 0.4


@dataclass(frozen=True)
class Mix:
    """One random wish. The same seed gives the same mix."""

    seed: int
    is_small: bool
    template: str
    material: str
    script: str
    brief: Brief
    has_music: bool

    @property
    def command(self) -> str:
        return shlex.join(["python", "-m", "bench.odd_mixes", "--seed", str(self.seed), "--count", "1", *(["--small"] if self.is_small else [])])

    def describe(self) -> str:
        brief = self.brief
        sound = "" if self.has_music else ", no music"
        return f"{self.template}, {self.material}, script {self.script}, {brief.language}, {brief.length_seconds} s, {brief.shape}{sound}"


@dataclass(frozen=True)
class Outcome:
    """What came of a mix: its faults in words, none where all is well."""

    seed: int
    mix: str
    command: str
    seconds: float
    lasts: float = 0.0
    faults: list[str] = field(default_factory=list)


def choose_mix(seed: int, *, is_small: bool) -> Mix:
    """The mix of a seed. Nine seeds in a row have all templates."""
    dice = random.Random(seed)  # noqa: S311
    language = "en" if dice.random() < ENGLISH_SHARE else dice.choice(list(SENTENCES))
    seconds = dice.randint(*SMALL_SECONDS) if is_small else round(dice.triangular(MIN_LENGTH_SECONDS, MAX_LENGTH_SECONDS, 15))
    length, script = choose_script(language, seconds, dice)
    brief = Brief(
        prompt=choose_prompt(language, dice),
        script=script,
        language=language if dice.random() < 0.7 else None,
        length_seconds=seconds,
        handle=dice.choice(HANDLES),
        keep_order=dice.random() < KEPT_ORDER_SHARE,
        shape=dice.choice(SHAPE_CHOICES),
    )
    material = dice.choice(list(KINDS))
    return Mix(seed, is_small, TEMPLATE_CHOICES[seed % len(TEMPLATE_CHOICES)], material, length, brief, dice.random() >= SILENT_SHARE)


def run_mix(mix: Mix, sheets: Path | None = None) -> Outcome:
    """Makes, renders and measures one mix. Nothing is raised: what goes wrong is a fault."""
    begun = time.monotonic()
    lasts, faults = 0.0, []
    with tempfile.TemporaryDirectory(prefix="reelwright-mix-") as name:
        try:
            looked, media = _make(mix, Path(name))
            lasts = float(looked.reel.duration)
            if sheets is not None:
                draw_sheet(looked.reel, looked.files, _choose_times(looked.reel), sheets / f"{mix.seed:04d}.jpg", _width(looked.reel, SHEET_SIDE_PIXELS))
            faults = check_document(looked.reel, media) + _check_file(mix, looked, Path(name))
        except Exception as error:  # a mix that breaks is what is looked for
            place = traceback.extract_tb(error.__traceback__)[-1]
            faults.append(f"{type(error).__name__}: {error} ({Path(place.filename).name}:{place.lineno})")
    return Outcome(mix.seed, mix.describe(), mix.command, round(time.monotonic() - begun, 1), round(lasts, 2), faults)


def _make(mix: Mix, folder: Path) -> tuple[Looked, list[PlannedMedia]]:
    paths = make_material(mix.material, folder, random.Random(mix.seed), is_small=mix.is_small)  # noqa: S311
    looked = make_reel(paths, mix.brief, mix.template, seed=mix.seed, has_music=mix.has_music)
    media, _ = load_media(open_bench(), paths)
    return looked, media


def _check_file(mix: Mix, looked: Looked, folder: Path) -> list[str]:
    reel = scale_reel(looked.reel, _width(looked.reel, SMALL_SIDE_PIXELS)) if mix.is_small else looked.reel
    master = folder / "master.mp4"
    render_reel(reel, looked.files, master, on_progress=lambda share: None, is_cancelled=lambda: False, preset="ultrafast" if mix.is_small else "veryfast")
    voices = {reel.sounds[clip.sound_id].file: looked.files[reel.sounds[clip.sound_id].file] for clip in reel.soundtrack.voice}
    report = check_delivery(reel, measure_master(master), {}, {}, onsets=measure_voice_onsets(reel, voices))
    length = check_length(float(reel.duration), looked.plan.length_seconds, explain_length(reel, looked.plan))
    draw_covers(reel, looked.files, folder)
    crops = [f"cover: {words}" for words in check_crops(looked.reel)]
    return [*list_gate_faults([row.model_dump() for row in (*report.rows, length)]), *check_film(master, float(reel.canvas.frame_rate)), *crops]


def _choose_times(reel: Reel) -> list[float]:
    return [0.0, *(float(clip.start) + float(clip.duration) * share for clip in reel.tracks[0].clips for share in SHEET_SHARES)]


def _width(reel: Reel, shorter_side: int) -> int:
    """The canvas's width where its shorter side is so long."""
    return 2 * round(reel.canvas.width * shorter_side / min(reel.canvas.width, reel.canvas.height) / 2)


def run_mixes(seeds: Sequence[int], *, is_small: bool, sheets: Path | None = None, is_told: bool = True) -> list[Outcome]:
    """All mixes of the seeds, each told as it ends."""
    outcomes = []
    for seed in seeds:
        outcome = run_mix(choose_mix(seed, is_small=is_small), sheets)
        outcomes.append(outcome)
        if is_told:
            print(f"{'FAULT' if outcome.faults else 'ok   '} {seed:5d} {outcome.seconds:6.1f} s  {outcome.mix}: lasts {outcome.lasts} s", flush=True)
            for fault in outcome.faults:
                print(f"        {fault}")
            if outcome.faults:
                print(f"        again: {outcome.command}", flush=True)
    return outcomes


def main() -> None:
    """Exits with 3 where a mix has a fault."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=COUNT)
    parser.add_argument("--seed", type=int, default=1, help="the first of the seeds")
    parser.add_argument("--small", action="store_true", help=f"short reels, {SMALL_SIDE_PIXELS} pixels wide")
    parser.add_argument("--json", action="store_true", help="one object at the end, nothing else")
    parser.add_argument("--sheets", type=Path, help="a folder for one sheet of frames of each mix")
    options = parser.parse_args()
    cv2.setNumThreads(1)
    if options.sheets:
        options.sheets.mkdir(parents=True, exist_ok=True)
    outcomes = run_mixes(range(options.seed, options.seed + options.count), is_small=options.small, sheets=options.sheets, is_told=not options.json)
    broken = [outcome for outcome in outcomes if outcome.faults]
    found = {"ratio": round(1 - len(broken) / max(1, len(outcomes)), 3), "goal": 1, "mixes": len(outcomes), "broken": [asdict(one) for one in broken]}
    print(json.dumps(found, ensure_ascii=False) if options.json else f"{len(outcomes) - len(broken)} of {len(outcomes)} mixes are without a fault")
    sys.exit(3 if broken else 0)


if __name__ == "__main__":
    main()
