"""When things happen: cuts on beats and before phrases, shot lengths that vary, caption chunks that can be read.

Times are float seconds of the reel; they become exact when they are put on frames.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from reelwright.reels.caption_text import count_characters, take_out_emoji

CUT_LEAD_FRAMES = 3
CHUNK_LEAD_SECONDS = 0.06
HURRIED_LEAD_SECONDS = 0.115
LEAST_LEAD_SECONDS = 0.005
CHUNK_TAIL_SECONDS = 0.35
MAX_CHUNK_TAIL_SECONDS = 0.6
LONGEST_TAIL_SECONDS = 1.5
"""Where a long word could not be read otherwise, and nothing follows."""

MIN_ONE_WORD_SECONDS, MIN_WORDS_SECONDS = 0.5, 0.7
COMFORTABLE_CHARACTERS_PER_SECOND, HURRIED_CHARACTERS_PER_SECOND, MAX_CHARACTERS_PER_SECOND = 17.0, 20.0, 22.0
PAUSE_SECONDS = 0.25
_IDEAL_SHARE = 0.72
_SPARE_WORDS = 1
_SPARE_WORD_COST = 3.0
_FLASH_SECONDS = 0.4  # nobody reads words in less
_FLASH_COST = 4.0
_UNREAD_COST = 3.0
_CHUNK_COST = 0.08
_BROKEN_NAME_COST = 40.0
_FORBIDDEN = 1000.0
_SENTENCE_ENDS = (".", "!", "?", "…", "。", "！", "？", "।", "؟")
_COMMAS = (",", ";", ":", "–", "—", "、", "，", "،", " ")
_SHORT_FORMS = frozenset({"dr.", "dra.", "mr.", "mrs.", "ms.", "mme.", "prof.", "st.", "sr.", "sra.", "hr.", "fr.", "jr.", "sig."})
_CLOSING = "\"'”’»)]』」"


class Word(NamedTuple):
    """A spoken word on the reel's clock."""

    text: str
    start: float
    end: float


@dataclass(frozen=True)
class Chunk:
    """Words ``first`` to ``last`` (inclusive) are shown from ``start`` to ``end``."""

    first: int
    last: int
    start: float
    end: float


def nearest(times: Sequence[float], at: float) -> float | None:
    """The time nearest to ``at``; ``times`` ascend."""
    place = bisect_left(times, at)
    around = times[max(0, place - 1) : place + 1]
    return min(around, key=lambda time: abs(time - at), default=None)


def next_after(times: Sequence[float], at: float) -> float | None:
    """The first time that is not before ``at``."""
    place = bisect_left(times, at - 1e-9)
    return times[place] if place < len(times) else None


def shot_lengths(count: int, median: float, pattern: Sequence[float], least: float, greatest: float, seed: int) -> list[float]:
    """Wished lengths of shots: the median times a repeating pattern that the seed turns, within the bounds."""
    return [min(greatest, max(least, median * pattern[(place + seed) % len(pattern)])) for place in range(count)]


def ends_sentence(word: str) -> bool:
    """Whether a sentence ends with the word; the stop of a title before a name ends none."""
    bare = word.rstrip(_CLOSING)
    return bare.endswith(_SENTENCE_ENDS) and bare.lstrip("\"'“„‘«(").casefold() not in _SHORT_FORMS


def has_comma(word: str) -> bool:
    """Whether a comma or the like follows the word, or the blank that divides clauses in Thai."""
    return word.rstrip(_CLOSING).endswith(_COMMAS)


@dataclass(frozen=True)
class Pace:
    """How fast captions may be read, characters a second, and the words after which a name goes on: no chunk ends there."""

    limit: float = MAX_CHARACTERS_PER_SECOND
    unbroken: frozenset[int] = frozenset()

    @property
    def hurried(self) -> float:
        """Faster than this is read in haste."""
        return self.limit * HURRIED_CHARACTERS_PER_SECOND / MAX_CHARACTERS_PER_SECOND

    @property
    def comfortable(self) -> float:
        """As fast as is read with ease."""
        return self.limit * COMFORTABLE_CHARACTERS_PER_SECOND / MAX_CHARACTERS_PER_SECOND


USUAL_PACE = Pace()


def chunk_words(words: Sequence[Word], max_words: int, max_characters: int, is_weak: Callable[[str], bool], pace: Pace = USUAL_PACE) -> list[Chunk]:
    """The best division into chunks: near the ideal length, not ending on a weak word, no sentence end or pause inside.

    ``is_weak`` tells words that a chunk should not end with. One word more than ``max_words`` is better than a chunk that
    flashes by. Emoji stand at the end of the words before them. Chunks start 60 ms before their first word and never overlap.
    """
    count = len(words)
    best = [0.0] + [float("inf")] * count
    back = [0] * (count + 1)
    for end in range(1, count + 1):
        for first in range(max(0, end - max_words - _SPARE_WORDS), end):
            cost = best[first] + _chunk_cost(words, first, end - 1, max_characters, is_weak, pace) + _SPARE_WORD_COST * max(0, end - first - max_words)
            if cost < best[end]:
                best[end], back[end] = cost, first
    borders = [count]
    while borders[-1]:
        borders.append(back[borders[-1]])
    borders.reverse()
    return _time_chunks(words, [(first, end - 1) for first, end in pairwise(borders)], pace)


def _chunk_cost(words: Sequence[Word], first: int, last: int, max_characters: int, is_weak: Callable[[str], bool], pace: Pace) -> float:
    chunk = _without_last_emoji(words[first : last + 1])
    characters = count_characters([take_out_emoji(word.text) for word in chunk])
    if not chunk or (len(chunk) > 1 and (characters > max_characters or any(ends_sentence(word.text) for word in chunk[:-1]))):
        return _FORBIDDEN
    ideal = _IDEAL_SHARE * max_characters
    cost = ((characters - ideal) / ideal) ** 2 + _CHUNK_COST
    ends = last + 1 == len(words) or ends_sentence(chunk[-1].text)
    cost += 0.45 * (not ends and is_weak(chunk[-1].text))
    cost += 0.35 * (len(chunk) == 1 and len(chunk[0].text) < 7)
    cost += 0.5 * any(has_comma(word.text) for word in chunk[:-1])
    cost += 0.6 * any(after.start - before.end > PAUSE_SECONDS for before, after in pairwise(chunk))
    return cost + _BROKEN_NAME_COST * (last in pace.unbroken) + _haste_cost(words, first, last, characters, pace.hurried)


def _without_last_emoji(chunk: Sequence[Word]) -> Sequence[Word]:
    """The chunk's words up to the last one with letters; a chunk of emoji alone is empty."""
    last = max((place for place, word in enumerate(chunk) if take_out_emoji(word.text)), default=-1)
    return chunk[: last + 1]


def _haste_cost(words: Sequence[Word], first: int, last: int, characters: int, hurried: float) -> float:
    """What it costs that a chunk stands too short to be read."""
    until = words[last + 1].start if last + 1 < len(words) else words[last].end + MAX_CHUNK_TAIL_SECONDS
    shown = min(until - words[first].start, words[last].end - words[first].start + MAX_CHUNK_TAIL_SECONDS)
    least = MIN_ONE_WORD_SECONDS if first == last else MIN_WORDS_SECONDS
    hurry = characters / max(shown, 0.05) - hurried
    unread = _UNREAD_COST * (hurry > hurried * (MAX_CHARACTERS_PER_SECOND / HURRIED_CHARACTERS_PER_SECOND - 1))
    return unread + 3.0 * max(0.0, least - shown) + _FLASH_COST * (shown < _FLASH_SECONDS) + (1.0 + 0.5 * hurry if hurry > 0 else 0.0)


def _time_chunks(words: Sequence[Word], spans: Sequence[tuple[int, int]], pace: Pace) -> list[Chunk]:
    starts = [max(0.0, words[first].start - CHUNK_LEAD_SECONDS) for first, _ in spans]
    for place in range(len(spans)):
        if _is_hurried(words, spans, starts, place, pace):
            starts[place] = max(0.0, words[spans[place][0]].start - HURRIED_LEAD_SECONDS)
    _make_room(words, spans, starts, pace.limit)
    chunks = []
    for place, (first, last) in enumerate(spans):
        following = starts[place + 1] if place + 1 < len(spans) else float("inf")
        least = max(MIN_ONE_WORD_SECONDS if first == last else MIN_WORDS_SECONDS, _characters(words, first, last) / pace.comfortable)
        end = max(words[last].end + CHUNK_TAIL_SECONDS, min(starts[place] + least, words[last].end + MAX_CHUNK_TAIL_SECONDS))
        readable = starts[place] + _characters(words, first, last) / pace.hurried
        end = max(end, min(readable, words[last].end + LONGEST_TAIL_SECONDS))
        chunks.append(Chunk(first, last, starts[place], min(end, following)))
    return [chunk for chunk in chunks if chunk.end > chunk.start]


def _make_room(words: Sequence[Word], spans: Sequence[tuple[int, int]], starts: list[float], limit: float) -> None:
    """Lets a chunk that is too fast to read stand until its follower's first word is heard, where the follower can spare it."""
    for place in range(len(spans) - 1):
        if _rate(words, spans, starts, place) <= limit:
            continue
        before = starts[place + 1]
        starts[place + 1] = max(before, words[spans[place + 1][0]].start - LEAST_LEAD_SECONDS)
        if _rate(words, spans, starts, place + 1) > limit:
            starts[place + 1] = before


def _is_hurried(words: Sequence[Word], spans: Sequence[tuple[int, int]], starts: Sequence[float], place: int, pace: Pace) -> bool:
    """Whether a chunk must be read fast, or flashes by, while the one before it can spare a moment."""
    is_flash = place + 1 < len(spans) and starts[place + 1] - starts[place] < _FLASH_SECONDS
    if _rate(words, spans, starts, place) <= pace.hurried and not is_flash:
        return False
    return place == 0 or _rate(words, spans, starts, place - 1) < pace.comfortable + 1


def _rate(words: Sequence[Word], spans: Sequence[tuple[int, int]], starts: Sequence[float], place: int) -> float:
    first, last = spans[place]
    until = starts[place + 1] if place + 1 < len(spans) else words[last].end + MAX_CHUNK_TAIL_SECONDS
    return _characters(words, first, last) / max(0.05, until - starts[place])


def _characters(words: Sequence[Word], first: int, last: int) -> int:
    return max(1, count_characters([take_out_emoji(word.text) for word in words[first : last + 1]]))


def fastest_rate(words: Sequence[Word], chunks: Sequence[Chunk]) -> float:
    """Characters a second of the chunk that must be read fastest; 0 where there is none."""
    return max((_characters(words, chunk.first, chunk.last) / max(0.05, chunk.end - chunk.start) for chunk in chunks), default=0.0)


def break_caption(widths: Sequence[float], gap: float | Sequence[float], max_pixels: float, one_line_share: float) -> tuple[tuple[int, ...], ...]:
    """One line, or two with the smallest wider line, rather the lower one longer. Indexes into ``widths``.

    ``gap`` is the space between words, or the space before each of them.
    """
    count = len(widths)
    gaps = [gap] * count if isinstance(gap, (int, float)) else list(gap)

    def width_of(first: int, end: int) -> float:
        return sum(widths[first:end]) + sum(gaps[first + 1 : end])

    if count == 1 or width_of(0, count) <= one_line_share * max_pixels:
        return (tuple(range(count)),)

    def cost(cut: int) -> float:
        upper, lower = width_of(0, cut), width_of(cut, count)
        return max(upper, lower) + (0.04 * max_pixels if upper > lower else 0.0)

    best = min(range(1, count), key=cost)
    return tuple(range(best)), tuple(range(best, count))
