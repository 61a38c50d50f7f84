"""Long reels need no more memory than short ones: what is over is dropped."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

from reelwright.reels.reel import CaptionChunk, Captions, CaptionWord, Font, Overlay, Text
from reelwright.rendering.compose import Composer

MAX_GROWTH_MEGABYTES = 48
"""Less than two baked pictures more; twenty would be 150 MB."""


def _resident_megabytes() -> float:
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * 4096 / 1e6


def test_pictures_clips_overlays_and_captions_are_dropped_after_their_shot(maker: Any) -> None:
    maker.width, maker.height = 1080, 1920
    maker.photo("one", width=1200, height=2134)
    maker.clip("film", width=1280, height=720)
    shots = [[maker.picture("film" if number % 4 == 3 else "one")] for number in range(24)]
    words = tuple(CaptionWord(text=f"word{n}", start=Fraction(n, 2), end=Fraction(n + 1, 2)) for n in range(48))
    chunks = tuple(CaptionChunk(first=n, last=n, start=words[n].start, end=words[n].end, lines=((n,),)) for n in range(48))
    line = Text(text="above", font=Font(family="Inter"), size=200, colour="#FFFFFF", x=100, y=400)
    overlays = tuple(Overlay(start=Fraction(n), duration=Fraction(1), layers=(line,)) for n in range(24))
    reel = maker.reel(shots, captions=Captions(words=words, chunks=chunks), overlays=overlays)
    after_a_few = 0.0
    with Composer(reel, maker.files) as composer:
        for shot in range(24):
            for n in (shot * 30 + 2, shot * 30 + 20):
                composer.frame(n)
            if shot == 5:
                after_a_few = _resident_megabytes()
        grown = _resident_megabytes() - after_a_few
    assert grown < MAX_GROWTH_MEGABYTES
