"""The beats of a spoken reel: sentences with their roles, titles, chapters and emphasised words."""

from __future__ import annotations

import math
from dataclasses import dataclass

from reelwright.generation.plan import Role
from reelwright.generation.planning import patterns
from reelwright.generation.planning.facts import find_names
from reelwright.generation.planning.fitting import Fitted, estimate_seconds, find_protected, rate_information
from reelwright.generation.planning.hooks import Hook
from reelwright.generation.planning.reading import Reading
from reelwright.generation.planning.sentences import split_sentences
from reelwright.generation.planning.series import find_called
from reelwright.generation.planning.titles import BEAT_FLOOR, Title, find_title, rate_titles, strip_opening
from reelwright.generation.planning.word_warnings import is_risky
from reelwright.generation.planning.words import bare, capitalise, drop_ending, lower

SHORT_SENTENCE_SECONDS = 1.3
MAX_JOINED_WORDS = 8
MAX_CHAPTER_WORDS = 7
SHORT_CHAPTER_WORDS = 5  # so few are shown whole, with the clause that says which one is meant
MAX_CALL_WORDS = 7
WORDS_PER_EMPHASIS = 4


MIN_CHAPTERS = 2


@dataclass
class Draft:
    """A beat without its media. ``sentences`` are indexes into the spoken script."""

    role: Role
    seconds: float
    text: str = ""
    sentences: tuple[int, ...] = ()
    title: str | None = None
    is_chapter: bool = False
    cards: tuple[str, ...] = ()
    emphasis: tuple[str, ...] = ()
    weight: float = 1.0
    can_drop: bool = False
    number: int | None = None
    item: str = ""  # the chapter's text without its number; the first frame may hold a chapter under another title
    forced: str = ""  # "before" or "after": the text itself says which state is shown


def draft_script_beats(fitted: Fitted, hook: Hook, reading: Reading) -> list[Draft]:
    """The beats in the order of the script."""
    drafts = _join_sentences(fitted, reading)
    calls = {sentence for sentence in fitted.sentences[-2:] if reading.lexicon.calls_to_act(sentence)}
    _set_roles(drafts, fitted, calls)
    _set_titles(drafts, hook, reading)
    protected = find_protected(hook.sentence, reading)
    for draft in drafts:
        others = [other.text for other in drafts if other is not draft]
        draft.weight = round(rate_information(draft.text, others, reading), 3)
        draft.can_drop = draft.role == "build" and not any(fitted.sentences[index] in protected for index in draft.sentences)
        draft.emphasis = _emphasis(draft.text, reading)
    return drafts


def find_script_call(fitted: Fitted, reading: Reading) -> str:
    """The end card's line: the creator's own call to action, shortened at a phrase border; empty where there is none."""
    calls = [sentence for sentence in fitted.sentences[-2:] if reading.lexicon.calls_to_act(sentence)]
    if not calls:
        return ""
    call = calls[-1]
    question = patterns.search(r":\s*([^:]+\?)$", call)
    if question and len(question.group(1).split()) <= MAX_CALL_WORDS:
        return capitalise(question.group(1))
    title = find_title(call, reading.lexicon, reading.topics, 0.3)
    line = title.text if title and reading.lexicon.calls_to_act(title.text) else _cut_call(call, reading)
    return line if len(line.split()) > 1 else ""


def _cut_call(call: str, reading: Reading) -> str:
    found = reading.lexicon.calls_to_act(call)
    start = call[found.start() :] if found else call
    words = patterns.split(r"(?<=[a-zà-ÿ])[,;:.!](?:\s|$)", start)[0].split()
    if len(words) > MAX_CALL_WORDS:
        borders = [at for at in range(2, MAX_CALL_WORDS + 1) if reading.lexicon.has(words[at], "prepositions", "conjunctions")]
        borders = [at for at in borders if not reading.lexicon.is_weak(words[at - 1])]
        words = words[: borders[-1]] if borders else []
    return capitalise(drop_ending(" ".join(words)))


def _join_sentences(fitted: Fitted, reading: Reading) -> list[Draft]:
    """Very short sentences share a beat with the next one."""
    drafts: list[Draft] = []
    for index, sentence in enumerate(fitted.sentences):
        seconds = estimate_seconds(sentence, reading)
        last = drafts[-1] if drafts else None
        is_short = last is not None and last.seconds < SHORT_SENTENCE_SECONDS and len(last.text.split()) + len(sentence.split()) <= MAX_JOINED_WORDS
        if last is not None and is_short and not reading.lexicon.calls_to_act(sentence) and not reading.lexicon.starts_step(sentence):
            last.text, last.seconds, last.sentences = f"{last.text} {sentence}", last.seconds + seconds, (*last.sentences, index)
        else:
            drafts.append(Draft("build", seconds, sentence, (index,)))
    return drafts


def _set_roles(drafts: list[Draft], fitted: Fitted, calls: set[str]) -> None:
    for draft in drafts:
        if any(fitted.sentences[index] in calls for index in draft.sentences):
            draft.role = "call"
    body = [draft for draft in drafts[1:] if draft.role == "build"]
    if body:
        body[-1].role = "payoff"
    drafts[0].role = "hook"


def _set_titles(drafts: list[Draft], hook: Hook, reading: Reading) -> None:
    steps = [step.group().lower().strip(" ,:") for draft in drafts if (step := reading.lexicon.starts_step(draft.text))] if reading.lexicon.is_ruled else []
    chapters = len(steps) >= MIN_CHAPTERS and len(set(steps)) > 1
    floor = _best_third(drafts, reading)
    used = {hook.text.lower()}
    number = 0
    for draft in drafts if chapters else ():
        if reading.lexicon.starts_step(draft.text):
            number += 1
            draft.number, draft.item = number, _chapter_title(draft.text, reading)
    for draft in drafts[1:]:
        if draft.number is not None:
            draft.title, draft.is_chapter = (f"{draft.number}. {draft.item}" if draft.item else None), True
        elif name := find_called(draft.text):
            draft.title = name
        elif draft.role != "call":
            title = _beat_title(draft, reading, floor)
            draft.title = title.text if title and _may_show(title, chapters, reading) else None
        if draft.title and (draft.title.lower() in used or (not draft.is_chapter and is_risky(draft.title, reading.language))):
            draft.title = None
        if draft.title:
            used.add(draft.title.lower())
    drafts[0].title = hook.text


def _beat_title(draft: Draft, reading: Reading, floor: float) -> Title | None:
    """The best title of any of the beat's sentences, never across two of them."""
    titles = [find_title(sentence, reading.lexicon, reading.topics, floor) for sentence in split_sentences(draft.text)]
    return max((title for title in titles if title), key=lambda title: title.score, default=None)


def _best_third(drafts: list[Draft], reading: Reading) -> float:
    scores = sorted((next((title.score for title in rate_titles(draft.text, reading.lexicon, reading.topics)), 0.0) for draft in drafts[1:]), reverse=True)
    place = max(0, math.ceil(len(drafts) / 3) - 1)
    return max(BEAT_FLOOR, scores[place] if place < len(scores) else 0.0)


def _may_show(title: Title, chapters: bool, reading: Reading) -> bool:
    words = title.text.split()
    has_number = any(reading.lexicon.is_number(word) and lower(word) != "one" for word in words)
    if chapters:
        return has_number
    if title.kind == "whole":
        return False  # a title that repeats the whole spoken sentence is noise
    return len(words) >= 3 or bool(patterns.search(r"\d", title.text))


def _chapter_title(sentence: str, reading: Reading) -> str:
    """ "Cut four boards to 80 centimetres": the first clause without its ordinal."""
    words = patterns.split(r"[,;:]", sentence[step.end() :] if (step := reading.lexicon.starts_step(sentence)) else sentence)[0].split()
    if len(words) > SHORT_CHAPTER_WORDS:
        words = words[: next((at for at in range(2, len(words)) if reading.lexicon.has(words[at], "subordinators", "relatives")), len(words))]
    if len(words) > MAX_CHAPTER_WORDS:
        words = words[: next((at for at in range(2, len(words)) if lower(words[at]) == reading.lexicon.texts["and_word"]), len(words))]
    while len(words) > MAX_CHAPTER_WORDS:
        border = max((at for at in range(2, len(words)) if reading.lexicon.has(words[at], "prepositions", "conjunctions")), default=0)
        words = words[:border]
    return capitalise(drop_ending(" ".join(words)))


def _emphasis(sentence: str, reading: Reading) -> tuple[str, ...]:
    """The words a caption may stress: numbers, hot words, names; else the most frequent topic; one in four words at most."""
    words = strip_opening(sentence, reading.lexicon).split()
    stressed = [word for word in words if (reading.lexicon.is_number(word) and lower(word) != "one") or reading.lexicon.has(word, "hot")]
    for name in find_names(sentence, reading.lexicon)[:1]:
        stressed += [word for word in name.split() if not reading.lexicon.has(word, "determiners")][:2]
    if not stressed:
        stressed = [word for word in words if lower(word) in reading.topics][:1]
    limit = max(1, len(words) // WORDS_PER_EMPHASIS)
    return tuple(list(dict.fromkeys(bare(word) for word in stressed if bare(word)))[:limit])
