"""How well a picture fits a sentence: by equal words, and by the meaning of its labels where there is an embedder."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from reelwright.generation.planning import patterns
from reelwright.generation.planning.media_traits import NAME_PROBABILITY, Traits
from reelwright.generation.planning.reading import Reading
from reelwright.generation.planning.things import name_in_english, put_in_english
from reelwright.generation.planning.words import MAX_REMEMBERED_WORDS, bare, lower
from reelwright.generation.provider import TextEmbedder

Scores = NDArray[np.float64]
Vectors = NDArray[np.float32]

STEM_LETTERS, SHORT_WORD_LETTERS = 4, 3
CLEAR_DIFFERENCE = 0.25
SAME_MEANING = 0.5
"""A word and a label that are at least this alike name the same thing; less is no reason to claim anything."""

MODIFIER_SHARE = 0.4
MEANING_LIMIT = 0.6
EQUAL_WORD_BASE, EQUAL_WORD_GAIN = 0.9, 0.6
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
    """``score`` is −1..1.5 for each sentence and media: over 0.6 only where the sentence names what the picture shows."""

    score: Scores
    equal: dict[tuple[int, int], Match]
    meant: dict[tuple[int, int], Match]

    def match(self, beat: int, place: int) -> Match | None:
        """What the score stands on: an equal word, else the label that is nearest in meaning (its word is to be found)."""
        return self.equal.get((beat, place)) or self.meant.get((beat, place))


def measure_likeness(texts: Sequence[str], traits: Sequence[Traits], reading: Reading, embed: TextEmbedder | None) -> Likeness:
    """Compares every text with every media. Meaning costs a model's run for each text that holds no equal word."""
    score = np.zeros((len(texts), len(traits)))
    meant: dict[tuple[int, int], Match] = {}
    if embed is not None and any(trait.told for trait in traits) and any(texts):
        score, meant = _by_meaning(texts, traits, reading, embed)
    equal: dict[tuple[int, int], Match] = {}
    for beat, text in enumerate(texts):
        for place, trait in enumerate(traits):
            found = _equal_word(text, trait, reading)
            if found:
                score[beat, place] = max(score[beat, place], (EQUAL_WORD_BASE + EQUAL_WORD_GAIN * found.probability) * _weight_of(found))
                equal[beat, place] = found
    return Likeness(score, equal, meant)


def find_word(text: str, label: str, reading: Reading, embed: TextEmbedder) -> str | None:
    """The word of the text that means what the label says, None where none clearly does. One run of the model for each new word."""
    words = [bare(word) for word in text.split() if reading.lexicon.is_content(word) and len(bare(word)) > 2]
    if not words:
        return None
    asked = [name_in_english(word, reading.language) or word for word in words]
    vectors = np.asarray(embed.embed([*asked, _phrase(label)]), dtype=np.float64)
    nearness = vectors[:-1] @ vectors[-1]
    best = int(np.argmax(nearness))
    return words[best] if float(nearness[best]) >= SAME_MEANING else None


def short_label(label: str) -> str:
    """The first of several names of a label."""
    return label.split(" / ", maxsplit=1)[0]


def _phrase(label: str) -> str:
    return f"a photo of {label}"


def _weight_of(match: Match) -> float:
    """A word that only describes the thing ("room divider") counts for less."""
    return 1.0 if match.is_name or match.probability >= MODIFIER_SHARE else 0.5


def _by_meaning(texts: Sequence[str], traits: Sequence[Traits], reading: Reading, embed: TextEmbedder) -> tuple[Scores, dict[tuple[int, int], Match]]:
    labels = sorted({name for trait in traits for name, _ in trait.told})
    asked = [put_in_english(text, reading.language) for text in texts]
    known = list(dict.fromkeys(text for text in asked if text))
    vectors = np.asarray(embed.embed([*known, *(_phrase(label) for label in labels)]), dtype=np.float64)
    rows = dict(zip(known, vectors[: len(known)], strict=True))
    seen = vectors[len(known) :]
    said = np.stack([rows.get(text, np.zeros(vectors.shape[1])) for text in asked])
    column = {label: at for at, label in enumerate(labels)}
    mean = np.mean([seen[column[name]] for trait in traits for name, _ in trait.told], axis=0)
    nearness = said @ seen.T - (said @ mean)[:, None]
    raw = np.full((len(texts), len(traits)), _EMPTY_LIKENESS)
    best: dict[tuple[int, int], Match] = {}
    for place, trait in enumerate(traits):
        for beat in range(len(texts)):
            rated = [(float(nearness[beat, column[name]]) * min(1.0, 0.5 + probability), name, probability) for name, probability in trait.told]
            if rated and asked[beat]:
                raw[beat, place], name, probability = max(rated)
                best[beat, place] = Match(short_label(name), probability, "", is_name=all(name != label for label, _ in trait.labels))
    score = np.clip((raw - 0.5 * raw.mean(axis=0, keepdims=True)) / CLEAR_DIFFERENCE, -1, MEANING_LIMIT)
    score[[not text for text in asked]] = 0.0
    return score, best


def _equal_word(text: str, trait: Traits, reading: Reading) -> Match | None:
    """The label or name that shares a word with the text; the surest one."""
    said = [bare(word) for word in text.split() if reading.lexicon.is_content(word) and len(bare(word)) >= SHORT_WORD_LETTERS]
    found = [match for name, probability in trait.labels for word in said if (match := _match_label(name, probability, word, reading))]
    found += [Match(name, NAME_PROBABILITY, word, is_name=True) for name in trait.names for word in said if _is_same_thing(word, name, reading)]
    return max(found, key=lambda match: match.probability, default=None)


def _is_same_thing(word: str, name: str, reading: Reading) -> bool:
    """Whether a word of a file name is the spoken one, or its English name."""
    english = name_in_english(word, reading.language)
    return _same_stem(lower(word), name) or (english is not None and _same_stem(english, name))


def _match_label(label: str, probability: float, word: str, reading: Reading) -> Match | None:
    """A label shares a word with the text: fully where it is the thing itself, weakly where it only describes it ("room divider")."""
    english = name_in_english(word, reading.language) or lower(word)
    for part in label.split(" / "):
        words = _words_of_label(part)
        if words and _same_stem(english, words[-1]):
            return Match(part, probability, word)
        if any(_same_stem(english, modifier) for modifier in words[:-1]):
            return Match(part, probability * MODIFIER_SHARE, word)
    return None


@lru_cache(MAX_REMEMBERED_WORDS)
def _words_of_label(label: str) -> tuple[str, ...]:
    """The words of the thing itself, its name last: "sunset over a city" is a sunset."""
    thing = patterns.split(r"\s(?:over|in|on|with|at|from)\s", label.lower())[0]
    return tuple(patterns.findall(r"\w+", thing))


def _same_stem(one: str, other: str) -> bool:
    shorter = min(len(one), len(other))
    if shorter < STEM_LETTERS:
        return shorter == SHORT_WORD_LETTERS and (one == other or one in {f"{other}s", f"{other}ing"} or other in {f"{one}s", f"{one}ing"})
    return one[: max(STEM_LETTERS, shorter - 1)] == other[: max(STEM_LETTERS, shorter - 1)] and abs(len(one) - len(other)) <= 3
