"""Plays a stem on a sound font. Package `tinysoundfont` (MIT); the fonts are the part `composer`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from reelwright.generation.music.cut_sound_font import keep_instruments
from reelwright.generation.music.score import Note
from reelwright.generation.music.style import STYLES, Stem, load_style

SAMPLE_RATE = 48_000
HEADROOM_DB = -6.0
DRUM_BANK = 128

Samples = NDArray[np.float32]
Preset = tuple[int, int]


class SoundFont:
    """Opens each font at its first note, with the instruments of all styles, and keeps it. Not for several threads at once."""

    def __init__(self, general: Path, pianos: Path) -> None:
        self._paths = {"general": general, "pianos": pianos}
        self._open: dict[str, tuple[Any, int]] = {}
        self._presets: dict[str, set[Preset]] = {}

    def play(self, stem: Stem, notes: Sequence[Note], length: int, seed: int) -> Samples:
        """(length, 2) samples at 48 kHz."""
        synth, font = self._font(stem)
        synth.sounds_off()
        synth.program_select(0, font, stem.bank, stem.program, stem.bank == DRUM_BANK)
        events = sorted(event for note in notes for event in _events(note))
        pieces: list[Samples] = []
        place = 0
        for at, is_on, pitch, velocity in events:
            if at > length:
                break
            if at > place:
                pieces.append(_generate(synth, at - place))
                place = at
            if is_on:
                synth.noteon(0, pitch, velocity)
            else:
                synth.noteoff(0, pitch)
        pieces.append(_generate(synth, max(0, length - place)))
        synth.sounds_off()
        return np.concatenate(pieces)[:length]

    def _font(self, stem: Stem) -> tuple[Any, int]:
        name, preset = stem.font, (stem.bank, stem.program)
        known = self._presets.setdefault(name, list_presets(name))
        if preset not in known:
            known.add(preset)
            self._open.pop(name, None)
        if name not in self._open:
            import tinysoundfont  # noqa: PLC0415  # a part that may be missing

            synth = tinysoundfont.Synth(samplerate=SAMPLE_RATE, gain=HEADROOM_DB)
            self._open[name] = synth, synth.sfload(keep_instruments(self._paths[name].read_bytes(), known))
        return self._open[name]


def list_presets(font: str) -> set[Preset]:
    """Bank and program of every instrument that a style plays on a font."""
    return {(stem.bank, stem.program) for name in STYLES for stem in load_style(name).stems if stem.font == font}


def _events(note: Note) -> tuple[tuple[int, int, int, int], tuple[int, int, int, int]]:
    """Sample, on or off (an end comes before a beginning at the same sample), pitch, velocity."""
    begin, end = round(note.start * SAMPLE_RATE), round((note.start + note.seconds) * SAMPLE_RATE)
    return (begin, 1, note.pitch, note.velocity), (max(end, begin + 1), 0, note.pitch, 0)


def _generate(synth: Any, count: int) -> Samples:
    return np.frombuffer(bytes(synth.generate(count)), np.float32).reshape(-1, 2).copy() if count else np.zeros((0, 2), np.float32)
