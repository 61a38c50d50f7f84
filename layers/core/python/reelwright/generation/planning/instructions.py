"""What of a prompt tells how the reel shall be, and is no text for it."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import pairwise
from typing import Any

from reelwright.generation.planning import patterns
from reelwright.generation.planning.aside_words import load_aside_words
from reelwright.generation.planning.intents import is_mood_word
from reelwright.generation.planning.lexicon import Lexicon, SharedLexicon
from reelwright.generation.planning.words import capitalise, lower

MAX_INSTRUCTION_WORDS = 10
MAX_STYLE_WORDS = 5
_THIS_IS = r"(?:this is|it's|das ist|esto es|este es|c'est|questo è|isto é|este é)"
_REFUSAL = r"\b(?:no|not|don't|dont|never|without|sin|nunca|kein\w*|nicht|pas|jamais|não|nunca|non|mai|senza)\b"
_COURTESY = re.compile(
    r"(?:^|[\s,]+)(?:maybe|perhaps|vielleicht|quizás|peut-être|forse|talvez|if there(?:'s| is)(?: any| enough)? (?:room|space|time)|wenn (?:noch )?platz ist|si hay (?:sitio|espacio)|s'il y a (?:de )?la place|se c'è spazio|se houver espaço|if (?:you can|possible|that'?s ok(?:ay)?|it fits)|please|pls|thanks|bitte|wenn(?:'s| es)? (?:möglich ist|geht)|falls möglich|por favor|porfa"
    r"|si (?:se puede|es posible|puedes|cabe|puede ser)|svp|stp|si possible|s'il (?:te|vous) plaît|se (?:der|possível|puder|possibile|puoi|potete|si può)|per favore)\s*[!.?]*$",
    re.IGNORECASE,
)
_PURPOSE = re.compile(
    r",?\s+(?:als (?:kleine[sr]? |schöne )?(?:erinnerung|andenken|geschenk|überraschung|dankeschön)|as an? (?:little |nice )?(?:keepsake|memory|present|gift|surprise|souvenir)"
    r"|(?:como|de) (?:recuerdo|regalo|sorpresa|recordação|lembrança|presente|surpresa)|en (?:souvenir|cadeau)|(?:come|per) (?:ricordo|regalo|sorpresa))\s*[.!]*$",
    re.IGNORECASE,
)
_INTRODUCTION = re.compile(
    r"(?:(?i:i['’]?m|i am|we['’]?re|we are) (?:an?|the) (?!bit|little|fan|lot)|(?i:ich bin|wir sind) (?:ein[e]? |der |die |das )?(?=[A-ZÄÖÜ]|[a-zäöü]{2,}(?:er|in) (?:in|aus|bei|von|und))"
    r"|(?i:soy|somos) (?:una? |el |la |los |las |(?=\w+ (?:en|de|del) ))(?!muy|yo|de |nosotr)|(?i:je suis|on est|nous sommes) (?:une? |la |le |les |(?=\w+ (?:à|en|au|aux) ))|(?i:sou|somos) (?:uma? |o |a |os |as |(?=\w+ (?:em|no|na) ))"
    r"|(?i:sono|siamo) (?:una? |il |la |lo |l['’]|i |le |(?=\w+[oaei] (?:a|di) [A-Z]))(?!po))"
)
_PICTURES = r"(?:pics?|photos?|pictures?|clips?|videos?|fotos?|bilder|imágenes|images?|foto|immagini|imagens)"
_SEATS = re.compile(
    r"\d+ (?:people|persons|places|spots|seats|personas|plazas|personen|plätze|leute|personnes|pessoas|vagas|lugares|persone|posti)\b|\b(?:plazas|plätze|places|posti|vagas)\s?: ?\d",
    re.I,
)
_REACH = re.compile(
    r"(?:text|call|ring|phone|whatsapp|message|dm|e?-?mail|tel|tlf|telefon|schreib\w*|ruf\w*|llam\w*|escrib\w*|appel\w*|écri\w*|chiam\w*|scriv\w*|lig\w*|chama\w*|manda\w*)\b[^.\n]*(?:\d[\d -]{6,}|\S+@\S+)",
    re.I,
)
_CALL_NUMBER = re.compile(r"\b(?:call|ring|text|phone|whatsapp|message|ruf\w*|llam\w*|appel\w*|chiam\w*|lig\w*)\s(?:[^\W\d]+\s){0,3}\+?\d[\d \-]{6,}\d\b", re.I)
_FIRST_PERSON = re.compile(
    r"(?:i|i'd|we|we'd|je|j'\w+|on|ich|wir|will|wollte|würde|quiero|quería|queremos|queríamos|quisiera|me gust\w+|nos gust\w+|quero|queria|queríamos|gostava|vorrei|volevo|voglio|vorremmo)\b",
    re.I,
)
_WE = re.compile(
    r"\b(?:none|nobody|some|both|all) of us\b|\b(?:ninguno|niguna|algunos|todos) de nosotros\b|\bkeiner von uns\b|\baucun de nous\b|\bnenhum de nós\b|\bnessuno di noi\b",
    re.I,
)
_MAY = re.compile(
    r"(?:anyone can|everyone can|man kann|jede[r]? kann|ihr könnt|se puede|podéis|cualquiera puede|on peut|chacun peut|si può|chiunque può|pode-se|qualquer pessoa pode|dá para)\b(?! (?:you|we|ihr)\b)",
    re.IGNORECASE,
)
_SOMETHING = re.compile(
    r"^(?:something|anything|algo|etwas|irgendwas|irgendetwas|was|quelque chose(?: de| d['’])?|qualcosa(?: di)?|alguma coisa)\s+", re.IGNORECASE
)
_SALUTE = re.compile(
    r"^(?:hi+|hiya|hey+|hello|hola|buenas|hallo|moin|servus|liebes?|bonjour|salut|coucou|olá|oi|ciao|salve|buongiorno|buonasera)[ ,]+"
    r"(?:all|everyone|there|guys|team|folks|both|(?:a )?tod[oa]s|chic[oa]s|equipo|gente|amigos|zusammen|ihr(?: lieben)?|leute|liebe leute|à tous|tout le monde|l['’]équipe|les amis|pessoal|malta|galera"
    r"|ragazz[ie]|a tutti|amici)\b[\s,!.:–-]*",
    re.IGNORECASE,
)
_INVITATION = re.compile(
    r"^(?:(?:thank|ringraziare|agradecer|remercier)\s[^,.;:]{0,40}?\b(?:at|for|a la|en la|al|alla|au|à la|no|na)\s+)|^(?:it'?s |this is |es |c'est |é |è |das ist )?(?:to|so|para|pa|pra|pour|per|damit|um)\s[^,.;:]{0,60}?\b(?:come (?:along )?to|invit\w+ [^,.;:]{0,30}? to|(?:play|show|be shown|screen) (?:it )?(?:at|during)|(?:poner|proyectar|ver|pasar|enseñar)(?:lo|la)? en|(?:passer|projeter) (?:à|au|pendant)|(?:passar|pôr) (?:no|na|em)|proiettare (?:al|alla|durante)|venir a|vengan? a|asist\w+ a|invit\w+ [^,.;:]{0,30}? a"
    r"|venir (?:à|au|aux)|viennent (?:à|au|aux)|invit\w+ [^,.;:]{0,30}? (?:à|au|aux)|ir(?:em)? (?:à|ao|para)|vir(?:em)? (?:à|ao)|convid\w+ [^,.;:]{0,30}? (?:para|à|ao)|venire (?:a|alla|al|all['’])|vengano (?:a|alla|al))\s+",
    re.IGNORECASE,
)
_OCCASION = re.compile(
    r"^(?:it'?s|this is|es|c['’]est|é|è|das ist|ist)\s+(?:for|para|pour|per|für)\s+(?=(?:the|el|la|los|las|le|les|il|lo|i|gli|o|a|os|as|den|die|das)\s|l['’])"
    r"(?!.*\b(?:pages?|insta\w*|facebook|famil\w+|groups?|grupo|gruppe|website|web|site|socials?|redes|réseaux|stories|whatsapp|kids|team|people|customers|clients?|parents|feed|seite|página|pagina)\b)",
    re.IGNORECASE,
)
_EMOJI = re.compile(r"[\U0001F000-\U0001FAFF\u2600-\u27BF\uFE0F\u200D]+")


@dataclass(frozen=True)
class Vocabulary:
    """The words of one language that speak of a film and not of its subject."""

    production: frozenset[str]
    alone: frozenset[str]
    qualifiers: frozenset[str]
    live: frozenset[str]
    style: frozenset[str]
    wish: str
    show: str
    feel: str
    directive: str
    content_labels: str
    film_labels: str
    link: str
    late: str
    chat: str
    weak_ends: str
    talk: str


@cache
def load_vocabulary(language: str) -> Vocabulary:
    """The vocabulary of one of the six ruled languages."""
    text = resources.files("reelwright.generation.planning").joinpath("lexicons", "instructions.json").read_text(encoding="utf-8")
    row = json.loads(text)[language]
    words: dict[str, Any] = {name: frozenset(row[name].split()) for name in ("production", "alone", "qualifiers", "live", "style")}
    texts: dict[str, Any] = {
        name: str(row[name]) for name in ("wish", "show", "feel", "directive", "content_labels", "film_labels", "link", "late", "chat", "weak_ends", "talk")
    }
    return Vocabulary(**words, **texts)


def is_instruction(piece: str, lexicon: Lexicon, shared: SharedLexicon) -> bool:
    """Whether a piece tells us how the reel shall be."""
    text = _SOMETHING.sub("", _EMOJI.sub("", piece).strip(" .!…"))
    if _speaks_of_live_music(text, lexicon) or _REACH.match(text) or _SEATS.search(text) or _WE.search(text):
        return False
    if len(text.split()) > 1 and any(patterns.search(lexicon.texts[name], text, re.IGNORECASE) for name in ("music_pattern", "style_pattern", "photo_pattern")):
        return True
    if patterns.search(load_vocabulary(lexicon.language).feel, text, re.IGNORECASE) or _is_length(text, lexicon):
        return True
    return _is_of_film_words(text, lexicon, shared)


def is_style_word(word: str, lexicon: Lexicon, shared: SharedLexicon) -> bool:
    """Whether a word names how the reel feels: a mood, or one of the language's style words."""
    told = load_aside_words(lexicon.language).style
    return is_mood_word(lower(word), shared) or lower(word) in load_vocabulary(lexicon.language).style or lower(word) in told


def strip_lead(text: str, lexicon: Lexicon) -> str:
    """ "Mention that lunch is 11 €" → "Lunch is 11 €"; "Topic: my morning" → "My morning"."""
    vocabulary = load_vocabulary(lexicon.language)
    label = rf"^(?:{vocabulary.content_labels})\s*(?:\([^)]*\))?\s*(?::|\s[–—-](?=\s))\s*"
    bare_text = patterns.sub(label, "", text, flags=re.IGNORECASE)
    shorter = patterns.sub(rf"^(?:{vocabulary.show})\s+(?=\w+\s)", "", bare_text, flags=re.IGNORECASE)
    return capitalise(shorter) if shorter != text else text


def split_wishes(sentence: str, lexicon: Lexicon, shared: SharedLexicon) -> tuple[str, list[str]]:
    """A sentence without the wishes that are joined to it by "and" or a comma, and those wishes.

    "We just opened a bar in Utrecht and I'd love a reel that makes people hungry" keeps its first half.
    """
    vocabulary = load_vocabulary(lexicon.language)
    joined = rf"(?:,\s*|\s+)(?:{lexicon.texts['and_word']}|but|so|aber|mais|mas|pero|ma)\s+(?={vocabulary.wish}\b)|,\s+(?={vocabulary.wish}\b)"
    pieces = patterns.split(joined.replace(f"(?={vocabulary.wish}", f"(?=(?:{vocabulary.wish})"), sentence, flags=re.IGNORECASE)
    told = [
        piece
        for piece in pieces[1:]
        if _is_wish(piece, lexicon, shared) or (_FIRST_PERSON.match(piece) and not patterns.match(rf"(?:{vocabulary.show})\b", piece, re.IGNORECASE))
    ]
    kept = [pieces[0], *(piece for piece in pieces[1:] if piece not in told)]
    return (", ".join(kept), told) if told else (sentence, [])


def is_wish(sentence: str, lexicon: Lexicon, shared: SharedLexicon) -> bool:
    """Whether a whole sentence starts as a wish and speaks of the film: "I want people to feel how quiet it is"."""
    wish = load_vocabulary(lexicon.language).wish
    return bool(patterns.match(rf"(?:{wish})\b", sentence, re.IGNORECASE)) and _is_wish(sentence, lexicon, shared)


def is_directive(text: str, lexicon: Lexicon, *, whole: bool = False) -> bool:
    """Whether the text tells somebody what to do with the film: "start slow …", "dont put any names on it", "Tono: poetico".

    ``whole`` asks it of a whole sentence: then it must start so, or hold no second part that may be content.
    """
    vocabulary = load_vocabulary(lexicon.language)
    bare_text = text.strip(" .!…")
    if _speaks_of_live_music(bare_text, lexicon) or (_MAY.match(bare_text) and not any(lower(word) in vocabulary.production for word in bare_text.split())):
        return False
    if patterns.match(rf"(?:{vocabulary.film_labels})\s*:", bare_text, re.IGNORECASE) or patterns.match(vocabulary.talk, bare_text, re.IGNORECASE):
        return True
    if patterns.match(rf"(?:{load_aside_words(lexicon.language).aside})", bare_text, re.IGNORECASE):
        return True
    found = patterns.search(vocabulary.directive, bare_text, re.IGNORECASE)
    return found is not None and (not whole or found.start() == 0 or "," not in bare_text)


def is_about_film(sentence: str, lexicon: Lexicon) -> bool:
    """ "This is a little film for the couple": a sentence about the film, whatever follows."""
    return patterns.match(rf"{_THIS_IS}\b.{{0,40}}?\b(?:{lexicon.texts['request']['nouns']})\b", sentence, re.IGNORECASE) is not None


def open_brackets(part: str) -> list[str]:
    """A bracket that holds a list of its own, taken out of it: "our house (Fallowfield, £520, one cat)"."""
    found = patterns.search(r"\(([^()]*,[^()]*,[^()]*)\)", part)
    if not found:
        return [part]
    outside = " ".join((part[: found.start()] + part[found.end() :]).split())
    return [outside, *(inner.strip() for inner in found.group(1).split(",") if inner.strip())]


def orders_pictures(head: str) -> bool:
    """Whether the words before a colon put pictures in an order: "i want the pics in order: hospital, car seat"."""
    return patterns.search(rf"\b{_PICTURES}\b.*\b(?:order|orden|reihenfolge|ordre|ordem|ordine)\b", head, re.IGNORECASE) is not None


def is_film_label(head: str, lexicon: Lexicon) -> bool:
    """Whether the words before a colon announce a wish: "Tono", "Music"."""
    return patterns.fullmatch(load_vocabulary(lexicon.language).film_labels, head.strip(), re.IGNORECASE) is not None


def starts_with_film_label(text: str, lexicon: Lexicon) -> bool:
    """Whether the text begins as "Stimmung früh morgens" or "tone warm" do: what follows it describes the film too."""
    return patterns.match(rf"(?:{load_vocabulary(lexicon.language).film_labels})\b", text, re.IGNORECASE) is not None


def strip_chat(sentence: str, lexicon: Lexicon, *, at_end: bool = True) -> str:
    """The sentence without the small talk at its ends: "ok so", "Hi!", "lol", "porfa"."""
    chat = load_vocabulary(lexicon.language).chat
    sentence = _SALUTE.sub("", sentence.strip())
    text = patterns.sub(rf"^(?:(?:{chat})(?=[\s,!.]|$)[\s,!.]*)+", "", sentence.strip(), flags=re.IGNORECASE)
    if not at_end:
        return text
    return patterns.sub(rf"(?:[\s,]+(?:{chat})(?=[\s,!.]*$))+(?=[!.]*$)", "", text, flags=re.IGNORECASE)


def strip_occasion(text: str, *, has_head: bool) -> str:
    """ "It's to get people to come to the summer fair" → "The summer fair"; "c'est pour le départ de Martine" too, where nothing else is the head."""
    shorter = _INVITATION.sub("", text)
    shorter = shorter if shorter != text or has_head else _OCCASION.sub("", text)
    return capitalise(shorter) if shorter != text else text


def drop_courtesy(part: str) -> str:
    """The part without "if you can", "please", "as a keepsake" at its end."""
    return _COURTESY.sub("", _PURPOSE.sub("", part)).strip()


def introduce(part: str) -> str:
    """ "I'm a plumber in Leeds" → "Plumber in Leeds"; the part itself where nobody introduces himself."""
    found = _INTRODUCTION.match(part)
    return capitalise(part[found.end() :]) if found and len(part[found.end() :].split()) > 1 else part


def drop_remarks(part: str, lexicon: Lexicon, shared: SharedLexicon) -> str:
    """The part without brackets that are remarks to us and no content: "(last clip)", "(pick what works)", "(ahah)"."""
    chat = load_vocabulary(lexicon.language).chat

    def judge(bracket: re.Match[str]) -> str:
        inner = bracket.group()[1:-1]
        is_remark = is_instruction(inner, lexicon, shared) or is_directive(inner, lexicon) or patterns.search(rf"\b(?:{chat})$", inner, re.IGNORECASE)
        return "" if is_remark else bracket.group()

    return " ".join(patterns.sub(r"\([^()]*\)", judge, part).split())


def divide_at_emoji(piece: str) -> list[str]:
    """The piece divided behind emoji that stand in its middle: people use them as full stops."""
    found = [
        match.end() for match in _EMOJI.finditer(piece) if patterns.search(r"\w", piece[: match.start()]) and patterns.search(r"\w{3}", piece[match.end() :])
    ]
    borders = [0, *found, len(piece)]
    return [piece[start:end].strip() for start, end in pairwise(borders) if piece[start:end].strip()]


def rescue_facts(sentence: str, lexicon: Lexicon) -> list[str]:
    """What a told sentence wants shown all the same: words in capitals and telephone numbers ("put FREE QUOTES somewhere")."""
    if patterns.search(_REFUSAL, sentence, re.IGNORECASE):
        return [capitalise(found.group()) for found in [_CALL_NUMBER.search(sentence)] if found]
    capitals = patterns.findall(r"\b(?:[A-ZÀ-Ý]{3,}(?:\s+[A-ZÀ-Ý]{2,})+)\b", sentence)
    phones = patterns.findall(r"(?<!\w)\+?\d[\d \-]{7,}\d\b", sentence)
    return [*capitals, *(phone.strip() for phone in phones)]


def _is_wish(text: str, lexicon: Lexicon, shared: SharedLexicon) -> bool:
    vocabulary = load_vocabulary(lexicon.language)
    has_noun = patterns.search(rf"^(?:{vocabulary.wish})\b.*?\b(?:{lexicon.texts['request']['nouns']})\b", text, re.IGNORECASE)
    return bool(has_noun) or is_instruction(text, lexicon, shared)


def _is_of_film_words(text: str, lexicon: Lexicon, shared: SharedLexicon) -> bool:
    vocabulary = load_vocabulary(lexicon.language)
    words = [lower(word) for word in patterns.split(r"[\s/&+]+", text) if lower(word)]
    content = [word for word in words if word not in shared.fillers and not (lexicon.is_stop_word(word) and word not in vocabulary.qualifiers)]
    if not content or len(words) > MAX_INSTRUCTION_WORDS:
        return bool(words) and len(words) <= 2 and all(word in shared.fillers for word in words)
    styles = [word for word in content if is_style_word(word, lexicon, shared)]
    films = [word for word in content if word in vocabulary.production]
    rest = [
        word for word in content if word not in styles and word not in films and word not in vocabulary.qualifiers and not patterns.fullmatch(r"\d+s?", word)
    ]
    if rest:
        return False
    if len(words) == 1:
        return bool(styles) or words[0] in vocabulary.alone
    if not styles and not films and len(words) <= 3 and not patterns.search(r"\d", text):
        return True
    return bool(films) or (bool(styles) and len(words) <= MAX_STYLE_WORDS) or _is_refused(words, content, vocabulary)


def _is_refused(words: list[str], content: list[str], vocabulary: Vocabulary) -> bool:
    """ "Nothing hectic", "not too fast": a negation and only qualifiers."""
    negations = {
        "no",
        "not",
        "nothing",
        "none",
        "nada",
        "sin",
        "ohne",
        "nichts",
        "nicht",
        "kein",
        "keine",
        "pas",
        "rien",
        "sans",
        "não",
        "sem",
        "non",
        "niente",
        "senza",
    }
    return words[0] in negations and len(content) >= 2 and all(word in vocabulary.qualifiers for word in content)


def _speaks_of_live_music(text: str, lexicon: Lexicon) -> bool:
    live = load_vocabulary(lexicon.language).live
    return any(lower(word) in live for word in text.split())


def _is_length(text: str, lexicon: Lexicon) -> bool:
    seconds = "|".join(sorted(lexicon.words["seconds"], key=len, reverse=True))
    return bool(patterns.fullmatch(rf"(?:about |around |max\.? |ca\.? |etwa |unos |maybe |circa |environ )?\d+[ -]?(?:{seconds})\b\.?", text, re.IGNORECASE))
