"""Composing: each stem of a style is written into a score, bar by bar."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from reelwright.generation.music.harmony import parse_key, voice_chord
from reelwright.generation.music.score import STEPS, Pencil, Score, hits_of, lay_chords, plan_form
from reelwright.generation.music.style import Play, Section, Stem, Style

KICK, SNARE, CRASH, RIDE = 36, 38, 49, 51
TOMS = (50, 48, 47, 45, 43)
ACCENT, SOFT = 14, -20
END_STEPS = 15
BASS_LOW = 28
GHOST = 30
_FILLS: Mapping[str, Sequence[tuple[int, int, int]]] = {
    "toms": ((8, SNARE, -12), (10, SNARE, -4), (11, TOMS[0], 0), (12, TOMS[1], 4), (13, TOMS[2], 6), (14, TOMS[3], 10), (15, TOMS[4], 14)),
    "snare": ((12, SNARE, -18), (13, SNARE, -28), (14, SNARE, -6), (15, SNARE, 4)),
    "none": (),
}  # fmt: skip
_MOTIFS: Sequence[Sequence[int]] = ((0, 3, 6, 8, 12), (0, 4, 6, 10, 12, 14), (2, 4, 8, 11, 14), (0, 6, 8, 10, 14), (0, 4, 8, 12))


def compose(style: Style, seconds: float, bpm: float, seed: int) -> Score:
    """A score of exactly ``seconds``; the same seed gives the same music."""
    form = plan_form(style, seconds, bpm)
    score = Score(form, style, lay_chords(style, form))
    pencil = Pencil(score, seed)
    for stem in style.stems:
        _WRITERS[stem.play](stem, pencil)
    score.kicks.sort()
    return score


def _rhythm(stem: Stem, section: Section, bar: int) -> str:
    rows = stem.rhythms.get(section, ())
    return rows[bar % len(rows)] if rows else ""


def _strength(stem: Stem, sign: str) -> float:
    return stem.velocity + (ACCENT if sign in "XR" else SOFT if sign == "o" else 0)


def _voicings(stem: Stem, score: Score, count: int = 4) -> list[list[int]]:
    found: list[list[int]] = []
    for chord in score.chords:
        found.append(voice_chord(chord, stem.centre, found[-1] if found else None, count))
    return found


def _write_chords(stem: Stem, pencil: Pencil) -> None:
    for bar, notes in enumerate(_voicings(stem, pencil.score)):
        section = pencil.score.form.sections[bar]
        for step, steps, sign in _bar_hits(stem, section, bar):
            for place, pitch in enumerate(notes):
                pencil.write(stem.name, bar, step + (0.35 if section == "end" else 0.06) * place, steps * 0.96, pitch, _strength(stem, sign) - 2 * place)


def _bar_hits(stem: Stem, section: Section, bar: int) -> Sequence[tuple[int, int, str]]:
    """The end rings: one hit, held, for every stem that plays before it."""
    if section == "end":
        return ((0, END_STEPS, "x"),) if "end" in stem.rhythms or "chorus" in stem.rhythms else ()
    return hits_of(_rhythm(stem, section, bar))


def _write_arpeggio(stem: Stem, pencil: Pencil) -> None:
    for bar, notes in enumerate(_voicings(stem, pencil.score, 3)):
        section = pencil.score.form.sections[bar]
        ladder = [*notes, *(note + 12 for note in notes)]
        if section == "end":
            hits: Sequence[tuple[int, int, str]] = ((0, END_STEPS, "o"),) if "chorus" in stem.rhythms else ()
        else:
            hits = hits_of(_rhythm(stem, section, bar))
        for place, (step, steps, sign) in enumerate(hits):
            pencil.write(stem.name, bar, step, steps * 1.1, ladder[stem.order[place % len(stem.order)] % len(ladder)], _strength(stem, sign))


def _write_pad(stem: Stem, pencil: Pencil) -> None:
    for bar, notes in enumerate(_voicings(stem, pencil.score, 3)):
        if pencil.score.form.sections[bar] in stem.rhythms or pencil.score.form.sections[bar] == "end":
            for pitch in notes:
                pencil.write(stem.name, bar, 0, STEPS - 0.2, pitch, stem.velocity, ease=0.3)


def _write_bass(stem: Stem, pencil: Pencil) -> None:
    chords = pencil.score.chords
    for bar, chord in enumerate(chords):
        section = pencil.score.form.sections[bar]
        root = BASS_LOW + (chord.root - BASS_LOW) % 12
        following = BASS_LOW + (chords[min(bar + 1, len(chords) - 1)].root - BASS_LOW) % 12
        pitches = {"5": root + 7, "8": root + 12, "a": following + (-1 if following > root else 1)}
        for step, steps, sign in _bar_hits(stem, section, bar):
            pencil.write(stem.name, bar, step, steps * 0.94, pitches.get(sign, root), _strength(stem, sign), ease=0.5)


def _write_drums(stem: Stem, pencil: Pencil) -> None:
    form = pencil.score.form
    for bar, section in enumerate(form.sections):
        for pitch, rows in stem.drums.get(section, {}).items():
            for step, _, sign in hits_of(rows[bar % len(rows)]):
                _hit(stem, pencil, bar, step, pitch, _strength(stem, sign))
        if form.is_new(bar) and section in {"chorus", "end"} and stem.drums.get("chorus"):
            _hit(stem, pencil, bar, 0, CRASH if pencil.score.style.fill == "toms" else RIDE, stem.velocity - 6)
        if form.ends_section(bar) and section in {"verse", "chorus"}:
            for step, pitch, louder in _FILLS[pencil.score.style.fill]:
                _hit(stem, pencil, bar, step, pitch, stem.velocity - 10 + louder)


def _hit(stem: Stem, pencil: Pencil, bar: int, step: int, pitch: int, velocity: float) -> None:
    """Kicks are nearly exact, the backbeat of a swung style comes late."""
    late = 0.012 if pitch in {SNARE, 37} and pencil.score.style.swing > 0.5 else 0.0
    pencil.write(stem.name, bar, step, 1, pitch, velocity, ease=0.25 if pitch == KICK else 0.6, late=late)
    if pitch == KICK and velocity > GHOST:
        pencil.score.kicks.append(pencil.time_of(bar, step))


def _write_melody(stem: Stem, pencil: Pencil) -> None:
    """A motif of two bars played A A' A B: tones of the chord where it is strong, steps of the scale between."""
    score = pencil.score
    bars = [bar for bar, section in enumerate(score.form.sections) if section in stem.rhythms]
    motif = _MOTIFS[int(pencil.chance.integers(len(_MOTIFS)))]
    answer = (0, 4, 8) if stem.density < 0.5 else tuple(_MOTIFS[int(pencil.chance.integers(len(_MOTIFS)))][:4])
    contour = np.cumsum(pencil.chance.choice([-1, 0, 1, 1, -1, 2], 12))
    scale = {(parse_key(score.style.key) + tone) % 12 for tone in score.style.scale}
    ladder = [note for note in range(stem.centre - 12, stem.centre + 14) if note % 12 in scale]
    last = stem.centre
    for place, bar in enumerate(bars):
        steps = motif if place % 2 == 0 else answer
        steps = steps[:2] if place % 4 == 3 else steps
        strong = [note for note in range(stem.centre - 9, stem.centre + 12) if note % 12 in score.chords[bar].classes[:4]]
        for number, step in enumerate(steps):
            wish = last + 2 * int(contour[(number + 2 * (place % 2) + place // 4) % 12]) if number else stem.centre + int(contour[place % 4])
            last = _nearest(strong if step % 4 == 0 or number == len(steps) - 1 else ladder, wish, last)
            following = steps[number + 1] if number + 1 < len(steps) else STEPS
            pencil.write(stem.name, bar, step, (following - step) * 0.92, last, stem.velocity + (8 if step % 8 == 0 else -6 if step % 2 else 0))


def _nearest(pool: Sequence[int], wish: int, last: int) -> int:
    """The note of the pool that is wished most; the same one again only where it is clearly nearest."""
    return min(pool, key=lambda note: abs(note - wish) + (0.6 if note == last else 0))


def _write_swell(stem: Stem, pencil: Pencil) -> None:
    """A reversed cymbal or rising noise that ends where the next section begins."""
    form = pencil.score.form
    for bar in range(len(form.sections)):
        if form.ends_section(bar) and form.sections[bar + 1] in {"verse", "chorus"}:
            pencil.write(stem.name, bar, STEPS / 2, STEPS / 2, stem.centre, stem.velocity, ease=0)


_WRITERS: Mapping[Play, Callable[[Stem, Pencil], None]] = {
    "drums": _write_drums, "bass": _write_bass, "chords": _write_chords, "arpeggio": _write_arpeggio, "pad": _write_pad, "melody": _write_melody,
    "swell": _write_swell,
}  # fmt: skip
