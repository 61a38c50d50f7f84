"""A reel's soundtrack: voice, music, the clips' own sound and made effects on four buses, mixed and mastered."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import signal
from scipy.ndimage import uniform_filter1d

from reelwright.kit.errors import RenderFailed, UnsupportedMedia
from reelwright.kit.loudness import SILENCE_LUFS, master, measure_loudness, measure_true_peak
from reelwright.kit.sound_file import SAMPLE_RATE, read_sound
from reelwright.reels.reel import Reel, SoundClip
from reelwright.rendering.ducking import draw_ducking, lower_by
from reelwright.rendering.effects import lay_effects
from reelwright.rendering.sound_repairs import hold_width, make_bed, mute_wind, to_mono
from reelwright.rendering.through_aac import AUDIO_BITS_PER_SECOND, AUDIO_FRAME_SAMPLES, PackedSound, hear, pack_sound

VOICE_LUFS = -16.0
BOTH_SIDES_DB = 3.01  # the same sound on two sides is so much louder than on one
MUSIC_LUFS = -19.0
MUSIC_ALONE_LUFS = -14.0
SOURCE_LUFS = -24.0
SOURCE_ALONE_LUFS = -14.0
MUSIC_DUCK_DB = -11.0
SOURCE_DUCK_DB = -8.0
VOICE_HIGH_PASS_HERTZ = 80.0
COMPRESSION_THRESHOLD_DB = -20.0
COMPRESSION_RATIO = 3.0
COMPRESSION_WINDOW_SECONDS = 0.02
ALL_PASS_HERTZ = 200.0
ALL_PASS_QUALITY = 0.7
ALL_PASS_COUNT = 4
MAX_BUS_GAIN_DB = 24.0
MAX_SOURCE_GAIN_DB = 15.0  # a nearly silent clip is room noise, not sound to be lifted
EDGE_SECONDS = 0.005
AAC_MARGIN_DB = 0.5  # AAC lifts true peaks a little …
AAC_TOLERANCE_DB = 0.2  # … and where it lifts them more than that, the ceiling goes down by what is too much
AAC_TRIES = 6
AAC_RUN_IN_SAMPLES = AUDIO_FRAME_SAMPLES  # the file's sound begins this much later (see encode), and AAC's blocks lie otherwise then

Samples = NDArray[np.float32]


@dataclass
class _Sounds:
    """Sound files of the reel, each read once for a bus; long ones are forgotten after it."""

    files: Mapping[str, Path]
    read: dict[str, Samples] = field(default_factory=dict)

    def get(self, key: str) -> Samples:
        if key not in self.read:
            try:
                self.read[key] = read_sound(self.files[key])
            except (KeyError, UnsupportedMedia) as error:
                raise RenderFailed(f"The sound {key} could not be read.") from error
        return self.read[key]


class Mastered(NamedTuple):
    """A finished soundtrack, (n, 2) at 48 kHz, and the same as it goes into the file: from the sample on that follows AAC's run-in."""

    samples: Samples
    packed: PackedSound


def mix_soundtrack(reel: Reel, files: Mapping[str, Path]) -> Mastered:
    """round(duration * 48000) samples at the reel's loudness, true peaks half a decibel under its limit.

    ``files``: storage key → local file. Where the reel has no voice, clips in which somebody speaks are heard as one. A reel without
    sound gives zeros. Raises RenderFailed.
    """
    length = round(reel.duration * SAMPLE_RATE)
    track, sounds = reel.soundtrack, _Sounds(files)
    speaks_itself = () if track.voice else tuple(clip for clip in track.source if clip.is_speech)
    own = reel.media if speaks_itself else reel.sounds
    spoken = to_mono(_lay(track.voice or speaks_itself, lambda clip: sounds.get(own[clip.sound_id].file), length, VOICE_LUFS))
    sounds.read.clear()
    mixed = _shape_voice(spoken)
    others_alone = not mixed.any()
    curve = draw_ducking(mixed, MUSIC_DUCK_DB) if track.is_ducked and not others_alone else None
    del spoken
    music = _lay(track.music, lambda clip: sounds.get(reel.sounds[clip.sound_id].file), length, MUSIC_ALONE_LUFS if others_alone else MUSIC_LUFS)
    sounds.read.clear()
    source_lufs = SOURCE_ALONE_LUFS if others_alone and not music.any() else SOURCE_LUFS
    music = music if curve is None else lower_by(music, curve)
    mixed += hold_width(music)
    del music
    beside = tuple(clip for clip in track.source if clip not in speaks_itself)
    source = _lay(beside, lambda clip: sounds.get(reel.media[clip.sound_id].file), length, source_lufs, MAX_SOURCE_GAIN_DB, mute_wind)
    sounds.read.clear()
    source = source if curve is None else lower_by(source, curve * (SOURCE_DUCK_DB / MUSIC_DUCK_DB))
    mixed += hold_width(source)
    del source
    mixed += lay_effects(track.effects, length)
    if not others_alone or track.bed_db is not None:
        mixed += make_bed(mixed, reel)
    return _master_for_aac(mixed, track.loudness_lufs, track.true_peak_dbtp)


def _master_for_aac(mixed: Samples, loudness_lufs: float, limit_dbtp: float) -> Mastered:
    """Mastered so that the true peaks of what players decode stay under the limit, too.

    What AAC adds differs from ceiling to ceiling, so each is heard; where none suffices, plain gain takes the rest away, heard each time too.
    """
    ceiling = limit_dbtp - AAC_MARGIN_DB
    mastered = _pack(master(mixed, loudness_lufs, ceiling))
    over = _measure_over(mastered, limit_dbtp)
    for _ in range(AAC_TRIES):
        if over <= 0:
            return mastered
        ceiling -= over + AAC_TOLERANCE_DB / 2
        mastered = _pack(master(mixed, loudness_lufs, ceiling))
        over = _measure_over(mastered, limit_dbtp)
    for _ in range(AAC_TRIES):
        if over <= 0:
            break
        quieter = np.float32(10 ** (-(over + AAC_TOLERANCE_DB / 2) / 20))
        mastered = _pack(np.asarray(mastered.samples * quieter, np.float32))
        over = _measure_over(mastered, limit_dbtp)
    return mastered


def _pack(mastered: Samples) -> Mastered:
    return Mastered(mastered, pack_sound(mastered[AAC_RUN_IN_SAMPLES:], AUDIO_BITS_PER_SECOND))


def _measure_over(mastered: Mastered, limit_dbtp: float) -> float:
    """Decibels by which the true peak of the sound that the file will hold is too high; negative where it is not."""
    return measure_true_peak(hear(mastered.packed)) - (limit_dbtp - AAC_TOLERANCE_DB)


def _shape_voice(spoken: Samples) -> Samples:
    """The voice, one channel, in the middle: without rumble, its loud syllables held back, at ``VOICE_LUFS``."""
    if not spoken.any():
        return np.zeros((len(spoken), 2), np.float32)
    high_pass = signal.butter(2, VOICE_HIGH_PASS_HERTZ, "high", fs=SAMPLE_RATE, output="sos")
    even = _compress(_turn_phases(np.asarray(signal.sosfilt(high_pass, spoken), np.float32)))
    lift_db = _measure_lift(even[:, None], VOICE_LUFS - BOTH_SIDES_DB, MAX_BUS_GAIN_DB)
    return np.repeat((even * np.float32(10 ** (lift_db / 20)))[:, None], 2, axis=1)


def _lay(
    clips: Sequence[SoundClip],
    read: Callable[[SoundClip], Samples],
    length: int,
    loudness: float,
    max_gain_db: float = MAX_BUS_GAIN_DB,
    repair: Callable[[Samples], Samples] = lambda piece: piece,
) -> Samples:
    """One bus: each sound at the bus's loudness (over all that is heard of it), each clip at its place with its own gain."""
    bus = np.zeros((length, 2), np.float32)
    pieces = [(clip, repair(_cut(clip, read(clip), length))) for clip in clips]
    for sound_id in dict.fromkeys(clip.sound_id for clip in clips):
        same = [(clip, piece) for clip, piece in pieces if clip.sound_id == sound_id and len(piece)]
        if not same:
            continue
        whole = np.concatenate([piece for _, piece in same]) if len(same) > 1 else same[0][1]
        lift_db = _measure_lift(whole, loudness, max_gain_db)
        del whole
        for clip, piece in same:
            lifted = piece * np.float32(10 ** ((lift_db + clip.gain_db) / 20))
            _fade(lifted, round(clip.fade_in * SAMPLE_RATE), round(clip.fade_out * SAMPLE_RATE))
            begin = round(clip.start * SAMPLE_RATE)
            bus[begin : begin + len(lifted)] += lifted
    return bus


def _cut(clip: SoundClip, sound: Samples, length: int) -> Samples:
    """The part of a sound that a clip plays, no longer than the reel."""
    begin, end = round(clip.start * SAMPLE_RATE), min(length, round((clip.start + clip.duration) * SAMPLE_RATE))
    first = round(clip.source_start * SAMPLE_RATE)
    return sound[first : first + max(0, end - begin)]


def _measure_lift(piece: Samples, loudness: float, max_gain_db: float) -> float:
    """The gain that brings a piece to this loudness, at most ``max_gain_db``; short ones are measured with silence behind them."""
    least = SAMPLE_RATE // 2
    now = measure_loudness(piece if len(piece) >= least else np.pad(piece, ((0, least - len(piece)), (0, 0))))
    return 0.0 if now <= SILENCE_LUFS else min(loudness - now, max_gain_db)


def _fade(piece: Samples, fade_in: int, fade_out: int) -> None:
    """Equal-power fades in place; at least ``EDGE_SECONDS`` at both ends, so that no edge clicks."""
    least = round(EDGE_SECONDS * SAMPLE_RATE)
    for samples, length in ((piece, max(fade_in, least)), (piece[::-1], max(fade_out, least))):
        count = min(length, len(samples))
        samples[:count] *= np.sin(np.linspace(0, np.pi / 2, count, dtype=np.float32))[:, None]


def _turn_phases(voice: Samples) -> Samples:
    """Four all-passes: a voice's pulses are spread over a few milliseconds and peak 3 dB lower at the same loudness."""
    turn = 2 * np.pi * ALL_PASS_HERTZ / SAMPLE_RATE
    width = np.sin(turn) / (2 * ALL_PASS_QUALITY)
    forward = np.array([1 - width, -2 * np.cos(turn), 1 + width])
    section = np.concatenate([forward, forward[::-1]]) / (1 + width)
    return np.asarray(signal.sosfilt(np.tile(section, (ALL_PASS_COUNT, 1)), voice), np.float32)


def _compress(voice: Samples) -> Samples:
    """3:1 above -20 dBFS on the level around each moment of one channel."""
    window = round(COMPRESSION_WINDOW_SECONDS * SAMPLE_RATE)
    level = uniform_filter1d(uniform_filter1d(np.square(voice), window), window // 2)
    # In place from here on: a channel of three minutes is 35 MB.
    np.log10(np.maximum(level, 1e-12, out=level), out=level)
    level *= 10
    level -= COMPRESSION_THRESHOLD_DB
    np.maximum(level, 0, out=level)
    level *= 1 - 1 / COMPRESSION_RATIO
    level /= -20
    np.power(10.0, level, out=level)
    level *= voice
    return np.asarray(level, np.float32)
