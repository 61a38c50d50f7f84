"""The offer of a brief as lines for a post: what the prompt holds of dates, prices, numbers, places and lists, as the creator wrote it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from reelwright.generation.planning import patterns
from reelwright.generation.planning.brief_talk import drop_introduction, drop_need, drop_saying, is_brief_talk, restore_introduction, tells_of_oneself
from reelwright.generation.planning.facts import fact_pattern, find_names, find_numbers
from reelwright.generation.planning.german import put_in_nominative
from reelwright.generation.planning.instructions import is_style_word, load_vocabulary, rescue_facts
from reelwright.generation.planning.post_words import load_post_words
from reelwright.generation.planning.reading import Reading
from reelwright.generation.planning.word_warnings import is_risky
from reelwright.generation.planning.words import capitalise, drop_ending, lower
from reelwright.generation.planning.written_lines import Written, join_as_written

MAX_LINE_WORDS, MAX_LINE_CHARACTERS = 24, 130
MAX_LINES = 12
MAX_GAP = 3
LEAST_WORDS, LEAST_UNSHOWN_WORDS = 2, 4
MIN_WORD_LETTERS = 3
MIN_HEAD_WORDS = 3
LEAST_NAMES_OF_WAY = 2
_CHANNELS = frozenset(["tutorial", "tuto", "canale", "channel", "canal", "kanal", "chaîne", "trailer", "promo", "teaser"])
MAX_PRICED_WORDS = 5
MAX_ADDRESSED_WORDS = 9
_PLACED = r"\b(?:in|im|am|an|bei|en|à|a|em|near)(?: der| dem| den| la| el| le)? ([A-ZÀ-Ý]\w{2,})"
_FOR_WHOM = r"^(?:for|für|para|pour|per|pra)\s+"
_REFUSAL = r"\b(?:no|not|don't|dont|never|without|sin|nunca|kein\w*|nicht|pas|jamais|não|non|mai|senza|video|vídeo|vidéo|reel)\b"
_BETWEEN_QUOTES = r"(?<=[)\"”»])\s+(?:and|y|und|et|e|&)\s+(?=[\"“«„])"
_CREDIT = re.compile(
    r"\b(?:fotos?|photos?|bild(?:er)?|images?|imagens?|crédits?|créditos?|credits?)\s?[:©]\s?(?:[^()\n;,.]|(?<!\w\w)\.|\.(?=\w))+", re.IGNORECASE
)
_ADDRESS = re.compile(r"\S+@\S+\.\w+|\b[\w-]{3,}\.[a-z]{2,}\b|(?<!\w)@\w+", re.IGNORECASE)
_REACHED_BY = r"\S+@\S+\.\w+|\bwww\.|https?:|\b(?:IBAN|Bizum|PayPal|PIX|Twint|GoFundMe|JustGiving|leetchi|WhatsApp)\b"
_PHONE = re.compile(r"(?<!\w)(?:\+|\(\d)?\d[\d ()/-]{6,}\d(?!\w)")
_LOUD = re.compile(r"\b[A-ZÀ-Ý]{2,}\b|!!")
_ONLY_NUMBER = re.compile(r"[\d.,:\s]{1,6}")
_RESULT = re.compile(r"\d{1,2}[:.]\d{2}(?:[:.]\d{1,3})?")


def find_offer_lines(reading: Reading, told: str, *, kept: Sequence[str] | None = None) -> list[str]:
    """The lines of the prompt that are not told yet, in the order of the brief; how to reach the creator comes last.

    ``kept`` are pieces that are text in any case (the cards of a silent reel); None takes only what holds an offer's facts.
    None in a language without rules, where wishes and content cannot be told apart.
    """
    if not reading.lexicon.is_ruled:
        return []
    credits_ = find_credits(reading)
    misread = [drop_ending(told) for told in reading.content.instructions if _is_misread(told, reading)]
    pieces = [text for piece in _pieces_of(reading, kept, misread) for text in _tidy(piece, credits_, misread, reading)]
    pieces = [piece for piece in pieces if not _is_told_already(piece, pieces, told.lower())]
    lines = join_as_written(pieces, reading)
    marks = [
        (kept is not None and _is_kept(line, kept, reading)) or any(holds_offer(part, reading) or part in reading.content.late_items for part in line.parts)
        for line in lines
    ]
    chosen = [
        line
        for at, line in enumerate(lines)
        if marks[at]
        or (_stands_between(marks, at, line.text, LEAST_WORDS if kept is None else LEAST_UNSHOWN_WORDS) and not _speaks_of_film(line.text, reading))
    ]
    plain = [line for line in chosen if not is_risky(line.text, reading.language)]
    chosen = plain or chosen
    texts: list[str] = []
    for text in sorted((line.text for line in chosen), key=is_contact):
        if not _is_told_already(text, texts, f"{told} {' '.join(texts)}".lower()):
            texts.append(text if _ADDRESS.fullmatch(text) else capitalise(text))
    return [_unquote(text) for text in texts[:MAX_LINES]]


def find_subject(reading: Reading, told: str) -> str:
    """What the reel is about in the creator's words, where a spoken reel has an offer and nothing told says it yet."""
    head = drop_introduction(restore_introduction(_without_page(drop_ending(reading.content.head), reading), reading), reading)
    if not head or not reading.lexicon.is_ruled or is_brief_talk(head, reading) or is_told(head, f"{told} {reading.script}".lower()):
        return ""
    first, vocabulary = lower(head.split()[0]), load_vocabulary(reading.language)
    words = [lower(word) for word in head.split()]
    is_request = any(
        word in vocabulary.production or word in _CHANNELS or patterns.fullmatch(reading.lexicon.texts["request"]["nouns"], word) for word in words
    )
    is_owned = len(words) > 1 and reading.lexicon.has(words[1], "self")  # "a minha turma": an article, no preposition
    is_only_owned = (reading.lexicon.has(first, "self") or is_owned) and len(words) <= MIN_HEAD_WORDS + is_owned
    if is_request or (reading.lexicon.has(first, "prepositions") and not is_owned) or is_only_owned or tells_of_oneself(head):
        return ""
    return capitalise(head) if len(words) >= MIN_HEAD_WORDS or holds_offer(head, reading) else ""


def find_addressed(reading: Reading, told: str) -> str:
    """ "Für unser Hofcafé in der Uckermark: …": whose reel it is, where that names a place or house that nothing else tells."""
    if not reading.lexicon.is_ruled:
        return ""
    nouns = reading.lexicon.texts["request"]["nouns"]
    for piece in [*reading.content.instructions, reading.content.head]:
        lead = patterns.search(rf"{_FOR_WHOM}|\b(?:{nouns})\b (?:for|für|para|pour|per|pra)\s+", piece, re.IGNORECASE)
        plain = patterns.sub(r"^den (\w+)en (?=[A-ZÄÖÜ])", r"\1er ", drop_ending(piece[lead.end() :])) if lead else ""
        text = put_in_nominative(plain, reading.lexicon) if plain else ""
        names = [*find_names(f"x {text}", reading.lexicon), *patterns.findall(_PLACED, text)]
        if names and len(text.split()) <= MAX_ADDRESSED_WORDS and any(name.lower() not in told.lower() for name in names) and not is_brief_talk(text, reading):
            return capitalise(text)
    return ""


def holds_offer(text: str, reading: Reading) -> bool:
    """Whether the text holds a number, date, price, address, words in capitals or a name."""
    if _is_bare(text, reading):
        return False
    if find_numbers(text) or fact_pattern().search(text) or _ADDRESS.search(text) or _LOUD.search(text):
        return True
    if reading.lexicon.has(text.split(maxsplit=1)[0], "prepositions", "anaphora", "backward"):
        return len(find_names(f"x {text}", reading.lexicon)) >= LEAST_NAMES_OF_WAY
    named = [name for name in reading.names if reading.language != "de" or name == text or name.endswith(f" {text}")]
    return any(patterns.search(rf"(?<!\w){re.escape(name)}(?!\w)", text) or (reading.language == "de" and name.endswith(text)) for name in named)


def _is_bare(text: str, reading: Reading) -> bool:
    """Whether a text is a number that says nothing alone; a result that is a sentence by itself ("… after 8 months. 19:58.") does."""
    stands_alone = patterns.search(rf"(?:^|[.!?\n]\s*){re.escape(text)}\s*(?:[.!?\n]|$)", reading.prompt) is not None
    return _ONLY_NUMBER.fullmatch(text) is not None and not (stands_alone and _RESULT.fullmatch(text))


def is_contact(text: str) -> bool:
    """Whether a line is how to reach the creator: a telephone number, a web or mail address."""
    return bool(_PHONE.search(text)) or bool(patterns.search(_REACHED_BY, text, re.IGNORECASE))


def is_told(text: str, known: str) -> bool:
    """Whether a text, or all its numbers and longer words, stand in what is told (in small letters)."""
    if text.lower() in known:
        return True
    told = set(patterns.findall(r"\w+", known))
    wanted = [lower(word) for word in patterns.findall(r"\w+", text) if len(word) >= MIN_WORD_LETTERS or word.isdigit()]
    return any(not word.isdigit() for word in wanted) and all(word in told for word in wanted)


def _is_told_already(piece: str, pieces: Sequence[str], told: str) -> bool:
    """A question is told only word for word, a member of a counted series ("attempt 47") never: it would tear what belongs together."""
    counted = patterns.fullmatch(r"([^\W\d_]+) \d+", piece)
    if counted and sum(bool(patterns.fullmatch(rf"{counted.group(1)} \d+", other, re.IGNORECASE)) for other in pieces) > 1:
        return False
    return piece.lower() in told if piece.endswith("?") else is_told(piece, told)


def find_credits(reading: Reading) -> list[str]:
    """Who made a picture, where the brief says so with a name: "Foto: Stadtarchiv / K. Wöhrle"."""
    found = [match.group().strip() for match in patterns.finditer(_CREDIT.pattern, reading.prompt, re.IGNORECASE)]
    return [credit for credit in found if len(patterns.findall(r"\b[A-ZÀ-Ý]", credit)) > 1]


def _pieces_of(reading: Reading, kept: Sequence[str] | None, misread: Sequence[str]) -> list[str]:
    """The head where it is copy, the items, and what a piece too long for a line wants shown."""
    content = reading.content
    head = restore_introduction(drop_need(drop_ending(_without_page(content.head, reading)), reading), reading)
    is_copy = (
        bool(head)
        and not is_told(head, reading.script.lower())
        and not (reading.lexicon.has(head.split()[0], "prepositions") and not _is_dated_in_portuguese(head, reading))
        and bool(
            find_numbers(head) or find_names(f"x {head}", reading.lexicon) or patterns.match(load_post_words(reading.language).introduces, head, re.IGNORECASE)
        )
    )
    pieces = [head, *content.items] if is_copy or _is_shown(head, kept) else list(content.items)
    pieces += [*misread, *(name for name in content.names if not any(name in piece for piece in pieces))]
    divided = [part for piece in pieces for part in patterns.split(_BETWEEN_QUOTES, piece)]
    return [text for piece in divided if (text := drop_ending(piece)) and patterns.search(r"\w", text)]


def _is_dated_in_portuguese(head: str, reading: Reading) -> bool:
    """ "A padaria do meu pai faz 30 anos sábado 9 de novembro": there "a" is an article more often than not."""
    return reading.language == "pt" and lower(head.split(maxsplit=1)[0]) == "a" and any(match.lastgroup == "when" for match in fact_pattern().finditer(head))


def _is_misread(told: str, reading: Reading) -> bool:
    """A sentence with a price, or a date with its number, that was taken for an instruction ("Começa dia 12 de março, R$ 280 por mês")."""
    kinds = {match.lastgroup for match in fact_pattern().finditer(told) if find_numbers(match.group())}
    is_short_price = "price" in kinds and len(told.split()) <= MAX_PRICED_WORDS
    is_film = not is_short_price and any(lower(word) in load_vocabulary(reading.language).production for word in told.split())
    return bool(kinds & {"price", "when"}) and not is_film and not patterns.search(_REFUSAL, told, re.IGNORECASE)


def _is_shown(piece: str, kept: Sequence[str] | None) -> bool:
    return bool(piece) and drop_ending(piece).lower() in {card.lower() for card in kept or ()}


def _unquote(line: str) -> str:
    """A line that is nothing but a quoted phrase stands without its marks, as on screen."""
    whole = patterns.fullmatch(r"[\"“«„]([^\"”»“„«]+?)[.,]?[\"”»“]", line)
    return capitalise(whole.group(1)) if whole else line


def _without_page(head: str, reading: Reading) -> str:
    """ "our surgery's page about the flu clinics" → "the flu clinics"."""
    about = load_post_words(reading.language).page_about if reading.lexicon.is_ruled else ""
    return patterns.sub(about, "", head, count=1, flags=re.IGNORECASE) if about else head


def _tidy(piece: str, credits_: Sequence[str], misread: Sequence[str], reading: Reading) -> list[str]:
    """The piece without who says it; nothing where it is talk or belongs to a credit; capitals and numbers of a long one."""
    if any(drop_ending(piece.split("(", maxsplit=1)[0]).strip() in credit for credit in credits_) or _is_bare(piece, reading):
        return []
    said = drop_saying(piece, reading)
    if said != piece:
        return [said]
    if is_brief_talk(piece, reading) and piece not in misread:
        return rescue_facts(piece, reading.lexicon)
    if len(piece.split()) > MAX_LINE_WORDS or len(piece) > MAX_LINE_CHARACTERS:
        return rescue_facts(piece, reading.lexicon)
    text = drop_introduction(drop_need(piece, reading), reading)
    return [text] if text else []


def _is_kept(line: Written, kept: Sequence[str], reading: Reading) -> bool:
    shown = " . ".join(kept).lower()
    return any(part.lower() in shown or is_told(part, shown) for part in line.parts)


def _stands_between(marks: Sequence[bool], at: int, line: str, least: int) -> bool:
    """A line among the facts of an offer belongs to it: "gas safe registered" behind a telephone number."""
    if len(line.split()) < least:
        return False
    before = next((step for step in range(1, MAX_GAP + 1) if at - step >= 0 and marks[at - step]), 0)
    after = next((step for step in range(1, MAX_GAP + 1) if at + step < len(marks) and marks[at + step]), 0)
    ends = before == 1 and sum(marks) > 1 and at == len(marks) - 1
    return bool(before and after and before + after <= MAX_GAP + 1) or ends


def _speaks_of_film(piece: str, reading: Reading) -> bool:
    """A wish or a style word between the facts is no part of the offer."""
    wish = load_vocabulary(reading.language).wish
    words = piece.split()
    is_wish = patterns.search(rf"^(?:{wish})\b", piece, re.IGNORECASE) is not None
    is_about_us = reading.lexicon.has(words[0], "self", "anaphora", "backward") or (len(words) > 1 and reading.lexicon.has(words[1], "auxiliaries"))
    return is_wish or is_about_us or any(is_style_word(lower(word), reading.lexicon, reading.shared) for word in words)
