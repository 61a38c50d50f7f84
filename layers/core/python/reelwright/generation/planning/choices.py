"""Template, tempo, music and look by what the reel is for and how it shall feel, where the creator chose none."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from itertools import chain

from reelwright.generation.music.style import STYLES, load_style
from reelwright.generation.planning import patterns
from reelwright.generation.planning.intents import name_music
from reelwright.generation.planning.reading import Reading
from reelwright.reels.reel import LookName
from reelwright.reels.template import TEMPLATES, Template, find_template

AUTOMATIC = frozenset(["", "auto"])
LAST_RESORT = "editorial"
_GENTLE = (
    r"\b(?:quiet|gentle|memorial|in memory|funeral|our year \d|year \d parents|class assembly|little (?:girl|boy)|grandparents|ruhig|leise|gedenken|schulklasse|in memoria|en memoria|funerale?|tranquil\w*"
    r"|abuelos|nonni|avós|hommage|obsèques|doucement)\b"
)


@dataclass(frozen=True)
class Choice:
    """``reason`` is a sentence for the creator, empty where the creator chose."""

    template: Template
    bpm: float
    look: LookName
    music_word: str
    reason: str = ""


def choose_style(wanted_template: str, reading: Reading, *, taken: Collection[str] = ()) -> Choice:
    """The creator's template, else the one for the intent and mood; ``taken`` are other plans' templates.

    Raises InvalidInput for a template that there is not.
    """
    if wanted_template not in AUTOMATIC and wanted_template not in taken:
        template = find_template(wanted_template)
        return Choice(template, template.bpm, _look(template, reading), _music(template, reading))
    suited = suit_templates(reading)
    name = next((name for name in suited if name not in taken), suited[0])
    template = find_template(name)
    bpm = _tempo(name, template, reading)
    return Choice(template, bpm, _look(template, reading), _music(template, reading), _reason(template, reading))


def suit_templates(reading: Reading) -> list[str]:
    """The names of the templates that suit, best first; only those of the catalogue, each once."""
    shared = reading.shared
    by_mood = shared.mood_templates.get(f"{reading.intent} {reading.mood}")
    best = [by_mood[0]] if by_mood else []
    row = [shared.templates[reading.intent][0], *shared.neighbours.get(reading.intent, ())]
    told = [name for name in chain(best, row) if name in TEMPLATES and _serves(name, reading)]
    return list(dict.fromkeys([*told, *(name for name in TEMPLATES if _serves(name, reading)), LAST_RESORT]))


def _serves(name: str, reading: Reading) -> bool:
    """A quote's template needs a quote; a list's needs items."""
    if name == "hype" and patterns.search(_GENTLE, reading.prompt, re.IGNORECASE):
        return False
    if name == "quote":
        return reading.intent == "quote"
    if name == "countdown":
        return reading.intent in {"list", "howto", "recipe"} or len(reading.content.items) >= 3
    return True


def _tempo(name: str, template: Template, reading: Reading) -> float:
    rows = (reading.shared.mood_templates.get(f"{reading.intent} {reading.mood}"), reading.shared.templates[reading.intent])
    return next((bpm for row in rows if row for known, bpm in [row] if known == name), template.bpm)


def _look(template: Template, reading: Reading) -> LookName:
    """The template's look, unless the creator asks for another one in words ("black and white")."""
    told = " ".join([*reading.content.instructions, "" if reading.script else reading.prompt])
    return next((look for look, pattern in reading.shared.look_wishes.items() if patterns.search(pattern, told, re.IGNORECASE)), template.look.name)


def _music(template: Template, reading: Reading) -> str:
    """What the creator asks for in words ("with soft piano music"), then the template's own, then what suits the mood."""
    told = " ".join([*reading.content.instructions, "" if reading.script else reading.prompt])
    pattern = reading.lexicon.texts.get("music_pattern")
    asked = patterns.search(str(pattern), told, re.IGNORECASE) if pattern else None
    known = {word for name in STYLES for word in load_style(name).words}
    wished = [word for word in asked[0].lower().split() if word in known] if asked else []
    return " ".join(dict.fromkeys([*wished, *template.music_word.split(), *name_music(reading.mood, reading.shared).split()]))


def _reason(template: Template, reading: Reading) -> str:
    what = reading.shared.intent_names.get(reading.intent, reading.intent)
    article = "an" if reading.mood[0] in "aeiou" else "a"
    mood = f" in {article} {reading.mood} mood" if reading.mood != "neutral" else ""
    return f"You chose no template: “{template.name}” suits {what}{mood}."
