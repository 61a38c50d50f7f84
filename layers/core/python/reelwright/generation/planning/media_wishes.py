"""Which pictures the creator wants first, last or not at all: "don't open on the needle photo", "finish on the van"."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Literal

from reelwright.generation.planning import patterns
from reelwright.generation.planning.media_traits import Traits, words_of_name
from reelwright.generation.planning.reading import Reading
from reelwright.generation.planning.things import name_in_english
from reelwright.generation.planning.words import MAX_REMEMBERED_WORDS, bare, lower

Wish = Literal["first", "last", "second_last", "not_first", "never"]

MIN_WORD_LETTERS, SURE_LABEL = 3, 0.4
_PICTURE = r"(?:pics?|photos?|pictures?|images?|clips?|shots?|foto|fotos|bild|bilder|imagen|imágenes|immagine|imagem|placa|selfie)"
_NOT = r"(?:do not|don't|dont|never|not|no|nicht|kein\w*|pas|ne|não|non|nunca)"
_VERB = r"(?:use|show|include|put|mostr\w+|us\w+|mettre|montr\w+|zeigen?|verwende\w*|want|quer\w+|quier\w+|woll\w+|veu\w+|voul\w+|vogli\w+|metter\w*|pong\w*|muestr\w+)"
_START = r"(?:start|open|begin|empezar|empieza|empezamos|começa\w*|commence\w*|inizi\w+|cominci\w+|anfang\w*|beginn\w*)"
_END = r"(?:finish|end|acabar|acaba|terminar|termina|finir|finisc\w+|finire|aufhör\w+)"
_RULES: tuple[tuple[Wish, str], ...] = (
    ("second_last", r"\bsecond[ -](?:to|from)[ -](?:the )?last\b|\bpenultimate\b|\bvorletzte|\bpen[uú]ltim|\bavant-derni"),
    ("not_first", rf"\b{_NOT}\b(?: \w+){{0,2}} {_START}\b|\bnot (?:the )?first\b|\b{_START} (?:with|on|con|com|par|mit)\b.*\bno$|\bnicht am anfang\b"),
    (
        "never",
        rf"\b{_NOT}\b(?: \w+){{0,3}} {_VERB}\b.*\b{_PICTURE}\b|\b{_PICTURE}\b.*\b{_NOT}\b(?: \w+){{0,2}} {_VERB}\b(?!.*\bmore than\b)|\bleave\b.*\bout\b",
    ),
    ("first", rf"\b{_START} (?:with|on|con|com|pel[ao]|par|mit|da|dal)\b|\bam anfang\b|\bzuerst\b"),
    (
        "last",
        rf"\b{_END} (?:on|with|con|com|sur|par|mit)\b|\b(?:ultima|última) (?:immagine|foto|imagen|imagem)\b|\bdernière (?:image|photo)\b|\bletztes? (?:bild|foto)\b|\b(?:am|zum) (?:ende|schluss)\b|\blast (?:image|thing|shot|frame|pic|photo|clip)\b|\bzum schluss\b|\bam ende\b|\bal final\b|\balla fine\b",
    ),
)
_LIMITED = r"\b(?:more than|longer than|länger als|más de|plus de|più di|mais de)\b"
_FILE_REFUSAL = re.compile(r"(?:do[\W_]?n['’]?t|do[\W_]not|nicht|no)[\W_]*(?:use|usar|verwenden|utiliser)", re.IGNORECASE)
_TIME_ORDER = re.compile(
    r"\b(?:old(?:est)? to new(?:est)?|chronolog\w*|cronol[oó]g\w*|through the \w+ in order|von alt (?:nach|zu|bis) neu|vom ältesten|der reihe nach"
    r"|de (?:la |las |lo |los )?(?:más )?(?:antigu|viej)\w+ a|de la plus ancienne|du plus ancien|d[ao]s? mais antig\w+|d[ae]ll[ae] più vecchi\w+|dal più vecchio)\b",
    re.IGNORECASE,
)
_TOGETHER = frozenset(["us", "we", "both", "nosotros", "nosotras", "wir", "uns", "beide", "nous", "noi", "entrambi", "nós", "ambos"])
_POINTS_BACK = re.compile(r"\bleave (?:it|that|them) out\b|\bweglassen\b|\bdéjal[ao] fuera\b", re.IGNORECASE)


def read_media_wishes(prompt: str, traits: Sequence[Traits], reading: Reading) -> dict[str, Wish]:
    """Media id → what the prompt asks of it. A file whose own name refuses it ("DONT_USE") is never shown."""
    wishes: dict[str, Wish] = {trait.media_id: "never" for trait in traits if _FILE_REFUSAL.search(trait.media.file_name)}
    before: list[str] = []
    for clause in patterns.split(r"[.!?;\n]+|,\s|\s[–-]\s", prompt):
        named = find_named_media(clause, traits, reading)
        if _POINTS_BACK.search(clause) and before:
            wishes.update(dict.fromkeys(before, "never"))
            continue
        wish = next((wish for wish, pattern in _RULES if patterns.search(pattern, clause.strip(), re.IGNORECASE)), None)
        if wish and named and not patterns.search(_LIMITED, clause, re.IGNORECASE):
            for media_id in named if wish in {"never", "not_first"} else named[:1]:
                wishes.setdefault(media_id, wish)
        before = named or before
    for line in reading.content.last_wishes:
        shown = find_named_media(line, traits, reading) or _shared_pictures(line, traits, reading)
        wishes.update(dict.fromkeys(shown[:1], "last"))
    return _spare_all(wishes, traits)


def wants_time_order(prompt: str) -> bool:
    """Whether the pictures shall go from old to new, or through the day."""
    return _TIME_ORDER.search(prompt) is not None


def _shared_pictures(line: str, traits: Sequence[Traits], reading: Reading) -> list[str]:
    """ "Nosotros dos", "the two of us": the pictures with several faces, selfies first."""
    words = [lower(word) for word in line.split()]
    if not any(word in _TOGETHER for word in words):
        return []
    several = [trait for trait in traits if trait.face_count > 1]
    return [trait.media_id for trait in sorted(several, key=lambda trait: "selfie" not in trait.media.file_name.lower())]


def find_named_media(clause: str, traits: Sequence[Traits], reading: Reading) -> list[str]:
    """The media that the clause names, as far as it names them equally well; in their order."""
    words = [bare(word) for word in clause.split() if len(bare(word)) >= MIN_WORD_LETTERS and reading.lexicon.is_content(word)]
    said = {name_in_english(word, reading.language) or lower(word) for word in words} | {lower(word) for word in words}
    rated = [(sum(_names(word, trait) for word in said), -at, trait.media_id) for at, trait in enumerate(traits)]
    most = max((hits for hits, _, _ in rated), default=0)
    return [media_id for hits, _, media_id in sorted(rated, reverse=True) if hits and hits == most]


def _names(word: str, trait: Traits) -> int:
    """How strongly the word names the picture: twice by its file's name, once by a likely label."""
    stem = _plain(word).removesuffix("s")
    if len(stem) < MIN_WORD_LETTERS:
        return 0
    names = {_plain(name).removesuffix("s") for name in words_of_name(trait.media.file_name, MIN_WORD_LETTERS)}
    labels = {_plain(name.lower()).removesuffix("s") for name, probability in trait.labels if probability >= SURE_LABEL}
    return 2 * any(stem == name or (len(stem) > MIN_WORD_LETTERS and name.startswith(stem)) for name in names) + (stem in labels)


@lru_cache(MAX_REMEMBERED_WORDS)
def _plain(word: str) -> str:
    """The word without accents: file names rarely have them."""
    return "".join(letter for letter in unicodedata.normalize("NFD", word) if not unicodedata.combining(letter))


def _spare_all(wishes: Mapping[str, Wish], traits: Sequence[Traits]) -> dict[str, Wish]:
    """Where everything would be left out, nothing is."""
    if all(wishes.get(trait.media_id) == "never" for trait in traits):
        return {}
    return dict(wishes)
