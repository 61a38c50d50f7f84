"""Speech is told from tones and noise, loudness is that of BS.1770, silence is noticed."""

from __future__ import annotations

import numpy as np
import pytest
import soundfile

from reelwright.generation.providers.hibari_voice import HibariVoice
from reelwright.kit.errors import MediaRefused
from reelwright.media.analyse import analyse_media
from reelwright.media.eyes import Eyes
from reelwright.media.hearing import SPEECH_RATE, find_speech, listen, measure_peaks, read_samples
from tests.media.odd_files import make_sound, make_video


@pytest.fixture(scope="module")
def spoken() -> np.ndarray:
    """A second of silence, a spoken sentence, a second of silence; mono at 16 kHz."""
    voice = HibariVoice().speak(["We opened the door and the sea was there."], "en")
    assert voice is not None
    count = round(len(voice.samples) * SPEECH_RATE / voice.sample_rate)
    samples = np.interp(np.linspace(0, 1, count), np.linspace(0, 1, len(voice.samples)), voice.samples).astype(np.float32)
    quiet = np.zeros(SPEECH_RATE, np.float32)
    return np.concatenate([quiet, samples, quiet])


def test_speech_is_found_where_somebody_speaks(spoken) -> None:
    spans = find_speech(spoken, None)
    seconds = len(spoken) / SPEECH_RATE
    assert 1 <= len(spans) <= 2
    assert spans[0].start == pytest.approx(1.0, abs=0.35)
    assert spans[-1].end == pytest.approx(seconds - 1.0, abs=0.5)


def test_a_tone_and_noise_are_no_speech() -> None:
    at = np.arange(3 * SPEECH_RATE) / SPEECH_RATE
    assert find_speech((0.3 * np.sin(2 * np.pi * 330 * at)).astype(np.float32), None) == ()
    assert find_speech(np.random.default_rng(0).normal(0, 0.1, len(at)).astype(np.float32), None) == ()


def test_a_clip_with_a_voice_in_it_says_when(spoken, tmp_path) -> None:
    soundfile.write(tmp_path / "a.wav", spoken, SPEECH_RATE)
    analysis = analyse_media(make_m4a(tmp_path), "audio", Eyes())
    assert analysis.speech
    assert not analysis.is_silent
    assert analysis.loudness_lufs is not None


def make_m4a(folder):
    from tests.media.odd_files import call_ffmpeg

    call_ffmpeg("-i", str(folder / "a.wav"), "-c:a", "aac", "-ar", "48000", str(folder / "a.m4a"))
    return folder / "a.m4a"


def test_the_loudness_of_a_tone_is_that_of_the_standard(tmp_path) -> None:
    """ITU-R BS.1770-5: 997 Hz of the same level in both channels reads its level in dBFS (0.69 below at 997 Hz is made up for by K)."""
    at = np.arange(48_000 * 3) / 48_000
    tone = (10 ** (-20 / 20) * np.sin(2 * np.pi * 997 * at)).astype(np.float32)
    soundfile.write(tmp_path / "a.wav", np.stack([tone, tone], axis=1), 48_000, subtype="FLOAT")
    heard = listen(tmp_path / "a.wav", "wav", None)
    assert heard is not None
    assert heard.loudness_lufs == pytest.approx(-20.0, abs=0.1)


def test_silence_has_no_loudness(tmp_path) -> None:
    make_sound(tmp_path / "a.m4a", level=0.0)
    heard = listen(tmp_path / "a.m4a", "mov", None)
    assert heard is not None
    assert (heard.is_silent, heard.loudness_lufs, heard.speech) == (True, None, ())


def test_a_moment_is_too_short_to_have_a_loudness(tmp_path) -> None:
    soundfile.write(tmp_path / "a.wav", np.full((4800, 2), 0.3), 48_000)
    heard = listen(tmp_path / "a.wav", "wav", None)
    assert heard is not None
    assert (heard.loudness_lufs, heard.is_silent) == (None, False)


def test_a_clip_without_sound_is_not_heard(tmp_path) -> None:
    assert listen(make_video(tmp_path / "a.mp4", seconds=0.3), "mov", None) is None


def test_samples_can_be_limited_in_time(tmp_path) -> None:
    make_sound(tmp_path / "a.m4a", seconds=5)
    limited = read_samples(tmp_path / "a.m4a", "mov", 48_000, "stereo", 1.0)
    assert limited is not None
    assert limited.shape[1] == 2
    assert len(limited) == pytest.approx(48_000, abs=3000)


def test_peaks_follow_the_loudness_of_each_stretch() -> None:
    samples = np.concatenate([np.zeros(1000), np.full(1000, 0.5), np.full(1000, -1.0)]).astype(np.float32)
    peaks = measure_peaks(samples, 3)
    assert peaks == (0.0, 0.5, 1.0)
    assert len(measure_peaks(samples[:7])) == 480


def test_what_is_no_sound_is_refused(tmp_path) -> None:
    (tmp_path / "a.m4a").write_bytes(b"\0\0\0\x18ftypM4A " + bytes(100))
    with pytest.raises(MediaRefused):
        listen(tmp_path / "a.m4a", "mov", None)
