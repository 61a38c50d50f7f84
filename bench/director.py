"""What the planner makes of written briefs: `.venv/bin/python -m bench.director [--write]` shows or writes docs/director.md."""

from __future__ import annotations

import argparse
import hashlib
import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reelwright.generation.plan import Plan, PlanInput, PlannedMedia
from reelwright.generation.planning.plan_reel import plan_reel
from reelwright.generation.planning.variants import plan_variants
from reelwright.generation.provider import TextEmbedder
from reelwright.media.analysis import Box, Label, MediaAnalysis, Shot
from reelwright.media.media import MediaFacts
from reelwright.reels.project import Brief

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "director.md"
HEADINGS = {"first": "The first 24", "second": "24 that somebody else wrote", "third": "24 more, by somebody else again"}
FRESH_BEFORE = (20, 2)
"""What the first reader with fresh eyes would have posted of the first two sets."""

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
    """The briefs of one file, ``first``, ``second`` or ``third``."""
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
    for place, beat in enumerate(plan.beats):
        shown = " / ".join(filter(None, [beat.title or "", "" if place else plan.deck, *beat.cards]))
        shots = "; ".join(f"{media_id}: {reason}" for media_id, reason in zip(beat.media_ids, beat.media_reasons, strict=False))
        lines.append(f"| {beat.seconds:.1f} | {beat.spoken or ''} | {shown} | {shots} |")
    ending = " · ".join(plan.end_card) or ("none, the end leads back to the first frame" if plan.is_loopable else "none")
    lines += ["", f"End card: {ending}<br>"]
    for platform, post in plan.post_texts.items():
        title = f"{post.title} ▸ " if post.title else ""
        lines.append(f"{platform.capitalize()}: {title}{post.text}".replace("\n", " ⏎ ") + "<br>")
    score = plan.score
    lines += ["", *(f"- {note}" for note in (*plan.removed, *plan.notes))]
    lines += [f"- Score {score.points:.0f}: " + " ".join(part.sentence for part in score.parts)] if score else []
    return "\n".join(lines)


def write_page(embedder: TextEmbedder | None, every: int = 1) -> str:
    """docs/director.md: every brief with what came out of it and what a reader said; or one of ``every`` so many."""
    judged = json.loads((BRIEFS / "judged.json").read_text(encoding="utf-8"))
    lines = [*_introduce(judged)]
    number = 0
    for name, heading in HEADINGS.items():
        lines += ["", f"## {heading}", ""]
        for written in read_briefs(name):
            number += 1
            if number % every:
                continue
            lines += _tell_brief(number, written, judged[name][written.name], embedder)
    return "\n".join(line.rstrip() for line in lines).rstrip() + "\n"


def _introduce(judged: dict[str, dict[str, dict[str, Any]]]) -> list[str]:
    counts = {name: sum(bool(row["posts"]) for row in judged[name].values()) for name in HEADINGS}
    fresh = {name: sum(bool(row["fresh_reader"]) for row in judged[name].values()) for name in HEADINGS}
    at_first = {name: sum(bool(row["posted_at_first"]) for row in judged[name].values()) for name in ("second", "third")}
    return [
        "# What the director makes of 72 briefs",
        "",
        "Written by `.venv/bin/python -m bench.director --write`; a test fails when this page is not what the rules make. No AI key is used.",
        "The material is described by hand (what a picture shows, faces, clips), the likeness of words and pictures is the shipped model's.",
        "Every word on screen, in the voice and in a post is the creator's own, but for a closing line per intent, two questions and the states before and after.",
        "",
        f"* The first 24: **{counts['first']} of 24** would be posted as they stand. The rules were written with these briefs in view.",
        f"* The second 24 were written by somebody who did not know the rules, and run once before anything was changed: **{at_first['second']} of 24** would have been posted",
        f"  then, and one of them stopped the planner. After the rules were mended, in general and not for single briefs: **{counts['second']} of 24**.",
        f"* The third 24 were written by somebody else again, run once: **{at_first['third']} of 24** as a strict reader judged them; after mending",
        f"  **{counts['third']} of 24** as the one who mended the rules reads them, which nobody else has confirmed.",
        f"* The reader of the first two is the one who wrote the rules. A strict editor with fresh eyes, who had not seen them, would have posted {FRESH_BEFORE[0]} of the",
        f"  first 24 and {FRESH_BEFORE[1]} of the second, mostly because posts lost a date, a price or a number, and because sentences stood without what they lean on.",
        f"  After that was mended, **another reader with fresh eyes would post {fresh['first']} of the first 24 and {fresh['second']} of the second**, and the third 24 as said above.",
        "  Expect that a stranger's brief wants a hand, and see the notes, which say how it was read.",
        "* Nobody whose first language is Spanish, German, French, Portuguese or Italian has read them.",
    ]


def _tell_brief(number: int, written: Written, judged: dict[str, Any], embedder: TextEmbedder | None) -> list[str]:
    plans = plan_variants(make_input(written), 3, embedder)
    prompt = "\n".join(f"> {line}" for line in written.prompt.splitlines())
    script = [">", f"> Script: {written.script}"] if written.script else []
    verdict = "post" if judged["posts"] else "not yet"
    hooks = " · ".join(f"{plan.variant} “{plan.hook}” ({plan.hook_kind}, {plan.template})" for plan in plans)
    asked = f"{written.seconds} s" + (f", {written.handle}" if written.handle else "")
    lines = [f"### {number}. {written.name}", "", prompt, *script, "", f"Asked for: {asked}.", "", tell_plan(plans[0], written)]
    lines += [f"- Plans that differ: {hooks}.", "", f"**{verdict}**: {judged['why']}"]
    if judged.get("at_first"):
        shown = " / ".join(str(text) for text in judged["shown_at_first"]) or "nothing"
        lines += ["", f"First run: {judged['at_first']} On screen then: {shown}; end card: {judged['end_at_first'] or 'none'}."]
    return [*lines, ""]


def main() -> int:
    """Shows plans on the terminal, or writes the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="write docs/director.md")
    parser.add_argument("--file", default="first")
    parser.add_argument("--only", default="")
    parser.add_argument("--template", default="auto")
    parser.add_argument("--no-meaning", action="store_true")
    wanted = parser.parse_args()
    embedder = None if wanted.no_meaning else find_embedder()
    if wanted.write:
        PAGE.write_text(write_page(embedder), encoding="utf-8")
        return 0
    for number, written in enumerate(read_briefs(wanted.file), 1):
        if wanted.only and wanted.only not in {written.name, str(number)}:
            continue
        print(f"### {number}. {written.name}\n{written.prompt}" + (f"\nScript: {written.script}" if written.script else "") + "\n")
        print(tell_plan(plan_reel(make_input(written, wanted.template), embedder), written), "\n")
    return 0


def find_embedder() -> TextEmbedder:
    """The shipped model, with the vectors of picture labels that were made before."""
    from reelwright.generation.label_embeddings import load_label_embeddings  # noqa: PLC0415
    from reelwright.generation.providers.minilm_embedder import MiniLmEmbedder  # noqa: PLC0415

    return MiniLmEmbedder(known=load_label_embeddings)


if __name__ == "__main__":
    raise SystemExit(main())
