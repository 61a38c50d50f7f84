"""How well a picture fits a sentence: by the meaning of its labels where there is an embedder, else by equal words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reelwright.generation.planning.media_traits import NAME_PROBABILITY, Traits
from reelwright.generation.planning.reading import Reading
from reelwright.generation.planning.words import bare, lower
from reelwright.generation.provider import TextEmbedder

STEM_LETTERS = 4
CLEAR_DIFFERENCE = 0.25
SAME_MEANING = 0.5
"""A word and a label that are at least this alike name the same thing; less is no reason to claim anything."""

MODIFIER_SHARE = 0.4
EQUAL_WORD_GAIN = 1.4
_EMPTY_LIKENESS = -0.02


@dataclass(frozen=True)
class Match:
    """The label of a picture that fits a sentence best, and the word of the sentence it is nearest to."""

    label: str
    probability: float
    word: str
    is_name: bool = False


@dataclass(frozen=True)
class Likeness:
    """``score`` is −1..1 for each sentence and media."""

    score: NDArray[np.float64]
    matches: dict[tuple[int, int], Match]

    def match(self, beat: int, place: int) -> Match | None:
        """What the score stands on."""
        return self.matches.get((beat, place))


def measure_likeness(texts: Sequence[str], traits: Sequence[Traits], reading: Reading, embed: TextEmbedder | None) -> Likeness:
    """Compares every text with every media."""
    score = np.zeros((len(texts), len(traits)))
    matches: dict[tuple[int, int], Match] = {}
    if embed is not None and any(trait.labels for trait in traits):
        score, matches = _by_meaning(texts, traits, reading, embed)
    for beat, text in enumerate(texts):
        for place, trait in enumerate(traits):
            equal = _equal_word(text, trait, reading)
            if equal and (equal.is_name or score[beat, place] < equal.probability):
                score[beat, place] = max(score[beat, place], min(1.0, EQUAL_WORD_GAIN * equal.probability))
                matches[beat, place] = equal
    return Likeness(score, matches)


def _by_meaning(
    texts: Sequence[str], traits: Sequence[Traits], reading: Reading, embed: TextEmbedder
) -> tuple[NDArray[np.float64], dict[tuple[int, int], Match]]:
    labels = sorted({name for trait in traits for name, _ in trait.labels})
    vectors = np.asarray(embed.embed([*texts, *(f"a photo of {label}" for label in labels)]), dtype=np.float64)
    said, seen = vectors[: len(texts)], vectors[len(texts) :]
    column = {label: at for at, label in enumerate(labels)}
    mean = np.mean([seen[column[name]] for trait in traits for name, _ in trait.labels], axis=0)
    nearness = said @ seen.T - (said @ mean)[:, None]
    raw = np.full((len(texts), len(traits)), _EMPTY_LIKENESS)
    best: dict[tuple[int, int], tuple[str, float]] = {}
    for place, trait in enumerate(traits):
        for name, probability in trait.labels:
            rated = nearness[:, column[name]] * min(1.0, 0.5 + probability)
            for beat in np.flatnonzero((rated > raw[:, place]) | ([(int(b), place) not in best for b in range(len(texts))])):
                raw[beat, place] = rated[beat]
                best[int(beat), place] = (name, probability)
    score = np.clip((raw - 0.5 * raw.mean(axis=0, keepdims=True)) / CLEAR_DIFFERENCE, -1, 1)
    return score, _name_words(score, best, texts, reading, embed, {label: seen[at] for label, at in column.items()})


def _name_words(
    score: NDArray[np.float64],
    best: dict[tuple[int, int], tuple[str, float]],
    texts: Sequence[str],
    reading: Reading,
    embed: TextEmbedder,
    seen: dict[str, NDArray[np.float64]],
) -> dict[tuple[int, int], Match]:
    """The word of each sentence that is nearest to the label; only where the score is worth a reason."""
    content = {text: [bare(word) for word in text.split() if reading.lexicon.is_content(word) and len(bare(word)) > 2] for text in texts}
    words = sorted({word for row in content.values() for word in row})
    vectors = dict(zip(words, np.asarray(embed.embed(words), dtype=np.float64), strict=True)) if words else {}
    matches = {}
    for (beat, place), (label, probability) in best.items():
        candidates = content[texts[beat]]
        if score[beat, place] > 0 and candidates:
            word = max(candidates, key=lambda one: float(vectors[one] @ seen[label]))
            if float(vectors[word] @ seen[label]) >= SAME_MEANING:
                matches[beat, place] = Match(_short(label), probability, word)
    return matches


def _equal_word(text: str, trait: Traits, reading: Reading) -> Match | None:
    """The label or name that shares a word with the text; the surest one."""
    said = [bare(word) for word in text.split() if reading.lexicon.is_content(word) and len(bare(word)) >= STEM_LETTERS]
    found = [match for name, probability in trait.labels for word in said if (match := _match_label(name, probability, word))]
    found += [Match(name, NAME_PROBABILITY, word, is_name=True) for name in trait.names for word in said if _same_stem(lower(word), name)]
    return max(found, key=lambda match: match.probability, default=None)


def _match_label(label: str, probability: float, word: str) -> Match | None:
    """A label shares a word with the text: fully where it is the thing itself, weakly where it only describes it ("room divider")."""
    for part in label.split(" / "):
        words = re.findall(r"\w+", part.lower())
        if words and _same_stem(lower(word), words[-1]):
            return Match(part, probability, word)
        if any(_same_stem(lower(word), modifier) for modifier in words[:-1]):
            return Match(part, probability * MODIFIER_SHARE, word)
    return None


def _short(label: str) -> str:
    """The first of several names of a label."""
    return label.split(" / ", maxsplit=1)[0]


def _same_stem(one: str, other: str) -> bool:
    shorter = min(len(one), len(other))
    return shorter >= STEM_LETTERS and one[: max(STEM_LETTERS, shorter - 1)] == other[: max(STEM_LETTERS, shorter - 1)] and abs(len(one) - len(other)) <= 3
