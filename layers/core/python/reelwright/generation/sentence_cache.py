"""Spoken sentences kept by what they were made from, so that a second reel with the same sentence need not speak it again."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from reelwright.generation.elements import SpokenWord
from reelwright.generation.place_words import SoundOfWords

FORMAT_VERSION = 1
MAX_SENTENCES = 600  # about 250 MB


class SentenceCache:
    """A folder of sentences, or nothing at all (``folder`` None). Safe for several processes: files appear whole."""

    def __init__(self, folder: Path | None, most: int = MAX_SENTENCES) -> None:
        self._folder = folder
        self._most = most

    def get_or_speak(self, made_from: Sequence[str | float], script: Sequence[str], speak: Callable[[], SoundOfWords]) -> SoundOfWords:
        """What was kept for this voice and these words, or what ``speak`` gives now. ``made_from``: provider, voice, speed, version."""
        if self._folder is None:
            return speak()
        identity = json.dumps([FORMAT_VERSION, list(made_from), list(script)], ensure_ascii=False)
        path = self._folder / f"{hashlib.sha256(identity.encode()).hexdigest()}.npz"
        kept = _read(path, script)
        if kept is not None:
            return kept
        spoken = speak()
        self._write(path, spoken)
        return spoken

    def _write(self, path: Path, spoken: SoundOfWords) -> None:
        """A full disk or a folder that cannot be written is no reason not to speak."""
        try:
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            temporary = path.with_name(f".{path.stem}.{os.getpid()}.npz")
            spans = np.array([(word.start, word.end) for word in spoken.words], np.float64).reshape(-1, 2)
            np.savez(temporary, samples=spoken.samples, spans=spans)
            temporary.replace(path)
            self._forget_oldest()
        except OSError:
            return

    def _forget_oldest(self) -> None:
        kept = sorted(self._folder.glob("[!.]*.npz"), key=lambda path: path.stat().st_mtime_ns) if self._folder else []
        for path in kept[: max(0, len(kept) - self._most)]:
            path.unlink(missing_ok=True)


def _read(path: Path, script: Sequence[str]) -> SoundOfWords | None:
    try:
        with np.load(path) as kept:
            samples, spans = np.asarray(kept["samples"], np.float32), kept["spans"]
        path.touch()
    except (OSError, ValueError, KeyError, EOFError):
        return None
    if len(spans) != len(script):
        return None
    words = tuple(SpokenWord(text=text, start=float(start), end=float(end)) for text, (start, end) in zip(script, spans, strict=True))
    return SoundOfWords(samples, words)
