"""What every provider of a port promises. A new provider is one more line in ``PROVIDERS`` of its contract; its stand-in another."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import cv2
import numpy as np
import pytest

from reelwright.generation.provider import (
    ClipProvider,
    EnhanceProvider,
    MadeMusic,
    MusicProvider,
    PictureWish,
    ProviderCall,
    SpokenVoice,
    SpokenWord,
    StillProvider,
    VoiceProvider,
    use_in_order,
)
from reelwright.generation.providers.camera_motion import CameraMotion
from reelwright.generation.providers.espeak_voice import EspeakVoice
from reelwright.generation.providers.finished_tracks import FinishedTracks
from reelwright.generation.providers.hibari_voice import HibariVoice
from reelwright.generation.providers.opencv_enhancer import OpencvEnhancer
from reelwright.kit.loudness import measure_loudness, measure_true_peak
from reelwright.kit.parts import is_installed

SCRIPT = ("Every cup costs $3.50 — whoever you are.", "Dr. Smith says “hello”.", "See you!")


class HummingVoice:
    """A stand-in voice: a tone of a quarter of a second for each word."""

    name = "humming"

    def speak(self, sentences: list[str] | tuple[str, ...], language: str) -> SpokenVoice | None:
        texts = " ".join(sentences).split()
        if not texts:
            return None
        words = tuple(SpokenWord(text=text, start=0.3 * place, end=0.3 * place + 0.25) for place, text in enumerate(texts))
        samples = 0.3 * np.sin(np.arange(round(0.3 * len(texts) * 24_000)) * 0.05).astype(np.float32)
        ends = np.cumsum([len(sentence.split()) for sentence in sentences if sentence.split()]).tolist()
        bounds = tuple((first, last - 1) for first, last in zip([0, *ends], ends, strict=False))
        return SpokenVoice(samples, 24_000, words, self.name, "hum", bounds)


class TestVoiceContract:
    PROVIDERS = (HibariVoice(), EspeakVoice(), HummingVoice())

    @pytest.fixture(params=PROVIDERS, ids=lambda provider: provider.name)
    def provider(self, request: pytest.FixtureRequest) -> VoiceProvider:
        if request.param.name == "espeak" and not is_installed("last-resort-voice"):
            pytest.skip("the part last-resort-voice is not installed: reelwright parts add last-resort-voice")
        return request.param

    def test_it_gives_back_the_scripts_words_in_order_within_the_sound(self, provider: VoiceProvider) -> None:
        spoken = provider.speak(SCRIPT, "en")
        assert spoken is not None
        assert spoken.provider == provider.name
        assert [word.text for word in spoken.words] == " ".join(SCRIPT).split()
        assert all(before.start <= after.start for before, after in pairwise(spoken.words))
        assert all(0 <= word.start <= word.end <= len(spoken.samples) / spoken.sample_rate + 1e-6 for word in spoken.words)
        assert len(spoken.sentences) == len(SCRIPT)

    def test_its_sound_is_mono_and_does_not_clip(self, provider: VoiceProvider) -> None:
        spoken = provider.speak(SCRIPT, "en")
        assert spoken is not None
        assert spoken.samples.ndim == 1
        assert spoken.samples.dtype == np.float32
        assert 0.05 < np.abs(spoken.samples).max() < 1

    def test_nothing_to_say_is_none(self, provider: VoiceProvider) -> None:
        assert provider.speak((), "en") is None

    def test_a_language_it_cannot_speak_goes_to_the_next(self, provider: VoiceProvider) -> None:
        calls: list[ProviderCall] = []
        spoken = use_in_order("voice", (provider, HummingVoice()), lambda asked: asked.speak(("nuqneH",), "tlh"), calls.append)
        assert spoken is not None
        assert calls[-1].outcome == "succeeded"


class TestMusicContract:
    PROVIDERS = (FinishedTracks(),)

    @pytest.fixture(params=PROVIDERS, ids=lambda provider: provider.name)
    def made(self, request: pytest.FixtureRequest) -> MadeMusic:
        provider: MusicProvider = request.param
        return provider.make("warm acoustic", 92, 11.7, seed=5)

    def test_it_is_exactly_as_long_as_asked_and_as_loud_as_promised(self, made: MadeMusic) -> None:
        assert made.samples.shape == (round(11.7 * made.sample_rate), 2)
        assert measure_loudness(made.samples) == pytest.approx(-14, abs=0.5)
        assert measure_true_peak(made.samples) <= -1.4

    def test_its_beats_are_even_and_it_says_whose_it_is(self, made: MadeMusic) -> None:
        assert np.diff(made.beats) == pytest.approx(np.full(len(made.beats) - 1, 60 / made.bpm), abs=0.002)
        assert 0 <= made.beats[0] < 0.02
        assert made.title
        assert made.by
        assert made.licence


class TestEnhanceContract:
    PROVIDERS = (OpencvEnhancer(),)

    @pytest.mark.parametrize("provider", PROVIDERS, ids=lambda provider: provider.name)
    def test_it_writes_a_picture_of_the_same_size_or_says_that_there_is_none(self, provider: EnhanceProvider, tmp_path: Path) -> None:
        ramp = np.tile(np.linspace(10, 90, 320), (200, 1))
        cv2.imwrite(str(tmp_path / "dark.png"), cv2.merge([ramp, ramp, ramp]).astype(np.uint8))
        is_written = provider.enhance(tmp_path / "dark.png", tmp_path / "better.jpg")
        assert is_written == (tmp_path / "better.jpg").exists()
        assert not is_written or cv2.imread(str(tmp_path / "better.jpg")).shape == (200, 320, 3)
        assert not list(tmp_path.glob("*.part"))


class TestPictureContract:
    WISH = PictureWish(prompt="a cup on a table", width=1080, height=1920, seconds=2.0)

    @pytest.mark.parametrize("provider", [CameraMotion()], ids=lambda provider: provider.name)
    def test_a_still_is_written_or_honestly_not(self, provider: StillProvider, tmp_path: Path) -> None:
        assert provider.make_still(self.WISH, tmp_path / "still.jpg") == (tmp_path / "still.jpg").exists()

    @pytest.mark.parametrize("provider", [CameraMotion()], ids=lambda provider: provider.name)
    def test_a_clip_is_written_or_honestly_not(self, provider: ClipProvider, tmp_path: Path) -> None:
        assert provider.make_clip(self.WISH, tmp_path / "clip.mp4") == (tmp_path / "clip.mp4").exists()
