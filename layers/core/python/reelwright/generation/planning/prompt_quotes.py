"""Title and call of a prompt: quoted, or behind words such as "title" and "end with"."""

from __future__ import annotations

import re

from reelwright.generation.planning import patterns
from reelwright.generation.planning.aside_words import load_aside_words
from reelwright.generation.planning.instructions import load_vocabulary
from reelwright.generation.planning.lexicon import Lexicon
from reelwright.generation.planning.spans import QUOTED, find_quotes, unquote
from reelwright.generation.planning.words import capitalise, drop_ending, lower, tidy

MAX_TITLE_CHARACTERS = 80
MAX_PLAIN_TITLE = 60
MAX_PICTURE_WISH_WORDS = 5
MAX_CALL_CHARACTERS = 84
MIN_WEAK_WORDS = 4
MAX_NAME_WORDS = 2
_LIKE = r"(?:like|something like|maybe|tipo|wie|etwa|genre|comme|tipo di)"
_PICTURE = r"^(?:with |on |a |an |the |una? |la |el |ein |eine |das |die |le |les |une? |uma? |o |i )*(?:pics?|photos?|pictures?|clips?|shot|foto|fotos|bild|video|vídeo|imagen|image|imagem)\b"
_NAMED_PICTURE = r"(?:the |la |el |le |il |o |a |una? |das |die |the )?(?:\w*pics?|photos?|pictures?|clips?|shot|selfie|\w*fotos?|\w*bild(?:er)?|vídeo|imagen|image|immagine|imagem)"
_GREETING = r"\b(?:thank\w*|love|happy|cheers|gracias|obrigad\w+|merci|danke|grazie|felic\w+|feliz|parabéns|auguri|joyeux|bises|kuss|liebe grüße|bravo)\b"
_LINE_LABEL = r"^(?:(?:our|my|the|unser|mein|der|nuestro|mi|el|notre|mon|le|il nostro|il mio|o nosso|o meu) )?(?:slogan|motto|line|claim|text|spruch|satz|lema|frase|texto|devise|phrase|texte|testo)\s?:\s*"
_NEGATION = r"(?:no|not|don't|dont|never|without|nada de|sin|kein|keine|nicht|pas de|sans|nem|sem|não|non|niente|nessun)"
_WITH_ITS_KIND = re.compile(
    r",?\s(?:for|about|with|für|über|mit|para|sobre|con|pour|sur|avec|per|su|por|com)\s(?:(?:his|her|their|my|our|the|sein\w*|ihr\w*|mein\w*|unser\w*|su|mi|nuestr[oa]|son|sa|mon|ma|notre|leur|le|la|il|suo|sua"
    r"|mio|mia|o|a|seu|meu|minha)\s)+(?:new |neue\w* |nouveau |nouvelle |nuev[oa] |nuov[oa] |nov[oa] )?[^\W\d_]+\s*$",
    re.IGNORECASE,
)
_STARTS_ALONE = re.compile(r"(?:^|[,;:.!?–—\-\n])\s*$")
_ENDS_ALONE = re.compile(r"\s*(?:[,;:.!?–—\-\n]|$)")


def take_title(prompt: str, lexicon: Lexicon) -> tuple[str, str]:
    """The prompt without its fixed title ("title: “…”", "Titel „…“"), and that title."""
    fixed = patterns.search(rf"(?<!\w)(?:{lexicon.one_of('title_words')})\s*(?:{_LIKE}\s*)?[:=]?\s*({QUOTED})\s*[.,;]?", prompt, re.IGNORECASE)
    if not fixed:
        fixed = patterns.search(
            rf"(?:(?<=^)|(?<=[.!?\n,;] )|(?<=\n))(?:{lexicon.one_of('title_words')})\s?:\s*([^\"“«„\n.:]{{3,{MAX_PLAIN_TITLE}}}(?:\.\s[A-ZÀ-Ý]\w+(?: \w+){{1,2}}(?=\.))?[!?]?)(?=[.\n]|$)",
            prompt,
            re.IGNORECASE,
        )
    if not fixed:
        return prompt, ""
    return prompt[: fixed.start()] + " " + prompt[fixed.end() :], tidy(unquote(fixed.group(1)))


def take_late_quote(prompt: str, lexicon: Lexicon) -> tuple[str, str]:
    """The prompt without a quoted line that shall stand "before the end" or "at the end", and that line."""
    late = load_vocabulary(lexicon.language).late
    found = patterns.search(rf"(?:,?\s*(?:{lexicon.texts['and_word']})\s+)?({QUOTED})\s+(?:{late})\b", prompt, re.IGNORECASE)
    if not found:
        return prompt, ""
    return prompt[: found.start()] + prompt[found.end() :], capitalise(tidy(unquote(found.group(1))))


def take_quoted_title(prompt: str, lexicon: Lexicon) -> tuple[str, str]:
    """The first quoted phrase that may be a title; where it stands alone between commas it leaves the text.

    Several quotes behind the first sentence are texts of their own, not titles; a quoted word that is refused is neither.
    """
    quotes = [found for found in find_quotes(prompt) if _may_be_title(found, prompt, lexicon)]
    for found in quotes:
        before, after = patterns.sub(rf"(?<!\w){_LIKE}\s*:?\s*$", "", prompt[: found.start()], flags=re.IGNORECASE), prompt[found.end() :]
        if len(quotes) > 1 and patterns.search(r"[.!?\n]\s", before.strip() + " ") and len(before.split()) > 2:
            return prompt, ""
        title = tidy(unquote(found.group())).rstrip(" ,;:")
        before = _WITH_ITS_KIND.sub("", before) if patterns.match(r"\s*(?:[.!?\n]|$)", after) else before
        if _STARTS_ALONE.search(before) and _ENDS_ALONE.match(after) and patterns.search(r"\w", before + after):
            ends = title[-1:] in ".!?" and after.lstrip()[:1].isupper()
            joint = ". " if ends else ", " if after.lstrip()[:1] in {",", ";"} else " "
            return tidy_lines(before.rstrip(" ,;") + joint + after.lstrip(" ,;:.!?–—-")), title
        joint = ". " if title[-1:] in ".!?" and after.lstrip()[:1].isupper() else " "
        return (prompt if len(title.split()) <= MAX_NAME_WORDS else tidy_lines(f"{before.rstrip()}{joint}{after.lstrip()}")), title
    return prompt, ""


def tidy_lines(text: str) -> str:
    """Single spaces, lines kept."""
    return "\n".join(tidy(line) for line in text.splitlines()).strip(" ,;")


def take_call(sentence: str, lexicon: Lexicon) -> tuple[str, str]:
    """The sentence without what shall stand at the end ("End with “…”", "Am Ende: …"), and that line."""
    ending, lead, link = lexicon.one_of("end_with"), lexicon.texts["and_word"], load_vocabulary(lexicon.language).link
    call = patterns.search(
        rf"(?:^|[,;]\s*|\s)(?:{lead} )?{ending}\s*(?:(?:{link})\b)?\s*:?\s*(?:({QUOTED})|([^\"”»]+?))[\s.]*$", sentence, re.IGNORECASE | re.DOTALL
    )
    if not call or not patterns.search(r"\w", call.group(1) or call.group(2)):
        return sentence, ""
    is_weak = patterns.search(
        rf"(?:{load_vocabulary(lexicon.language).weak_ends})\s*$", sentence[: call.start(1) if call.group(1) else call.start(2)], re.IGNORECASE
    )
    if is_weak and call.group(2) and len(call.group(2).split()) < MIN_WEAK_WORDS:
        return sentence, ""
    told = patterns.sub(_LINE_LABEL, "", call.group(1) or call.group(2), flags=re.IGNORECASE)
    line = capitalise(drop_ending(unquote(told)))
    rest = sentence[: call.start()].strip(" ,;")
    words = [lower(word) for word in rest.split()]
    is_rest_empty = len(words) <= 3 and all(lexicon.is_stop_word(word) or word in load_vocabulary(lexicon.language).production for word in words)
    return ("" if is_rest_empty else rest), tidy(patterns.sub(r"\s+/\s+", " · ", line))


def name_itself(line: str, lexicon: Lexicon) -> str:
    """ "Mein Name (Katrin Vogel) und die Nummer 0341 555 0187" → "Katrin Vogel · 0341 555 0187"."""
    named = load_aside_words(lexicon.language).named
    found = patterns.fullmatch(
        rf"(?:{named})\s?[(:]\s?([^()]+?)\)?\s*(?:,|{lexicon.texts['and_word']})\s+(?:{named})\s?:?\s*\(?([\d +/-]{{6,}}\d)\)?", line, re.IGNORECASE
    )
    return f"{found.group(1).strip()} · {found.group(2)}" if found else line


def shorten_call(line: str, lexicon: Lexicon) -> tuple[str, list[str]]:
    """A long closing line, cut to the part that asks or names an address; the other parts are shown before it."""
    parts = [part.strip() for part in patterns.split(r",\s+|\s+·\s+", line) if part.strip()]
    if len(line) <= MAX_CALL_CHARACTERS or len(parts) < 2:
        return line, []
    asking = [part for part in parts if lexicon.calls_to_act(part) or patterns.search(r"@|\w\.(?:com|de|at|es|fr|it|pt|org|net|example)\b", part)]
    first = parts.index(asking[-1]) if asking else 0
    last = first + 1
    while last < len(parts) and len(", ".join(parts[first : last + 1])) <= MAX_CALL_CHARACTERS:
        last += 1
    best = " ".join(", ".join(parts[first:last]).split())
    words = best.split()
    best = " ".join(words[1:]) if len(words) > 2 and lexicon.has(words[0], "conjunctions") else best
    return capitalise(best), [*parts[:first], *parts[last:]]


def is_picture_wish(line: str, lexicon: Lexicon) -> bool:
    """Whether the end shall show something rather than say it: "the van", "nosotros dos"."""
    words = line.split()
    starts = lexicon.has(words[0], "determiners", "pronouns", "self") and not lexicon.calls_to_act(line)
    has_verb = any(lexicon.has(word, "auxiliaries") or lexicon.is_verb_like(lower(word)) for word in words)
    named = patterns.fullmatch(
        rf"(?:with |on |a |an |the |our |my )?(?:[\w'’-]+ ){{0,3}}?{_NAMED_PICTURE}|{_NAMED_PICTURE}(?: [\w'’-]+){{0,4}}", line, re.IGNORECASE
    )
    if (named or patterns.search(_PICTURE, line, re.IGNORECASE)) and not patterns.search(r"[\d@]", line):
        return True
    if patterns.search(_GREETING, line, re.IGNORECASE):
        return False
    return starts and len(words) <= MAX_PICTURE_WISH_WORDS and not patterns.search(r"[\d@.:!?]", line) and not has_verb


def _may_be_title(found: re.Match[str], prompt: str, lexicon: Lexicon) -> bool:
    text = unquote(found.group())
    before = prompt[: found.start()].rstrip()
    is_end = patterns.search(rf"\b{lexicon.one_of('end_with')}\s*(?:(?:{load_vocabulary(lexicon.language).link})\b)?\s*:?$", before, re.IGNORECASE)
    is_refused = patterns.search(rf"\b{_NEGATION}$", before, re.IGNORECASE)
    is_scare = len(text.split()) == 1 and text[:1].islower()
    return bool(patterns.search(r"\w", text)) and len(text) <= MAX_TITLE_CHARACTERS and not is_end and not is_refused and not is_scare
