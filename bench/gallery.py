"""Writes docs/templates/: a page that shows every template moving, made from the sample material. ``python -m bench.gallery [--only NAME]``."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import cv2
from PIL import Image

from bench.workbench import list_files, make_reel
from reelwright.reels.project import Brief
from reelwright.reels.scale_reel import scale_reel
from reelwright.reels.template import TEMPLATES, Template, find_template
from reelwright.rendering.compose import Composer
from reelwright.rendering.planes import to_bgr

FOLDER = Path(__file__).parent.parent / "docs" / "templates"
WIDTH, FRAMES_PER_SECOND, SECONDS = 240, 10, 7.0
QUALITY = 36
MOST_BYTES = 4_000_000
REEL_SECONDS = 12


@dataclass(frozen=True)
class Sample:
    """What a template's preview says; the pictures are rooms."""

    prompt: str
    script: str = ""
    language: str = "en"


SAMPLES: Mapping[str, Sample] = {
    "editorial": Sample(
        "Rooms that slow you down", "Some rooms slow you down. In here there is a lamp, a red window, and a good chair. Save this for a slow Sunday."
    ),
    "hype": Sample("Open house on Sunday: 3 rooms, 1 red window, free coffee. Come by at 11:00"),
    "soft": Sample("A slow morning at home: the lamp, the good chair, one page of a book"),
    "retro": Sample("Our first flat, summer 2004: the red window, the chair from the street, the lamp that never worked"),
    "minimal": Sample("The reading lamp. Made in Bergen from one sheet, 49 €. Order at havre.no"),
    "travel": Sample("Three quiet rooms in Copenhagen, Oslo and Bergen: ferries at dawn, cardamom buns, the opera roof"),
    "countdown": Sample("Five things that slow a room down: a lamp, a chair, a plant, a red window, a book"),
    "quote": Sample("“A room is a place where the day may end.”"),
}


def write_gallery(names: tuple[str, ...]) -> int:
    """Writes the moving pictures of ``names`` and the page of all; the bytes of all pictures."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name in names:
        draw_preview(name, FOLDER / f"{name}.webp")
    (FOLDER / "README.md").write_text(write_page(), encoding="utf-8")
    return sum(path.stat().st_size for path in FOLDER.glob("*.webp"))


def draw_preview(name: str, out: Path) -> None:
    """The first seconds of a reel in this template, small, as an animated WebP."""
    sample = SAMPLES[name]
    brief = Brief(prompt=sample.prompt, script=sample.script, language=sample.language, length_seconds=REEL_SECONDS, handle="@slow.rooms")
    looked = make_reel(list_files(["samples"]), brief, name, seed=1)
    small = scale_reel(looked.reel, WIDTH)
    rate = float(small.canvas.frame_rate)
    count = min(int(SECONDS * FRAMES_PER_SECOND), int(float(small.duration) * FRAMES_PER_SECOND))
    with Composer(small, looked.files) as composer:
        frames = [_picture(composer, round(number * rate / FRAMES_PER_SECOND)) for number in range(count)]
    frames[0].save(out, save_all=True, append_images=frames[1:], duration=round(1000 / FRAMES_PER_SECOND), loop=0, quality=QUALITY, method=6)


def write_page() -> str:
    """The page as Markdown."""
    head = "# The templates\n\nEach is a document with typed slots, its own pacing, look, joins, captions, music and end card. "
    head += "`reelwright templates` lists them; without `--template` the one that suits what the reel is for is chosen.\n"
    head += "All previews are made from the same sample photos by `python -m bench.gallery`.\n"
    return "\n".join([head, *(_describe(find_template(name)) for name in TEMPLATES)])


def _picture(composer: Composer, number: int) -> Image.Image:
    return Image.fromarray(cv2.cvtColor(to_bgr(composer.frame(number)), cv2.COLOR_BGR2RGB))


def _describe(template: Template) -> str:
    facts = {
        "Look": template.look.name,
        "Captions": template.captions.preset,
        "Type": ", ".join(template.fonts),
        "Music": f"{template.music_word}, about {template.bpm:.0f} beats a minute",
        "Files": f"{template.media.min} to {template.media.max}, best with {template.media.ideal}",
    }
    rows = "\n".join(f"| {name} | {value} |" for name, value in facts.items())
    brief = SAMPLES[template.name].prompt
    return f"## {template.title}\n\n{template.description}\n\n![{template.title}, moving]({template.name}.webp)\n\n*Asked for: {brief}*\n\n| | |\n| --- | --- |\n{rows}\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", choices=TEMPLATES)
    options = parser.parse_args()
    size = write_gallery((options.only,) if options.only else TEMPLATES)
    print(f"{FOLDER}: {size / 1e6:.1f} MB of moving pictures (at most {MOST_BYTES / 1e6:.0f})")


if __name__ == "__main__":
    main()
