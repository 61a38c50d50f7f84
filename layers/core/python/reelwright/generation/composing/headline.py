"""The headline of a cover: its strongest word becomes the masthead, the rest stands before and after it, in reading order."""

from __future__ import annotations

import re
from collections.abc import Sequence

from reelwright.generation.planning.facts import is_calendar_word
from reelwright.generation.planning.lexicon import Lexicon, load_lexicon, load_shared_lexicon
from reelwright.generation.planning.words import bare, drop_ending, is_capitalised, lower
from reelwright.reels.template import TextSource

MAX_MASTHEAD_CHARACTERS = 12
MIN_MASTHEAD_CHARACTERS = 3
MAX_WHOLE_CHARACTERS = 11
MAX_HEADLINE_CHARACTERS = 64
MAX_SIDE_CHARACTERS = 40
MONTH_CHARACTERS = 3
_LATIN = re.compile(r"^[\u0000-\u024F\u2010-\u2027\u20AC]*$")


def split_headline(title: str, emphasis: Sequence[str], language: str) -> dict[TextSource, str]:
    """``before``, ``masthead`` and ``after``; only ``title`` where no word can carry a masthead."""
    title = " ".join(title.split())
    if not title:
        return {}
    lexicon = load_lexicon(language)
    plain: dict[TextSource, str] = {"title": title}
    if not lexicon.is_ruled or not _LATIN.match(title) or len(title) > MAX_HEADLINE_CHARACTERS:
        return plain
    if len(title) <= MAX_WHOLE_CHARACTERS and len(title.split()) <= 2:
        return {"title": title, "masthead": drop_ending(title)}
    words = title.split()
    span = _choose_span(words, emphasis, lexicon)
    if span is None:
        return plain
    before, after = " ".join(words[: span[0]]), " ".join(words[span[1] :])
    if max(len(before), len(after)) > MAX_SIDE_CHARACTERS:
        return plain
    parts: dict[TextSource, str] = {"title": title, "masthead": drop_ending(" ".join(words[span[0] : span[1]])).strip('“”"«»„')}
    if before:
        parts["before"] = before
    if after:
        parts["after"] = after
    return parts


def _choose_span(words: Sequence[str], emphasis: Sequence[str], lexicon: Lexicon) -> tuple[int, int] | None:
    rated = [(_rate(words, at, emphasis, lexicon), at) for at in range(len(words))]
    rated = [row for row in rated if row[0] > 0]
    if not rated:
        return None
    at = max(rated, key=lambda row: (row[0], row[1]))[1]
    start, end = at, at + 1
    while end < len(words) and _joins(words, end, start) and len(" ".join(words[start : end + 1])) <= MAX_MASTHEAD_CHARACTERS:
        end += 1
    while start > 0 and _is_name(words, start - 1) and _is_name(words, start) and len(" ".join(words[start - 1 : end])) <= MAX_MASTHEAD_CHARACTERS:
        start -= 1
    return start, end


def _joins(words: Sequence[str], at: int, start: int) -> bool:
    """A name goes on: "Café Luna"."""
    return _is_name(words, start) and _is_name(words, at) and not words[at - 1].endswith((",", ".", ";", ":"))


def _is_name(words: Sequence[str], at: int) -> bool:
    return at > 0 and is_capitalised(words[at]) and bare(words[at]) != "I"


def _rate(words: Sequence[str], at: int, emphasis: Sequence[str], lexicon: Lexicon) -> float:
    word = bare(words[at])
    if not MIN_MASTHEAD_CHARACTERS <= len(word) <= MAX_MASTHEAD_CHARACTERS or not lexicon.is_content(word) or not word[0].isalpha():
        return 0.0
    if lexicon.is_number(word):
        return 0.0
    score = 0.2 + 0.03 * len(word)
    score += 1.0 * (_is_name(words, at) and lexicon.language != "de")
    score += 0.5 * any(lower(word) == lower(stressed) for stressed in emphasis)
    score -= 0.4 * (lexicon.is_verb_like(lower(word)) or is_calendar_word(word))
    score -= 0.2 * lexicon.has(word, "hot", "adjectives") + 0.5 * (lower(word) in load_shared_lexicon().banned_tags)
    return max(0.01, score)


def write_stamp(taken_at: str | None, language: str) -> str:
    """ "OCT 14 '26", as a camera stamps it; only from the picture's own date, empty without one."""
    found = re.match(r"(\d{4})-(\d{2})-(\d{2})", taken_at or "")
    month, year = write_date(taken_at, language).rpartition(" ")[::2]
    if not found or not month:
        return ""
    short = month if month.isdigit() else month[:MONTH_CHARACTERS].upper()
    day = str(int(found.group(3)))
    return " ".join([short, day, f"'{year[2:]}"] if language[:2] == "en" else [day, short, f"'{year[2:]}"])


def write_date(taken_at: str | None, language: str) -> str:
    """ "October 2026", only from the picture's own date; empty without one."""
    found = re.match(r"(\d{4})-(\d{2})", taken_at or "")
    if not found or not 1 <= int(found.group(2)) <= 12 or found.group(1) < "1900":
        return ""
    months = str(load_lexicon(language).texts.get("months", "")).split()
    month = months[int(found.group(2)) - 1] if len(months) >= 12 else found.group(2)
    return f"{month} {found.group(1)}"
