"""The day of a card as a card of its own: "Grand opening", "Saturday at 9 a.m."."""

from __future__ import annotations

import re
from collections.abc import Sequence

from reelwright.generation.planning import patterns
from reelwright.generation.planning.facts import date_pattern, day_pattern, time_pattern, when_pattern
from reelwright.generation.planning.reading import Reading
from reelwright.generation.planning.words import capitalise, drop_ending, pauses_after

MAX_WHOLE_HEAD_WORDS = 4
MAX_WHOLE_HEAD_CHARACTERS = 46
_PART_OF_DAY = (
    r"(?: ?(?:morning|afternoon|evening|night|lunchtime)| (?:noche|tarde|matin|soir|après-midi|midi|mattina|pomeriggio|sera|noite|manhã|früh|morgen|vormittag|nachmittag|mittag|abend|nacht)"
    r"| (?:por|a|en|de) la (?:noche|tarde|mañana)| (?:à|de|pela) (?:noite|tarde|manhã)| de manhã| in the (?:morning|afternoon|evening)|abend|morgen|nachmittag|nacht)(?!\w)"
)
_OWN = {
    "en": "an?|my|our",
    "es": "un|mi|nuestro",
    "de": "ein|eine[mnr]|mein|meine[mnr]|unser|unsere[mnr]",
    "fr": "un|mon|notre",
    "it": "un|una|il mio|il nostro|la mia|la nostra",
    "pt": "um|uma|o meu|o nosso|a minha|a nossa",
}
_COUNTED_DAYS = re.compile(r"\d\.?,? (?:and|e|y|und|et|&|\+)\s*$", re.IGNORECASE)
_LIMITED = re.compile(r"\b(?:nur|only|just|solo|sólo|seulement|só|soltanto)(?: am| on| el| il| no| na| le)?\s*$", re.IGNORECASE)
_RANGE_BEFORE = re.compile(r"\b(?:from|du|del|vom|von|dal|dall['’]|de|do|between|entre|zwischen|tra)\s*$", re.IGNORECASE)
_RANGE_AFTER = re.compile(r"\s*(?:to|till|until|and|au|bis|al|all['’]|até|a|ao|und|y|et|e|–|-)\b|\s*[–-]", re.IGNORECASE)


def split_when(head: str, reading: Reading) -> tuple[str, str]:
    """Takes the day out of a head, so that it can be its own card: "Grand opening", "Saturday at 9 a.m."."""
    found = patterns.search(rf"(?:,\s*)?(?<!\w)({_long_when()}(?:\s+(?:and|y|e|und|et|&|\+)\s+{_long_when()})?)(?!\w)", head, re.IGNORECASE)
    if not found or head[: found.start()].count("(") > head[: found.start()].count(")") or _recurs(head[: found.start()], found.group(1)):
        return head, ""
    if _COUNTED_DAYS.search(head[: found.start()]):
        return head, ""
    if _RANGE_BEFORE.search(head[: found.start()]) and _RANGE_AFTER.match(head[found.end() :]):
        return head, ""
    if _LIMITED.search(head[: found.start()]):
        return head, ""
    if _describes(head[: found.start()], found.group(1), head[found.end() :], reading):
        return head, ""
    if len(head.split()) <= MAX_WHOLE_HEAD_WORDS and found.end() == len(head):
        return head, ""
    if not found.start() and _goes_on(head, found.end(), reading):
        return head, ""
    rest = drop_ending(patterns.sub(r"\s{2,}", " ", (head[: found.start()] + head[found.end() :]).strip(" ,")))
    if not rest or (reading.lexicon.is_ruled and reading.lexicon.is_weak(rest.split()[-1])):
        return head, ""
    when = found.group(1).strip()
    article = when.split(maxsplit=1)[0]
    is_repeated = patterns.search(rf"\s{article}\s", when[len(article) :], re.IGNORECASE) is not None  # "le mercredi et le samedi"
    return rest, capitalise(when if is_repeated else patterns.sub(r"^(?:on|el|am|le|no|na)\s+", "", when, flags=re.IGNORECASE))


def join_dates(parts: Sequence[str]) -> list[str]:
    """The parts of a sentence with a date joined to the day before it: "only on Saturday", "21 September" are one."""
    joined: list[str] = []
    for part in parts:
        if joined and patterns.search(rf"(?<!\w)(?:{day_pattern()})$", joined[-1], re.IGNORECASE) and patterns.match(date_pattern(), part, re.IGNORECASE):
            joined[-1] = f"{joined[-1]}, {part}"
        else:
            joined.append(part)
    return joined


def is_day(text: str) -> bool:
    """Whether the text is nothing but a day with its hours: "Este sábado por la tarde"."""
    return patterns.fullmatch(_long_when(), text.strip(" ,."), re.IGNORECASE) is not None


def tells_of_own_day(reading: Reading) -> bool:
    """Whether the prompt tells of one day as its writer's: "a slow Sunday", "unser Samstag"; nobody is invited to it."""
    own, days = _OWN.get(reading.language, "(?!)"), "|".join(reading.lexicon.words["days"])
    return patterns.search(rf"(?<!\w)(?:{own})\s+(?:[^\W\d_]+\s+)?(?:{days})(?!\w)(?!,? \d)", reading.prompt, re.IGNORECASE) is not None


def _long_when() -> str:
    """A day with its number and its hours: "viernes 6 a las 12", "samedi 5 avril de 10h à minuit"."""
    hours = (
        rf"(?:(?:de|from|von|ab|dalle|das|dès|à partir de) )?(?:{time_pattern()}|\d{{1,2}})"
        rf"(?: ?(?:à|to|till|bis|a|alle|às|–|-) ?(?:{time_pattern()}|\d{{1,2}}|minuit|midnight|mitternacht|medianoche|mezzanotte|meia-noite)(?!\w))"
    )
    return rf"(?:{when_pattern()})(?:{_PART_OF_DAY})?(?:\s\d{{1,2}}(?:st|nd|rd|th|\.)?(?![\w:])(?:,?\s*(?:{time_pattern()}))?)?(?:,?\s*{hours})?"


def _goes_on(head: str, end: int, reading: Reading) -> bool:
    """Whether a short head starts with its day and says only where: "This Saturday night at Bar Luna", "El domingo en casa"."""
    rest = head[end:].split()
    is_short = len(head) <= MAX_WHOLE_HEAD_CHARACTERS and reading.lexicon.is_ruled
    return is_short and bool(rest) and head[end:][:1].isspace() and reading.lexicon.has(rest[0], "prepositions")


def _describes(before: str, when: str, after: str, reading: Reading) -> bool:
    """Whether a day without date or hour belongs to the words about it: "a slow Sunday", "nos dimanches avec …"; then it is no card."""
    day = patterns.sub(r"^(?:on|el|am|le|no|na)\s+", "", when.strip(), flags=re.IGNORECASE)
    if not reading.lexicon.is_ruled or not patterns.fullmatch(rf"(?:{day_pattern()})s?(?:{_PART_OF_DAY})?", day, re.IGNORECASE):
        return False
    words, is_alone = before.split(), day == when.strip()
    belongs = bool(words) and is_alone and not pauses_after(words[-1])
    leads = patterns.match(r"\s+([^\W\d_][\w'’-]*)", after)
    return belongs or bool(leads and reading.lexicon.is_content(leads.group(1)) and (is_alone or words))


def _recurs(before: str, when: str) -> bool:
    """Whether a day stands for every such day: "every Tuesday", "on Fridays"; such a day stays in its sentence."""
    return bool(
        patterns.search(r"\b(?:every|each|jeden|jede|jedes|cada|chaque|tous les|todos los|todas as|toda|todo|ogni|os|los|le)$", before.strip(), re.IGNORECASE)
    ) or bool(patterns.search(r"(?:mon|tues|wednes|thurs|fri|satur|sun)days\b|\b(?:mon|diens|donners|frei|sams|sonn)tags\b", when, re.IGNORECASE))
