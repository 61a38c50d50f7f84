"""The key-less recogniser: Whisper (base), run by CTranslate2 through faster-whisper. A part, added on wish.

https://github.com/SYSTRAN/faster-whisper; the model: https://github.com/openai/whisper (MIT).
"""

from __future__ import annotations

import importlib.util
import math
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from reelwright.generation.elements import SpokenWord
from reelwright.generation.provider import Samples
from reelwright.generation.transcribe import LISTEN_RATE, HeardClip
from reelwright.kit.errors import PartMissing, ProviderAnswerInvalid
from reelwright.kit.parts import find_part
from reelwright.kit.recogniser_parts import HOW_TO_ADD_RECOGNISER, RECOGNISER, RECOGNISER_TABLES

LEAST_PROBABILITY = 0.02  # names are rare words
NO_SPEECH_ABOVE, LEAST_LIKELY = 0.6, -1.0
MARGIN_SECONDS = 0.2
MAX_PROMPT_NAMES = 40
MODEL_FILE = "model.bin"


class WhisperRecogniser:
    """The model (about 0.4 GB of memory) is loaded at the first clip and kept. Not for several threads at once.

    ``model``: one that is loaded already, with the method ``transcribe`` of faster-whisper's.
    """

    name = "whisper"

    def __init__(self, cache: Path | None = None, threads: int = 2, model: Any = None) -> None:
        self._cache, self._threads, self._model = cache, threads, model

    def transcribe(self, samples: Samples, spans: Sequence[tuple[float, float]], language: str | None, names: Sequence[str]) -> HeardClip:
        """The words that are heard in the spans. Raises PartMissing, with the command that adds it."""
        model = self._load()
        found: list[SpokenWord] = []
        spoken_language = language or ""
        for start, end in spans:
            first = max(0.0, start - MARGIN_SECONDS)
            part = samples[round(first * LISTEN_RATE) : round((end + MARGIN_SECONDS) * LISTEN_RATE)]
            segments, facts = model.transcribe(
                np.asarray(part, np.float32),
                language=spoken_language[:2] or None,
                beam_size=5,
                temperature=0.0,
                word_timestamps=True,
                condition_on_previous_text=False,
                initial_prompt=", ".join(names[:MAX_PROMPT_NAMES]) or None,
            )
            spoken_language = spoken_language or str(facts.language)
            found += _words_of(segments, first)
        return HeardClip(media_id="", language=spoken_language or "en", words=tuple(_in_order(found)))

    def _load(self) -> Any:
        if self._model is None:
            folder = self._gather()
            if importlib.util.find_spec("ctranslate2") is None:
                raise PartMissing(f"The engine of the recogniser is not installed. Add it with: {HOW_TO_ADD_RECOGNISER}")
            from faster_whisper import WhisperModel  # noqa: PLC0415  # half a second to load, and its engine may be missing

            self._model = WhisperModel(str(folder), device="cpu", compute_type="int8", cpu_threads=self._threads, local_files_only=True)
        return self._model

    def _gather(self) -> Path:
        """One folder with the joined model and its tables, each checked, under the names that the engine asks for."""
        model = find_part(RECOGNISER, self._cache)
        folder = model.parent / f"{model.stem}-{RECOGNISER}"
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        for name, path in ((MODEL_FILE, model), *((name, find_part(name, self._cache, RECOGNISER_TABLES)) for name in RECOGNISER_TABLES)):
            _place(path, folder / name)
        return folder


def _place(source: Path, target: Path) -> None:
    """A link where there is none yet or it leads elsewhere; a copy where links are not possible."""
    if target.exists() and target.resolve() == source.resolve():
        return
    with tempfile.TemporaryDirectory(dir=target.parent) as folder:
        made = Path(folder) / target.name
        try:
            made.symlink_to(source)
        except OSError:
            shutil.copyfile(source, made)
        made.replace(target)


def _words_of(segments: Any, offset: float) -> Iterator[SpokenWord]:
    """The words with the times of the clip. Raises ProviderAnswerInvalid for times that are no numbers."""
    for segment in segments:
        if segment.no_speech_prob > NO_SPEECH_ABOVE and segment.avg_logprob < LEAST_LIKELY:
            continue
        for word in segment.words or ():
            text, start, end = str(word.word).strip(), offset + float(word.start), offset + float(word.end)
            if not math.isfinite(start) or not math.isfinite(end):
                raise ProviderAnswerInvalid("The recogniser gave a word without a time.")
            if text and float(word.probability) >= LEAST_PROBABILITY:
                start = max(0.0, start)
                yield SpokenWord(text=text, start=round(start, 3), end=round(max(start, end), 3))


def _in_order(words: Sequence[SpokenWord]) -> Iterator[SpokenWord]:
    """None before the one in front of it, and none twice where two stretches meet."""
    before: SpokenWord | None = None
    for word in words:
        if before is None:
            before = word
            yield word
            continue
        is_again = word.text.casefold() == before.text.casefold() and word.start < before.end
        if is_again or word.end <= before.start:
            continue
        start = max(word.start, before.start)
        before = word.model_copy(update={"start": start, "end": max(start, word.end)})
        yield before
