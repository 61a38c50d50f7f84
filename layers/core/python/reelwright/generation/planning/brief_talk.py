"""What creators say to us and not to their viewers: who they are, what people always ask, what the pictures are like."""

from __future__ import annotations

import re

from reelwright.generation.planning import patterns
from reelwright.generation.planning.facts import fact_pattern, find_names, find_numbers
from reelwright.generation.planning.instructions import is_directive, is_instruction, is_style_word, load_vocabulary
from reelwright.generation.planning.post_words import load_post_words
from reelwright.generation.planning.reading import Reading
from reelwright.generation.planning.sentences import split_sentences
from reelwright.generation.planning.undone_wishes import asks_undone
from reelwright.generation.planning.words import bare, drop_ending, lower

MAX_QUESTION_WORDS = 1
MAX_GREETING_WORDS = 4
MAX_PREDICATE_WORDS = 9
MAX_SIGNING_WORDS = 2
MAX_TRAILING_WORDS = 3
MAX_STYLE_WORDS, MAX_MOOD_WORDS = 5, 4
_I_AM = r"i'?m|i am|we'?re|soy|somos|ich bin|wir sind|je suis|nous sommes|sono|siamo|sou"
_MOVES = frozenset(["pan", "pans", "zoom", "zooms", "cut", "cuts", "fade", "fades", "transition", "transitions", "timelapse"])
_ENERGY = frozenset(["energetic", "energisch", "énergique", "enérgico", "energico", "energético", "energica", "enérgica", "energética", "cosy", "cozy"])
_MUSIC = r"^(?:music|musik|música|musique|musica)\b|\b(?:music|musik|musique|música|musica)$"
_LIVE = r"\b(?:live|directo|vivo|dal|tanz|dance|band)\b"
_PICTURES = r"(?:fotos?|photos?|pics|pictures|bilder|images?|imagens|immagini|imágenes|clips?|logos?)"
_FILM = r"\b(?:reels?|videos?|vídeos?|vidéos?|film|clip|hochkant|vertical)\b"
_STATES = r"(?:before|antes|vorher|avant|prima)\s?[/&-]\s?(?:after|después|nachher|après|depois|dopo)(?:,? \w+)?"
_NEGATION = r"(?:no|not|without|sin|nada de|kein\w*|ohne|pas|sans|niente|senza|non|sem|nem|nada)\b"
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
    if patterns.match(rf"{_NEGATION}\s+(?:\w+\s+)?{_PICTURES}\b", piece, re.IGNORECASE):
        return True
    if patterns.match(rf"{_NEGATION}\s+(?:de |of |di )?(?:my|mon|ma|mein\w*|mi|meu|minha|il mio|la mia)\b", piece, re.IGNORECASE):
        return True
    if len(piece.split()) <= MAX_MOOD_WORDS and patterns.search(_MUSIC, piece, re.IGNORECASE) and not patterns.search(_LIVE, piece, re.IGNORECASE):
        return True
    if asks_undone(piece, reading.language) and not _holds_facts(piece):
        return True
    if patterns.fullmatch(_STATES, piece, re.IGNORECASE) or _signs(piece, reading) or _is_style(piece, reading) or _stands_in_talk(piece, reading):
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
        if len(rest.split()) > MAX_PREDICATE_WORDS:
            return piece
        return rest if _says_more_than_a_trade(rest, reading) else ""
    named = patterns.match(words.named, piece, re.IGNORECASE)
    if not named:
        return piece
    rest = patterns.sub(words.named_with, " · ", piece[named.end() :], count=1, flags=re.IGNORECASE)
    return rest if len(rest.split()) > 1 or rest[:1].isupper() else ""


def _is_style(piece: str, reading: Reading) -> bool:
    """A few words of which half name a mood, a word with "feel" or "vibe" behind it, a production word that is refused: no copy."""
    words = [word for word in piece.split() if bare(word)]
    content = [word for word in words if not reading.lexicon.is_weak(word)]
    if len(words) > MAX_STYLE_WORDS or _holds_facts(piece) or not content:
        return False
    ends = load_post_words(reading.language).style_end
    if len(words) > 1 and patterns.search(rf"(?<!\w)(?:{ends})$|^(?:{ends}) \w+$", drop_ending(piece).rstrip("!"), re.IGNORECASE):
        return True
    refuses = patterns.match(_NEGATION, piece, re.IGNORECASE) is not None and any(lower(word) in load_vocabulary(reading.language).production for word in words)
    if len(content) == 1 and lower(content[0]) in _ENERGY:
        return True
    styles = sum(is_style_word(lower(word), reading.lexicon, reading.shared) for word in content)
    if styles and len(words) <= MAX_MOOD_WORDS and any(lower(word) in _MOVES for word in content):
        return True
    joins = any(reading.lexicon.has(word, "conjunctions") or patterns.fullmatch(_NEGATION, word, re.IGNORECASE) for word in words[1:])
    return refuses or (len(words) <= MAX_MOOD_WORDS and (styles == len(content) or (joins and 2 * styles >= len(content))))


def drop_saying(piece: str, reading: Reading) -> str:
    """ "Metterei anche che siamo senza trattamenti" → "siamo senza trattamenti"; "queremos invitar a la procesión" → "la procesión"."""
    if not reading.lexicon.is_ruled:
        return piece
    rest = patterns.sub(rf"^(?:{load_post_words(reading.language).says})", "", piece, count=1, flags=re.IGNORECASE)
    return rest if len(rest.split()) > 1 else piece


def _stands_in_talk(piece: str, reading: Reading) -> bool:
    """Whether a piece without facts stands only in sentences, behind the first, that speak to us."""
    counts = reading.lexicon.has(piece.split(maxsplit=1)[0], "numbers") and len(piece.split()) > 1
    if _holds_facts(piece) or counts:
        return False
    bounded = rf"(?<!\w){re.escape(piece)}(?!\w)"
    said = split_sentences(reading.prompt, is_prompt=True)
    first, *others = [one for one in said if not reading.shared.greets(one) or len(one.split()) > MAX_GREETING_WORDS] or [""]
    head = drop_ending(reading.content.head).lower()
    holding = [one for one in others if patterns.search(bounded, one, re.IGNORECASE)]
    if head and head != piece.lower() and any(head in one.lower() for one in holding):
        return False
    return bool(holding) and not patterns.search(bounded, first, re.IGNORECASE) and all(_is_talk_around(piece, one, reading) for one in holding)


def _is_of_moods(piece: str, sentence: str, reading: Reading) -> bool:
    """Whether a short piece stands in a row of a few words each of which one was read as an instruction: "disco music, quick cuts, film grain"."""
    parts = [drop_ending(part.strip()) for part in sentence.split(",")]
    told = {drop_ending(told).lower() for told in reading.content.instructions}
    refuses = patterns.match(_NEGATION, piece, re.IGNORECASE) is not None
    if (len(piece.split()) > MAX_TRAILING_WORDS and not refuses) or not any(part.lower() in told or _is_style(part, reading) for part in parts):
        return False
    return refuses or parts[0].lower() in told or all(len(part.split()) <= MAX_TRAILING_WORDS for part in parts)


def restore_introduction(head: str, reading: Reading) -> str:
    """ "Kita Regenbogen in Witten und suchen …" gets its "wir sind die" back: what follows the "and" needs it."""
    if not head or not reading.lexicon.is_ruled or f" {reading.lexicon.texts['and_word']} " not in head:
        return head
    found = patterns.search(rf"(?<!\w)(?:{_I_AM})(?: \w+)?\s+{re.escape(head)}", reading.prompt, re.IGNORECASE)
    return found.group() if found else head


def _is_talk_around(piece: str, sentence: str, reading: Reading) -> bool:
    """A wish, a sentence of style words, one about the film or its pictures, one that says what not to say; a list behind a colon is none."""
    words, wish = load_post_words(reading.language), load_vocabulary(reading.language).wish
    if ":" in sentence[: sentence.lower().find(piece.lower())]:
        return False
    if _is_of_moods(piece, sentence, reading):
        return True
    if patterns.match(rf"(?:{words.talk}|{wish})(?!\w)", sentence, re.IGNORECASE):
        return True
    leads = reading.lexicon.has(piece.split(maxsplit=1)[0], "self", "determiners", "possessives", "prepositions", "pronouns")
    if leads and patterns.search(_FILM, sentence, re.IGNORECASE) and not find_names(f"x {piece}", reading.lexicon):
        return True
    leans = reading.lexicon.has(piece.split(maxsplit=1)[0], "self", "anaphora", "backward", "conjunctions", "pronouns")
    material = rf"(?<!\w)(?:{words.material})(?!\w)"
    return any(patterns.search(material, text, re.IGNORECASE) for text in ([piece, sentence] if leans else [piece]))


def drop_need(piece: str, reading: Reading) -> str:
    """ "I walk dogs in Brighton and i need more clients" → "I walk dogs in Brighton"."""
    if not reading.lexicon.is_ruled:
        return piece
    need, wish = load_post_words(reading.language).need, load_vocabulary(reading.language).wish
    joined = rf"(?:,\s*|\s+)(?:{reading.lexicon.texts['and_word']}|but|so|aber|mais|mas|pero|ma)\s+(?:{need}|{wish})(?!\w).*$"
    rest = patterns.sub(joined, "", piece, flags=re.IGNORECASE | re.DOTALL)
    return rest if len(rest.split()) > 1 else piece


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
