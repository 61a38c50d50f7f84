"""The German voice: SVOX Pico, plain but understood, in a process of its own. It tells no word times; eSpeak NG's are laid onto its sound.

Package `py-nanotts` (Apache-2.0), the part `voice-de`.
"""

from __future__ import annotations

import tempfile
import wave
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from reelwright.generation.align_words import Span
from reelwright.generation.join_sentences import join_sentences
from reelwright.generation.place_words import SoundOfWords, trim_to_words
from reelwright.generation.provider import Samples, SpokenVoice
from reelwright.generation.providers.espeak_program import ask_espeak
from reelwright.generation.providers.espeak_voice import find_spans
from reelwright.generation.providers.isolated_program import ask_program
from reelwright.generation.reading.read_aloud import read_aloud
from reelwright.generation.sentence_cache import SentenceCache
from reelwright.generation.speak_phonemes import split_sentences
from reelwright.generation.voice_catalogue import find_voice
from reelwright.generation.warp_times import warp_spans
from reelwright.kit.errors import InvalidInput, PartMissing
from reelwright.kit.parts import describe_missing_voice, find_part, is_installed
from reelwright.kit.voice_parts import LAST_RESORT

PART = "voice-de"
PROGRAM = Path(__file__).with_name("pico_process.py")
TIME_LIMIT_SECONDS = 60.0
RATE = 16_000
VOLUME = 0.5  # at its usual volume it clips
VERSION = "0.1.1"
SIGNS_KEPT = ",;:.!?…"


@dataclass(frozen=True)
class _Heard:
    """One reading of a sentence. ``words``: place of the first character, length, start in samples."""

    samples: Samples
    rate: int
    words: Sequence[Sequence[int]] = ()


class PicoVoice:
    """German only. Two short processes per sentence that was not spoken before."""

    name = "pico"

    def __init__(self, cache: Path | None = None, follows_onsets: bool = True) -> None:
        self._cache = cache
        self._follows_onsets = follows_onsets
        self._sentences = SentenceCache(None if cache is None else cache / "voice")

    def speak(self, sentences: Sequence[str], language: str, voice: str = "") -> SpokenVoice | None:
        """Speaks the sentences with a pause between them; the words given back are exactly the script's.

        None where there is nothing to speak. Raises PartMissing for other languages and voices, ProviderUnavailable.
        """
        try:
            chosen = find_voice(language, voice)
        except InvalidInput as error:
            raise PartMissing(error.detail) from None
        if chosen is None or chosen.provider != self.name:
            raise PartMissing(f"The voice “{self.name}” speaks German only, not “{voice or language}”.")
        if not is_installed(PART):
            raise PartMissing(describe_missing_voice(language))
        spoken = [
            [self._speak_or_remember(words, chosen.speed) for words in split_sentences(sentence, has_ordinals=True)]
            for sentence in sentences
            if sentence.split()
        ]
        if not any(piece.samples.size for sentence in spoken for piece in sentence):
            return None
        samples, timed, bounds = join_sentences(spoken, RATE)
        return SpokenVoice(samples, RATE, timed, self.name, chosen.id, bounds, chosen.by, chosen.licence)

    def _speak_or_remember(self, script: Sequence[str], speed: float) -> SoundOfWords:
        made_from = (self.name, VERSION, speed, float(self._follows_onsets))
        return self._sentences.get_or_speak(made_from, script, lambda: self._speak_words(script, speed))

    def _speak_words(self, script: Sequence[str], speed: float) -> SoundOfWords:
        said = [_with_sign(text, word) for text, word in zip(read_aloud(script, "de"), script, strict=True)]
        places = [place for place, text in enumerate(said) if text]
        if not places:
            return trim_to_words(np.zeros(0, np.float32), RATE, script, [None] * len(script))
        texts = [said[place] for place in places]
        pico, known = self._hear_pico(" ".join(texts), speed), self._hear_espeak(" ".join(texts))
        heard = [(int(position), start / known.rate) for position, _, start in known.words]
        spans = warp_spans(find_spans(texts, heard, len(known.samples) / known.rate), known.samples, known.rate, pico.samples, pico.rate)
        placed: list[Span | None] = [None] * len(script)
        for place, span in zip(places, spans, strict=True):
            placed[place] = span
        return trim_to_words(pico.samples, pico.rate, script, placed, self._follows_onsets)

    def _hear_pico(self, text: str, speed: float) -> _Heard:
        packages = find_part(PART, self._cache).parents[2]
        with tempfile.TemporaryDirectory(prefix="reelwright-voice-") as folder:
            out = Path(folder) / "voice.wav"
            request = {"packages": str(packages), "voice": "de-DE", "speed": speed, "volume": VOLUME, "out": str(out), "sentences": [text]}
            return _Heard(*_read(out, ask_program(PROGRAM, "Pico", request, TIME_LIMIT_SECONDS)))

    def _hear_espeak(self, text: str) -> _Heard:
        with tempfile.TemporaryDirectory(prefix="reelwright-voice-") as folder:
            out = Path(folder) / "voice.wav"
            answer = ask_espeak({"voice": "de", "out": str(out), "sentences": [text]}, find_part(LAST_RESORT, self._cache), TIME_LIMIT_SECONDS)
            return _Heard(*_read(out, answer), answer["sentences"][0]["words"])


def _read(path: Path, answer: Mapping[str, Any]) -> tuple[Samples, int]:
    with wave.open(str(path), "rb") as file:
        samples = np.frombuffer(file.readframes(file.getnframes()), "<i2").astype(np.float32) / np.float32(32768)
    return samples, int(answer["sample_rate"])


def _with_sign(text: str, word: str) -> str:
    """What is said, with the stop that the script has behind it."""
    sign = word.rstrip('"”“’»)')[-1:]
    return text + sign if text and sign in SIGNS_KEPT else text
