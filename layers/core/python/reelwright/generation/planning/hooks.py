"""The hook: the line that stands on the first frame."""

from __future__ import annotations

import re
from dataclasses import dataclass

from reelwright.generation.planning import patterns
from reelwright.generation.planning.brief_talk import tells_of_oneself
from reelwright.generation.planning.reading import Reading
from reelwright.generation.planning.titles import HOOK_FLOOR, MAX_TITLE_WORDS, Title, find_title, rate_titles
from reelwright.generation.planning.word_warnings import is_risky
from reelwright.generation.planning.words import capitalise, drop_ending, lower

MAX_FIRST_SENTENCE_WORDS = 9
MAX_JOINED_WORDS = 7
FIRST_SENTENCE_FLOOR = 0.4
SENTENCES_LOOKED_AT = 3
GOOD_HOOK_SCORE = 0.85
MIN_TOPIC_WORDS = 3
MIN_HOOK_WORDS = 2
GOES_ON_COST = 0.4
EARLY_SHARE = 0.67
"""Later sentences give the ending away."""

_NEXT = re.compile(
    r"(?:(?:and|und|y|et|e) )?(?:then|next|after that|dann|danach|luego|después|entonces|puis|ensuite|poi|dopo|depois|a seguir)\b"
    r"|(?:the|la|el|los|las|das|der|die|le|les|a|o|il|the) (?:second|third|next|other|segund[oa]|tercer[oa]?|siguiente|otr[oa]s?|zweite[nrs]?|dritte[nrs]?|andere[nrs]?"
    r"|deuxième|troisième|autres?|second[oa]|terz[oa]|altr[oaie]|terceir[oa]|outr[oa]s?)\b",
    re.IGNORECASE,
)
MIN_PHRASE_CHARACTERS, MAX_HOOK_CHARACTERS = 8, 48


@dataclass(frozen=True)
class Hook:
    """The line, and the sentence it was cut from."""

    text: str
    sentence: str


def find_hook(reading: Reading) -> Hook:
    """The hook of a script; one with words that platforms are strict about gives way to another line where there is one."""
    hook = find_first_hook(reading)
    return hook if reading.content.title or not is_risky(hook.text, reading.language) else _find_plain_hook(reading) or hook


def find_first_hook(reading: Reading) -> Hook:
    """The hook of a script whatever words it holds: its first sentence where that makes a title, else the best of the first three."""
    said = [sentence for sentence in reading.sentences if not reading.shared.greets(sentence)] or list(reading.sentences)
    first = said[0]
    title = find_title(first, reading.lexicon, reading.topics)
    hook = Hook(title.text if title else "", first)
    if title is None or len(first.split()) > MAX_FIRST_SENTENCE_WORDS:
        hook = _best_of(said[:SENTENCES_LOOKED_AT], first, reading) or hook
        is_short = len(first.split()) <= MAX_FIRST_SENTENCE_WORDS and len(first) <= MAX_HOOK_CHARACTERS
        hook = Hook(capitalise(drop_ending(first)), first) if goes_on(hook.sentence) and is_short else hook
    if reading.content.title:
        return Hook(reading.content.title, hook.sentence)
    topic = _topic_of_prompt(hook, reading, is_greeted=first != reading.sentences[0])
    if topic:
        return Hook(topic, hook.sentence)
    if hook.sentence == first and len(first.split()) <= 3:
        hook = Hook(_join_short(said, reading), first)
    return hook if hook.text else Hook(_first_words(first), first)


def _find_plain_hook(reading: Reading) -> Hook | None:
    """The best line of the first two thirds without words that platforms are strict about, else what the prompt says the reel is about."""
    rated = []
    for place, sentence in enumerate(reading.sentences[: max(1, int(EARLY_SHARE * len(reading.sentences)))]):
        if reading.shared.greets(sentence) or reading.lexicon.calls_to_act(sentence) or reading.lexicon.starts_step(sentence):
            continue
        titles = [title for title in rate_titles(sentence, reading.lexicon, reading.topics) if not is_risky(title.text, reading.language)]
        fitting = [title for title in titles if title.score >= HOOK_FLOOR and len(title.text.split()) >= MIN_HOOK_WORDS]
        rated += [(rate_opening(fitting[0], place, reading), -place, Hook(fitting[0].text, sentence))] if fitting else []
    if rated:
        return max(rated, key=lambda row: row[:2])[2]
    head = capitalise(drop_ending(reading.content.head))
    is_short = MIN_HOOK_WORDS <= len(head.split()) <= MAX_TITLE_WORDS and len(head) <= MAX_HOOK_CHARACTERS
    return Hook(head, reading.sentences[0]) if is_short and not is_risky(head, reading.language) else None


def _topic_of_prompt(hook: Hook, reading: Reading, *, is_greeted: bool) -> str:
    """What the prompt says the reel is about, with its number or behind a greeting, where the script has no good line to open with."""
    titles = rate_titles(hook.text, reading.lexicon, reading.topics) if hook.text else []
    head = reading.content.topic or reading.content.head
    count = len(head.split())
    words = hook.text.split()
    is_dark = any(reading.lexicon.has(word, "objects") for word in words[1:]) or bool(words and reading.lexicon.has(words[0], "backward"))
    tells = is_greeted and _states(head, reading)
    if (
        (titles and titles[0].score >= GOOD_HOOK_SCORE and not is_dark and not tells)
        or not MIN_TOPIC_WORDS <= count <= MAX_TITLE_WORDS
        or len(head) > MAX_HOOK_CHARACTERS
    ):
        return ""
    return capitalise(drop_ending(head)) if tells or any(reading.lexicon.is_number(word) for word in head.split()) else ""


def _states(head: str, reading: Reading) -> bool:
    """Whether a head is a sentence that "we" say: "wir haben jetzt …", "abrimos …"."""
    first = lower(head.split(maxsplit=1)[0]) if head else ""
    says_we = reading.lexicon.has(first, "self") and reading.lexicon.has(first, "pronouns") and not tells_of_oneself(head)
    return says_we or patterns.search(r"(?:[aei]mos|iamo)$", first) is not None


def _best_of(sentences: list[str], first: str, reading: Reading) -> Hook | None:
    rated = []
    for place, sentence in enumerate(sentences):
        title = find_title(sentence, reading.lexicon, reading.topics, FIRST_SENTENCE_FLOOR if sentence == first else HOOK_FLOOR)
        is_torn = place > 0 and len(sentence.split()) <= MIN_HOOK_WORDS
        if title and not is_torn and not reading.lexicon.starts_step(sentence):
            rated.append((rate_opening(title, place, reading) - GOES_ON_COST * goes_on(sentence), -place, Hook(title.text, sentence)))
    return max(rated, key=lambda row: row[:2])[2] if rated else None


def goes_on(sentence: str) -> bool:
    """Whether the sentence is the next of a row: "Then the wall of the orchard.", "La seconda volta …"."""
    return _NEXT.match(sentence) is not None


def rate_opening(title: Title, place: int, reading: Reading) -> float:
    """How well a title that was cut from the sentence at ``place`` opens the reel."""
    words = title.text.split()
    score = title.score - 0.03 * place + 0.10 * (title.kind == "whole")
    score += 0.06 * any(reading.lexicon.is_number(word) and lower(word) != "one" for word in words)
    return score - 0.25 * (place > 0 and any(reading.lexicon.has(word, "objects") for word in words[1:]))


def _join_short(said: list[str], reading: Reading) -> str:
    """ "Four years. Eleven notebooks.": short sentences make one line."""
    joined = said[0]
    for sentence in said[1:]:
        is_long = len(joined.split()) + len(sentence.split()) > MAX_JOINED_WORDS or len(joined) + len(sentence) > MAX_HOOK_CHARACTERS
        if is_long or reading.lexicon.calls_to_act(sentence):
            break
        joined = f"{joined} {sentence}"
    return joined if joined != said[0] else _first_words(joined)


def _first_words(sentence: str) -> str:
    """The beginning of a sentence that has no title: up to a pause, a few words, a line's length."""
    phrase = patterns.split(r"(?<=[,;:、，])", sentence)[0]
    if len(sentence) <= MAX_HOOK_CHARACTERS and len(sentence.split()) <= MAX_JOINED_WORDS:
        return capitalise(drop_ending(sentence))
    words = (phrase if len(phrase) >= MIN_PHRASE_CHARACTERS else sentence).split()[:MAX_JOINED_WORDS]
    while len(words) > 1 and len(" ".join(words)) > MAX_HOOK_CHARACTERS:
        words = words[:-1]
    return capitalise(drop_ending(" ".join(words))[:MAX_HOOK_CHARACTERS])
