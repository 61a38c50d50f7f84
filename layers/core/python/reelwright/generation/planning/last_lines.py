"""The line that a prompt wants on its last screen, and the facts that shall stand beside it: "“See you there!” and the dates"."""

from __future__ import annotations

import re

from reelwright.generation.planning import patterns
from reelwright.generation.planning.facts import date_pattern, find_names, when_pattern
from reelwright.generation.planning.lexicon import Lexicon
from reelwright.generation.planning.spans import QUOTED, unquote
from reelwright.generation.planning.words import capitalise, drop_ending, tidy

MAX_LEAD_WORDS = 7
MAX_LAST_LINE_CHARACTERS = 84
MIN_NAME_WORDS = 2
_SCREEN = r"(?:screen|slide|frame|card|picture|image|bildschirm|bild|folie|tafel|pantalla|imagen|plano|écran|image|plan|schermata|inquadratura|immagine|ecrã|tela|imagem|quadro)"
_TEXT = (
    r"(?:words?|line|text|sentence|caption|worte?|satz|zeile|palabras?|frase|texto|línea|mots?|phrase|ligne|texte|parole|riga|testo|scritta|palavras?|linha)"
)
_LAST = r"(?:last|final|closing|letzte[nrs]?|últim[oa]s?|finales|dernières?|derniers?|final[ei]?|ultim[oaie]|finais)"
_LAST_PLACE = (
    rf"\b(?:(?:on|in|as|auf|en|sur|su|no|na|nos|nas|com|als|im)\s)?(?:the |der |dem |das |die |den |le |la |les |las |los |el |o |a |as |os |il |lo |nell['’]|sull['’]|all['’]|l['’]|my |our )*(?:very )?"
    rf"(?:{_LAST}\s+(?:{_SCREEN}|{_TEXT})|(?:{_SCREEN}|{_TEXT})\s+{_LAST})\b"
)
_BESIDE = r"(?:\s*[.,;]?\s*(?:and|followed by|then|plus|with|und|sowie|dann|danach|dazu|y|seguido de|luego|más|et|suivi de|puis|avec|e|seguit[oa] da|poi|con|seguid[oa] de|depois|mais|com)\s+(?P<beside>[^.!?\n\"“«„]{3,60}))?"
_TITLES = r"\b(?:title|titel|título|titre|titolo)\b"
_DATES = r"\b(?:dates?|dat(?:um|en)|termine?|fechas?|datas?)\b"
_DAYS = r"(?:\d{1,2}(?:st|nd|rd|th|\.|er|º)?\s?(?:,|/|-|–|and|e|y|und|et|&|to|bis|al|au|a)\s?)*"


def take_last_line(prompt: str, lexicon: Lexicon) -> tuple[str, str, str]:
    """The prompt without the sentence that puts a quoted line on the last screen, that line, and the words that say what stands beside it."""
    found = patterns.search(rf"{_LAST_PLACE}[^.!?\n\"“«„]{{0,40}}?(?P<line>{QUOTED}){_BESIDE}[.!]?", prompt, re.IGNORECASE)
    if not found or len(found.group("line")) > MAX_LAST_LINE_CHARACTERS or not lexicon.is_ruled:
        return prompt, "", ""
    beside = found.group("beside") or ""
    end = found.end() if _names_facts(beside) else found.end("line")
    lead = max((match.end() for match in patterns.finditer(r"[.!?\n,;]\s*|^", prompt[: found.start()])), default=0)
    start = lead if len(prompt[lead : found.start()].split()) <= MAX_LEAD_WORDS else found.start()
    line = capitalise(drop_ending(tidy(unquote(found.group("line")))))
    return f"{prompt[:start].rstrip(' ,;')} {prompt[end:].lstrip(' .,;')}".strip(), line, beside if _names_facts(beside) else ""


def find_beside(beside: str, prompt: str, title: str, lexicon: Lexicon) -> list[str]:
    """What the words name: the title, the dates of the prompt."""
    facts: list[str] = []
    name = title or next((name for name in find_names(f"x {prompt}", lexicon) if len(name.split()) >= MIN_NAME_WORDS), "")
    if patterns.search(_TITLES, beside, re.IGNORECASE) and name:
        facts.append(name)
    if patterns.search(_DATES, beside, re.IGNORECASE):
        date = patterns.search(rf"{_DAYS}(?:{date_pattern()})", prompt, re.IGNORECASE) or patterns.search(when_pattern(), prompt, re.IGNORECASE)
        facts += [capitalise(date.group().strip())] if date else []
    return facts


def _names_facts(beside: str) -> bool:
    return patterns.search(rf"{_TITLES}|{_DATES}", beside, re.IGNORECASE) is not None
