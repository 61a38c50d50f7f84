"""What creators say to us and not to their viewers: who they are, what people always ask, what the pictures are like."""

from __future__ import annotations

import re

from reelwright.generation.planning import patterns
from reelwright.generation.planning.facts import fact_pattern, find_names, find_numbers
from reelwright.generation.planning.instructions import is_directive, is_instruction, load_vocabulary
from reelwright.generation.planning.post_words import load_post_words
from reelwright.generation.planning.reading import Reading
from reelwright.generation.planning.words import drop_ending, lower

MAX_QUESTION_WORDS = 1
MAX_SIGNING_WORDS = 2
_FIRST_PERSON = frozenset(["i", "i'm", "i've", "i'd", "ich", "je", "j'ai", "yo", "io", "eu"])


def is_brief_talk(piece: str, reading: Reading) -> bool:
    """Whether a piece is said to whoever makes the reel: a wish, an instruction, a remark about people or pictures."""
    if not reading.lexicon.is_ruled:
        return False
    words, vocabulary = load_post_words(reading.language), load_vocabulary(reading.language)
    if is_instruction(piece, reading.lexicon, reading.shared) or is_directive(piece, reading.lexicon):
        return True
    if patterns.match(rf"(?:{words.talk})(?!\w)", piece, re.IGNORECASE) or patterns.search(words.talk_anywhere, piece, re.IGNORECASE):
        return True
    if _signs(piece, reading):
        return True
    is_wish = bool(patterns.match(rf"(?:{vocabulary.wish})\b", piece, re.IGNORECASE)) and not _holds_facts(piece)
    is_chat = len(piece.split()) <= MAX_QUESTION_WORDS and (piece.endswith("?") or patterns.fullmatch(vocabulary.chat, piece, re.IGNORECASE) is not None)
    return is_wish or is_chat


def drop_introduction(piece: str, reading: Reading) -> str:
    """ "Im a plumber in leeds (all LS postcodes)" → "plumber in leeds (all LS postcodes)"; nothing where no fact is left; "Its called Yin" → "Yin"."""
    if not reading.lexicon.is_ruled:
        return piece
    words = load_post_words(reading.language)
    introduced = patterns.match(words.introduces, piece, re.IGNORECASE)
    if introduced:
        rest = piece[introduced.end() :]
        return rest if _says_more_than_a_trade(rest, reading) else ""
    named = patterns.match(words.named, piece, re.IGNORECASE)
    if not named:
        return piece
    rest = patterns.sub(words.named_with, " · ", piece[named.end() :], count=1, flags=re.IGNORECASE)
    return rest if len(rest.split()) > 1 or rest[:1].isupper() else ""


def _signs(piece: str, reading: Reading) -> bool:
    """Whether the piece is the name under the letter: "merci d'avance, Maryse"."""
    end = drop_ending(reading.prompt)
    if len(piece.split()) > MAX_SIGNING_WORDS or not end.lower().endswith(piece.lower()):
        return False
    before = end[: len(end) - len(piece)]
    return patterns.search(rf"(?<!\w)(?:{load_post_words(reading.language).signing})(?: [\w'’]+){{0,2}}[\s,.!–-]+$", before, re.IGNORECASE) is not None


def tells_of_oneself(piece: str) -> bool:
    """Whether the piece starts with "I": told to us more often than to a viewer."""
    first = piece.split(maxsplit=1)[0] if piece.split() else ""
    return lower(first) in _FIRST_PERSON


def _says_more_than_a_trade(rest: str, reading: Reading) -> bool:
    is_placed = any(
        patterns.search(rf"(?<!\w){preposition}\s+\w", rest, re.IGNORECASE) for preposition in ("in", "en", "à", "a", "em", "near", "bei", "de", "of")
    )
    return _holds_facts(rest) or bool(find_names(f"x {rest}", reading.lexicon)) or (is_placed and len(rest.split()) > 2)


def _holds_facts(text: str) -> bool:
    return bool(find_numbers(text)) or fact_pattern().search(text) is not None
