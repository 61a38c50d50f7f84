"""Which sentences of a script stand in a post: one that opens, those that carry something the offer does not say, and the call."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from reelwright.generation.planning import patterns
from reelwright.generation.planning.facts import fact_pattern, find_names, find_numbers
from reelwright.generation.planning.hooks import Hook, goes_on
from reelwright.generation.planning.leaning import chain_of
from reelwright.generation.planning.post_words import load_post_words
from reelwright.generation.planning.reading import Reading
from reelwright.generation.planning.said_numbers import says_number
from reelwright.generation.planning.word_warnings import is_risky
from reelwright.generation.planning.words import capitalise, drop_ending, lower

MAX_FIRST_LINE_CHARACTERS = 110
MAX_CHAIN, MAX_PRICED_CHAIN = 3, 4
LEAST_SEED_WORDS = 3
LEAST_OPENING_WORDS = 5
LEAST_STEPS = 2
MAX_TAUGHT_CHARACTERS, MAX_SHORT_STORY_CHARACTERS = 420, 170
MAX_STEP_CHARACTERS = 130
STEM_LETTERS = 5
_DEICTIC = re.compile(
    r"^(?:das da|der da|die da|this one|that one|this is|that's|look at|here's|esta de aquí|este de aquí|ese de|celui-là|celle-là|voilà|ça, c'est|questo qui|quella lì|este aqui|essa aqui)\b",
    re.IGNORECASE,
)
_THIRD_PERSON = re.compile(r"\b(?:her|hers|his|him|their|them)\b", re.IGNORECASE)
_NOBODY = frozenset(["nobody", "everybody", "someone", "everyone", "somebody", "anyone", "anybody", "nothing", "everything"])
_OPENING = re.compile(r"^(?:right|so|ok|okay|well|now|anyway|bon|alors|bueno|pues|mira|oye|also|naja|tja|ja|allora|beh|então|bom|olha)[,!]\s+", re.IGNORECASE)


def choose_first_line(spoken: Sequence[str], hook: Hook, reading: Reading) -> tuple[str, str]:
    """The line that opens the post, and the sentence it is: the first that stands alone, without "Right," before it.

    Where the voice greets or points at its picture, a hook that is the prompt's own opens the post too.
    """
    points = _DEICTIC.match(spoken[0]) or reading.shared.greets(reading.sentences[0])
    if points and hook.text and not any(hook.text.lower() in sentence.lower() for sentence in reading.sentences):
        return hook.text, ""
    least = LEAST_OPENING_WORDS if is_risky(spoken[0], reading.language) else 1
    first = next((sentence for sentence in spoken if _can_open(sentence, reading) and len(sentence.split()) >= least), spoken[0])
    if _DEICTIC.match(first) and hook.sentence in spoken:
        first = hook.sentence
    is_joined = hook.sentence == first and hook.text.startswith(drop_ending(first)) and len(hook.text) > len(first)
    if is_joined or (len(first) > MAX_FIRST_LINE_CHARACTERS and hook.sentence == first):
        return hook.text, first
    return capitalise(_OPENING.sub("", first)), first


def _can_open(sentence: str, reading: Reading) -> bool:
    """Not a greeting, not one's name, nothing that points at what is not seen."""
    introduces = load_post_words(reading.language).introduces if reading.lexicon.is_ruled else "$^"
    names_oneself = patterns.match(
        rf"(?:\w+, )?(?:{introduces}|it'?s \w+ from|i bin|soy |sono |sou |je m'appelle|me llamo|mi chiamo|ich heiße)", sentence, re.IGNORECASE
    )
    return (
        not reading.shared.greets(sentence)
        and not _DEICTIC.match(sentence)
        and not is_risky(sentence, reading.language)
        and not (names_oneself and len(sentence.split()) <= 7)
    )


def choose_sentences(spoken: Sequence[str], taken: Sequence[str], hook: Hook, offers: Sequence[str], reading: Reading, limit: int) -> list[str]:
    """Up to ``limit`` sentences that carry something, each with what it leans on, in the order they are said."""
    pool = [sentence for sentence in spoken if sentence not in taken and not reading.shared.greets(sentence)]
    seeds = [sentence for sentence in pool if len(sentence.split()) >= LEAST_SEED_WORDS and not _begins_row(sentence, spoken, reading)]
    seeds = [sentence for sentence in seeds if not is_risky(sentence, reading.language)] or seeds
    told = " ".join(offers)
    chosen: list[str] = []
    for sentence in sorted(seeds, key=lambda one: _value(one, hook, told, reading), reverse=True):
        added = [one for one in [*_chain_to_name(sentence, spoken, reading), *_answer_to(sentence, spoken)] if one not in chosen and one not in taken]
        if len(chosen) >= limit or sentence in chosen or not added:
            continue
        is_row = len({one.split(maxsplit=1)[0] for one in added}) == 1 and len(" ".join(added)) <= MAX_STEP_CHARACTERS
        room = MAX_PRICED_CHAIN if (not offers and _names_price(sentence)) or is_row else MAX_CHAIN - 1
        if len(added) <= room and len(chosen) + len(added) <= max(limit, room) + 1 and all(one in pool for one in added):
            chosen += added
    return [sentence for sentence in spoken if sentence in chosen]


def _begins_row(sentence: str, spoken: Sequence[str], reading: Reading) -> bool:
    """ "First the church." is nothing without "Then the wall."."""
    whole = reading.sentences if sentence in reading.sentences else spoken
    at = whole.index(sentence)
    following = whole[at + 1] if at + 1 < len(whole) else ""
    return bool(reading.lexicon.starts_step(sentence)) and goes_on(following)


def _chain_to_name(sentence: str, spoken: Sequence[str], reading: Reading) -> list[str]:
    """The sentence with what it leans on, back to the name that "her" or "their" stands for."""
    chain = chain_of(sentence, spoken, reading)
    at = spoken.index(chain[0])
    opener = chain[0].split(maxsplit=1)[0]
    names_somebody = bool(find_names(f"x {chain[0]}", reading.lexicon)) and lower(opener) not in _NOBODY
    needs_name = bool(_THIRD_PERSON.search(chain[0])) and not names_somebody
    return [spoken[at - 1], *chain] if at and needs_name else chain


def _answer_to(sentence: str, spoken: Sequence[str]) -> Sequence[str]:
    """A question is not left without what is said behind it."""
    at = spoken.index(sentence)
    return spoken[at + 1 : at + 2] if sentence.rstrip().endswith("?") else []


def write_steps(sentences: Sequence[str], taken: Sequence[str], reading: Reading) -> tuple[list[str], list[str]]:
    """The steps of a script with their numbers, each with the sentences that belong to it, and the sentences behind the last step."""
    starts = [at for at, sentence in enumerate(sentences) if reading.lexicon.starts_step(sentence)]
    counted = {lead.group().lower().strip(" ,:") for at in starts if (lead := reading.lexicon.starts_step(sentences[at]))}
    if len(starts) < LEAST_STEPS or len(counted) < LEAST_STEPS:
        return [], []
    usual = max(after - at for at, after in pairwise(starts))
    ends = [*starts[1:], min(starts[-1] + usual, len(sentences))]
    steps = []
    for number, (start, end) in enumerate(zip(starts, ends, strict=True), 1):
        lead = reading.lexicon.starts_step(sentences[start])
        text = capitalise(sentences[start][lead.end() if lead else 0 :])
        for more in sentences[start + 1 : end]:
            text = f"{text} {more}" if more not in taken and len(text) + len(more) < MAX_STEP_CHARACTERS else text
        steps.append(f"{number}. {drop_ending(text)}")
    return steps, [sentence for sentence in sentences[ends[-1] :] if sentence not in taken]


def keep_whole(spoken: Sequence[str], taken: Sequence[str], reading: Reading, most: int) -> list[str]:
    """All sentences of a script of at most so many characters: a recipe without one of its steps is none. None where one had better not be posted."""
    kept = [sentence for sentence in spoken if sentence not in taken and not reading.shared.greets(sentence)]
    has_risk = any(is_risky(sentence, reading.language) for sentence in kept)
    return kept if len(" ".join(kept)) <= most and not has_risk else []


def choose_warning(sentences: Sequence[str], reading: Reading) -> list[str]:
    """The sentence behind the steps that must not be lost: a warning, else one with a number."""
    warning = load_post_words(reading.language).warning
    warns = [one for one in sentences if patterns.search(rf"(?<!\w)(?:{warning})(?!\w)", one, re.IGNORECASE)]
    counts = [one for one in sentences if any(reading.lexicon.is_number(word) for word in one.split())]
    return (warns or counts)[:1]


def _value(sentence: str, hook: Hook, offers: str, reading: Reading) -> float:
    words = sentence.split()
    value = 0.3 * any(reading.lexicon.is_number(word) for word in words) + 0.3 * bool(find_names(sentence, reading.lexicon))
    value += (
        0.2 * any(reading.lexicon.has(word, "hot") for word in words)
        + 0.3 * (sentence == hook.sentence)
        + 0.4 * _names_price(sentence)
        - 0.6 * bool(_DEICTIC.match(sentence))
        - 1.5 * is_risky(sentence, reading.language)
    )
    return value - 0.012 * len(words) - 1.2 * _share_told(sentence, offers, reading)


def _names_price(sentence: str) -> bool:
    return any(match.lastgroup in {"price", "percent"} for match in fact_pattern().finditer(sentence))


def _share_told(sentence: str, offers: str, reading: Reading) -> float:
    """How much of a sentence the lines of the offer say again, numbers in letters too."""
    if not offers:
        return 0.0
    stems = {word[:STEM_LETTERS] for word in patterns.findall(r"\w{4,}", offers.lower())}
    wanted = [lower(word)[:STEM_LETTERS] for word in sentence.split() if len(lower(word)) >= STEM_LETTERS - 1 and reading.lexicon.is_content(word)]
    share = sum(stem in stems for stem in wanted) / len(wanted) if wanted else 0.0
    repeats = any(says_number(sentence, number, reading.language) for number in find_numbers(offers))
    return max(share, 0.6 if repeats else 0.0)
