"""The English voice: it says the script, and its word times are where the words are heard."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from scipy import signal

from reelwright.generation.elements import PlacedVoice, SpokenWord
from reelwright.generation.join_sentences import PAUSE_SECONDS
from reelwright.generation.provider import Samples, SpokenVoice
from reelwright.generation.providers.hibari_voice import HibariVoice
from reelwright.generation.speak_phonemes import WORD_SHIFT_SECONDS
from reelwright.kit.errors import PartMissing
from reelwright.reels.reel import SoundReference

STORY = (
    "There is a quiet corner in every city, and this one smells of coffee.",
    "Come in, sit down, and stay a while.",
    "Nothing here is new: the tables were doors, the lamps were bottles, the chairs came from a school.",
    "Maria bakes the bread, Tom pours the milk, and I do the talking.",
    "When it rains, the windows fog up, and the street disappears.",
    "If you are lucky, you get the seat by the stove.",
    "It took four days, two ladders, and a lot of patience.",
    "Because green is calm, because green is kind, because my mother loved it.",
    "So, next time you pass, do not walk by.",
)
SIBILANTS = (
    "She saw a sailor so she sang a song",
    "The sun saw the sea",
    "You say two sisters see a shop",
    "Go show me some silver shoes",
    "We see four ships, no sugar, no salt",
    "They saw seven sheep near a shed",
    "I see how sad you sound.",
)
ODD = (
    "In 2024, we sold 1,250 cups for $9.99 each — wow!",
    "Dr. Smith's café (since 1998) opens at 7:30 am. 🎉 It costs €4; that's “great”, isn't it?",
    "Save 50% with #coffee @joe’s on the 3rd of May, 20°C and 5km/h & more… 北京 [a](/b/)",
)


@pytest.fixture(scope="module")
def voice() -> HibariVoice:
    return HibariVoice()


@pytest.fixture(scope="module")
def story(voice: HibariVoice) -> SpokenVoice:
    return _speak(voice, STORY)


@pytest.fixture(scope="module")
def odd(voice: HibariVoice) -> SpokenVoice:
    return _speak(voice, ODD)


def test_the_words_given_back_are_exactly_the_scripts(story: SpokenVoice, odd: SpokenVoice) -> None:
    assert [word.text for word in story.words] == " ".join(STORY).split()
    assert [word.text for word in odd.words] == " ".join(ODD).split()


def test_word_times_are_in_order_and_inside_the_sound(odd: SpokenVoice) -> None:
    length = len(odd.samples) / odd.sample_rate
    assert all(0 <= word.start <= word.end <= length for word in odd.words)
    assert all(before.end <= after.start + 1e-3 for before, after in pairwise(odd.words))


def test_numbers_and_money_last_as_long_as_they_are_read(odd: SpokenVoice) -> None:
    assert _word(odd, "$9.99").end - _word(odd, "$9.99").start > 1.2
    assert _word(odd, "1,250").end - _word(odd, "1,250").start > 1.0
    assert 0.4 < _word(odd, "7:30").end - _word(odd, "7:30").start < 1.0


def test_signs_without_sound_take_the_place_of_the_next_word(odd: SpokenVoice) -> None:
    assert _word(odd, "🎉").start == _word(odd, "It").start
    assert _word(odd, "—").start == _word(odd, "wow!").start


def test_sentences_name_their_first_and_last_word(story: SpokenVoice) -> None:
    texts = [" ".join(word.text for word in story.words[first : last + 1]) for first, last in story.sentences]
    assert tuple(texts) == STORY
    reference = SoundReference(file="voice.wav", duration=1)
    assert PlacedVoice(reference=reference, words=story.words, sentences=story.sentences).sentences == story.sentences


def test_onsets_after_pauses_are_met_within_60_ms(story: SpokenVoice) -> None:
    errors = _onset_errors(story)
    assert len(errors) >= 18
    assert np.mean(np.abs(errors) <= 0.06) >= 0.95


def test_the_models_own_times_need_their_shift_within_running_speech() -> None:
    met = {}
    for shift in (0.0, WORD_SHIFT_SECONDS):
        spoken = _speak(HibariVoice(word_shift_seconds=shift, follows_onsets=False), SIBILANTS)
        met[shift] = np.mean(np.abs(_sibilant_errors(spoken)) <= 0.06)
    assert met[0.0] <= 0.2
    assert met[WORD_SHIFT_SECONDS] >= 0.95


def test_a_word_before_a_pause_ends_when_its_sound_ends(story: SpokenVoice) -> None:
    level = _levels(story.samples, story.sample_rate)
    for _, last in story.sentences[:-1]:
        end, following = story.words[last].end, story.words[last + 1].start
        assert following - end >= PAUSE_SECONDS * 0.7
        assert level[round((end + 0.05) / HOP) : round((following - 0.03) / HOP)].max() < level.max() * 10 ** (-35 / 20)


def test_levels_are_safe_and_edges_are_silent(story: SpokenVoice) -> None:
    assert story.samples.dtype == np.float32
    assert 0.5 < np.abs(story.samples).max() <= 0.71
    assert np.abs(story.samples[:20]).max() < 0.01
    assert np.abs(story.samples[-200:]).max() < 1e-3
    assert np.isfinite(story.samples).all()


def test_the_same_script_sounds_the_same_every_time(voice: HibariVoice) -> None:
    first, second = (_speak(voice, STORY[1:2]) for _ in range(2))
    assert np.array_equal(first.samples, second.samples)


def test_a_sentence_longer_than_the_model_takes_is_spoken_whole(voice: HibariVoice) -> None:
    long = "we walk along the river and " * 40 + "then we rest."
    spoken = _speak(voice, [long])
    assert [word.text for word in spoken.words] == long.split()
    assert 60 < len(spoken.samples) / spoken.sample_rate < 120


def test_another_language_than_english_is_left_to_the_next_voice(voice: HibariVoice) -> None:
    with pytest.raises(PartMissing, match="English only"):
        voice.speak(["Hola."], "es")


def test_nothing_to_say_is_no_voice(voice: HibariVoice) -> None:
    assert voice.speak([], "en") is None
    assert voice.speak(["", "  "], "en") is None
    assert voice.speak(["🎉 — …"], "en-GB") is None


HOP = 0.0025


def _speak(voice: HibariVoice, sentences: tuple[str, ...] | list[str]) -> SpokenVoice:
    spoken = voice.speak(sentences, "en")
    assert spoken is not None
    return spoken


def _word(spoken: SpokenVoice, text: str) -> SpokenWord:
    return next(word for word in spoken.words if word.text == text)


def _levels(samples: Samples, rate: int) -> Samples:
    """RMS of 5 ms every 2.5 ms, by frames (the product looks at 10 ms around each sample)."""
    hop = round(HOP * rate)
    frames = np.lib.stride_tricks.sliding_window_view(samples, 2 * hop)[::hop]
    return np.sqrt((frames**2).mean(axis=1))


def _onset_errors(spoken: SpokenVoice) -> np.ndarray:
    """Nearest word start minus heard onset, for each onset after at least 150 ms of quiet (35 dB under the loud parts)."""
    level = _levels(spoken.samples, spoken.sample_rate)
    is_loud = level > np.percentile(level, 95) * 10 ** (-35 / 20)
    starts = np.array([word.start for word in spoken.words])
    errors, quiet = [], 1000
    for place, loud in enumerate(is_loud):
        if loud and is_loud[place : place + 4].all():
            if quiet * HOP >= 0.15:
                onset = (place + 1) * HOP
                errors.append(starts[np.abs(starts - onset).argmin()] - onset)
            quiet = 0
        elif not loud:
            quiet += 1
    return np.array(errors)


def _sibilant_errors(spoken: SpokenVoice) -> np.ndarray:
    """Word start minus the rise of the hiss, for words with s after a vowel, no pause between: 150 ms around, quarter of the peak."""
    rate = spoken.sample_rate
    hiss = signal.sosfiltfilt(signal.butter(4, 4000, "high", fs=rate, output="sos"), spoken.samples)
    level = np.sqrt(np.convolve(hiss**2, np.full(240, 1 / 240), "same"))
    errors = []
    for before, word in pairwise(spoken.words):
        if word.text[0] in "sS" and before.text[-1] in "aeouwy" and word.start - before.end < 0.02:
            first = round((word.start - 0.15) * rate)
            near = level[first : round((word.start + 0.15) * rate)]
            weak = np.flatnonzero(near[: near.argmax()] < near.max() / 4)
            errors.append(word.start - (first + (weak[-1] if weak.size else 0)) / rate)
    return np.array(errors)
