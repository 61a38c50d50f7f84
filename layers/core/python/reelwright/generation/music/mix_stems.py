"""Stems become a piece: each filtered, placed, levelled, made to give way to the kick drum, with a common room, and mastered."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from scipy import signal
from scipy.ndimage import uniform_filter1d

from reelwright.generation.music.score import Note, Score
from reelwright.generation.music.style import Sound, Stem
from reelwright.kit.loudness import master, measure_loudness

SAMPLE_RATE = 48_000
LOUDNESS_LUFS = -14.0
CEILING_DBTP = -1.5
TAIL_SECONDS = 1.5
ACTIVE_WINDOW = 4800
ACTIVE_SHARE = 1e-3
DUCK_ATTACK_SECONDS = 0.004
ECHO_REPEATS = 3
MONO_BELOW_HERTZ = 130.0
OPEN_SAMPLES, OPEN_ABOVE_HERTZ = 530, 250.0  # 11 ms
PRE_DELAY_SECONDS = 0.018
END_FADE_SHARE = 0.45
ANTI_CLICK_SAMPLES = 96
GLUE_THRESHOLD_DB, GLUE_RATIO = -16.0, 2.0
CRACKLES_PER_SECOND = 9

Samples = NDArray[np.float32]


class Player(Protocol):
    """Who plays a stem: a sound font, or the plain synth."""

    def play(self, stem: Stem, notes: Sequence[Note], length: int, seed: int) -> Samples:
        """(length, 2) samples at 48 kHz."""
        ...


def mix_score(score: Score, player: Player, seed: int) -> Samples:
    """(n, 2) samples, exactly as long as the score's form, at -14 LUFS and at most -1.5 dBTP."""
    length = round(score.form.seconds * SAMPLE_RATE)
    padded = length + round(TAIL_SECONDS * SAMPLE_RATE)
    dry, send = np.zeros((padded, 2), np.float32), np.zeros((padded, 2), np.float32)
    for stem in score.style.stems:
        notes = score.notes.get(stem.name)
        if notes:
            played = _place(player.play(stem, notes, padded, seed), stem.sound, score)
            dry += played
            send += played * np.float32(stem.sound.reverb)
    if score.style.crackle:
        dry += _crackle(padded, seed)
    dry += _room(send, score.style.reverb_seconds, seed)
    mixed = _finish(dry, score)[:length]
    _fade(mixed, score)
    return master(mixed, LOUDNESS_LUFS, CEILING_DBTP)


def _place(played: Samples, sound: Sound, score: Score) -> Samples:
    band = signal.butter(2, (sound.low_cut, min(sound.high_cut, 20_000)), "bandpass", fs=SAMPLE_RATE, output="sos")
    filtered = signal.sosfilt(band, played, axis=0)
    middle, side = (filtered[:, 0] + filtered[:, 1]) / 2, (filtered[:, 0] - filtered[:, 1]) / 2 * sound.width
    side = side + _open(middle, sound.width)
    angle = (1 + sound.pan) * np.pi / 4
    placed = np.stack([(middle + side) * np.cos(angle), (middle - side) * np.sin(angle)], axis=1) * np.sqrt(2)
    placed *= 10 ** ((sound.loudness - _measure_active(placed)) / 20)
    if sound.duck:
        placed *= _give_way(len(placed), score, sound.duck)[:, None]
    if sound.echo:
        placed += _echo(placed, score.form.beat * 0.75, sound.echo)
    return np.asarray(placed, np.float32)


def _open(middle: NDArray[np.float64], width: float) -> NDArray[np.float64]:
    """A side of its own for a wide instrument: its middle a moment later, which one loudspeaker does not hear."""
    if width <= 1:
        return np.zeros_like(middle)
    late = np.zeros_like(middle)
    late[OPEN_SAMPLES:] = middle[:-OPEN_SAMPLES]
    return np.asarray(signal.sosfilt(signal.butter(1, OPEN_ABOVE_HERTZ, "high", fs=SAMPLE_RATE, output="sos"), late) * min(0.7, 1.5 * (width - 1)))


def _measure_active(rows: NDArray[np.float64]) -> float:
    """Loudness over what is played, without the pauses."""
    power = uniform_filter1d(np.square(rows).sum(axis=1), ACTIVE_WINDOW)
    played = rows[power > power.max() * ACTIVE_SHARE]
    return measure_loudness(played if len(played) > SAMPLE_RATE else np.tile(rows, (2, 1)))


def _give_way(length: int, score: Score, depth: float) -> NDArray[np.float64]:
    """Gain that dips at each kick and comes back within a beat."""
    count = round(0.85 * score.form.beat * SAMPLE_RATE)
    dip = 1 - depth * (1 - (np.arange(count) / count) ** 0.6)
    gain = np.ones(length)
    for at in score.kicks:
        begin = round(at * SAMPLE_RATE)
        part = gain[begin : begin + count]
        np.minimum(part, dip[: len(part)], out=part)
    return np.asarray(uniform_filter1d(gain, round(DUCK_ATTACK_SECONDS * SAMPLE_RATE)))


def _echo(rows: NDArray[np.float64], seconds: float, share: float) -> NDArray[np.float64]:
    """Dotted-eighth repeats, each darker, on the other side, and softer."""
    delay = round(seconds * SAMPLE_RATE)
    dark = signal.butter(1, (300, 4500), "bandpass", fs=SAMPLE_RATE, output="sos")
    echoes, last = np.zeros_like(rows), rows
    for repeat in range(ECHO_REPEATS):
        moved = np.zeros_like(last)
        moved[delay:] = last[:-delay, ::-1]
        last = signal.sosfilt(dark, moved, axis=0)
        echoes += last * (share * 0.55**repeat)
    return echoes


def _room(send: Samples, seconds: float, seed: int) -> Samples:
    """A plate: noise whose highs die sooner than its lows, behind a short delay."""
    chance = np.random.default_rng((seed, 7))
    count = round(1.15 * seconds * SAMPLE_RATE)
    noise = chance.standard_normal((count, 2))
    noise = 0.5 * noise + 0.5 * noise.mean(axis=1, keepdims=True)
    at = np.arange(count) / SAMPLE_RATE
    low = signal.sosfilt(signal.butter(1, 900, "low", fs=SAMPLE_RATE, output="sos"), noise, axis=0)
    high = noise - low
    plate = low * 10 ** (-3 * at / (1.1 * seconds))[:, None] + 0.6 * high * 10 ** (-3 * at / (0.6 * seconds))[:, None]
    plate *= np.minimum(1, at / 0.012)[:, None] / np.sqrt(np.square(plate).sum(axis=0))
    plate = signal.sosfilt(signal.butter(2, 180, "high", fs=SAMPLE_RATE, output="sos"), plate, axis=0)
    delayed = np.pad(plate, ((round(PRE_DELAY_SECONDS * SAMPLE_RATE), 0), (0, 0))).astype(np.float32)
    return np.asarray(signal.oaconvolve(send, delayed, axes=0)[: len(send)], np.float32)


def _finish(rows: Samples, score: Score) -> Samples:
    """No rumble, mono bass, less mud, the style's brightness, and a little glue."""
    mixed = signal.sosfilt(signal.butter(2, 28, "high", fs=SAMPLE_RATE, output="sos"), rows, axis=0)
    middle, side = (mixed[:, 0] + mixed[:, 1]) / 2, (mixed[:, 0] - mixed[:, 1]) / 2
    side = signal.sosfilt(signal.butter(2, MONO_BELOW_HERTZ, "high", fs=SAMPLE_RATE, output="sos"), side)
    mixed = np.stack([middle + side, middle - side], axis=1)
    mixed = signal.sosfilt([_peak(320, -1.5, 0.9), _shelf(8000, score.style.brightness_db)], mixed, axis=0)
    mixed *= 10 ** ((-16 - measure_loudness(mixed)) / 20)
    level = 10 * np.log10(uniform_filter1d(np.square(mixed).mean(axis=1), round(0.03 * SAMPLE_RATE)) + 1e-10)
    reduction = np.maximum(level - GLUE_THRESHOLD_DB, 0) * (1 - 1 / GLUE_RATIO)
    gain = uniform_filter1d(10 ** (-reduction / 20), round(0.06 * SAMPLE_RATE))
    return np.asarray(mixed * gain[:, None], np.float32)


def _peak(hertz: float, gain_db: float, quality: float) -> NDArray[np.float64]:
    turn, amplitude = 2 * np.pi * hertz / SAMPLE_RATE, 10 ** (gain_db / 40)
    width = np.sin(turn) / (2 * quality)
    section = np.array([1 + width * amplitude, -2 * np.cos(turn), 1 - width * amplitude, 1 + width / amplitude, -2 * np.cos(turn), 1 - width / amplitude])
    return np.asarray(section / section[3])


def _shelf(hertz: float, gain_db: float) -> NDArray[np.float64]:
    turn, amplitude = 2 * np.pi * hertz / SAMPLE_RATE, 10 ** (gain_db / 40)
    cosine, slope = np.cos(turn), 2 * np.sqrt(amplitude) * np.sin(turn) / (2 * 0.707)
    more, less = amplitude + 1, amplitude - 1
    section = np.array([
        amplitude * (more + less * cosine + slope), -2 * amplitude * (less + more * cosine), amplitude * (more + less * cosine - slope),
        more - less * cosine + slope, 2 * (less - more * cosine), more - less * cosine - slope,
    ])  # fmt: skip
    return np.asarray(section / section[3])


def _crackle(length: int, seed: int) -> Samples:
    """A worn record."""
    chance = np.random.default_rng((seed, 11))
    rows = chance.standard_normal((length, 2)) * 0.0016
    for place in chance.integers(0, length - 8, round(length / SAMPLE_RATE * CRACKLES_PER_SECOND)):
        rows[place : place + 3] += chance.standard_normal() * 0.04
    band = signal.butter(1, (500, 7000), "bandpass", fs=SAMPLE_RATE, output="sos")
    return np.asarray(signal.sosfilt(band, rows, axis=0), np.float32)


def _fade(mixed: Samples, score: Score) -> None:
    """The last chord rings out over its second half; no click at the beginning."""
    mixed[:ANTI_CLICK_SAMPLES] *= np.linspace(0, 1, ANTI_CLICK_SAMPLES, dtype=np.float32)[:, None]
    count = min(len(mixed), round(END_FADE_SHARE * score.form.end_beats * score.form.beat * SAMPLE_RATE))
    mixed[-count:] *= (0.5 + 0.5 * np.cos(np.linspace(0, np.pi, count, dtype=np.float32)))[:, None]
