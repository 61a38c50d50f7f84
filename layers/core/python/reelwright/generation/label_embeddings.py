"""The vectors of the thousand things that the picture labels can name, made once and shipped: computing them takes half a minute.

Made anew by ``python -m reelwright.generation.label_embeddings`` when the names or the model change.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from reelwright.generation.provider import TextEmbedder
from reelwright.kit.parts import find_part

FILE_NAME = "label_embeddings.npz"
PHRASE = "a photo of {name}"  # what the planner asks about a label


def load_label_embeddings() -> dict[str, NDArray[np.float32]]:
    """Phrase → row of length 1; 16-bit values, a hundred-thousandth off the model's own."""
    with files("reelwright.generation").joinpath(FILE_NAME).open("rb") as stream, np.load(stream, allow_pickle=False) as stored:
        names, rows = stored["names"], stored["rows"].astype(np.float32)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    return {PHRASE.format(name=name): row for name, row in zip(names.tolist(), rows, strict=True)}


def read_label_names(cache: Path | None = None) -> list[str]:
    """The names in the model's order."""
    return list(json.loads(find_part("label-names", cache).read_text(encoding="utf-8")))


def write_label_embeddings(path: Path, names: Sequence[str], embed: TextEmbedder) -> None:
    """Writes the file (about 0.7 MB)."""
    rows = embed.embed([PHRASE.format(name=name) for name in names]).astype(np.float16)
    with path.open("wb") as stream:
        np.savez_compressed(stream, names=np.array(names), rows=rows)


def main() -> int:
    """Makes the shipped file anew."""
    from reelwright.generation.providers.minilm_embedder import MiniLmEmbedder  # noqa: PLC0415

    write_label_embeddings(Path(__file__).with_name(FILE_NAME), read_label_names(), MiniLmEmbedder())
    return 0


if __name__ == "__main__":
    sys.exit(main())
