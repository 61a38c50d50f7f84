"""A title for a sentence: the best piece of it that can stand alone, cut only at phrase borders."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Literal

from reelwright.generation.planning import patterns
from reelwright.generation.planning.clauses import Clause, split_clauses
from reelwright.generation.planning.facts import QUOTE
from reelwright.generation.planning.lexicon import Lexicon
from reelwright.generation.planning.number_phrases import number_phrases
from reelwright.generation.planning.words import bare, capitalise, drop_ending, is_capitalised, lower, pauses_after

HOOK_FLOOR = 0.55
BEAT_FLOOR = 0.72
MAX_WHOLE_WORDS = 6
MAX_TITLE_WORDS = 8
MAX_EIGHT_WORD_CHARACTERS = 46
MAX_WHOLE_CHARACTERS = 48

Kind = Literal["whole", "quote", "how", "clause", "participle", "place", "number", "cut"]
_PARTICIPLE = re.compile(r"(?:ed|en|made|built|cut|sewn|born|grown|kept|sold)$")
_PAST_START = re.compile(r"ed$|^(?:went|took|ate|slept|ran|came|kept|had|said|told|got|made|let|gave|saw|found|left)$")
MAX_LIST_REACH = 4
ADVERBIAL_COST = 0.3
_HOW_OFTEN = re.compile(
    r"(?:every|each|last|one|jede[ns]?|letzte[ns]?|eines|cada|tod[oa]s l[oa]s|el año pasado|chaque|tous les|toutes les|ogni|tutt[ie] (?:i|le|gli)|tod[oa]s [oa]s)\s",
    re.IGNORECASE,
)
_OR = frozenset(["or", "o", "oder", "ou"])
_ONLY_WHEN = re.compile(
    r"(?:the (?:first|second|last|next) time|das (?:erste|zweite|letzte|nächste) mal|beim ersten mal|la (?:primera|segunda|última|próxima) vez|la (?:première|deuxième|dernière|prochaine) fois"
    r"|la (?:prima|seconda|prossima) volta|l['’]ultima volta|a (?:primeira|segunda|última|próxima) vez)",
    re.IGNORECASE,
)
_NO_CUT_BEFORE = frozenset(["of", "de", "di", "du", "del", "da", "do", "von", "up", "down", "off", "to"])


@dataclass(frozen=True)
class Title:
    """A candidate with its score (about 0..1.3)."""

    score: float
    text: str
    kind: Kind


def find_title(sentence: str, lexicon: Lexicon, topics: Collection[str] = (), floor: float = HOOK_FLOOR, max_words: int = MAX_WHOLE_WORDS) -> Title | None:
    """The best title of a sentence, None where nothing scores ``floor``."""
    best = next(iter(rate_titles(sentence, lexicon, topics, max_words)), None)
    return best if best and best.score >= floor else None


def rate_titles(sentence: str, lexicon: Lexicon, topics: Collection[str] = (), max_words: int = MAX_WHOLE_WORDS) -> list[Title]:
    """All titles that may be cut out of the sentence, best first."""
    text = strip_opening(sentence, lexicon)
    words = text.split()
    if not words:
        return []
    if not lexicon.is_ruled:
        return _whole_only(text)
    titles: dict[str, Title] = {}
    for piece, kind, base in _pieces(text, words, lexicon, max_words):
        title = _judge(piece, kind, base, lexicon, topics)
        if title and (title.text not in titles or titles[title.text].score < title.score):
            titles[title.text] = title
    return sorted(titles.values(), key=lambda title: (-title.score, len(title.text)))


def strip_opening(sentence: str, lexicon: Lexicon) -> str:
    """The sentence without brackets, opening words ("So, honestly, …") and closing tags (", right?")."""
    text = patterns.sub(r"\s*[(\[][^)\]]*[)\]]", "", sentence.strip())
    if lexicon.is_ruled:
        text = patterns.sub(rf"^(?:{lexicon.one_of('openings')}[,:]?\s+)+", "", text, flags=re.IGNORECASE)
        text = patterns.sub(rf",\s*{lexicon.one_of('closings')}\?$", "", text, flags=re.IGNORECASE)
    return text.strip()


def _whole_only(text: str) -> list[Title]:
    limit = 16 if not patterns.search(r"\s", text.strip()) else 42
    fits = len(text) <= limit and len(text.split()) <= MAX_WHOLE_WORDS
    return [Title(1.0, drop_ending(text).rstrip("。।"), "whole")] if fits else []


def _pieces(text: str, words: list[str], lexicon: Lexicon, max_words: int) -> Iterator[tuple[list[str], Kind, float]]:
    if len(words) <= MAX_TITLE_WORDS and len(drop_ending(text)) <= MAX_WHOLE_CHARACTERS:
        yield words, "whole", 1.0 - (0.06 if len(words) > max_words else 0)
    if lexicon.language == "en":
        yield from _english_pieces(words, lexicon)
    for quoted in patterns.finditer(QUOTE, text):
        yield quoted.group(1).split(), "quote", 0.9
    yield from _clause_pieces(text, words, lexicon, max_words)
    for phrase in number_phrases(words, lexicon):
        if not any(words[at : at + len(phrase)] == phrase and tears_list(words, at + len(phrase), lexicon) for at in range(len(words))):
            yield phrase, "number", 0.36 + 0.30 * (len(phrase) >= 3) + 0.16 * (len(phrase) >= 4)


def _english_pieces(words: list[str], lexicon: Lexicon) -> Iterator[tuple[list[str], Kind, float]]:
    for at, word in enumerate(words[:-2]):
        rest = words[at + 1 :]
        is_passive = lower(word) in {"is", "are", "was", "were"} and at <= 4 and _PARTICIPLE.search(lower(rest[0]))
        if is_passive and not word.endswith(",") and 2 <= len(rest) <= 7:
            yield rest, "participle", 0.78
        if lower(word) in {"how", "why"} and 0 < at <= 3 and 3 <= len(words) - at <= 7:
            yield words[at:], "how", 0.86
        if lower(word) in {"our", "my", "this"} and at > 0:
            place = _place_phrase(words, at, lexicon)
            if place:
                yield place, "place", 0.74


def _place_phrase(words: list[str], at: int, lexicon: Lexicon) -> list[str] | None:
    """ "our little bakery in Ghent": own + 1–3 words + in + name."""
    noun = at + 1
    while noun < min(len(words), at + 4) and lexicon.is_content(words[noun]) and not is_capitalised(words[noun]) and not pauses_after(words[noun - 1]):
        noun += 1
    if noun == at + 1 or noun + 1 >= len(words) or lower(words[noun]) not in {"in", "at", "from", "near"} or not is_capitalised(words[noun + 1]):
        return None
    end = noun + 2
    while end < len(words) and is_capitalised(words[end]) and not pauses_after(words[end - 1]):
        end += 1
    return words[at:end]


def _clause_pieces(text: str, words: list[str], lexicon: Lexicon, max_words: int) -> Iterator[tuple[list[str], Kind, float]]:
    clauses = split_clauses(words, lexicon)
    numbers = sum(lexicon.is_number(word) for word in words)
    for at, clause in enumerate(clauses):
        following = clauses[at + 1] if at + 1 < len(clauses) else None
        if (len(clauses) == 1 and len(clause.words) <= max_words) or not _may_stand(clauses, at, following, numbers, lexicon):
            continue
        is_answer_cut = text.rstrip().endswith("?") and following is not None
        base = 0.5 if is_answer_cut else 0.82 + 0.05 * (at == 0)
        base -= 0.12 if lexicon.has(clause.lead, "because") else 0
        base -= ADVERBIAL_COST if following and _says_only_when(clause.words, lexicon) else 0
        body = clause.words[1:] if lexicon.has(clause.words[0], "conjunctions") else clause.words
        if not body:
            continue
        if sum(lexicon.is_content(word) for word in body) < 2 and not any(lexicon.is_number(word) for word in body):
            base -= 0.25
        yield from _shortened(body, base, lexicon)


def tears_list(words: list[str], end: int, lexicon: Lexicon) -> bool:
    """Whether a cut at ``end`` leaves the rest of a list behind: "eleven tonnes of bread, | veg and milk"."""
    if not 0 < end < len(words) or not words[end - 1].endswith(","):
        return False
    joints = {lexicon.texts.get("and_word", "and"), *_OR}
    joint = next((at for at in range(end + 1, min(len(words) - 1, end + MAX_LIST_REACH)) if lower(words[at]) in joints), 0)
    between = [*words[end:joint], *words[joint + 1 : joint + 2]]
    is_said = any(lexicon.has(word, "pronouns", "auxiliaries", "subordinators", "relatives", "self") or lexicon.is_verb_like(lower(word)) for word in between)
    return bool(joint) and not is_said and not any(patterns.search(r"[.;:!?]$", word) for word in words[end:joint])


def _says_only_when(words: list[str], lexicon: Lexicon) -> bool:
    """Whether a clause without a verb says how often or when: "Every night in this town, …"; what happens stands behind it."""
    has_verb = any(lexicon.has(word, "auxiliaries") or lexicon.is_verb_like(lower(word)) for word in words[1:])
    return _HOW_OFTEN.match(" ".join(words)) is not None and not has_verb


def _may_stand(clauses: list[Clause], at: int, following: Clause | None, numbers: int, lexicon: Lexicon) -> bool:
    clause = clauses[at]
    before = clauses[at - 1].words if at else []
    tears = following and tears_list([*clause.words, *following.words], len(clause.words), lexicon)
    if lexicon.has(clause.words[0], "subordinators", "relatives") or tears or tears_list([*before, *clause.words], len(before), lexicon):
        return False
    if following and (lexicon.has(following.lead, "that") or following.lead == "subject"):
        return False
    if following and following.lead == "pause" and lexicon.language == "de" and lexicon.has(following.words[0], "that"):
        return False
    is_list = sum(len(other.words) <= 4 for other in clauses) >= 3 and any(other.words[-1].endswith(",") for other in clauses[:-1])
    if is_list and at > 0:
        return False
    if len(clauses) == 1 or any(lexicon.has(word, "auxiliaries") or lexicon.is_verb_like(lower(word)) for word in clause.words):
        return True
    is_short_piece = following is not None and following.lead == "pause" and len(clause.words) <= 3
    return not is_short_piece and not (at > 0 and clause.lead == "pause" and numbers > 1)


def _shortened(words: list[str], base: float, lexicon: Lexicon) -> Iterator[tuple[list[str], Kind, float]]:
    if len(words) <= 7:
        yield words, "clause", base
        return
    plain = [word for word in words if not lexicon.has(word, "adverbs")]
    if len(plain) <= 7:
        yield plain, "clause", base - 0.05
        return
    if lexicon.language == "de" and any(lexicon.has(word, "auxiliaries") for word in words):
        return  # the verb stands at the end: a prefix would lose it
    for at in range(min(7, len(plain) - 1), 2, -1):
        if lexicon.has(plain[at], "prepositions") and lower(plain[at]) not in _NO_CUT_BEFORE and not lexicon.is_weak(plain[at - 1]):
            yield plain[:at], "cut", 0.55
            return


def _judge(words: list[str], kind: Kind, base: float, lexicon: Lexicon, topics: Collection[str]) -> Title | None:
    while words and lexicon.has(words[-1], "conjunctions"):
        words = words[:-1]
    while len(words) > 1 and lexicon.has(words[0], "conjunctions") and not lexicon.has(words[0], "because"):
        words = words[1:]
    text = capitalise(drop_ending(" ".join(words)))
    words = text.split()
    if not _has_good_form(words, text, kind, lexicon):
        return None
    return Title(round(base + _bonus(words, text, kind, lexicon, topics) - _malus(words, kind, lexicon), 3), text, kind)


def _has_good_form(words: list[str], text: str, kind: Kind, lexicon: Lexicon) -> bool:
    if not 1 <= len(words) <= MAX_TITLE_WORDS or (len(words) == MAX_TITLE_WORDS and len(text) > MAX_EIGHT_WORD_CHARACTERS):
        return False
    if (len(words) == 1 or _ONLY_WHEN.fullmatch(text)) and kind not in {"whole", "quote"}:
        return False
    if kind == "whole":
        return not lexicon.has(words[-1], "determiners", "conjunctions")
    return not lexicon.is_weak(words[-1])


def _bonus(words: list[str], text: str, kind: Kind, lexicon: Lexicon, topics: Collection[str]) -> float:
    has_name = lexicon.language != "de" and any(is_capitalised(word) and bare(word) != "I" for word in words[1:])
    return (
        0.12 * any(lexicon.is_number(word) for word in words)
        + 0.12 * any(lexicon.has(word, "hot") for word in words)
        + 0.10 * text.endswith("?")
        + 0.08 * has_name
        + 0.04 * min(2, sum(lower(word) in topics for word in words))
    )


def _malus(words: list[str], kind: Kind, lexicon: Lexicon) -> float:
    malus = 0.06 * max(0, len(words) - 5) + 0.10 * (len(words) == 1)
    malus += 0.22 * lexicon.has(words[0], "backward") + 0.10 * lexicon.has(words[0], "possessives")
    if lexicon.language == "en" and kind == "clause" and _PAST_START.search(lower(words[0])):
        malus += 0.3
    if kind != "whole" and lexicon.has(words[0], "prepositions"):
        malus += 0.3
    return malus
