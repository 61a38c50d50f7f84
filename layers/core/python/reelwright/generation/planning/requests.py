""" "Make a warm reel about …": the request at the head of a prompt, and what is left without it."""

from __future__ import annotations

import re

from reelwright.generation.planning import patterns
from reelwright.generation.planning.aside_words import load_aside_words
from reelwright.generation.planning.german import put_in_nominative
from reelwright.generation.planning.instructions import is_style_word
from reelwright.generation.planning.lexicon import Lexicon, SharedLexicon
from reelwright.generation.planning.words import lower

_CORE_NOUNS = "reels?|réel|videos?|vídeos?|vidéos?|clips?|clipe|tiktok|vids?"
_APPS = r"(?:insta|instagram|facebook|fb|ig|tiktok|youtube|whatsapp|linkedin|reels|stories)"
_PAGE = (
    r"(?:for|on|to|para|pra|pro|für|auf|pour|sur|per|su|no|na|en|in) (?:(?!new\b|neu|nuev|nouve|nov[oa]|nuov|about\b|über\b|sobre\b)[\w'’-]+ ){0,4}?"
    rf"(?:page|channel|website|stories|feed|account|profile|newsletter|página|canal|perfil|seite|kanal|profil|webseite|pagina|canale|profilo|sito|chaîne|réseaux(?: sociaux)?"
    rf"|redes(?: sociais| sociales)?|socials?(?: media)?|{_APPS})(?:,? (?:(?:and|y|und|et|e|&|\+) )?{_APPS})*\b"
)
_ASKING = r"(?:can|could|would) (?:you|we)\b|(?:puedes|podrías|kannst du|könntest du|könnt ihr|peux-tu|tu peux|pouvez-vous|você pode|puoi|potresti)\b"


def take_request(text: str, lexicon: Lexicon, shared: SharedLexicon) -> tuple[str, str]:
    """The text without "Make a warm reel about", whole words only, and that request; empty where it says no more than that a reel is wanted."""
    parts = lexicon.texts["request"]
    if not patterns.search(rf"\b(?:{parts['nouns']})\b", text, re.IGNORECASE):
        return text, ""
    about = "|".join(sorted(parts["about"].split("|"), key=len, reverse=True))
    verbs = "|".join(sorted(parts["verbs"].split("|"), key=len, reverse=True))
    to = rf"(?: (?:{parts['to']}))?" if parts["to"] else ""
    pattern = (
        rf"^(?:(?:{parts['start']})[, ]+)?(?:(?:{verbs}){to}[: ]+)?(?:(?:{parts['article']}) )?"
        rf"(?:[\w\-]+,? ){{0,6}}?(?:{parts['nouns']})\b"
        rf"(?:(?: ?[+&/] ?| (?:{lexicon.texts['and_word']}) | )(?:{parts['nouns']})\b)*(?: (?:{_PAGE}|{parts['platform']}))*"
    )
    rest = patterns.sub(pattern, "", text, count=1, flags=re.IGNORECASE)
    if rest == text:
        return text, ""
    rest = _drop_styles(rest, lexicon, shared)
    is_core = patterns.search(rf"\b(?:{_CORE_NOUNS})\b", text[: len(text) - len(rest)], re.IGNORECASE)
    if not is_core and rest.strip() and not patterns.match(rf"^,? (?:{about})(?:\s|(?<='))|^ d'|^\s*[:,–-]", rest, re.IGNORECASE):
        return text, ""
    for_whom = patterns.match(rf"^,? (?:for|für|para|pour|per|pra)\s+{load_aside_words(lexicon.language).audience}", rest, re.IGNORECASE)
    if for_whom:
        told = patterns.match(rf"\s+(?:{load_aside_words(lexicon.language).topic})\s+", rest[for_whom.end() :], re.IGNORECASE)
        topic = rest[for_whom.end() + told.end() :] if told else ""
        return put_in_nominative(topic, lexicon), text.removesuffix(topic).strip(" ,:–-") if topic else text
    rest = patterns.sub(rf"^,? (?:{about})(?=\s)|^ d'|^,? (?:{about})(?<=')", "", rest, count=1, flags=re.IGNORECASE)
    rest = patterns.sub(r"^\s*[:,–-]?\s*", "", rest)
    if patterns.match(_ASKING, text, re.IGNORECASE):
        rest = patterns.sub(r"\s*\?\s*$", "", rest)
    head = text[: len(text) - len(rest)].strip(" ,:–-") if text.endswith(rest) else text.removesuffix("?").removesuffix(rest).strip(" ,:–-")
    rest = patterns.sub(r"^qu'", "", rest)
    owned = patterns.search(rf"\b([oa]s?) {re.escape(rest)}$", text) if lexicon.language == "pt" and patterns.match(r"(?:minh|meu|noss)", rest) else None
    rest = f"{owned.group(1)} {rest}" if owned else rest
    return put_in_nominative(rest, lexicon), "" if _is_bare_request(head, lexicon) else head


def asks_for_film(text: str, lexicon: Lexicon, shared: SharedLexicon) -> bool:
    """Whether the text asks us for a reel, or asks us anything at all: "Make a warm reel about …", "Can you …?"."""
    return take_request(text, lexicon, shared)[0] != text or patterns.match(_ASKING, text, re.IGNORECASE) is not None


def _drop_styles(rest: str, lexicon: Lexicon, shared: SharedLexicon) -> str:
    """Without the adjectives that stand behind the noun: "vidéo douce sur …", "video elegante per …", "something funny about …"."""
    words = rest.split(" ")
    at = 1 if words and not words[0] else 0
    while at < len(words) and (
        is_style_word(words[at], lexicon, shared) or (lower(words[at]) in shared.fillers and _styles_follow(words, at, lexicon, shared))
    ):
        at += 1
    return " ".join(["", *words[at:]]) if at > 1 else rest


def _styles_follow(words: list[str], at: int, lexicon: Lexicon, shared: SharedLexicon) -> bool:
    return at + 1 < len(words) and is_style_word(words[at + 1], lexicon, shared)


def _is_bare_request(head: str, lexicon: Lexicon) -> bool:
    """Whether the request says no more than that a reel is wanted: nothing to tell the creator."""
    parts = lexicon.texts["request"]
    known = {
        word for name in ("start", "verbs", "to", "article", "nouns", "about", "platform") for word in parts[name].replace(",", "").replace("|", " ").split()
    }
    return all(word in known for word in patterns.findall(r"[\w'’]+", head.lower()))
