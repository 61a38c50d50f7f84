"""A score: bars and sections of an exact length, and what each stem plays when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from reelwright.generation.music.harmony import Chord, parse_chord
from reelwright.generation.music.style import Section, Style

STEPS = 16
BEATS = 4
INTRO_SHARE = 0.14
VERSE_SHARE = 0.38
LEAST_BODY_FOR_BREAK = 9
MOST_INTRO_BARS = 4
ROUND_BARS = 15
LONG_END_FROM_BPM = 96
EASE_LIMIT = 2.2
VELOCITY_SPREAD = 5.0
LEAST_SECONDS = 0.03


@dataclass(frozen=True)
class Note:
    """Seconds from the first sample; ``pitch`` is a MIDI note; ``velocity`` 1..127."""

    start: float
    seconds: float
    pitch: int
    velocity: int


@dataclass(frozen=True)
class Form:
    """Sections bar by bar. The end rings for ``end_beats``. ``bpm`` is what makes the bars fill the length exactly."""

    seconds: float
    bpm: float
    sections: tuple[Section, ...]
    end_beats: int

    @property
    def beat(self) -> float:
        return 60 / self.bpm

    @property
    def bar(self) -> float:
        return BEATS * self.beat

    @property
    def beats(self) -> tuple[float, ...]:
        """Every beat from 0."""
        return tuple(round(place * self.beat, 4) for place in range(round(self.seconds / self.beat)))

    def is_new(self, bar: int) -> bool:
        return bar > 0 and self.sections[bar] != self.sections[bar - 1]

    def ends_section(self, bar: int) -> bool:
        return bar + 1 < len(self.sections) and self.sections[bar + 1] != self.sections[bar]


@dataclass
class Score:
    """What is played, stem by stem, and when the kick drum falls."""

    form: Form
    style: Style
    chords: tuple[Chord, ...]
    notes: dict[str, list[Note]] = field(default_factory=dict)
    kicks: list[float] = field(default_factory=list)


def plan_form(style: Style, seconds: float, bpm: float) -> Form:
    """Intro, verse, a bar of drop-out, chorus, and a ringing end; an even number of beats, as near to ``bpm`` as the length allows."""
    beats = max(BEATS, 2 * round(seconds * bpm / 120))
    exact = 60 * beats / seconds
    end_beats = BEATS if beats % BEATS == 0 else 6 if exact >= LONG_END_FROM_BPM and beats > 6 else 2
    bars = (beats - end_beats) // BEATS
    return Form(seconds, exact, (*_divide(bars), "end"), end_beats)


def _divide(bars: int) -> tuple[Section, ...]:
    """An intro, then one round of verse, drop-out and chorus; longer pieces have a second and third round, so that nothing goes on unchanged."""
    intro = min(MOST_INTRO_BARS, max(1, round((bars + 1) * INTRO_SHARE))) if bars >= 4 else 0
    body = bars - intro
    rounds = max(1, round(body / ROUND_BARS))
    sections: list[Section] = ["intro"] * intro
    for turn in range(rounds):
        sections += _divide_round(body * (turn + 1) // rounds - body * turn // rounds)
    return tuple(sections)


def _divide_round(bars: int) -> list[Section]:
    pause = 1 if bars >= LEAST_BODY_FOR_BREAK else 0
    verse = round(bars * VERSE_SHARE) if bars > 2 else 0
    parts: tuple[tuple[Section, int], ...] = (("verse", verse), ("break", pause), ("chorus", bars - verse - pause))
    return [section for section, count in parts for _ in range(count)]


def lay_chords(style: Style, form: Form) -> tuple[Chord, ...]:
    """The chord of each bar; every section begins with the first of its own row."""
    names: list[str] = []
    count = 0
    for bar, section in enumerate(form.sections):
        count = 0 if form.is_new(bar) and section in {"verse", "chorus"} else count
        row = style.chorus if section == "chorus" and (count // len(style.verse)) % 2 == 1 else style.verse
        names.append(style.tonic if section == "end" else row[count % len(row)])
        count += 1
    return tuple(parse_chord(name) for name in names)


class Pencil:
    """Writes notes with swing and a little human unevenness, the same for the same seed."""

    def __init__(self, score: Score, seed: int) -> None:
        self.score = score
        self.chance = np.random.default_rng(seed)

    def time_of(self, bar: int, step: float) -> float:
        """Seconds of a sixteenth; with swing every second one is late."""
        form, swing = self.score.form, self.score.style.swing
        pair, within = int(step // 2) * 2, step % 2
        bent = pair + (2 * swing * within if within <= 1 else 2 * swing + (within - 1) * (2 - 2 * swing))
        return bar * form.bar + bent * form.beat / 4

    def write(self, stem: str, bar: int, step: float, steps: float, pitch: int, velocity: float, ease: float = 1.0, late: float = 0.0) -> None:
        """One note. ``ease``: share of the style's unevenness; ``late`` in seconds."""
        sigma = self.score.style.ease / 1000 * ease
        shift = float(np.clip(self.chance.normal(0, sigma), -EASE_LIMIT * sigma, EASE_LIMIT * sigma)) if sigma else 0.0
        strength = int(np.clip(velocity + self.chance.normal(0, VELOCITY_SPREAD), 16, 124))
        start = max(0.0, self.time_of(bar, step) + shift + late)
        seconds = max(LEAST_SECONDS, steps * self.score.form.beat / 4)
        self.score.notes.setdefault(stem, []).append(Note(start, seconds, pitch, strength))


def hits_of(rhythm: str) -> Sequence[tuple[int, int, str]]:
    """Step, length and sign of each hit of one bar; ``-`` holds it on."""
    signs = rhythm.replace(" ", "")
    found: list[tuple[int, int, str]] = []
    for step, sign in enumerate(signs):
        if sign == "-" and found:
            begin, _, first = found[-1]
            found[-1] = (begin, step - begin + 1, first)
        elif sign not in {".", "-"}:
            found.append((step, 1, sign))
    return found
