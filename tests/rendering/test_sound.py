"""The mix: levels, ducking, fades, exact length, and what is heard when there is only one kind of sound."""

from __future__ import annotations

import re
import subprocess
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
import soundfile
from scipy import signal

from reelwright.kit.errors import RenderFailed
from reelwright.kit.ffmpeg import find_ffmpeg
from reelwright.kit.loudness import measure_loudness
from reelwright.reels.reel import Clip, CutReason, Declaration, Fill, MediaReference, Rect, Reel, SoundClip, SoundEffect, SoundReference, Soundtrack, Track
from reelwright.rendering.ducking import STEP_SECONDS, draw_ducking, lower_under
from reelwright.rendering.sound import mix_soundtrack
from reelwright.rendering.sound_repairs import MONO_LOSS_DB, ROOM_TONE_DBFS, hold_width, mute_wind

RATE = 48_000
Samples = np.ndarray


def make_speech(seconds: float, pauses: tuple[tuple[float, float], ...] = ()) -> Samples:
    """Syllables of a buzz at 140 Hz, five a second, silent in the pauses; mono at 24 kHz, quiet."""
    time_ = np.arange(round(seconds * 24_000)) / 24_000
    buzz = sum(np.sin(2 * np.pi * 140 * harmonic * time_) / harmonic for harmonic in range(1, 20))
    speech = 0.05 * buzz * (0.35 + 0.65 * np.sin(np.pi * 5 * time_) ** 2)
    for begin, end in pauses:
        speech[(time_ >= begin) & (time_ < end)] = 0
    return speech.astype(np.float32)


def make_music(seconds: float) -> Samples:
    """A steady chord at 1 to 2 kHz, far from the speech's base."""
    time_ = np.arange(round(seconds * RATE)) / RATE
    chord = sum(np.sin(2 * np.pi * hertz * time_) for hertz in (1000, 1260, 1890))
    return np.repeat((0.1 * chord)[:, None], 2, axis=1).astype(np.float32)


class Studio:
    """Writes sounds to a folder and makes reels of them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.files: dict[str, Path] = {}
        self.sounds: dict[str, SoundReference] = {}
        self.media: dict[str, MediaReference] = {}

    def record(self, name: str, samples: Samples, rate: int = RATE) -> None:
        path = self.folder / f"{name}.wav"
        soundfile.write(path, samples, rate, subtype="FLOAT")
        self.files[f"key/{name}.wav"] = path
        self.sounds[name] = SoundReference(file=f"key/{name}.wav", duration=Fraction(len(samples), rate))
        self.media[name] = MediaReference(kind="video", file=f"key/{name}.wav", width=90, height=160, has_sound=True)

    def cut(self, seconds: Fraction, soundtrack: Soundtrack, declarations: tuple[Declaration, ...] = ()) -> Reel:
        layer = Fill(rect=Rect(x=0, y=0, width=1080, height=1920), colour="#112233")
        clip = Clip(id="one", start=Fraction(0), duration=seconds, layers=(layer,), cut=CutReason(on="start"))
        return Reel(
            template="editorial", tracks=(Track(clips=(clip,)),), sounds=self.sounds, media=self.media, soundtrack=soundtrack, declarations=declarations
        )

    def mix(self, seconds: Fraction, declarations: tuple[Declaration, ...] = (), **buses: object) -> Samples:
        return mix_soundtrack(self.cut(seconds, Soundtrack.model_validate(buses), declarations), self.files).samples


@pytest.fixture
def studio(tmp_path: Path) -> Studio:
    studio = Studio(tmp_path)
    studio.record("voice", make_speech(12, ((4.0, 4.7), (7.0, 9.5))), 24_000)
    studio.record("music", make_music(20))
    studio.record("clip", np.random.default_rng(4).standard_normal((RATE * 6, 2)).astype(np.float32) * 0.02)
    return studio


def play(name: str, start: int, duration: int, **more: object) -> SoundClip:
    return SoundClip.model_validate({"sound_id": name, "start": Fraction(start), "duration": Fraction(duration), **more})


def ask_ffmpeg(samples: Samples, folder: Path, *codec: str) -> tuple[float, float]:
    """Integrated loudness and true peak by FFmpeg's meter, after a codec where one is named."""
    path, coded = folder / "mix.wav", folder / ("mix.m4a" if codec else "mix.wav")
    soundfile.write(path, samples, RATE, subtype="PCM_24")
    if codec:
        subprocess.run([find_ffmpeg(), "-nostdin", "-loglevel", "error", "-y", "-i", str(path), *codec, str(coded)], check=True)
    command = [find_ffmpeg(), "-nostdin", "-hide_banner", "-i", str(coded), "-af", "ebur128=peak=true", "-f", "null", "-"]
    report = subprocess.run(command, capture_output=True, text=True, check=True).stderr.split("Summary:")[-1]
    loudness, peak = re.search(r"I:\s+(\S+) LUFS", report), re.search(r"Peak:\s+(\S+) dBFS", report)
    assert loudness
    assert peak
    return float(loudness.group(1)), float(peak.group(1))


def level(samples: Samples, begin: float, end: float) -> float:
    """RMS in dBFS."""
    return 20 * float(np.log10(np.sqrt(np.square(samples[round(begin * RATE) : round(end * RATE)]).mean()) + 1e-9))


def band(samples: Samples, low: float, high: float) -> Samples:
    spectrum = np.fft.rfft(samples[:, 0])
    frequencies = np.fft.rfftfreq(len(samples), 1 / RATE)
    spectrum[(frequencies < low) | (frequencies > high)] = 0
    return np.fft.irfft(spectrum, len(samples))[:, None]


MIXES = {
    "voice, music and source": {"voice": (play("voice", 1, 12),), "music": (play("music", 0, 15),), "source": (play("clip", 2, 6),)},
    "voice and music": {"voice": (play("voice", 1, 12),), "music": (play("music", 0, 15),)},
    "voice alone": {"voice": (play("voice", 1, 12),)},
    "music alone": {"music": (play("music", 0, 15),)},
    "source alone": {"source": (play("clip", 0, 6), play("clip", 6, 6))},
    "not ducked": {"voice": (play("voice", 1, 12),), "music": (play("music", 0, 15),), "is_ducked": False},
}


@pytest.mark.parametrize("buses", MIXES.values(), ids=MIXES)
def test_every_kind_of_mix_meets_loudness_and_peak_by_ffmpegs_meter(buses: dict[str, object], studio: Studio, tmp_path: Path) -> None:
    mixed = studio.mix(Fraction(15), **buses)
    assert mixed.shape == (15 * RATE, 2)
    assert mixed.dtype == np.float32
    loudness, peak = ask_ffmpeg(mixed, tmp_path)
    assert loudness == pytest.approx(-14, abs=0.5)
    assert peak <= -1.4


def test_after_aac_the_peak_stays_under_the_platforms_limit(studio: Studio, tmp_path: Path) -> None:
    mixed = studio.mix(Fraction(15), **MIXES["voice, music and source"])
    loudness, peak = ask_ffmpeg(mixed, tmp_path, "-c:a", "aac", "-b:a", "128k")
    assert loudness == pytest.approx(-14, abs=0.5)
    assert peak <= -1.0


@pytest.mark.parametrize("frames", [1, 449, 450])
def test_the_length_is_exact_to_the_sample(frames: int, studio: Studio) -> None:
    seconds = Fraction(frames, 30)
    assert len(studio.mix(seconds, music=(play("music", 0, 20),))) == round(seconds * RATE)


def test_a_reel_without_sound_is_zeros(studio: Studio) -> None:
    assert not studio.mix(Fraction(3)).any()
    studio.record("nothing", np.zeros(RATE * 3, np.float32))
    assert not studio.mix(Fraction(3), source=(play("nothing", 0, 3),)).any()


def test_the_music_is_14_db_under_the_voice_while_it_speaks(studio: Studio) -> None:
    mixed = studio.mix(Fraction(15), **MIXES["voice and music"])
    music = band(mixed, 995, 1005)
    whole = level(band(studio.mix(Fraction(15), **MIXES["not ducked"]), 995, 1005), 2, 4)
    assert level(music, 2, 4) == pytest.approx(whole - 11, abs=2.5)
    voice = measure_loudness(studio.mix(Fraction(15), voice=MIXES["voice alone"]["voice"]))
    assert voice == pytest.approx(-14, abs=0.5)


def test_music_is_back_in_a_long_pause_and_not_pumping_in_a_short_one(studio: Studio) -> None:
    music = band(studio.mix(Fraction(15), **MIXES["voice and music"]), 995, 1005)
    speaking, short, long = level(music, 3, 4), level(music, 5.3, 5.45), level(music, 9.8, 10.2)
    assert short - speaking < 7
    assert long - speaking > 9


def test_ducking_falls_before_the_first_syllable_and_rises_after_the_last() -> None:
    voice = np.zeros((6 * RATE, 2), np.float32)
    voice[2 * RATE : 4 * RATE] = 0.1
    curve = draw_ducking(voice, -11)
    at = lambda seconds: curve[round(seconds / STEP_SECONDS)]  # noqa: E731
    assert at(1.85) == 0
    assert at(1.95) == pytest.approx(-11, abs=0.5)
    assert at(4.2) == pytest.approx(-11, abs=0.2)
    assert -6 < at(4.65) < -3
    assert at(5.9) > -0.5
    assert np.abs(np.diff(curve)).max() <= 11 * STEP_SECONDS / 0.06 + 1e-9
    assert not lower_under(np.zeros_like(voice), voice, -11).any()


def test_fades_do_not_click_and_the_end_is_silent(studio: Studio) -> None:
    mixed = studio.mix(Fraction(15), music=(play("music", 2, 10, fade_in=Fraction(1, 2), fade_out=Fraction(1)),))
    assert not mixed[: 2 * RATE - 10].any()
    assert not mixed[12 * RATE + 10 :].any()
    assert level(mixed, 2, 2.05) < level(mixed, 5, 6) - 12
    assert level(mixed, 11.95, 12) < level(mixed, 5, 6) - 15
    steps = np.abs(np.diff(mixed[:, 0]))
    assert steps.max() <= 1.05 * steps[5 * RATE : 8 * RATE].max()


def test_clip_times_source_times_and_gain_are_kept(studio: Studio) -> None:
    ping = np.zeros(RATE * 4, np.float32)
    ping[RATE * 3 : RATE * 3 + 2400] = 0.5 * np.sin(2 * np.pi * 1000 * np.arange(2400) / RATE)
    studio.record("ping", ping)
    mixed = studio.mix(Fraction(8), music=(play("ping", 5, 2, source_start=Fraction(2)),))
    loud = np.flatnonzero(np.abs(mixed[:, 0]) > 0.05)
    assert loud[0] / RATE == pytest.approx(6.0, abs=0.002)
    softer = studio.mix(Fraction(12), source=(play("clip", 0, 6), play("clip", 6, 6, gain_db=-12.0)))
    assert level(softer, 1, 5) - level(softer, 7, 11) == pytest.approx(12, abs=0.3)


def test_pauses_of_a_spoken_reel_are_not_digital_silence_unless_declared(studio: Studio) -> None:
    mixed = studio.mix(Fraction(15), **MIXES["voice alone"])
    assert level(mixed, 8.3, 9.7) == pytest.approx(ROOM_TONE_DBFS, abs=8)
    silence = Declaration(kind="silent", start=Fraction(8), end=Fraction(10), reason="a breath")
    assert level(studio.mix(Fraction(15), (silence,), **MIXES["voice alone"]), 8.3, 9.7) < -90


def test_wind_is_muted_a_hum_is_taken_away_and_a_bass_line_stays() -> None:
    time_ = np.arange(RATE * 4) / RATE
    noise = np.random.default_rng(2).standard_normal(RATE * 4)
    wind = signal.sosfilt(signal.butter(2, 70, "low", fs=RATE, output="sos"), noise) * 5 + 0.01 * noise
    stereo = lambda mono: np.repeat(mono[:, None], 2, axis=1).astype(np.float32)  # noqa: E731
    assert not mute_wind(stereo(wind)).any()
    hum = 0.4 * np.sin(2 * np.pi * 45 * time_) + 0.02 * np.sin(2 * np.pi * 1000 * time_)
    quiet = mute_wind(stereo(hum))
    assert level(band(quiet, 980, 1020), 1, 3) > level(band(quiet, 30, 60), 1, 3) + 6
    bass = 0.3 * np.sin(2 * np.pi * 55 * time_) + 0.2 * np.sin(2 * np.pi * 440 * time_) + 0.001 * noise
    assert np.array_equal(mute_wind(stereo(bass)), stereo(bass))


def test_the_clips_own_sound_is_8_db_lower_while_the_voice_speaks(studio: Studio) -> None:
    studio.record("hum", make_music(15))
    mixed = studio.mix(Fraction(15), voice=(play("voice", 1, 12),), source=(play("hum", 0, 15),))
    own = band(mixed, 995, 1005)
    assert level(own, 13.8, 14.8) - level(own, 2, 4) == pytest.approx(8, abs=1.5)


def test_speech_in_a_clip_is_heard_as_the_voice_where_there_is_no_other(studio: Studio) -> None:
    studio.record("talk", make_speech(12), 24_000)
    music = (play("music", 0, 15),)
    spoken = studio.mix(Fraction(15), music=music, source=(play("talk", 1, 10, is_speech=True),))
    plain = studio.mix(Fraction(15), music=music, source=(play("talk", 1, 10),))
    for mixed, is_over in ((spoken, True), (plain, False)):
        voice, chord = level(band(mixed, 130, 450), 3, 9), level(band(mixed, 900, 2000), 3, 9)
        assert (voice > chord + 8) == is_over
    assert level(band(spoken, 995, 1005), 13.5, 14.5) > level(band(spoken, 995, 1005), 3, 9) + 8
    both = studio.mix(Fraction(15), voice=(play("voice", 1, 12),), source=(play("talk", 1, 10, is_speech=True),))
    assert measure_loudness(both) == pytest.approx(-14, abs=0.5)


def test_two_clips_cross_over_120_ms_without_a_dip(studio: Studio) -> None:
    noise = np.random.default_rng(9).standard_normal((RATE * 12, 2)).astype(np.float32) * 0.05
    studio.record("first", noise[: RATE * 6])
    studio.record("second", noise[RATE * 6 :])
    fades = {"fade_in": Fraction(3, 25), "fade_out": Fraction(3, 25)}
    early = SoundClip(sound_id="first", start=Fraction(0), duration=Fraction(5) + Fraction(3, 50), **fades)
    late = SoundClip(sound_id="second", start=Fraction(5) - Fraction(3, 50), duration=Fraction(5), **fades)
    mixed = studio.mix(Fraction(9), source=(early, late))
    assert level(mixed, 4.94, 5.06) == pytest.approx(level(mixed, 2, 4), abs=1.0)


def test_effects_are_heard_at_their_moment_and_level_among_the_rest(studio: Studio) -> None:
    effect = SoundEffect(kind="ding", at=Fraction(9), peak_db=-14.0)
    plain = studio.mix(Fraction(15), **MIXES["voice and music"])
    mixed = studio.mix(Fraction(15), **MIXES["voice and music"], effects=(effect,))
    heard = band(mixed, 2300, 2400)
    assert level(heard, 9.0, 9.2) > level(band(plain, 2300, 2400), 9.0, 9.2) + 12
    assert measure_loudness(mixed) == pytest.approx(-14, abs=0.5)
    assert studio.mix(Fraction(3), effects=(SoundEffect(kind="whoosh", at=Fraction(1)),)).any()


def test_tape_hiss_lies_under_the_whole_reel(studio: Studio) -> None:
    mixed = studio.mix(Fraction(15), **MIXES["voice alone"], bed_db=-46.0)
    assert level(mixed, 8.3, 9.7) == pytest.approx(-46, abs=6)
    assert level(band(mixed, 6000, 12_000), 8.3, 9.7) > -70


def test_music_that_would_vanish_on_one_loudspeaker_is_narrowed() -> None:
    noise = np.random.default_rng(3).standard_normal((RATE, 2)).astype(np.float32)
    wide = np.stack([noise[:, 0], 0.1 * noise[:, 1] - 0.9 * noise[:, 0]], axis=1)
    held = hold_width(wide)
    loss = 10 * np.log10(np.square(held).mean() / np.square(held.mean(axis=1)).mean())
    assert loss == pytest.approx(MONO_LOSS_DB, abs=0.05)
    narrow = np.repeat(noise[:, :1], 2, axis=1)
    assert hold_width(narrow) is narrow


def test_ducking_does_not_pump_between_words(studio: Studio) -> None:
    """Through words 0.3 s apart the music moves less than 3 dB, and never faster than a fader."""
    voice = np.zeros((8 * RATE, 2), np.float32)
    for start in np.arange(1, 6, 0.7):
        voice[round(start * RATE) : round((start + 0.4) * RATE)] = 0.1
    curve = draw_ducking(voice, -11)
    during = curve[round(1.2 / STEP_SECONDS) : round(5.5 / STEP_SECONDS)]
    assert during.max() - during.min() < 3
    assert np.abs(np.diff(curve)).max() / STEP_SECONDS <= 11 / 0.06 + 1e-6


def test_left_and_right_do_not_cancel(studio: Studio) -> None:
    mixed = studio.mix(Fraction(15), **MIXES["voice, music and source"])
    assert level(mixed.mean(axis=1, keepdims=True), 1, 14) > level(mixed, 1, 14) - 2


def test_a_sound_that_is_not_there_is_named(studio: Studio) -> None:
    reel = studio.cut(Fraction(5), Soundtrack(music=(play("music", 0, 5),)))
    with pytest.raises(RenderFailed, match=r"key/music\.wav"):
        mix_soundtrack(reel, {})
