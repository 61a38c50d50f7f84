"""Where a prompt wants its words: a credit over one picture, facts at the start, no text that the voice says."""

from __future__ import annotations

import re
from dataclasses import dataclass

from reelwright.generation.planning import patterns
from reelwright.generation.planning.lexicon import Lexicon
from reelwright.generation.planning.spans import QUOTED, unquote
from reelwright.generation.planning.words import capitalise, drop_ending, tidy

MAX_CREDIT_CHARACTERS = 60
_CREDIT = re.compile(
    r"(?:\b(?:citar|credit|credits|citer|citare|quelle)\s?:\s*)?(?P<text>\b(?:Fotos?|Photos?|Photo credit|Bild(?:er|nachweis)?|Images?|Imagen|Imagem|Immagin[ei]|Credits?|Crédits?|Créditos?|Crediti)\s?[:©]\s?"
    r"[A-ZÀ-Ý@](?:[^()\n;,.]|(?<=\b[A-ZÀ-Ý])\.)*)(?:\s*\((?P<where>[^()]*)\))?"
)
_OWED = re.compile(
    r"citar|citer|citare|zitier|solo |nur |only |seulement |apenas |credit|rights|bildrechte|nachweis|einblenden|einzublenden|nennen|crédit|crédito|derechos|créd|direitos|droits|diritti|mention|must|only on|nur bei|©",
    re.I,
)
_ECHO = re.compile(
    r"\b(?:not|n['’]t|dont|nicht|pas|no|não|non)\b[^.\n]{0,40}\b(?:repeat|duplicate|echo|wiederhol\w*|répét\w*|repet\w*|repit\w*|ripet\w*)\b[^.\n]{0,60}"
    r"\b(?:voice|says?|said|spoken|saying|stimme|sagt|gesagt|sprecher\w*|voix|dit|voz|dice|diz|fala|voce|i say|ich sage|digo|dis|dico)\b",
    re.IGNORECASE,
)
_ALL_LATE = re.compile(
    r"\b(?:everything|all (?:of )?(?:the |that |this )?(?:info\w*|details|facts|text)?|the (?:info|details|facts))\b[^.\n]{0,20}\bat the (?:very )?end\b|\balles? (?:\w+ )?(?:am|ans|zum) (?:ende|schluss)\b"
    r"|\btodo (?:\w+ )?al final\b|\btout (?:\w+ )?à la fin\b|\btudo (?:\w+ )?no (?:fim|final)\b|\btutto (?:\w+ )?alla fine\b",
    re.IGNORECASE,
)
_AT_START = r"(?:at the (?:very )?(?:start|beginning)|to start(?: with)?|am anfang|ganz am anfang|zu beginn|al principio|al inicio|al comienzo|au début|no início|no começo|all['’]inizio)"
_FACTS = r"(?:names?|date|place|where|when|namen|datum|ort|nombres?|fecha|lugar|noms?|prénoms?|dates?|lieu|nomes?|data|local|nomi|luogo)"
_ADDRESS = r"(?:address|adresse|dirección|direccion|endereço|morada|indirizzo|where|wo|dónde|donde|où|onde|dove)"


@dataclass(frozen=True)
class Credit:
    """A line that must be seen, and the words that name its picture; ``where`` is empty where none is named."""

    text: str
    where: str


def take_credits(prompt: str) -> tuple[str, list[Credit]]:
    """The prompt without the credits of pictures, and those: "Foto: Stadtarchiv / K. Wöhrle (nur beim historischen Stich)"."""
    found: list[Credit] = []

    def take(match: re.Match[str]) -> str:
        text, where = drop_ending(match.group("text").strip()), match.group("where") or ""
        around = prompt[max(0, match.start() - 80) : match.end()]
        if len(text) > MAX_CREDIT_CHARACTERS or not (_OWED.search(around) or "/" in text or "@" in text):
            return match.group()
        found.append(Credit(text, where))
        return ""

    return _CREDIT.sub(take, prompt), found


def refuses_echo(prompt: str) -> bool:
    """Whether the text on screen shall not repeat what the voice says."""
    return _ECHO.search(prompt) is not None


def wants_facts_first(prompt: str) -> bool:
    """Whether names, date or place shall stand at the start."""
    return patterns.search(rf"\b{_FACTS}\b[^.\n\"“«„]{{0,30}}\b{_AT_START}", prompt, re.IGNORECASE) is not None


def wants_all_late(prompt: str) -> bool:
    """Whether all facts shall stand at the end."""
    return _ALL_LATE.search(prompt) is not None


def take_early_quote(prompt: str, lexicon: Lexicon) -> tuple[str, str, str]:
    """The prompt without a quoted line that shall stand at the start, that line, and the same line where it shall stand at the end too."""
    join = lexicon.texts["and_word"]
    end = r"(?:at )?(?:the )?end|(?:am )?(?:ende|schluss)|(?:al )?final|(?:à la )?fin|(?:no )?(?:fim|final)|(?:alla )?fine"
    found = patterns.search(
        rf"(?:\b(?:with|mit|con|avec|com) )?(?P<line>{QUOTED})\s+{_AT_START}(?P<both>\s+{join}\s+(?:{end})(?=\s*(?:[.,;!?\n]|$)))?", prompt, re.IGNORECASE
    )
    if not found:
        return prompt, "", ""
    line = capitalise(tidy(unquote(found.group("line"))))
    return f"{prompt[: found.start()]} {prompt[found.end() :]}", line, line if found.group("both") else ""


def read_address(sentence: str) -> str:
    """The address behind its label, whole: "adresse: Unterried 7, Richtung Sportplatz"; empty where there is none."""
    address = patterns.match(rf"{_ADDRESS}\s?:\s*(\S.*)$", sentence.strip(), re.IGNORECASE)
    return capitalise(drop_ending(address.group(1))) if address else ""
