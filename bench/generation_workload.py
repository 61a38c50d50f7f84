"""The parts of a whole generation as workloads; each is run by ``bench.apart`` in a process of its own."""

from __future__ import annotations

import json
from pathlib import Path

from bench.apart import Figures, cpu_seconds, timed
from bench.in_process import Made, Material, Stages, generate, look_at, realise
from bench.workbench import list_files
from bench.workload import MASTER, render_quietly, write_frames
from functions.choose_providers import Providers, choose_providers
from reelwright.generation.plan import PlanInput
from reelwright.generation.several_plans import plan_several
from reelwright.generation.variants import PREVIEW_WIDTH
from reelwright.kit.settings import Settings
from reelwright.media.eyes import Eyes
from reelwright.publishing.platforms.registry import SPECIFICATIONS
from reelwright.reels.project import Brief
from reelwright.reels.reel import dump_reel, load_reel
from reelwright.rendering.export import export_for
from reelwright.rendering.gate import check_delivery
from reelwright.rendering.measure import measure_master
from reelwright.rendering.preview import render_preview, shrink_reel

SAMPLE_BRIEF = Path(__file__).parent.parent / "samples" / "brief.json"
VARIANTS = 3
PRESET, GENERATED, TEMPLATE = "veryfast", "generated.json", "editorial"


def look(folder: Path) -> Figures:
    """The sample material looked at, as when it is uploaded; what is found is kept in ``folder``."""
    with timed() as figures:
        material = look_at_samples(folder, choose_providers(Settings()))
    return figures | {"files": len(material.media)}


def generation(folder: Path, *, seconds: int) -> Figures:
    """A whole key-less generation of material that was looked at: plan, voice, music, captions, compose, render; then gate and exports."""
    stages, providers = Stages(cpu_seconds), choose_providers(Settings())
    material = look_at_samples(folder, providers)
    with timed() as figures:
        made = generate(read_sample_brief(seconds), TEMPLATE, material, providers, folder, stages=stages)
        with stages.of("render"):
            render_quietly(made.reel, made.files, folder / MASTER, PRESET)
    with stages.of("gate"):
        check_delivery(made.reel, measure_master(folder / MASTER), {}, SPECIFICATIONS)
    with stages.of("export"):
        for name, specification in SPECIFICATIONS.items():
            export_for(folder / MASTER, specification, folder / f"{name}.mp4")
    keep_generated(folder, made)
    return figures | {"stages": {name: round(spent, 2) for name, spent in stages.seconds.items()}, "frames": made.reel.frame_count}


def render_alone(folder: Path) -> Figures:
    """The render of what ``generation`` composed, in a process that did nothing else."""
    kept = json.loads((folder / GENERATED).read_text())
    reel = load_reel(kept["reel"])
    with timed() as figures:
        render_quietly(reel, {key: Path(path) for key, path in kept["files"].items()}, folder / "alone.mp4", PRESET)
    return figures | {"frames": reel.frame_count}


def compose_only(folder: Path, *, seconds: int, template: str) -> Figures:
    """A reel of a template from the samples: its document, and its frames, not encoded, for the pure encode."""
    providers = choose_providers(Settings())
    made = generate(read_sample_brief(seconds), template, look_at_samples(folder, providers), providers, folder)
    keep_generated(folder, made)
    return write_frames(folder, made.reel, made.files)


def variants(folder: Path, *, seconds: int) -> Figures:
    """Three plans for the sample brief: the first rendered in full, the others as previews, as the storyboard does it."""
    stages, providers, brief = Stages(cpu_seconds), choose_providers(Settings()), read_sample_brief(seconds)
    material = look_at_samples(folder, providers)
    with timed() as figures:
        with stages.of("plan"):
            planner = providers.plan[-1]
            plans = plan_several(planner, PlanInput(brief=brief, template=TEMPLATE, media=material.media), VARIANTS)
        spoken = None
        for number, plan in enumerate(plans, start=1):
            place = folder / f"variant-{number}"
            place.mkdir(exist_ok=True)
            with stages.of("first" if number == 1 else "previews"):
                same = spoken if spoken is not None and plans[0].spoken_script == plan.spoken_script else None
                made = realise(plan, brief, material, providers, place, voice=same, is_preview=number > 1)
                spoken = spoken or made.voice
                if number == 1:
                    render_quietly(made.reel, made.files, place / MASTER, PRESET)
                else:
                    small = shrink_reel(made.reel, PREVIEW_WIDTH)
                    render_preview(small, made.files, place / MASTER, on_progress=lambda _: None, is_cancelled=lambda: False)
    return figures | {"stages": {name: round(spent, 2) for name, spent in stages.seconds.items()}, "variants": len(plans)}


def keep_generated(folder: Path, made: Made) -> None:
    """Keeps the document and where its files lie for a process of another workload."""
    (folder / GENERATED).write_text(json.dumps({"reel": dump_reel(made.reel), "files": {key: str(path) for key, path in made.files.items()}}))


def look_at_samples(folder: Path, providers: Providers) -> Material:
    """The sample material; what was looked at stays in ``folder``."""
    kept = folder / "looked-at"
    kept.mkdir(exist_ok=True)
    return look_at(list_files(["samples"]), kept, providers, Eyes(Settings().cache_directory))


def read_sample_brief(seconds: int) -> Brief:
    """The demo's brief, of another length."""
    sample = json.loads(SAMPLE_BRIEF.read_text(encoding="utf-8"))
    names = ("prompt", "script", "language", "handle")
    return Brief(length_seconds=seconds, **{name: sample[name] for name in names})
