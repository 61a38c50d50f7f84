"""Reading a prompt: what is content, what is an instruction, what the viewer shall be asked to do."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise

from reelwright.generation.planning import patterns
from reelwright.generation.planning.aside_words import load_aside_words
from reelwright.generation.planning.facts import find_names, holds_facts
from reelwright.generation.planning.instructions import (
    divide_at_emoji,
    drop_courtesy,
    drop_remarks,
    introduce,
    is_about_film,
    is_directive,
    is_film_label,
    is_instruction,
    is_style_word,
    is_wish,
    open_brackets,
    orders_pictures,
    rescue_facts,
    split_wishes,
    starts_with_film_label,
    strip_chat,
    strip_lead,
    strip_occasion,
)
from reelwright.generation.planning.intents import find_intent
from reelwright.generation.planning.last_lines import take_last_line
from reelwright.generation.planning.lexicon import Lexicon, SharedLexicon
from reelwright.generation.planning.placements import Credit, read_address, take_credits, take_early_quote, wants_facts_first
from reelwright.generation.planning.prompt_lists import join_related, split_list, split_pair
from reelwright.generation.planning.prompt_quotes import is_picture_wish, name_itself, shorten_call, take_call, take_late_quote, take_quoted_title, take_title
from reelwright.generation.planning.requests import take_request
from reelwright.generation.planning.sentences import split_sentences
from reelwright.generation.planning.series import VERBATIM, take_series
from reelwright.generation.planning.spans import COMMA, find_quotes, split_outside, split_prompt
from reelwright.generation.planning.wish_facts import find_told
from reelwright.generation.planning.words import capitalise, drop_ending

MAX_COLON_HEAD_WORDS = 18
MAX_GREETING_WORDS = 4
MAX_CALL_WORDS = 9
MAX_BULLET_WORDS = 18
MAX_PAIR_WORDS = 4
MAX_ADJECTIVE_WORDS = 4
MAX_LABEL_WORDS, MAX_LABELLED = 2, 2
MAX_LABELLED_CHARACTERS = 48
_BULLET = re.compile(r"^\s*[-•*–·]\s+(.+)$", re.DOTALL)
_TOPIC = re.compile(r"(?:topic|subject|theme|thema|tema|sujet|thème|argomento|assunto)\s*:", re.IGNORECASE)
_MUST = re.compile(
    r"(?:things to (?:mention|include|say)|must (?:mention|have|include)|mention|include|please (?:mention|include|say)|key facts|facts|important|datos|importante|infos?|wichtig|muss rein"
    r"|erwähn\w*|à (?:dire|mentionner)|important|a dizer|informações|dati|da dire|importante)\b",
    re.IGNORECASE,
)
_SPOKEN_END = re.compile(
    r"\b(?:end(?:e|ing)?|fine?|final|fim|schluss)\s?:|\b(?:lines?|captions?|text|words|scritta|frase|riga|zeile|satz|phrase|ligne|texte|texto|linha)\b[^:]{0,20}:",
    re.IGNORECASE,
)
_THEN = r"(?:and |y |und |et |e )?(?:then|dann|luego|después|puis|poi|depois)\b"
_CAPTION = (
    r"(?:(?:the |el |la |il |o |der |die |le )?(?:caption|text|texto|texte|testo|scritta|frase|leyenda|legenda|bildtext|untertitel|légende))\s"
    r"(?:(?:something|algo|etwas|qualcosa|quelque chose|alguma coisa|should be|could be)\s)*(?:like|saying|that says|tipo|como|wie|genre|comme|del tipo|estilo)\s*:?\s+(.+)$"
)
_PAST = r"\b(?:war|waren|was|were|fue|était|c'était|è stat[oa]|foi)\b"
_REFUSED = re.compile(
    r"(?:no|not|kein\w*|nada de|sin|pas de|niente|nessun\w*|sem)\s[^,.;:]+\s(?:please|pls|bitte|por favor|porfa|svp|stp|s['’]il (?:te|vous) plaît|per favore)\W*$",
    re.IGNORECASE,
)
_TOLD_OF_FILM = r"(?:it|they|there|you|everything|es|man|alles|todo|ça|tout|tudo|tutto)\s(?!is |are |was |starts |costs |kostet |beginnt |c)"
_BEFORE_AFTER = re.compile(
    r"^(?:before (?:and|&|/) ?after|antes y después|vorher[- /]?(?:und |& )?nachher|avant[- /]?(?:et )?après|antes e depois|prima e dopo)\s*"
    r"(?:of|de|del|von|vom|du|da|do|di|della)?\s*:?\s*",
    re.IGNORECASE,
)


@dataclass
class PromptContent:
    """A prompt taken apart. ``head`` is what the reel is about, ``items`` what else it holds, in the creator's words.

    ``late_items`` (also among the items) belong at the end. ``names`` are what the thing is called. ``beside_call`` says which facts shall stand beside the call. ``labels`` are short texts in order, for the
    pictures or else for the lines. ``has_begun`` once a sentence gave content. ``verbatim`` are items that are shown as they stand, ``musts`` sentences that the creator wants mentioned.
    """

    head: str = ""
    items: list[str] = field(default_factory=list)
    call: str = ""
    beside_call: str = ""
    title: str = ""
    topic: str = ""
    instructions: list[str] = field(default_factory=list)
    musts: list[str] = field(default_factory=list)
    last_wishes: list[str] = field(default_factory=list)
    late_items: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)
    labels_pictures: bool = False
    labels_go_on: bool = False
    credits: list[Credit] = field(default_factory=list)
    verbatim: list[str] = field(default_factory=list)
    examples: list[str] = field(default_factory=list)
    has_begun: bool = False


def read_prompt(prompt: str, lexicon: Lexicon, shared: SharedLexicon) -> PromptContent:
    """Takes a prompt apart. Without rules for its language every sentence is content."""
    content = PromptContent()
    if not lexicon.is_ruled:
        pieces = [drop_ending(sentence).rstrip("。।") for sentence in split_sentences(prompt)]
        content.head, content.items = (pieces[0], pieces[1:]) if pieces else ("", [])
        return content
    text = _take_placed(prompt.strip(), content, lexicon)
    text, title = take_title(text, lexicon)
    content.title = title or content.title
    text, last, content.beside_call = take_last_line(text, lexicon)
    content.call = content.call or last
    text, late = take_late_quote(text, lexicon)
    if not content.title and find_intent(prompt, "", shared) != "quote":
        text, content.title = take_quoted_title(text, lexicon)
    content.title = capitalise(content.title)
    found: list[str] = []
    for sentence in split_prompt(text):
        found += _read_sentence(sentence, content, lexicon, shared)
        content.has_begun = bool(found) or bool(content.title)
    content.late_items += [late] if late and content.call else []
    content.call = content.call or late
    _fill(content, found, lexicon)
    told = [item for item in content.items if item not in content.verbatim and is_instruction(item, lexicon, shared)]
    content.instructions += told
    content.items = join_related([drop_ending(item) for item in content.items if drop_ending(item) and item not in told])
    _find_head(content, lexicon)
    if content.items and _BEFORE_AFTER.fullmatch(f"{content.head} "):
        content.head = content.items.pop(0)
    examples = [line for line in content.examples if line in content.items]
    content.items = [*examples, *(item for item in content.items if item not in examples), *content.late_items]
    _take_last_call(content, lexicon)
    before_after = _BEFORE_AFTER.match(content.head)
    if before_after and len(content.head) > before_after.end() + 3:
        content.head = content.head[before_after.end() :]
    return content


def _take_placed(prompt: str, content: PromptContent, lexicon: Lexicon) -> str:
    """The prompt without what it places itself: credits, spelled-out lists, labels, a line for the start."""
    text, content.credits = take_credits(prompt)
    text, content.title, content.call = take_early_quote(text, lexicon)
    text, series = take_series(text, lexicon)
    content.names, content.labels, content.labels_pictures = series.names, series.labels, series.on_pictures
    content.labels_go_on = series.is_open
    content.verbatim += series.lines
    content.examples = series.first_lines
    content.instructions += series.told
    return text


def _find_head(content: PromptContent, lexicon: Lexicon) -> None:
    """Where a prompt is nothing but "for my mum's 60th", that is what the reel is about."""
    if content.head or content.items or content.title or content.names:
        return
    for told in content.instructions:
        found = patterns.match(r"(?:for|für|para|pour|per)\s+(?=\w+ )", told, re.IGNORECASE)
        if found and lexicon.is_ruled:
            content.head = capitalise(drop_ending(told[found.end() :]))
            return


def _take_last_call(content: PromptContent, lexicon: Lexicon) -> None:
    """Where the prompt ends with a call of its own ("dm us by the 30th") and names no other, that is the call."""
    if content.call or not content.items:
        return
    last = content.items[-1]
    found = lexicon.calls_to_act(last)
    if found and found.start() == 0 and len(last.split()) <= MAX_CALL_WORDS:
        content.call = capitalise(content.items.pop())


def _read_sentence(sentence: str, content: PromptContent, lexicon: Lexicon, shared: SharedLexicon) -> list[str]:
    """The content pieces of one sentence; its call and its instructions are noted on the way."""
    line = _read_line(sentence, content, lexicon)
    if line:
        return [f"{VERBATIM}{line}"]
    text = strip_chat(sentence, lexicon, at_end=False)
    if not patterns.search(r"\w", text) or (shared.greets(text) and len(text.split()) <= MAX_GREETING_WORDS):
        return []
    text = _read_call(text, content, lexicon)
    text = strip_chat(text, lexicon)
    if is_about_film(text, lexicon) or (_REFUSED.match(text) and not holds_facts(text)):
        content.instructions.append(text)
        return []
    asked = text
    text, request = take_request(text, lexicon, shared)
    told_how = text != asked and content.has_begun and _describes_film(asked, text, lexicon)
    if text != asked and (told_how or patterns.match(_TOLD_OF_FILM, text, re.IGNORECASE)):
        content.instructions.append(asked)
        return rescue_facts(asked, lexicon)
    text = strip_occasion(text, has_head=bool(content.head or content.title)) if text == asked else text
    text, wishes = split_wishes(text, lexicon, shared)
    content.instructions += [told for told in (request, *wishes) if told]
    head, colon, tail = text.partition(": ")
    leads_on = bool(colon and tail.strip()) and not is_film_label(head, lexicon) and not orders_pictures(head)
    if is_wish(text, lexicon, shared) or (is_directive(text, lexicon, whole=True) and not leads_on):
        told = find_told(text)
        content.instructions.append(text.removesuffix(told).rstrip(" ,") if told else text)
        return [told] if told else rescue_facts(text, lexicon)
    lead = strip_lead(_take_length(text, lexicon), lexicon)
    if _MUST.match(text):
        content.musts.append(lead)
    if _TOPIC.match(text):
        content.topic = drop_ending(lead)
    return _pieces_of(lead, content, lexicon, shared)


def _describes_film(asked: str, rest: str, lexicon: Lexicon) -> bool:
    """Whether a later sentence asks for a film and goes on with how it shall be: "I'd like a short video, simple, with the goats"."""
    head = asked.removesuffix(rest).rstrip()
    leads = rf"(?<!\w)(?:{lexicon.texts['request']['about']}|d['’]|qu['’])$|[:–-]$"
    return asked.endswith(rest) and bool(rest) and not holds_facts(rest) and not patterns.search(leads, head, re.IGNORECASE)


def _read_call(sentence: str, content: PromptContent, lexicon: Lexicon) -> str:
    """The sentence without what shall stand at the end, which is noted: a line, or a wish for a picture."""
    text, call = take_call(sentence, lexicon)
    call = name_itself(drop_courtesy(call), lexicon)
    if call and not find_quotes(sentence) and patterns.match(rf"(?:{load_aside_words(lexicon.language).wish_end})\b", call, re.IGNORECASE):
        return sentence
    call, more = shorten_call(call, lexicon)
    if call and is_picture_wish(call, lexicon) and not _SPOKEN_END.search(sentence):
        content.instructions.append(call)
        content.last_wishes.append(call)
    elif call:
        content.call = call
        content.late_items += more
    return text


def _read_line(sentence: str, content: PromptContent, lexicon: Lexicon) -> str:
    """The sentence where it is one text by itself: a member of a spelled-out list, an address, a short bullet; else empty."""
    if sentence.startswith(VERBATIM):
        return sentence.removeprefix(VERBATIM)
    address = read_address(strip_chat(sentence, lexicon))
    if address:
        content.verbatim.append(address)
        return address
    caption = patterns.match(_CAPTION, sentence.strip(), re.IGNORECASE)
    if caption and len(caption.group(1).split()) > 1:
        content.verbatim.append(capitalise(drop_ending(caption.group(1))))
        return content.verbatim[-1]
    bullet = _BULLET.match(sentence)
    is_text = bullet is not None and len(sentence.split()) <= MAX_BULLET_WORDS and not is_directive(bullet.group(1), lexicon)
    return bullet.group(1) if bullet and is_text else ""


def _pieces_of(text: str, content: PromptContent, lexicon: Lexicon, shared: SharedLexicon) -> list[str]:
    pieces = []
    for piece in split_outside(
        text, rf"\s*;\s*|(?<=\x02)\s+(?:{lexicon.texts['and_word']}|&)\s+(?=\x02)|(?<!\x02)\s+(?:[–—-]|->|→|=>)\s+|\n|\s+/\s+(?![$€£]?\d)|^/\s+"
    ):
        for part in divide_at_emoji(piece):
            parts = [drop_courtesy(one.strip()) for one in _split_label(drop_remarks(part, lexicon, shared), lexicon, shared) if one.strip()]
            parts = [inner for one in parts for inner in open_brackets(one)]
            told = [one for one in parts if _is_told(one, lexicon, shared)]
            told += [one for before, one in pairwise(parts) if before in told and one not in told and patterns.match(_THEN, one, re.IGNORECASE)]
            if parts and parts[0] in told and starts_with_film_label(parts[0], lexicon):
                told = [one for one in parts if one in told or not patterns.search(r"\d", one)]
            if len(parts) > 2 and _is_all_style(parts, told, lexicon, shared):
                told = parts
            is_list = bool(told) and f"{told[0]}: " in part
            told += _left_beside(parts, told, lexicon) if content.has_begun and not is_list else []
            content.instructions += told
            kept = [(introduce(strip_occasion(one, has_head=True)), strip_occasion(one, has_head=True) != one) for one in parts if one not in told]
            rest = ", ".join(one for one, _ in sorted(kept, key=lambda row: not row[1])).strip(" ,")
            if patterns.search(r"\w", rest) and not lexicon.is_weak(rest):
                pieces.append(rest)
    return pieces


def _left_beside(parts: list[str], told: list[str], lexicon: Lexicon) -> list[str]:
    """What is left of a sentence of wishes: the parts without facts behind one that was told, and short ones before it."""
    first = next((at for at, one in enumerate(parts) if one in told), len(parts))
    rest = [one for at, one in enumerate(parts) if one not in told and (at > first or len(one.split()) <= MAX_LABEL_WORDS)] if told else []
    is_named = lexicon.language != "de"
    rest = [one for one in rest if not patterns.search(_PAST, one, re.IGNORECASE)]
    return [one for one in rest if not holds_facts(one) and not (is_named and find_names(f"x {one}", lexicon)) and not lexicon.calls_to_act(one)]


def _is_all_style(parts: list[str], told: list[str], lexicon: Lexicon, shared: SharedLexicon) -> bool:
    """Whether a list of short words that starts as style is style throughout: "Romantic but not syrupy, film look, lots of air"."""
    begins = 2 * len(told) >= len(parts) if parts[0] in told else bool(told) and is_style_word(parts[0].split()[0], lexicon, shared)
    return begins and all(one in told or (len(one.split()) <= MAX_ADJECTIVE_WORDS and not patterns.search(r"\d", one)) for one in parts)


def _is_told(part: str, lexicon: Lexicon, shared: SharedLexicon) -> bool:
    return not find_quotes(part) and (wants_facts_first(part) or is_instruction(part, lexicon, shared) or is_directive(part, lexicon))


def _split_label(piece: str, lexicon: Lexicon, shared: SharedLexicon) -> list[str]:
    """The parts between commas; an instruction before a colon is a part of its own: "que transmita calma: nuestro hotel, …"."""
    head, colon, tail = piece.partition(": ")
    if colon and tail.strip() and not find_quotes(head) and (is_instruction(head, lexicon, shared) or is_directive(head, lexicon)):
        return [head, *split_outside(tail, COMMA)]
    return split_outside(piece, COMMA)


def _take_length(text: str, lexicon: Lexicon) -> str:
    pattern = rf"(?<!under )(?<!over )(?<!unter )\b(?:(?:in|of|en|de|von|di|about|around)\s+)?\d+[- ]?{_seconds(lexicon)}\b[,.]?"
    return patterns.sub(r"\s+(?=[!?.,]+$)", "", patterns.sub(pattern, "", text, flags=re.IGNORECASE)).strip(" ,")


def _seconds(lexicon: Lexicon) -> str:
    return "(?:" + "|".join(sorted(lexicon.words["seconds"], key=len, reverse=True)) + ")"


def _fill(content: PromptContent, pieces: list[str], lexicon: Lexicon) -> None:
    """The first piece is the head; the rest, and all after a colon, are items."""
    for piece in pieces:
        if piece.startswith(VERBATIM):
            content.items.append(piece.removeprefix(VERBATIM))
            continue
        head, colon, tail = piece.partition(": ")
        is_pair = len(head.split()) <= 2 and patterns.search(r"\d", head) and len(tail.split()) <= MAX_PAIR_WORDS
        if colon and tail.strip() and not is_pair and not find_quotes(head) and len(head.split()) <= MAX_COLON_HEAD_WORDS:
            members = split_pair(split_list(tail, lexicon), lexicon)
            is_short = content.head and len(head.split()) <= MAX_LABEL_WORDS
            if is_short and len(piece) <= MAX_LABELLED_CHARACTERS:
                members = [piece]
            elif is_short and len(members) <= MAX_LABELLED:
                members[0] = f"{head}: {members[0]}"
            elif content.head:
                content.items.append(head.strip())
            else:
                content.head = head.strip()
            content.items += members
            continue
        members = split_list(piece.rstrip(":"), lexicon)
        if members and not content.head:
            content.head, members = members[0], members[1:]
        content.items += members
