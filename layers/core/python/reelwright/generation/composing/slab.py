"""A title in pieces: slab lines, a short head with its tail, a lead with a tag. Reading order is kept, no word is lost."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations, pairwise

from reelwright.generation.planning.lexicon import Lexicon
from reelwright.generation.planning.words import breathes_after, drop_ending, lower
from reelwright.reels.template import TextSource

MAX_SLAB_LINES = 3
MAX_SLAB_CHARACTERS = 15
MAX_HEAD_CHARACTERS = 14
MAX_TAG_CHARACTERS = 17
LEAST_LEAD_CHARACTERS = 14
HEAD_SHARE = 0.4
_WEAK_END_COST, _PAUSE_GAIN, _STRESSED_GAIN, _FEWER_LINES_COST, _SHORT_LINE_COST = 4.0, 3.0, 2.0, 1.5, 3.0
SHORT_LINE_CHARACTERS = 4
_LINES: tuple[TextSource, ...] = ("line_1", "line_2", "line_3")


def break_title(title: str, emphasis: Sequence[str], lexicon: Lexicon) -> dict[TextSource, str]:
    """All pieces that the title has; those into which it does not fall are missing."""
    words = title.split()
    texts: dict[TextSource, str] = dict(zip(_LINES, break_slab(words, emphasis, lexicon), strict=False))
    if lexicon.is_ruled:
        texts |= _split_head(words, lexicon) | _split_tag(words, lexicon)
    return texts


def break_slab(words: Sequence[str], emphasis: Sequence[str], lexicon: Lexicon) -> tuple[str, ...]:
    """One to three short lines, the emphasised word in the middle one where it can be; none where the title is too long."""
    if not words or (len(words) == 1 and len(words[0]) > MAX_SLAB_CHARACTERS):
        return ()
    stressed = {lower(word) for phrase in emphasis for word in phrase.split()}
    counts = range(1 if len(words) == 1 else 2, min(MAX_SLAB_LINES, len(words)) + 1)
    options = [_cut(words, cuts) for count in counts for cuts in combinations(range(1, len(words)), count - 1)]
    fitting = [lines for lines in options if all(len(" ".join(line)) <= MAX_SLAB_CHARACTERS for line in lines)]
    if not fitting:
        return ()
    best = min(fitting, key=lambda lines: _slab_cost(lines, stressed, lexicon))
    return tuple(drop_ending(" ".join(line)) for line in best)


def _cut(words: Sequence[str], cuts: Sequence[int]) -> list[Sequence[str]]:
    edges = [0, *cuts, len(words)]
    return [words[start:end] for start, end in pairwise(edges)]


def _slab_cost(lines: Sequence[Sequence[str]], stressed: set[str], lexicon: Lexicon) -> float:
    lengths = [len(" ".join(line)) for line in lines]
    cost = float(max(lengths) - min(lengths)) * 0.3 + max(lengths) * 0.5
    cost += _WEAK_END_COST * sum(lexicon.is_ruled and lexicon.is_weak(line[-1]) for line in lines[:-1])
    cost -= _PAUSE_GAIN * sum(breathes_after(line[-1]) for line in lines[:-1])
    cost -= _STRESSED_GAIN * (len(lines) > 1 and any(lower(word) in stressed for word in lines[1]))
    cost += _SHORT_LINE_COST * sum(length < SHORT_LINE_CHARACTERS for length in lengths)
    return cost + _FEWER_LINES_COST * (MAX_SLAB_LINES - len(lines))


def _split_head(words: Sequence[str], lexicon: Lexicon) -> dict[TextSource, str]:
    """ "9 days" and "of getting lost": before a small word, or after a comma."""
    total = len(" ".join(words))
    places = [at for at in range(1, len(words)) if _may_part(words, at, lexicon) and len(" ".join(words[:at])) <= MAX_HEAD_CHARACTERS]
    if not places:
        return {}
    at = min(places, key=lambda place: abs(len(" ".join(words[:place])) - HEAD_SHARE * total))
    return {"head": drop_ending(" ".join(words[:at])), "tail": " ".join(words[at:])}


def _split_tag(words: Sequence[str], lexicon: Lexicon) -> dict[TextSource, str]:
    """A long title without its last words, and those: "3 things that make any room", "feel expensive"."""
    places = [at for at in range(2, len(words)) if not lexicon.is_weak(words[at - 1]) and len(" ".join(words[at:])) <= MAX_TAG_CHARACTERS]
    places = [at for at in places if len(" ".join(words[:at])) >= LEAST_LEAD_CHARACTERS]
    if not places:
        return {}
    at = next((place for place in places if _may_part(words, place, lexicon)), places[0])
    return {"lead": drop_ending(" ".join(words[:at])), "tag": drop_ending(" ".join(words[at:]))}


def _may_part(words: Sequence[str], at: int, lexicon: Lexicon) -> bool:
    if breathes_after(words[at - 1]):
        return True
    return lexicon.is_weak(words[at]) and not lexicon.is_weak(words[at - 1]) and not lexicon.is_number(words[at])
