"""Fitting a script to the seconds: what is left out, in which order, and that each removal is said."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from reelwright.generation.planning import patterns
from reelwright.generation.planning.facts import find_names, find_topics
from reelwright.generation.planning.reading import Reading
from reelwright.generation.planning.titles import strip_opening
from reelwright.generation.planning.words import breathes_after, capitalise

SENTENCE_PAUSE_SECONDS = 0.25
END_CARD_SECONDS = 1.8
MIN_SECONDS_WITH_END_CARD = 20.0
MIN_SENTENCES = 3
FORCE_TOLERANCE = 1.04
OVERLONG_SHARE, LEAST_LIMIT_SECONDS = 0.5, 7.0
MIN_PIECE_WORDS, MAX_PIECE_WORDS = 5, 14
MAX_WORD_CHARACTERS = 40
UNSPACED_CHARACTERS_PER_SECOND, UNSPACED_WORD_CHARACTERS = 6.0, 14
_ASIDE = re.compile(r"\s*\([^)]*\)|\s+[–—]\s[^–—]+\s[–—](?=\s)")
_RELATIVE = re.compile(r",\s+(?:which|who|où|qui|lo que|was|o que)\s[^,.]+(?:,|(?=[.!?]))")
_NUMBERED = re.compile(r"^(?:first|second|third|fourth|fifth|step|number|\d+[.):]|primero|segundo|erstens|zweitens|premièrement|primo)\b", re.IGNORECASE)


@dataclass
class Fitted:
    """The sentences that are spoken, what was taken out (sentences for the creator), and the seconds."""

    sentences: list[str]
    removed: list[str] = field(default_factory=list)
    dropped: list[str] = field(default_factory=list)
    seconds: float = 0.0
    budget: float = 0.0


def estimate_seconds(sentence: str, reading: Reading) -> float:
    """How long the sentence takes to say, with the pause behind it."""
    words = sentence.split()
    if len(sentence) > UNSPACED_WORD_CHARACTERS * max(1, len(words)):
        return len(sentence) / UNSPACED_CHARACTERS_PER_SECOND + SENTENCE_PAUSE_SECONDS
    return len(words) / float(reading.lexicon.texts["words_per_second"]) + SENTENCE_PAUSE_SECONDS


def rate_information(sentence: str, others: list[str], reading: Reading) -> float:
    """How much would be lost without the sentence: facts and new words count, repetition takes away."""
    topics = find_topics(sentence, reading.language)
    words = sentence.split()
    information = 0.25 * any(reading.lexicon.is_number(word) for word in words) + 0.2 * bool(find_names(sentence, reading.lexicon))
    information += 0.2 * any(reading.lexicon.has(word, "hot") for word in words) + 0.04 * len(topics)
    repeated = max((len(topics & find_topics(other, reading.language)) / max(1, len(topics)) for other in others), default=0.0)
    return information - repeated


def find_protected(hook_sentence: str, reading: Reading) -> set[str]:
    """The sentences that are never left out: the first, the hook, the last one, calls, numbered steps."""
    sentences = reading.sentences
    first = next((sentence for sentence in sentences if not reading.shared.greets(sentence)), hook_sentence)
    steps = {sentence for sentence in sentences if _NUMBERED.match(sentence)}
    calls = {sentence for sentence in sentences[-2:] if reading.lexicon.calls_to_act(sentence)}
    return {first, hook_sentence, sentences[-1]} | calls | steps


def fit_script(hook_sentence: str, reading: Reading) -> Fitted:
    """Takes out greetings, asides, relative clauses, opening words and whole middle sentences until the script fits."""
    budget = reading.seconds - (END_CARD_SECONDS if reading.seconds > MIN_SECONDS_WITH_END_CARD else 0.8)
    fitted = Fitted(list(reading.sentences), budget=budget)
    _measure(fitted, reading)
    protected = find_protected(hook_sentence, reading)
    _drop_greetings(fitted, reading)
    _shorten(fitted, reading, "an aside", lambda text: _ASIDE.sub("", text))
    _shorten(fitted, reading, "a side clause", lambda text: _RELATIVE.sub("", text))
    _shorten(fitted, reading, "opening words", lambda text: capitalise(strip_opening(text, reading.lexicon)))
    _drop_middle(fitted, reading, protected)
    _drop_by_force(fitted, reading, hook_sentence)
    return fitted


def _measure(fitted: Fitted, reading: Reading) -> None:
    fitted.seconds = sum(estimate_seconds(sentence, reading) for sentence in fitted.sentences)


def _drop(fitted: Fitted, sentence: str, why: str, reading: Reading) -> None:
    fitted.sentences.remove(sentence)
    fitted.dropped.append(sentence)
    fitted.removed.append(f"Left out ({why}): “{sentence}”")
    _measure(fitted, reading)


def _drop_greetings(fitted: Fitted, reading: Reading) -> None:
    for sentence in list(fitted.sentences):
        if fitted.seconds <= fitted.budget or len(fitted.sentences) <= 2:
            return
        if reading.shared.greets(sentence):
            _drop(fitted, sentence, "a greeting", reading)


def _shorten(fitted: Fitted, reading: Reading, what: str, shorten: Callable[[str], str]) -> None:
    for place, sentence in enumerate(fitted.sentences):
        if fitted.seconds <= fitted.budget:
            return
        shorter = shorten(sentence)
        if shorter != sentence and len(shorter.split()) > 2:
            fitted.sentences[place] = shorter
            fitted.removed.append(f"Shortened ({what}): “{sentence}” is now “{shorter}”")
            _measure(fitted, reading)


def _drop_middle(fitted: Fitted, reading: Reading, protected: set[str]) -> None:
    while fitted.seconds > fitted.budget and len(fitted.sentences) > MIN_SENTENCES:
        middle = [sentence for sentence in fitted.sentences[:-1] if sentence not in protected and not _NUMBERED.match(sentence)]
        if not middle:
            return
        over = fitted.seconds - fitted.budget
        _drop(fitted, min(middle, key=lambda sentence: _cost(sentence, fitted, over, reading)), "to fit the seconds", reading)


def _drop_by_force(fitted: Fitted, reading: Reading, hook_sentence: str) -> None:
    """Where even that is not enough, what is protected goes too: the length that was asked for is a promise."""
    while fitted.seconds > fitted.budget * FORCE_TOLERANCE and len(fitted.sentences) > 1:
        keep = {hook_sentence, fitted.sentences[0]} | ({fitted.sentences[-1]} if len(fitted.sentences) > 2 else set())
        rest = [sentence for sentence in fitted.sentences if sentence not in keep] or fitted.sentences[1:]
        _drop(fitted, min(rest, key=lambda sentence: _cost(sentence, fitted, 0.0, reading)), "to fit the seconds", reading)


def split_overlong(sentences: Sequence[str], reading: Reading) -> list[str]:
    """Sentences that would fill the reel alone, divided at their pauses, else every few words; no word is lost."""
    limit = max(LEAST_LIMIT_SECONDS, OVERLONG_SHARE * reading.seconds)
    pieces: list[str] = []
    for sentence in sentences:
        if estimate_seconds(sentence, reading) <= limit:
            pieces.append(sentence)
            continue
        current: list[str] = []
        for word in _words_of(sentence):
            current.append(word)
            is_long = len(current) >= MAX_PIECE_WORDS or estimate_seconds(" ".join(current), reading) >= limit
            if is_long or (breathes_after(word) and len(current) >= MIN_PIECE_WORDS):
                pieces.append(" ".join(current))
                current = []
        if current:
            pieces.append(" ".join(current))
    return pieces


def _words_of(sentence: str) -> list[str]:
    """The words; one without spaces is divided at its punctuation and every few letters, so that it can be said and shown."""
    phrases = patterns.findall(r"[^、，]+[、，]*|[、，]+", sentence)
    words = [word for phrase in phrases for word in phrase.split()]
    return [word[start : start + MAX_WORD_CHARACTERS] for word in words for start in range(0, len(word), MAX_WORD_CHARACTERS)]


def _cost(sentence: str, fitted: Fitted, over: float, reading: Reading) -> float:
    others = [other for other in fitted.sentences if other != sentence]
    return rate_information(sentence, others, reading) + 0.1 * max(0.0, estimate_seconds(sentence, reading) - over - 1)
