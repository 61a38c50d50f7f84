"""Lists in a prompt: their members, and members that belong together."""

from __future__ import annotations

import re

from reelwright.generation.planning import patterns
from reelwright.generation.planning.aside_words import load_aside_words
from reelwright.generation.planning.facts import date_pattern, day_pattern, is_day_name, is_whole_fact, month_pattern, time_pattern
from reelwright.generation.planning.lexicon import Lexicon
from reelwright.generation.planning.spans import COMMA
from reelwright.generation.planning.words import drop_ending

MAX_LAST_ITEM_WORDS = 5
MAX_PAIR = 2
MAX_CONDITION_WORDS = 7
_WHOEVER = re.compile(r"(?:wer|whoever|anyone who|those who|quien(?:es)?|el que|los que|celles? qui|ceux qui|qui|chi|quem)\s", re.IGNORECASE)
MIN_HALF_WORDS, MAX_PAIR_OF_WORDS = 2, 9
_QUOTED = r"[\"“«„][^\"”»“]+[\"”»“]"
_RANGE = re.compile(r"(?:from|de|von|ab|das|dalle) \d", re.IGNORECASE)
_STREET = re.compile(r"^[A-ZÀ-Ý].*\d")
_ONE_NAME = re.compile(r"[A-ZÀ-Ý][\wÀ-ÿ-]+")


def split_list(text: str, lexicon: Lexicon) -> list[str]:
    """The members of an enumeration; quotes, decimal commas and dates with their times stay whole."""
    kept: list[str] = []

    def keep(match: re.Match[str]) -> str:
        kept.append(match.group())
        return f"\0{len(kept) - 1}\0"

    dates = rf"(?:{day_pattern()}),? (?:{date_pattern()})|(?:{day_pattern()}),? (?:{time_pattern()})"
    whole = load_aside_words(lexicon.language).whole if lexicon.is_ruled else r"\b\B"
    masked = patterns.sub(rf"{_QUOTED}|\b(?:{whole})\b|\([^()]*\)|\d+,\d+|{dates}", keep, drop_ending(text.strip()), flags=re.IGNORECASE)
    parts = keep_conditions([part.strip() for part in patterns.split(COMMA, masked) if part.strip()], lexicon)
    parts = _keep_refrains(parts)
    parts = _split_last(parts, lexicon)
    lead = rf"^(?:{lexicon.texts['and_word']}|then|luego|dann|puis|depois|poi)\s+(?:then )?"
    parts = [patterns.sub(lead, "", part, flags=re.IGNORECASE) for part in parts]
    return [patterns.sub(r"\0(\d+)\0", lambda match: kept[int(match.group(1))], part) for part in parts]


def keep_conditions(parts: list[str], lexicon: Lexicon) -> list[str]:
    """ "Wer kann, trägt sich in die Liste ein": a sentence that starts with its condition is not divided behind it."""
    starts = bool(parts) and (lexicon.has(parts[0].split()[0], "subordinators") or _WHOEVER.match(parts[0]) is not None)
    is_short = starts and len(parts) > 1 and len(parts[0].split()) <= MAX_CONDITION_WORDS
    return [f"{parts[0]}, {parts[1]}", *parts[2:]] if is_short else parts


def _keep_refrains(parts: list[str]) -> list[str]:
    """ "Rain, rain, rain, board games": a member that is said again at once stays with itself."""
    kept: list[str] = []
    for part in parts:
        if kept and kept[-1].split(", ")[-1].lower() == part.lower():
            kept[-1] = f"{kept[-1]}, {part}"
        else:
            kept.append(part)
    return kept


def _split_last(parts: list[str], lexicon: Lexicon) -> list[str]:
    if len(parts) < 2 or patterns.match(rf"{lexicon.texts['with_word']}\b", parts[-1], re.IGNORECASE):
        return parts
    last = patterns.split(rf"\s+(?:{lexicon.texts['and_word']}|&)\s+", parts[-1])
    return (
        parts[:-1] + last
        if len(last) == 2
        and not patterns.search(rf"\b{lexicon.texts['with_word']}\b|^[^\W\d_]+ \d+\b", last[0], re.IGNORECASE)
        and not is_day_name(last[1].split()[0])
        and not _counts_on(last)
        and len(last[0].split()) <= MAX_LAST_ITEM_WORDS
        else parts
    )


def _counts_on(halves: list[str]) -> bool:
    """ "Days 7, 8 and 14 March": numbers that belong together."""
    return bool(patterns.search(r"\d\W?$", halves[0]) and halves[1][:1].isdigit())


def split_pair(members: list[str], lexicon: Lexicon) -> list[str]:
    """Two long things behind a colon: "the olive bread at 3,80 € and the spelt bread (Saturdays only)"."""
    halves = patterns.split(rf"\s+{lexicon.texts['and_word']}\s+", members[0]) if len(members) == 1 else []
    is_pair = len(halves) == MAX_PAIR and all(len(half.split()) > MIN_HALF_WORDS for half in halves) and len(members[0].split()) > MAX_PAIR_OF_WORDS
    return halves if is_pair else members


def join_related(items: list[str]) -> list[str]:
    """ "Via Roma 12" and "Palermo" are one; so are a date and its hours."""
    joined: list[str] = []
    for item in items:
        before = joined[-1] if joined else ""
        is_range = bool(before and _RANGE.match(item) and patterns.search(f"{day_pattern()}|{month_pattern()}", before, re.IGNORECASE))
        is_hour = bool(before and _is_hours(item) and patterns.search(f"{day_pattern()}|{month_pattern()}", before, re.IGNORECASE) and not _has_hours(before))
        is_town = bool(_ONE_NAME.fullmatch(item) and _STREET.search(before) and len(before.split()) <= 4 and not is_whole_fact(before))
        if is_range or is_town or is_hour:
            joined[-1] = f"{before}, {item}"
        else:
            joined.append(item)
    return joined


def _is_hours(item: str) -> bool:
    """Whether the item is nothing but an hour or hours: "8.30am to 12.30pm", "à partir de 9h"."""
    small = r"(?:from|at|to|till|until|bis|ab|von|um|de|des|dès|à|a|as|às|das|ore|dalle|alle|partir|-|–|and|y|et|e|und|uhr|\s)*"
    return (
        patterns.fullmatch(
            rf"{small}(?:{time_pattern()}|\d{{1,2}}[.:h]\d{{2}}){small}(?:(?:{time_pattern()}|\d{{1,2}}(?:[.:h]\d{{2}})?){small})?", item, re.IGNORECASE
        )
        is not None
    )


def _has_hours(item: str) -> bool:
    return patterns.search(time_pattern(), item, re.IGNORECASE) is not None
