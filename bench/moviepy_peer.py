"""MoviePy ÷ ours, CPU seconds for the same reel drawn plainly. ``python -m bench.moviepy_peer [--json] [--shots 9]``.

MoviePy lives in an environment of its own (``build/peers/moviepy``), made on first use. It draws the same photos and clips with
the same zooms, dissolves for every join, the captions as text clips and both sounds; it has no look, no grain, no sub-pixel
drift and no entries, so the comparison favours it. https://zulko.github.io/moviepy/
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from bench.material import make_bench_reel
from reelwright.kit.parts import font_path
from reelwright.reels.reel import Picture, Reel, Track
from reelwright.rendering.render_reel import render_reel

ROOT = Path(__file__).parent.parent
ENVIRONMENT = ROOT / "build" / "peers" / "moviepy"
REQUIREMENTS = ("moviepy==2.2.1", "pillow<12")
GOAL = 6.0
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


def measure_peer(folder: Path, shots: int) -> dict[str, Any]:
    """Both renderers on the first ``shots`` shots of the bench reel, one after the other."""
    python = prepare_environment()
    reel, files = make_bench_reel(folder)
    reel = reel.model_copy(update={"tracks": (Track(clips=reel.tracks[0].clips[:shots]),)})
    begun = _all_cpu()
    render_reel(reel, files, folder / "ours.mp4", on_progress=lambda _: None, is_cancelled=lambda: False)
    ours = _all_cpu() - begun
    plain = folder / "plain.json"
    plain.write_text(json.dumps(describe_plainly(reel, dict(files), folder / "moviepy.mp4")), encoding="utf-8")
    begun = _all_cpu()
    subprocess.run([str(python), str(SCRIPT), str(plain)], check=True, stdout=subprocess.DEVNULL)
    theirs = _all_cpu() - begun
    return {
        "ratio": round(theirs / ours, 2),
        "goal": GOAL,
        "moviepy_cpu_seconds": round(theirs, 1),
        "our_cpu_seconds": round(ours, 1),
        "frames": reel.frame_count,
    }


def _all_cpu() -> float:
    return sum(usage.ru_utime + usage.ru_stime for usage in map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--shots", type=int, default=9)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="reelwright-bench-") as name:
        found = measure_peer(Path(name), options.shots)
    if options.json:
        print(json.dumps(found))
        return
    print(f"MoviePy ÷ ours: {found['ratio']} (goal ≥ {GOAL}; {found['moviepy_cpu_seconds']} ÷ {found['our_cpu_seconds']} CPU s, {found['frames']} frames)")


if __name__ == "__main__":
    sys.exit(main())
