"""The pieces of a prompt that a viewer should learn: cut to a card's length, with what each is worth."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from reelwright.generation.planning import patterns
from reelwright.generation.planning.facts import fact_pattern, find_numbers
from reelwright.generation.planning.instructions import rescue_facts
from reelwright.generation.planning.number_words import heard_numbers
from reelwright.generation.planning.reading import Reading
from reelwright.generation.planning.words import capitalise, drop_ending, lower

MAX_PIECE_WORDS, MAX_PIECE_CHARACTERS = 12, 72
MAX_JOINED_CHARACTERS = 62
MAX_TAIL_WORDS, MAX_CHOICE_WORDS = 2, 4
_OR = re.compile(r"\s(?:or|o|oder|ou)\s", re.IGNORECASE)
MIN_STEM_LETTERS, STEM_LETTERS = 4, 5
MIN_BRACKET_CHARACTERS = 24
HEARD_SHARE = 0.5
NAME, WHEN, PRICE, CONTACT, HOUR, PLACE, CONDITION, COUNT, NAMED, OTHER = 6.0, 4.5, 4.0, 4.0, 3.5, 3.5, 3.0, 2.8, 2.5, 1.0
TOPIC = 5.0
_PHONE = r"(?<![\w.])(?:\(\d{2,5}\) ?|\+)?\d[\d \-/]{6,}\d\b"
_WEB = r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+|\b(?:www\.)?[\w-]{2,}\.(?:com|de|at|ch|es|fr|it|pt|org|net|co\.uk|uk|eu|ie|io|shop|studio|example|mx|br|be)(?:/\w+)?\b|(?<!\w)@\w[\w.]+"
CONTACT_PATTERN = re.compile(rf"{_PHONE}|{_WEB}", re.IGNORECASE)
_BOOKING = re.compile(r"\b(?:whatsapp|dms?|bizum|paypal|link in bio|telegram)\b", re.IGNORECASE)
_LOUD = re.compile(r"\b[A-ZÀ-Ý]{3,}\b.*\b[A-ZÀ-Ý]{2,}\b|!!|\b(?:free|gratis|kostenlos|gratuit\w*|grátis|gratuit[oa]|offert[es]?|libre|eintritt frei)\b")
_RULE = re.compile(
    r"\b(?:no|not|only|without|bring|must|don['’]?t|kein\w*|nicht|nur|ohne|bitte|mitbringen|sin|solo|sólo|no hace falta|trae\w*|pas|sans|seulement|sauf|apporte\w*|não|sem|só|apenas|tragam?"
    r"|non|senza|soltanto|portate|porta)\b",
    re.IGNORECASE,
)
_STREET = re.compile(
    r"\b(?:street|st\.|road|rd|lane|avenue|ave|square|via|viale|piazza|rue|place|av\.|calle|c/|plaza|rua|praça|avenida|travessa)\b|\w+(?:straße|strasse|weg|gasse|platz|str\.)|(?-i:^[A-ZÀ-Ý][\w-]+ \d{1,3}\b)",
    re.I,
)
_GENRE = re.compile(
    r"\b(?:testimonials?|announcement|tips?|hacks?|review|tutorial|promo|teaser|trailer|advert\w*|ad|recap|intro|explainer|kundenstimme|anzeige|werbung|tipps?|ankündigung|anuncio|anúncio"
    r"|reseña|consejos?|presentación|annonce|astuces?|témoignage|pub|présentation|annuncio|recensione|consigli[o]?|presentazione|dicas?|depoimento|apresentação)\b",
    re.IGNORECASE,
)
_PRONOUN = re.compile(
    r"^(?:and |so |y |und |et |e )?(?:it|es|er|sie|das|ça|cela|elle|il|ele|ela)\s+(?=(?:starts|opens|runs|costs|begins|launches|happens|takes place|startet|beginnt|kostet|läuft|findet|öffnet"
    r"|commence|ouvre|coûte|dure|démarre|começa|abre|custa|dura)\b)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Piece:
    """A text of the prompt. ``value`` is what a viewer would lose without it; ``is_late`` where it belongs at the end, ``stands_alone`` where it shares no card."""

    text: str
    value: float
    is_late: bool = False
    stands_alone: bool = False

    @property
    def shown(self) -> str:
        """The text as a card."""
        return capitalise(self.text)


def list_pieces(reading: Reading, known: str) -> list[Piece]:
    """The pieces that neither the voice nor ``known`` tells, in the order of the brief; members of a short list joined."""
    content = reading.content
    pieces = [Piece(name, NAME) for name in content.names]
    heads = list(_cut(_drop_article(content.head, reading), reading)) if not content.names else []
    pieces += [Piece(text, max(rate_piece(text, reading), TOPIC)) for text in heads if len(text.split()) > 1 and not names_genre(text)]
    for item in content.items:
        pieces += [Piece(text, rate_piece(text, reading), item in content.late_items, item in content.verbatim) for text in _cut(item, reading)]
    kept: list[Piece] = []
    for piece in join_lists(pieces, reading):
        if piece.text and not is_told(piece.text, reading, known) and not any(_repeats(piece.text, other.text) for other in kept):
            kept.append(piece)
    return kept


def rate_piece(text: str, reading: Reading) -> float:
    """What a viewer would lose without the text: names, days, prices and contacts first."""
    kinds = {match.lastgroup for match in fact_pattern().finditer(text)}
    found = [OTHER]
    found += [PRICE] if kinds & {"price", "percent"} or _LOUD.search(text) else []
    found += [WHEN] if "when" in kinds else []
    found += [HOUR] if "time" in kinds else []
    found += [CONTACT] if CONTACT_PATTERN.search(text) or _BOOKING.search(text) else []
    found += [PLACE] if _STREET.search(text) or any(place in text for place in reading.places) else []
    found += [CONDITION] if _RULE.search(text) else []
    found += [COUNT] if find_numbers(text) else []
    found += [NAMED] if any(name in text for name in reading.names) or text in reading.content.verbatim else []
    return max(found)


def is_told(text: str, reading: Reading, known: str) -> bool:
    """Whether the voice says the text, numbers in words too, or ``known`` (small letters) holds it."""
    if _is_known(text, reading, known):
        return True
    numbers = set(find_numbers(text))
    heard = heard_numbers(reading.script, reading.language)
    said = _stems(reading.script)
    words = [word for word in patterns.findall(r"[^\W\d_]+", text) if len(word) >= MIN_STEM_LETTERS and not reading.lexicon.is_weak(word)]
    hits = sum(lower(word)[:STEM_LETTERS] in said for word in words)
    if any(name.lower() not in reading.script.lower() for name in reading.names if name in text):
        return False
    if numbers:
        return numbers <= heard and hits >= HEARD_SHARE * len(words) and (hits > 0 or not words)
    return bool(words) and hits == len(words)


def names_genre(text: str) -> bool:
    """Whether a head without a number names what kind of film it is: "helpful kitchen tip", "testimonial for our dog school"."""
    return _GENRE.search(text) is not None and not find_numbers(text)


def join_lists(pieces: Sequence[Piece], reading: Reading) -> list[Piece]:
    """ "Hace falta aceite", "leche", "legumbres": members of one or two words go on the card of the member before."""
    joined: list[Piece] = []
    for piece in pieces:
        is_short = len(piece.text.split()) <= MAX_TAIL_WORDS or (len(piece.text.split()) <= MAX_CHOICE_WORDS and _OR.search(piece.text) is not None)
        is_member = not piece.stands_alone and is_short and piece.value <= CONDITION
        whole = join_texts(joined[-1].text, piece.text, reading) if joined and is_member else ""
        if whole and " · " not in whole and len(whole) <= MAX_JOINED_CHARACTERS:
            joined[-1] = replace(joined[-1], text=whole)
        else:
            joined.append(piece)
    return joined


def join_texts(one: str, other: str, reading: Reading) -> str:
    """Two neighbouring pieces with what the prompt has between them, else a dot."""
    joint = patterns.search(rf"{re.escape(one)}(\)?(?:,|\s\+|\s&|\s?\w{{1,3}})?\s){re.escape(other)}", reading.prompt, re.IGNORECASE)
    return f"{one}{joint.group(1)}{other}" if joint else f"{one} · {other}"


def find_contact(text: str) -> str:
    """The telephone number or address on the web in a text; empty where there is none."""
    found = CONTACT_PATTERN.search(text)
    return found.group().strip() if found else ""


def _cut(item: str, reading: Reading) -> Iterator[str]:
    """The item as cards: without "it" before its verb, divided at a long bracket or at "and"; of what stays too long, only what must be seen."""
    text = _PRONOUN.sub("", drop_ending(item.strip()))
    bracket = patterns.search(r"\s*\(([^()\d]+)\)$", text)
    if bracket and len(bracket.group(1)) >= MIN_BRACKET_CHARACTERS:
        yield from _cut(text[: bracket.start()], reading)
        yield bracket.group(1).strip()
        return
    if len(text.split()) <= MAX_PIECE_WORDS and len(text) <= MAX_PIECE_CHARACTERS:
        yield text
        return
    parts = [part for part in patterns.split(rf",?\s+{reading.lexicon.texts.get('and_word', 'and')}\s+|;\s+", text) if part.strip()]
    short = [_PRONOUN.sub("", part) for part in parts if len(part.split()) <= MAX_PIECE_WORDS and len(part) <= MAX_PIECE_CHARACTERS]
    facts = [part for part in short if rate_piece(part, reading) > OTHER and len(part.split()) > 1]
    yield from facts if len(parts) > 1 and facts else rescue_facts(text, reading.lexicon)


def _drop_article(head: str, reading: Reading) -> str:
    """ "The flu clinics" → "flu clinics" in English; in German a first word whose case was changed goes: "unser Umzug" → "Umzug"."""
    text = _PRONOUN.sub("", drop_ending(head))
    if reading.language == "en":
        return patterns.sub(r"^the\s+", "", text, flags=re.IGNORECASE)
    is_changed = text.lower() not in reading.prompt.lower() and " " in text and reading.lexicon.has(text.split(maxsplit=1)[0], "determiners", "self")
    return text.split(maxsplit=1)[1] if is_changed else text


def _is_known(text: str, reading: Reading, known: str) -> bool:
    return text.lower() in known or text.lower() in reading.script.lower()


def _repeats(text: str, other: str) -> bool:
    """Whether two pieces hold the same telephone number, or one holds the other."""
    contacts = {find_contact(text), find_contact(other)}
    return text.lower() in other.lower() or (len(contacts) == 1 and contacts != {""})


def _stems(text: str) -> frozenset[str]:
    return frozenset(lower(word)[:STEM_LETTERS] for word in patterns.findall(r"[^\W\d_]+", text))
