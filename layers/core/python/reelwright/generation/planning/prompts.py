"""Reading a prompt: what is content, what is an instruction, what the viewer shall be asked to do."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from reelwright.generation.planning.facts import date_pattern, day_pattern, is_whole_fact, month_pattern, time_pattern
from reelwright.generation.planning.german import put_in_nominative
from reelwright.generation.planning.instructions import is_instruction, is_style_word, is_wish, split_wishes, strip_lead
from reelwright.generation.planning.intents import find_intent
from reelwright.generation.planning.lexicon import Lexicon, SharedLexicon
from reelwright.generation.planning.sentences import split_sentences
from reelwright.generation.planning.words import capitalise, drop_ending, lower, tidy

MAX_COLON_HEAD_WORDS = 12
MAX_LAST_ITEM_WORDS = 5
MAX_GREETING_WORDS = 4
_QUOTED = r"[\"“«„][^\"”»“]+[\"”»“]"
_QUOTED_TITLE = re.compile(r"(?<![\w\"”»“])[\"“«„](?=\S)([^\"”»“]{2,80}?)\s?[\"”»“](?!\w)")
_RANGE = re.compile(r"(?:from|de|von|ab|das|dalle) \d", re.IGNORECASE)
_STREET = re.compile(r"^[A-ZÀ-Ý].*\d")
_ASKING = r"(?:can|could|would) (?:you|we)\b|(?:puedes|podrías|kannst du|könntest du|könnt ihr|peux-tu|tu peux|pouvez-vous|você pode|puoi|potresti)\b"
_ONE_NAME = re.compile(r"[A-ZÀ-Ý][\wÀ-ÿ-]+")
_BEFORE_AFTER = re.compile(
    r"^(?:before (?:and|&|/) ?after|antes y después|vorher[- /]?(?:und |& )?nachher|avant[- /]?(?:et )?après|antes e depois|prima e dopo)\s*"
    r"(?:of|de|del|von|vom|du|da|do|di|della)?\s*:?\s*",
    re.IGNORECASE,
)


@dataclass
class PromptContent:
    """A prompt taken apart. ``head`` is what the reel is about, ``items`` what else it holds, in the creator's words."""

    head: str = ""
    items: list[str] = field(default_factory=list)
    call: str = ""
    title: str = ""
    instructions: list[str] = field(default_factory=list)


def read_prompt(prompt: str, lexicon: Lexicon, shared: SharedLexicon) -> PromptContent:
    """Takes a prompt apart. Without rules for its language every sentence is content."""
    content = PromptContent()
    if not lexicon.is_ruled:
        pieces = [drop_ending(sentence).rstrip("。।") for sentence in split_sentences(prompt)]
        content.head, content.items = (pieces[0], pieces[1:]) if pieces else ("", [])
        return content
    text = _take_title(prompt.strip(), content, lexicon)
    if not content.title and find_intent(prompt, "", shared) != "quote":
        text = _take_quoted_title(text, content, lexicon)
    pieces = [piece for sentence in split_sentences(text, is_prompt=True) for piece in _read_sentence(sentence, content, lexicon, shared)]
    _fill(content, pieces, lexicon)
    content.instructions += [item for item in content.items if is_instruction(item, lexicon, shared)]
    content.items = _join_related([drop_ending(item) for item in content.items if drop_ending(item) and not is_instruction(item, lexicon, shared)])
    if content.items and re.fullmatch(_BEFORE_AFTER, f"{content.head} "):
        content.head = content.items.pop(0)
    before_after = _BEFORE_AFTER.match(content.head)
    if before_after and len(content.head) > before_after.end() + 3:
        content.head = content.head[before_after.end() :]
    return content


def split_list(text: str, lexicon: Lexicon) -> list[str]:
    """The members of an enumeration; quotes, decimal commas and dates with their times stay whole."""
    kept: list[str] = []

    def keep(match: re.Match[str]) -> str:
        kept.append(match.group())
        return f"\0{len(kept) - 1}\0"

    dates = rf"(?:{day_pattern()}),? (?:{date_pattern()})|(?:{day_pattern()}),? (?:{time_pattern()})"
    masked = re.sub(rf"{_QUOTED}|\d+,\d+|{dates}", keep, drop_ending(text.strip()), flags=re.IGNORECASE)
    parts = [part.strip() for part in re.split(r",\s+", masked) if part.strip()]
    parts = _split_last(parts, lexicon)
    lead = rf"^(?:{lexicon.texts['and_word']}|then|luego|dann|puis|depois|poi)\s+(?:then )?"
    parts = [re.sub(lead, "", part, flags=re.IGNORECASE) for part in parts]
    return [re.sub(r"\0(\d+)\0", lambda match: kept[int(match.group(1))], part) for part in parts]


def _split_last(parts: list[str], lexicon: Lexicon) -> list[str]:
    if len(parts) < 2 or re.match(rf"{lexicon.texts['with_word']}\b", parts[-1], re.IGNORECASE):
        return parts
    last = re.split(rf"\s+(?:{lexicon.texts['and_word']}|&)\s+", parts[-1])
    return parts[:-1] + last if len(last) == 2 and len(last[0].split()) <= MAX_LAST_ITEM_WORDS else parts


def _take_title(prompt: str, content: PromptContent, lexicon: Lexicon) -> str:
    fixed = re.search(rf"\b(?:{lexicon.one_of('title_words')})\s*[:=]?\s*[\"“«„]([^\"”»“]+)[\"”»“]\s*[.,;]?", prompt, re.IGNORECASE)
    if not fixed:
        return prompt
    content.title = tidy(fixed.group(1))
    return tidy(prompt.replace(fixed.group(), " "))


def _take_quoted_title(prompt: str, content: PromptContent, lexicon: Lexicon) -> str:
    """The first quoted phrase that is not the call becomes the title; where it stands alone between commas it leaves the text."""
    for quoted in _QUOTED_TITLE.finditer(prompt):
        before, after = prompt[: quoted.start()].rstrip(), prompt[quoted.end() :].lstrip()
        if re.search(rf"\b{lexicon.one_of('end_with')}\s*:?$", before, re.IGNORECASE) or not re.search(r"\w", quoted.group(1)):
            continue
        content.title = tidy(quoted.group(1)).rstrip(" ,;:")
        stands_alone = re.search(r"(?:^|[,;:.!?–—-])$", before) and re.match(r"[,;:.!?–—-]|$", after)
        if not stands_alone or not re.search(r"\w", before + after):
            return prompt
        return tidy(f"{before} {after.lstrip(',;:.!?–—- ')}").rstrip(" ,;")
    return prompt


def _read_sentence(sentence: str, content: PromptContent, lexicon: Lexicon, shared: SharedLexicon) -> list[str]:
    """The content pieces of one sentence; its call and its instructions are noted on the way."""
    if shared.greets(sentence) and len(sentence.split()) <= MAX_GREETING_WORDS:
        return []
    text = _take_call(sentence, content, lexicon)
    text = _take_request(text, content, lexicon, shared)
    text, wishes = split_wishes(text, lexicon, shared)
    content.instructions += wishes
    if is_wish(text, lexicon, shared):
        content.instructions.append(text)
        return []
    text = strip_lead(_take_length(text, lexicon), lexicon)
    pieces = []
    for piece in re.split(r"\s*;\s*|\s+(?:[–—-]|->|→|=>)\s+|\n", text):
        parts = [part for part in _split_label(piece, lexicon, shared) if part.strip()]
        told = [part for part in parts if is_instruction(part, lexicon, shared) and not re.search(_QUOTED, part)]
        content.instructions += [part.strip() for part in told]
        rest = ", ".join(part for part in parts if part not in told).strip(" ,")
        if rest:
            pieces.append(rest)
    return pieces


def _split_label(piece: str, lexicon: Lexicon, shared: SharedLexicon) -> list[str]:
    """The parts between commas; an instruction before a colon is a part of its own: "que transmita calma: nuestro hotel, …"."""
    head, colon, tail = piece.partition(": ")
    if colon and tail.strip() and is_instruction(head, lexicon, shared) and not re.search(_QUOTED, head):
        return [head, *re.split(r",\s+", tail)]
    return re.split(r",\s+", piece)


def _take_call(sentence: str, content: PromptContent, lexicon: Lexicon) -> str:
    ending = lexicon.one_of("end_with")
    lead = lexicon.texts["and_word"]
    call = re.search(
        rf"(?:^|[,;]\s*|\s)(?:{lead} )?{ending}\s*:?\s*(?:[\"“«„]([^\"”»“]+)[\"”»“]|([^\"”».]+(?:\.\w+[^\"”».]*)*))\.?\s*$", sentence, re.IGNORECASE
    )
    if not call:
        return sentence
    content.call = capitalise(drop_ending(call.group(1) or call.group(2)))
    return sentence[: call.start()]


def _take_request(text: str, content: PromptContent, lexicon: Lexicon, shared: SharedLexicon) -> str:
    """Removes "Make a warm reel about", whole words only, and notes it as an instruction."""
    parts = lexicon.texts["request"]
    if not re.search(rf"\b(?:{parts['nouns']})\b", text, re.IGNORECASE):
        return text
    about = "|".join(sorted(parts["about"].split("|"), key=len, reverse=True))
    verbs = "|".join(sorted(parts["verbs"].split("|"), key=len, reverse=True))
    to = rf"(?: (?:{parts['to']}))?" if parts["to"] else ""
    pattern = (
        rf"^(?:(?:{parts['start']})[, ]+)?(?:(?:{verbs}){to}[: ]+)?(?:(?:{parts['article']}) )?"
        rf"(?:[\w\-]+,? ){{0,6}}?(?:{parts['nouns']})\b(?: (?:{parts['platform']}))?"
    )
    rest = re.sub(pattern, "", text, count=1, flags=re.IGNORECASE)
    if rest == text:
        return text
    rest = _drop_styles(rest, lexicon, shared)
    rest = re.sub(rf"^,? (?:{about})(?=\s)|^ d'|^,? (?:{about})(?<=')", "", rest, count=1, flags=re.IGNORECASE)
    rest = re.sub(r"^\s*[:,–-]?\s*", "", rest)
    if re.match(_ASKING, text, re.IGNORECASE):
        rest = re.sub(r"\s*\?\s*$", "", rest)
    head = text[: len(text) - len(rest)].strip(" ,:–-") if text.endswith(rest) else text.removesuffix("?").removesuffix(rest).strip(" ,:–-")
    if not _is_bare_request(head, lexicon):
        content.instructions.append(head)
    return put_in_nominative(rest, lexicon)


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
    return all(word in known for word in re.findall(r"[\w'’]+", head.lower()))


def _take_length(text: str, lexicon: Lexicon) -> str:
    pattern = rf"\b(?:(?:in|of|en|de|von|di|about|around)\s+)?\d+[- ]?{_seconds(lexicon)}\b[,.]?"
    return re.sub(pattern, "", text, flags=re.IGNORECASE).strip(" ,")


def _seconds(lexicon: Lexicon) -> str:
    return "(?:" + "|".join(sorted(lexicon.words["seconds"], key=len, reverse=True)) + ")"


def _fill(content: PromptContent, pieces: list[str], lexicon: Lexicon) -> None:
    """The first piece is the head; the rest, and all after a colon, are items."""
    for piece in pieces:
        head, colon, tail = piece.partition(": ")
        if colon and tail.strip() and len(head.split()) <= MAX_COLON_HEAD_WORDS:
            if content.head:
                content.items.append(head.strip())
            else:
                content.head = head.strip()
            content.items += split_list(tail, lexicon)
            continue
        members = split_list(piece.rstrip(":"), lexicon)
        if members and not content.head:
            content.head, members = members[0], members[1:]
        content.items += members


def _join_related(items: list[str]) -> list[str]:
    """ "Via Roma 12" and "Palermo" are one; so are a date and its hours."""
    joined: list[str] = []
    for item in items:
        before = joined[-1] if joined else ""
        is_range = bool(before and _RANGE.match(item) and re.search(f"{day_pattern()}|{month_pattern()}", before, re.IGNORECASE))
        is_town = bool(_ONE_NAME.fullmatch(item) and _STREET.search(before) and len(before.split()) <= 4 and not is_whole_fact(before))
        if is_range or is_town:
            joined[-1] = f"{before}, {item}"
        else:
            joined.append(item)
    return joined
