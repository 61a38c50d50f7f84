"""Subtitle files from a reel's captions: SRT and WebVTT (https://www.w3.org/TR/webvtt1/).

They hold every spoken word, also those that the picture shows as title or end card instead of a caption. Cues that could
not be read in their time are given more of it: into the pause after them, else joined with the next one.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise

from reelwright.reels.caption_text import join_words
from reelwright.reels.reel import CaptionChunk, Captions

MAX_CHARACTERS_PER_SECOND = 22
AIMED_CHARACTERS_PER_SECOND = 17
MIN_CUE_SECONDS = Fraction(1, 2)
MAX_CUE_CHARACTERS = 84  # two lines of 42
MAX_LINE_CHARACTERS = 42
LEAD_SECONDS = Fraction(6, 100)
LONGEST_PAUSE_SECONDS = Fraction(1, 2)  # a longer one ends a cue
SENTENCE_ENDS = (".", "!", "?", "…", "。", "！", "？", "।")


@dataclass(frozen=True)
class Cue:
    """One subtitle: when, and its words."""

    start: Fraction
    end: Fraction
    words: tuple[str, ...]
    lines: tuple[str, ...]

    @property
    def characters_per_second(self) -> float:
        return len(join_words(self.words)) / float(max(self.end - self.start, Fraction(1, 1000)))


def to_srt(captions: Captions) -> str:
    """The captions as SubRip text; empty where nothing is said."""
    blocks = [f"{number}\n{_clock(cue.start, ',')} --> {_clock(cue.end, ',')}\n{_text(cue)}\n" for number, cue in enumerate(make_cues(captions), 1)]
    return "\n".join(blocks)


def to_vtt(captions: Captions) -> str:
    """The captions as WebVTT."""
    blocks = [f"{_clock(cue.start, '.')} --> {_clock(cue.end, '.')}\n{_escape(_text(cue))}\n" for cue in make_cues(captions)]
    return "\n".join(["WEBVTT\n", *blocks])


def make_cues(captions: Captions) -> tuple[Cue, ...]:
    """Cues in order, none overlapping, at most 22 characters a second wherever the pauses allow it."""
    shown = [_to_cue(chunk, captions) for chunk in captions.chunks]
    cues = _fill_pauses(_untangle(shown + _unshown_cues(captions)))
    joined: list[Cue] = []
    for cue in cues:
        if joined and _must_join(joined[-1], cue):
            joined[-1] = _join(joined[-1], cue)
        else:
            joined.append(cue)
    return tuple(joined)


def _to_cue(chunk: CaptionChunk, captions: Captions) -> Cue:
    words = tuple(captions.words[index].text for index in range(chunk.first, chunk.last + 1))
    lines = tuple(join_words(captions.words[index].text for index in line) for line in chunk.lines)
    return Cue(chunk.start, chunk.end, words, lines)


def _unshown_cues(captions: Captions) -> list[Cue]:
    """Cues of the words that no chunk shows, cut at sentence ends, at pauses, and where a line is full."""
    shown = {index for chunk in captions.chunks for index in range(chunk.first, chunk.last + 1)}
    groups: list[list[int]] = []
    for index in (index for index in range(len(captions.words)) if index not in shown):
        if groups and _belongs(captions, groups[-1], index):
            groups[-1].append(index)
        else:
            groups.append([index])
    return [_cue_of(captions, group) for group in groups]


def _belongs(captions: Captions, group: list[int], index: int) -> bool:
    before, word = captions.words[group[-1]], captions.words[index]
    is_next = index == group[-1] + 1 and not before.text.endswith(SENTENCE_ENDS) and word.start - before.end <= LONGEST_PAUSE_SECONDS
    return is_next and len(join_words(captions.words[place].text for place in (*group, index))) <= MAX_LINE_CHARACTERS


def _cue_of(captions: Captions, group: list[int]) -> Cue:
    words = tuple(captions.words[index].text for index in group)
    start = max(Fraction(0), captions.words[group[0]].start - LEAD_SECONDS)
    return Cue(start, max(captions.words[group[-1]].end, start + Fraction(1, 10)), words, _break_lines(words))


def _untangle(cues: list[Cue]) -> list[Cue]:
    """By time; a cue that would reach into the next one ends where that begins."""
    ordered = sorted(cues, key=lambda cue: cue.start)
    return [replace(cue, end=min(cue.end, after.start)) for cue, after in pairwise(ordered)] + ordered[-1:]


def _fill_pauses(cues: list[Cue]) -> list[Cue]:
    """A cue that is too quick to read stays until it is read, at the longest until the next one begins."""
    filled = []
    for number, cue in enumerate(cues):
        wanted = max(MIN_CUE_SECONDS, Fraction(len(join_words(cue.words)), AIMED_CHARACTERS_PER_SECOND))
        limit = cues[number + 1].start if number + 1 < len(cues) else cue.start + wanted
        end = min(max(cue.end, cue.start + wanted), limit) if cue.end - cue.start < wanted else cue.end
        filled.append(replace(cue, end=max(cue.end, end) if number + 1 == len(cues) else min(end, limit)))
    return filled


def _must_join(before: Cue, cue: Cue) -> bool:
    is_hurried = max(before.characters_per_second, cue.characters_per_second) > MAX_CHARACTERS_PER_SECOND
    is_short = min(before.end - before.start, cue.end - cue.start) < MIN_CUE_SECONDS
    fits = len(join_words((*before.words, *cue.words))) <= MAX_CUE_CHARACTERS
    is_near = cue.start - before.end < Fraction(1, 2)
    return (is_hurried or is_short) and fits and is_near


def _join(before: Cue, after: Cue) -> Cue:
    words = (*before.words, *after.words)
    return Cue(before.start, after.end, words, _break_lines(words))


def _break_lines(words: tuple[str, ...]) -> tuple[str, ...]:
    text = join_words(words)
    if len(text) <= MAX_LINE_CHARACTERS:
        return (text,)
    halves = [(join_words(words[:cut]), join_words(words[cut:])) for cut in range(1, len(words))]
    return min(halves, key=lambda pair: max(map(len, pair)), default=(text,))


def _text(cue: Cue) -> str:
    return "\n".join(cue.lines)


def _escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _clock(at: Fraction, separator: str) -> str:
    milliseconds = max(0, int(at * 1000))
    seconds, rest = divmod(milliseconds, 1000)
    return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}{separator}{rest:03d}"
