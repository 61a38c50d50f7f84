"""A title in two parts: a head that is set large, and a tail in a lighter hand. "9 days" · "of getting lost"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from reelwright.generation.planning.lexicon import Lexicon, load_lexicon
from reelwright.reels.template import TextSource

MAX_HEAD_CHARACTERS, MAX_HEAD_WORDS = 16, 3
MAX_TAIL_CHARACTERS = 44
MAX_ALONE_CHARACTERS = 14
_BREAK = re.compile(r"(?<=[:;,.!?–—|])\s+")


def split_title(title: str, language: str) -> dict[TextSource, str]:
    """``head`` and ``tail``; only ``head`` of a short title; nothing where no place to part it reads well."""
    words = title.split()
    if not words:
        return {}
    cut = _find_cut(title, words, load_lexicon(language))
    if cut is not None:
        head, tail = " ".join(words[:cut]), " ".join(words[cut:])
        return {"head": head.rstrip(":;,–—|").rstrip(), "tail": tail}
    return {"head": title} if len(title) <= MAX_ALONE_CHARACTERS and len(words) <= MAX_HEAD_WORDS else {}


def _find_cut(title: str, words: Sequence[str], lexicon: Lexicon) -> int | None:
    """After how many words: at a comma or colon, after a number and what it counts, else before the first small word."""
    parts = _BREAK.split(title, maxsplit=1)
    cuts = [len(parts[0].split())] if len(parts) == 2 else []
    if lexicon.is_number(words[0]) and len(words) > 2:
        cuts.append(2)
    cuts += [place for place in range(1, len(words)) if lexicon.has(words[place], "prepositions", "conjunctions", "relatives")]
    return next((cut for cut in cuts if _reads_well(words, cut, lexicon)), None)


def _reads_well(words: Sequence[str], cut: int, lexicon: Lexicon) -> bool:
    head, tail = " ".join(words[:cut]), " ".join(words[cut:])
    if cut > MAX_HEAD_WORDS or len(head) > MAX_HEAD_CHARACTERS or not tail or len(tail) > MAX_TAIL_CHARACTERS:
        return False
    return lexicon.is_content(words[cut - 1]) and any(lexicon.is_content(word) for word in words[cut:])
