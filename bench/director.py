"""What the planner makes of written briefs: `.venv/bin/python -m bench.director [--write]` shows or writes docs/director.md."""

from __future__ import annotations

import argparse
import hashlib
import json
import re
from dataclasses import dataclass
from pathlib import Path

from reelwright.generation.plan import Plan, PlanInput, PlannedMedia
from reelwright.generation.planning.plan_reel import plan_reel
from reelwright.generation.provider import TextEmbedder
from reelwright.media.analysis import Box, Label, MediaAnalysis, Shot
from reelwright.media.media import MediaFacts
from reelwright.reels.project import Brief

ROOT = Path(__file__).resolve().parents[1]
BRIEFS = ROOT / "tests" / "generation" / "planning" / "briefs"


@dataclass(frozen=True)
class Written:
    """A brief that somebody wrote, with material as its analysis would describe it: "name: label, label, 2 faces, opener 0.8"."""

    name: str
    prompt: str
    script: str
    handle: str
    seconds: int
    language: str
    media: tuple[str, ...]


def read_briefs(name: str) -> tuple[Written, ...]:
    """The briefs of one file, ``first`` or ``second``."""
    rows = json.loads((BRIEFS / f"{name}.json").read_text(encoding="utf-8"))
    return tuple(Written(**{**row, "media": tuple(row["media"])}) for row in rows)


def make_input(written: Written, template: str = "auto") -> PlanInput:
    """What the planner gets."""
    brief = Brief(prompt=written.prompt, script=written.script, handle=written.handle, length_seconds=written.seconds)
    return PlanInput(brief=brief, template=template, media=tuple(make_media(line) for line in written.media))


def make_media(line: str) -> PlannedMedia:
    """One medium from its description."""
    name, _, told = line.partition(": ")
    traits = [trait.strip() for trait in told.split(",") if trait.strip()]
    faces = sum(int(trait.split()[0]) for trait in traits if re.fullmatch(r"\d+ faces?", trait))
    opener = next((float(trait.split()[1]) for trait in traits if trait.startswith("opener ")), 0.4)
    clip = next((float(trait.split()[1]) for trait in traits if trait.startswith("clip ")), None)
    labels = [_read_label(trait) for trait in traits if not re.fullmatch(r"\d+ faces?|(?:opener|clip) [\d.]+", trait)]
    return PlannedMedia(
        media_id=name,
        file_name=name if "." in name else f"{name}.jpg",
        facts=MediaFacts(kind="video", container="mov", width=1080, height=1920, duration_seconds=clip, frame_rate=30.0)
        if clip
        else MediaFacts(kind="photo", container="jpeg", width=3000, height=4000),
        analysis=MediaAnalysis(
            faces=tuple(Box(x=0.3 + 0.2 * at, y=0.3, width=0.12, height=0.12) for at in range(min(faces, 3))),
            labels=tuple(labels),
            sharpness=200 + 200 * opener,
            luma_median=0.45,
            colourfulness=60 * opener,
            calm_top=opener,
            subject_strength=0.4 * opener,
            difference_hash=hashlib.sha256(name.encode()).hexdigest()[:16],
            shots=(Shot(start=0, end=clip or 0.0, sharpness=200),),
        ),
    )


def _read_label(trait: str) -> Label:
    """ "boiler 0.62", or a name alone, which counts as likely."""
    name, _, probability = trait.rpartition(" ")
    if name and re.fullmatch(r"[01](?:\.\d+)?", probability):
        return Label(name=name, probability=float(probability))
    return Label(name=trait, probability=0.7)


def tell_plan(plan: Plan, written: Written) -> str:
    """The plan as a reader judges it."""
    lines = [f"**{plan.intent}** · {plan.mood} · {plan.template} · {plan.bpm:.0f} bpm · {plan.music_word} · {plan.language}", ""]
    lines += ["| s | voice | on screen | shot: why |", "|---|---|---|---|"]
    for beat in plan.beats:
        shown = " / ".join(filter(None, [beat.title or "", *beat.cards]))
        shots = "; ".join(f"{media_id}: {reason}" for media_id, reason in zip(beat.media_ids, beat.media_reasons, strict=False))
        lines.append(f"| {beat.seconds:.1f} | {beat.spoken or ''} | {shown} | {shots} |")
    lines += ["", f"End card: {' · '.join(plan.end_card) or 'none, it loops' if plan.is_loopable else ' · '.join(plan.end_card) or 'none'}  "]
    for platform, post in plan.post_texts.items():
        title = f"{post.title} ▸ " if post.title else ""
        lines.append(f"{platform.capitalize()}: {title}{post.text}".replace("\n", " ⏎ ") + "  ")
    lines += [f"- {note}" for note in (*plan.removed, *plan.notes)]
    return "\n".join(lines)


def main() -> int:
    """Shows plans on the terminal."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--file", default="first")
    parser.add_argument("--only", default="")
    parser.add_argument("--template", default="auto")
    parser.add_argument("--no-meaning", action="store_true")
    wanted = parser.parse_args()
    embedder = None if wanted.no_meaning else _find_embedder()
    for number, written in enumerate(read_briefs(wanted.file), 1):
        if wanted.only and wanted.only not in {written.name, str(number)}:
            continue
        print(f"### {number}. {written.name}\n{written.prompt}" + (f"\nScript: {written.script}" if written.script else "") + "\n")
        print(tell_plan(plan_reel(make_input(written, wanted.template), embedder), written), "\n")
    return 0


def _find_embedder() -> TextEmbedder | None:
    from reelwright.generation.label_embeddings import load_label_embeddings  # noqa: PLC0415
    from reelwright.generation.providers.minilm_embedder import MiniLmEmbedder  # noqa: PLC0415

    return MiniLmEmbedder(known=load_label_embeddings)


if __name__ == "__main__":
    raise SystemExit(main())
