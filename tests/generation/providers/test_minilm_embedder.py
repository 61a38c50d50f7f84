"""Texts as vectors: near in meaning is near in space, and the shipped label vectors are the model's own."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from reelwright.generation.label_embeddings import PHRASE, load_label_embeddings, read_label_names, write_label_embeddings
from reelwright.generation.providers.minilm_embedder import MiniLmEmbedder


@pytest.fixture(scope="module")
def embedder() -> MiniLmEmbedder:
    return MiniLmEmbedder()


def test_rows_have_length_one_and_one_row_per_text(embedder: MiniLmEmbedder) -> None:
    rows = embedder.embed(["a cup of coffee", "the sea", "a cup of coffee"])
    assert rows.shape == (3, 384)
    assert rows.dtype == np.float32
    assert np.linalg.norm(rows, axis=1) == pytest.approx(np.ones(3), abs=1e-5)
    assert np.array_equal(rows[0], rows[2])
    assert embedder.embed([]).shape == (0, 384)


def test_a_sentence_is_nearest_to_the_picture_it_speaks_of(embedder: MiniLmEmbedder) -> None:
    sentences = ["We roast coffee every morning.", "The cat sleeps by the window.", "I go to work by bike."]
    pictures = ["a photo of espresso", "a photo of tabby cat", "a photo of mountain bike"]
    nearness = embedder.embed(sentences) @ embedder.embed(pictures).T
    assert nearness.argmax(axis=1).tolist() == [0, 1, 2]


def test_a_text_has_the_same_vector_whatever_comes_with_it() -> None:
    alone = MiniLmEmbedder().embed(["a quiet corner"])[0]
    among = MiniLmEmbedder().embed(["a much longer text that stands in front of it, about ships and rain", "a quiet corner"])[1]
    assert np.array_equal(alone, among)


def test_the_shipped_label_vectors_are_what_the_model_says(embedder: MiniLmEmbedder) -> None:
    shipped = load_label_embeddings()
    names = read_label_names()
    assert set(shipped) == {PHRASE.format(name=name) for name in names}
    some = [PHRASE.format(name=name) for name in names[::40]]
    agreement = (embedder.embed(some) * np.stack([shipped[text] for text in some])).sum(axis=1)
    assert agreement.min() > 0.9999


def test_known_vectors_need_no_model() -> None:
    known = load_label_embeddings()
    text = "a photo of espresso"
    assert np.array_equal(MiniLmEmbedder(Path("/nowhere"), known=lambda: known).embed([text])[0], known[text])


def test_the_file_is_made_anew_by_the_same_code_that_reads_it(tmp_path: Path) -> None:
    class OneHot:
        def embed(self, texts: list[str]) -> np.ndarray:
            return np.eye(len(texts), 384, dtype=np.float32)

    write_label_embeddings(tmp_path / "some.npz", ["tench", "goldfish"], OneHot())
    with np.load(tmp_path / "some.npz", allow_pickle=False) as stored:
        assert stored["names"].tolist() == ["tench", "goldfish"]
        assert stored["rows"].dtype == np.float16


def test_the_shipped_file_stays_small() -> None:
    import reelwright.generation.label_embeddings as made

    assert Path(made.__file__).with_name(made.FILE_NAME).stat().st_size < 1_000_000
