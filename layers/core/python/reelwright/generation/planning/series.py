"""Lists that a prompt spells out word for word: "attempt 1... attempt 12", "like: soften. settle.", "years on the pics: 1963, 1971"."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from reelwright.generation.planning import patterns
from reelwright.generation.planning.instructions import load_vocabulary
from reelwright.generation.planning.lexicon import Lexicon
from reelwright.generation.planning.words import capitalise, drop_ending, lower

VERBATIM = "\x04"
"""Stands before a line that is shown as it is, whatever it looks like."""

MAX_LABELS = 12
_GAP = r"\s*(?:\.{2,}|…|,|/|→|->|\s[–-])\s*"
_COUNTED = re.compile(rf"\b(?P<word>[^\W\d_]{{2,}}) \d+\b(?:{_GAP}(?:(?:and|y|und|et|e)\s+)?(?P=word) \d+\b)+", re.IGNORECASE)
_NUMBERED = re.compile(
    r"\b(?P<word>[^\W\d_]{2,}) \d+\s?:\s*[^.;:\n]+[.;\n]+\s*(?:(?P=word) \d+\s?:\s*[^.;:\n]+(?:[.;\n]+\s*|$))+",
    re.IGNORECASE,
)
_SINGLE_WORDS = re.compile(
    r"(?:\b(?:like|e\.g\.|such as|so|wie|como|comme|tipo|come|z\. ?b\.)\s*:|:)\s*(?P<words>(?:[^\W\d_]+(?:\.+|…)\s+){2,}(?:[^\W\d_]+(?:\.+|…|$))?)",
    re.IGNORECASE,
)
_ONE_LABEL = r"(?:(?:[^\W\d_]{3,9} )?(?:\d[\d.:h]*\d|\d+)|[^\W\d_]+)"
_LABELLED = re.compile(
    r"\b(?:(?:with|mit|con|avec|com|put|add|show|write|pon|poned|añade|zeig|schreib|mets|mettez|ajoute|coloca|põe|metti|aggiungi|poner|mettre|mettere|pôr|colocar) )?(?:the |den |die |los |las |les |os |as |gli |i |le )?"
    r"(?:years?|dates?|times?|ages?|jahre?s?zahlen|jahre|daten|(?:uhr)?zeiten|años|fechas|horas|edades|années|dates|heures|âges|anos|datas|horários|anni|date|orari)\b"
    rf"(?P<rest>[^:.\n]{{0,48}}):\s*(?P<labels>{_ONE_LABEL}(?:\s?[,/]\s*{_ONE_LABEL})+)\s*(?:\.{{2,}}|…)?",
    re.IGNORECASE,
)
_PICTURE = r"\b(?:pics?|photos?|pictures?|images?|clips?|\w*fotos?|\w*bild(?:er[n]?)?|imágenes|imagen|immagini|foto|imagens|videos?|vidéos?)\b"
_TEXTS = r"(?:text ideas?|texts?|texte|textes?|textos?|frases(?: cortas)?|testi|frasi|scritte|lines|sätze|sprüche|phrases|captions|legendas|titel|titles|features|punchlines|slogans|words)"
_STROKED = re.compile(
    rf"(?:(?<=^)|(?<=[.!?\n] )|(?<=\n)){_TEXTS}(?: [^:.\n/\"“«„]{{1,28}})?\s?:\s*(?P<texts>[^\"“«„\n]*?\s/\s[^\"“«„\n]*?)(?=\.\s|\.?$|\n)", re.IGNORECASE
)
_EXAMPLE = r"\b(?:so|like|e\.g\.|such as|wie|como|tipo|genre|come)\s*:?\s*$"
_NAMED = re.compile(
    r"[^.!?\n]*\b(?:are called|are named|heißen|se llaman|s['’]appellent|chamam-se|se chamam|si chiamano)\s+(?P<names>[A-ZÀ-Ý][\wÀ-ÿ-]+(?:(?:, | & | and | und | y | et | e )[A-ZÀ-Ý][\wÀ-ÿ-]+)+)"
    r"(?P<wish>[^.!?\n]*)[.!]?",
)
_WITH_NAMES = re.compile(
    r"\b(?:names? (?:please|on|in)|(?:with|put|use|show|add) (?:the|their)? ?names|mit namen|namen (?:bitte|gern|dazu)|nombres|prénoms|noms|nomes|nomi)\b",
    re.IGNORECASE,
)
_ONE_EACH = re.compile(
    r"\b(?:one |a |ein |eine |je ein |una? |une? |uma? )?(?:word|name|year|wort|namen?|palabra|nombre|mot|prénom|nom|parola|nome|palavra)s? (?:on|per|for|with|auf|pro|zu|zum|en|sur|pour|su|per|por|em|para|für) "
    r"(?:each|every|the right|jede\w*|passend\w*|cada|chaque|ogni)\b|\b(?:each|every|jeden|cada|chaque|ogni) (?:word|name|wort|namen|palabra|nombre|mot|prénom|nom|parola|nome|palavra) (?:on|to|with|for|auf|zum|zu|en|sur|su|em|no|na|al)\b",
    re.IGNORECASE,
)
_WORD_LIST = re.compile(r":\s*(?P<words>[^\W\d_]+(?:,\s*[^\W\d_]+){2,}(?:\s(?:and|und|y|et|e)\s[^\W\d_]+)?)(?=\s*[.,;\n]|$)")
MAX_DISTANCE = 160
_PAIRS = re.compile(r"(?:(?:(?<=^)|(?<=[.!?:] )|(?<=\n))[A-ZÀ-Ý][^\W\d_]+:\s[^.:\n/]{1,30}[.\n]\s*){3,}")
_OWNER = r"(?:the|my|our|this|der|die|das|mein|meine|unser|unsere|el|la|mi|nuestro|nuestra|le|mon|ma|notre|o|a|meu|minha|nosso|nossa|il|lo|mio|nostro|nostra|il mio|la mia|il nostro|la nostra)"
_THING = (
    r"(?:(?:new|neue[sr]?|nuevo|nueva|nouveau|nouvelle|novo|nova|nuovo|nuova) )?(?:course|book|novel|song|single|album|show|class|workshop|play|podcast|shop|game|band|exhibition|kurs|buch|roman|lied"
    r"|stück|laden|ausstellung|spiel|curso|libro|novela|canción|disco|taller|obra|grupo|banda|tienda|exposición|juego|cours|livre|roman|chanson|groupe|atelier|pièce|expo|jeu|livro|música|oficina|peça"
    r"|loja|exposição|jogo|corso|romanzo|canzone|gruppo|laboratorio|spettacolo|negozio|mostra|gioco)"
)
_NAME = r"(?P<name>[\"“«„][^\"”»“]+[\"”»“]|[A-ZÀ-Ý][^\s,.;!?:\n]*(?: (?:[A-ZÀ-Ý0-9][^\s,.;!?:\n]*|for|of|the|de|del|la|da|do|di|du|des|für|und|and|y|et|e|in|à|a)(?=[ ,.;!?\n]|$))*)"
_TITLED = re.compile(
    rf"\b(?i:{_THING}) (?i:called|titled|named|chamad[oa]|llamad[oa]|titulad[oa]|intitulée?|appelée?|chiamat[oa]|intitolat[oa]|namens|mit dem titel)\s+{_NAME}"
)
_CALLED = re.compile(
    rf"(?:(?<=^)|(?<=[.!?\n,;] )|(?<=\n)|(?<=and )|(?<=which )|(?<=y )|(?<=und ))(?i:(?:{_OWNER} )?{_THING} )?"
    r"(?i:it['’]?s called|it is called|they['’]?re called|is called|(?:(?:es|er|sie|das ganze) )?(?:heißt|nennt sich)|se llama|(?:ça |il |elle )?s['’]appelle|chama-se|se chama|si chiama)\s+"
    rf"{_NAME}",
)


@dataclass
class Series:
    """``labels`` are short texts for the pictures or lines in order; ``names`` what the thing is called; ``told`` the wishes that were read; ``is_open`` where the labels go on ("…"), ``first_lines`` are examples of the text and open it."""

    labels: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    first_lines: list[str] = field(default_factory=list)
    on_pictures: bool = False
    is_open: bool = False


def take_series(prompt: str, lexicon: Lexicon) -> tuple[str, Series]:
    """The prompt with each member of such a list on a line of its own behind VERBATIM, and without labels and names."""
    series = Series()
    text = _take_words(_take_labels(prompt, series), series)
    text = _NAMED.sub(lambda found: _name_them(found, series), text)
    text = _take_names(text, series)
    steps = {lower(word) for word in lexicon.phrases("step_words")}
    for pattern in (_NUMBERED, _COUNTED):
        text = pattern.sub(lambda found: _spread(found, steps, series), text)
    text = _PAIRS.sub(lambda found: _keep_pairs(found, series, lexicon), text)
    text = _STROKED.sub(lambda found: _put_on_lines(patterns.split(r"\s/\s", found.group("texts")), series), text)
    return _SINGLE_WORDS.sub(lambda found: _put_on_lines(found.group("words").split(), series), text), series


def find_called(text: str) -> str:
    """The name in "it is called The Quiet Hours"; empty where nothing is named."""
    found = _CALLED.search(text)
    return _whole_name(found.group("name")) if found else ""


def _whole_name(name: str) -> str:
    """The name without quotes and without small words at its end."""
    words = name.strip('"“”«»„ ').split()
    while words and words[-1].islower():
        words.pop()
    return " ".join(words)


def _take_labels(prompt: str, series: Series) -> str:
    found = _LABELLED.search(prompt)
    if not found:
        return prompt
    labels = [label.strip() for label in patterns.split(r"\s?[,/]\s*", found.group("labels"))][:MAX_LABELS]
    if sum(bool(patterns.search(r"\d", label)) for label in labels) * 2 < len(labels):
        return prompt
    series.labels = labels
    series.on_pictures = patterns.search(_PICTURE, found.group("rest"), re.IGNORECASE) is not None
    series.is_open = found.group().rstrip().endswith(("..", "…"))
    series.told.append(drop_ending(found.group().strip()))
    return f"{prompt[: found.start()].rstrip(' ,.')}. {prompt[found.end() :].lstrip(' .')}"


def _take_words(prompt: str, series: Series) -> str:
    """Single words or names in a list that shall stand on a picture each: "kind, loud, funny. One word on each picture"."""
    wish = _ONE_EACH.search(prompt)
    if not wish or series.labels:
        return prompt
    found = next((one for one in _WORD_LIST.finditer(prompt) if abs(one.start() - wish.start()) <= MAX_DISTANCE), None)
    if not found:
        return prompt
    series.labels = [label.strip() for label in patterns.split(r",\s*|\s(?:and|und|y|et|e)\s", found.group("words")) if label.strip()][:MAX_LABELS]
    series.on_pictures = True
    series.told += [drop_ending(found.group("words"))]
    return f"{prompt[: found.start()]}. {prompt[found.end() :].lstrip(' ,.')}"


def _name_them(found: re.Match[str], series: Series) -> str:
    if not _WITH_NAMES.search(found.group("wish")):
        return found.group()
    series.told.append(drop_ending(found.group().strip()))
    return _put_on_lines([found.group("names")], series)


def _take_names(text: str, series: Series) -> str:
    """Without "it's called X"; what follows goes on as its own sentence."""
    series.names += [_whole_name(titled.group("name")) for titled in [_TITLED.search(text)] if titled]
    found = _CALLED.search(text)
    if not found:
        return text
    name = found.group("name").strip('"“”«»„ ')
    while name.split() and name.split()[-1].islower():
        name = name.rsplit(" ", 1)[0] if " " in name else ""
    if not name:
        return text
    series.names.append(name)
    rest = text[found.start("name") :]
    rest = rest[rest.find(name) + len(name) :].lstrip('"”» ')
    tail = patterns.match(r",\s((?!it|he|she|they|er|sie|es|il|elle|él|ella)[a-zà-ÿ]+ [^\W\d_]+)(?=[.!\n]|$)", rest)
    if tail:
        series.names[-1], rest = f"{name}, {tail.group(1)}", rest[tail.end() :]
    rest = patterns.sub(r"^(?:and|und|y|et|e)\s+", "", rest.lstrip(" ,"), flags=re.IGNORECASE)
    return f"{text[: found.start()].rstrip(' ,')}\n{rest}"


def _spread(found: re.Match[str], steps: set[str], series: Series) -> str:
    word = found.group("word")
    if lower(word) in steps or patterns.search(_PICTURE, word, re.IGNORECASE):
        return found.group()
    members = patterns.split(rf"(?=\b{re.escape(word)} \d+\b)", found.group(), flags=re.IGNORECASE)
    if patterns.search(_EXAMPLE, found.string[: found.start()], re.IGNORECASE):
        series.first_lines += [_tidy(member) for member in members if _tidy(member)]
    return _put_on_lines(members, series)


def _keep_pairs(found: re.Match[str], series: Series, lexicon: Lexicon) -> str:
    """ "Wanted: bass. Offered: beer.": each pair on its line, unless one tells how the film shall be."""
    lines = [line for line in patterns.split(r"[.\n]\s*", found.group()) if line.strip()]
    ends = [phrase.rstrip(":") for phrase in (*lexicon.phrases("title_words"), *lexicon.phrases("end_with"))]
    film = "|".join([load_vocabulary(lexicon.language).film_labels, *map(re.escape, ends)]) if lexicon.is_ruled else r"\b\B"
    if any(patterns.match(rf"(?:{film})\s?:", line, re.IGNORECASE) for line in lines):
        return found.group()
    return _put_on_lines(lines, series)


def _tidy(member: str) -> str:
    """The member as a line of its own; empty where it holds no word."""
    line = capitalise(patterns.sub(r"[\s.,;…/→-]+$", "", member.strip()))
    return line if patterns.search(r"\w", line) else ""


def _put_on_lines(members: list[str], series: Series) -> str:
    lines = [line for member in members if (line := _tidy(member))]
    series.lines += lines
    return "\n" + "\n".join(f"{VERBATIM}{line}" for line in lines) + "\n"
