"""MoviePy ÷ ours, CPU seconds for the same reel drawn plainly. ``python -m bench.moviepy_peer [--json]``.

MoviePy lives in an environment of its own (``build/peers/moviepy``), made on first use. It draws the same photos and clips with
the same zooms, dissolves for every join, the captions as text clips and both sounds; it has no look, no grain, no sub-pixel
drift and no entries, so the comparison favours it. https://zulko.github.io/moviepy/
"""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

from bench.apart import Figures, run_apart, timed
from bench.material import make_bench_reel
from bench.run_bench import run_bench
from bench.workload import render
from reelwright.kit.parts import font_path
from reelwright.reels.reel import Picture, Reel

ROOT = Path(__file__).parent.parent
ENVIRONMENT = ROOT / "build" / "peers" / "moviepy"
REQUIREMENTS = ("moviepy==2.2.1", "pillow<12")
GOAL = 8.0
SCRIPT = Path(__file__).with_name("moviepy_script.py")


def prepare_environment() -> Path:
    """MoviePy's own interpreter."""
    python = ENVIRONMENT / "bin" / "python"
    if not python.exists():
        uv = str(ROOT / ".tools" / "bin" / "uv")
        subprocess.run([uv, "venv", "--quiet", str(ENVIRONMENT)], check=True)
        subprocess.run([uv, "pip", "install", "--quiet", "--python", str(python), *REQUIREMENTS], check=True)
    return python


def describe_plainly(reel: Reel, files: dict[str, Path], out: Path) -> dict[str, Any]:
    """What MoviePy is told: shots with their pictures, captions, sounds."""
    shots = [
        {
            "start": float(clip.start),
            "duration": float(clip.duration),
            "join": float(clip.transition.duration),
            "pictures": [describe_picture(layer, reel, files) for layer in clip.layers if isinstance(layer, Picture)],
        }
        for clip in reel.tracks[0].clips
    ]
    words = reel.captions.words
    captions = [
        {"text": " ".join(word.text for word in words[chunk.first : chunk.last + 1]), "start": float(chunk.start), "end": float(chunk.end)}
        for chunk in reel.captions.chunks
        if chunk.end <= reel.duration
    ]
    sounds = [str(files[sound.file]) for sound in reel.sounds.values()]
    font = str(font_path("Inter", 700).path)
    return {
        "shots": shots,
        "captions": captions,
        "sounds": sounds,
        "font": font,
        "background": reel.background,
        "out": str(out),
        "duration": float(reel.duration),
    }


def describe_picture(layer: Picture, reel: Reel, files: dict[str, Path]) -> dict[str, Any]:
    """One picture's file, place and zoom."""
    media, rect = reel.media[layer.media_id], layer.rect
    return {
        "file": str(files[media.file]),
        "is_video": media.kind == "video",
        "rect": [rect.x, rect.y, rect.width, rect.height],
        "scales": [layer.motion.start.scale, layer.motion.end.scale],
    }


def draw_plainly(folder: Path, *, python: Path, plain: Path) -> Figures:
    """MoviePy's whole run, its imports counted."""
    with timed() as figures:
        subprocess.run([str(python), str(SCRIPT), str(plain)], check=True, stdout=subprocess.DEVNULL, cwd=folder)
    return figures


def measure_peer(folder: Path) -> dict[str, Any]:
    """Both renderers on the bench reel, one after the other, each in processes of its own."""
    python = prepare_environment()
    reel, files = make_bench_reel(folder)
    ours = run_apart(render, folder)["cpu_seconds"]
    plain = folder / "plain.json"
    plain.write_text(json.dumps(describe_plainly(reel, dict(files), folder / "moviepy.mp4")), encoding="utf-8")
    theirs = run_apart(draw_plainly, folder, python=python, plain=plain)["cpu_seconds"]
    return {
        "ratio": round(theirs / ours, 2),
        "goal": GOAL,
        "moviepy_cpu_seconds": round(theirs, 1),
        "our_cpu_seconds": round(ours, 1),
        "frames": reel.frame_count,
    }


def describe(found: dict[str, Any]) -> list[str]:
    return [f"MoviePy ÷ ours: {found['ratio']} (goal ≥ {GOAL}; {found['moviepy_cpu_seconds']} ÷ {found['our_cpu_seconds']} CPU s, {found['frames']} frames)"]


if __name__ == "__main__":
    run_bench(__doc__, measure_peer, describe)
