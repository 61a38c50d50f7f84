"""What has to be said and shown one after the other, with the seconds each part takes; and how long the reel becomes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from reelwright.generation.composing.scene_texts import asks_on_end_card
from reelwright.generation.elements import PlacedVoice
from reelwright.generation.plan import Plan
from reelwright.reels.template import Pacing

LEAD_SECONDS = 0.3
MIN_PAUSE_SECONDS = 0.14
MAX_NATURAL_PAUSE_SECONDS = 0.5
PAUSE_STRETCH_SECONDS = 0.4
LEAD_STRETCH_SECONDS = 0.5
TAIL_SECONDS, LEAST_TAIL_SECONDS = 0.8, 0.5
SHORT_END_SECONDS = 1.2
CALL_TAIL_SECONDS = 1.1
LENGTH_TOLERANCE = 0.05
_PAUSE_SHARE = 0.07


@dataclass(frozen=True)
class Block:
    """One beat of the plan. ``audio`` is its stretch of the voice, in seconds of the voice; None where it is silent.

    ``words`` are inclusive word indexes of the voice. ``pause`` follows it in the voice's own rhythm.
    """

    beat: int
    seconds: float
    audio: tuple[float, float] | None = None
    words: tuple[int, int] | None = None
    pause: float = 0.25
    weight: float = 1.0
    can_drop: bool = False

    @property
    def is_spoken(self) -> bool:
        return self.audio is not None


@dataclass(frozen=True)
class Length:
    """The reel's length, the blocks it holds, and the least they can do with. Seconds."""

    blocks: tuple[Block, ...]
    total: float
    least: float
    end_seconds: float
    has_end_card: bool
    is_call_spoken: bool


def blocks_of_voice(plan: Plan, voice: PlacedVoice) -> tuple[Block, ...]:
    """The plan's beats with the times at which the voice says them."""
    spans = _sentence_spans(plan, voice)
    blocks = []
    for place, beat in enumerate(plan.beats):
        known = [spans[index] for index in beat.sentences if index < len(spans)]
        if not known:
            blocks.append(Block(place, beat.seconds))
            continue
        first, last = known[0][0], known[-1][1]
        audio = (voice.words[first].start, max(voice.words[last].end, voice.words[first].start + 0.05))
        pause = voice.words[last + 1].start - audio[1] if last + 1 < len(voice.words) else 0.25
        pause = min(MAX_NATURAL_PAUSE_SECONDS, max(MIN_PAUSE_SECONDS, pause))
        blocks.append(Block(place, audio[1] - audio[0], audio, (first, last), pause, beat.weight, beat.can_drop))
    return tuple(blocks)


def estimated_blocks(plan: Plan, voice_seconds: float) -> tuple[Block, ...]:
    """The plan's beats, the voice's seconds shared out by the plan's own estimates."""
    planned = sum(beat.seconds for beat in plan.beats if beat.sentences) or 1.0
    blocks, at = [], 0.0
    for place, beat in enumerate(plan.beats):
        if not beat.sentences:
            blocks.append(Block(place, beat.seconds))
            continue
        share = beat.seconds / planned * voice_seconds
        spoken = share * (1 - _PAUSE_SHARE)
        pause = max(MIN_PAUSE_SECONDS, share * _PAUSE_SHARE)
        blocks.append(Block(place, spoken, (at, at + spoken), None, pause, beat.weight, beat.can_drop))
        at += share
    return tuple(blocks)


def decide_length(plan: Plan, blocks: Sequence[Block], pacing: Pacing) -> Length:
    """As long as was asked for where voice and material carry it; the least important beats go where the voice is too long."""
    has_end_card = bool(plan.end_card)
    call = (plan.beats[blocks[-1].beat].role == "call" or asks_on_end_card(plan, blocks[-1].beat)) and blocks[-1].is_spoken and has_end_card
    end_seconds = CALL_TAIL_SECONDS if call else pacing.end_card_seconds[0] + 0.3 if has_end_card else TAIL_SECONDS
    kept = list(blocks)
    longest = plan.length_seconds * (1 + LENGTH_TOLERANCE)
    while _least_seconds(kept, end_seconds) > longest and (next_to_go := _least_needed(kept)):
        kept.remove(next_to_go)
    call = call and kept[-1] == blocks[-1]
    end_seconds, has_end_card = _fit_end(kept, (end_seconds, has_end_card), longest)
    least, most = _least_seconds(kept, end_seconds), _most_seconds(kept, end_seconds, pacing)
    total = min(max(plan.length_seconds, least), most)
    return Length(tuple(_fill_silence(kept, total, end_seconds, pacing)), total, least, end_seconds, has_end_card, call and has_end_card)


def _fit_end(blocks: Sequence[Block], end: tuple[float, bool], longest: float) -> tuple[float, bool]:
    """The end's seconds and whether it is a card: a shorter card, or none, where the last words would otherwise make the reel too long."""
    ends = [end, (min(end[0], SHORT_END_SECONDS), end[1]), (min(end[0], TAIL_SECONDS), False)]
    return next((one for one in ends if _least_seconds(blocks, one[0]) <= longest), (LEAST_TAIL_SECONDS, False))


def _least_needed(blocks: Sequence[Block]) -> Block | None:
    """The spoken block to leave out next: of those that may go, else of the middle, else the last. The first one stays."""
    spoken = [block for block in blocks[1:] if block.is_spoken]
    choice = [block for block in spoken if block.can_drop] or spoken[:-1] or spoken
    return min(choice, key=lambda block: block.weight) if choice else None


def _spoken_seconds(blocks: Sequence[Block], pauses: float | None = None) -> float:
    spoken = [block for block in blocks if block.is_spoken]
    return sum(block.seconds + (block.pause if pauses is None else pauses) for block in spoken)


def _least_seconds(blocks: Sequence[Block], end_seconds: float) -> float:
    return LEAD_SECONDS + _spoken_seconds(blocks, MIN_PAUSE_SECONDS) + end_seconds


def _most_seconds(blocks: Sequence[Block], end_seconds: float, pacing: Pacing) -> float:
    silent = [block for block in blocks if not block.is_spoken]
    stretch = LEAD_STRETCH_SECONDS + PAUSE_STRETCH_SECONDS * (len(blocks) - len(silent)) + 0.5
    return LEAD_SECONDS + _spoken_seconds(blocks) + end_seconds + stretch + sum(pacing.max_seconds for _ in silent)


def _fill_silence(blocks: Sequence[Block], total: float, end_seconds: float, pacing: Pacing) -> list[Block]:
    """Silent blocks share the seconds that the voice leaves; where they do not suffice for all, some are left out."""
    silent = [block for block in blocks if not block.is_spoken]
    room = total - LEAD_SECONDS - _spoken_seconds(blocks) - end_seconds
    count = min(len(silent), max(0, int(room / pacing.min_seconds)))
    kept = {silent[place * len(silent) // count].beat for place in range(count)} if count else set()
    each = min(pacing.max_seconds, room / count) if count else 0.0
    return [replace(block, seconds=each) if not block.is_spoken else block for block in blocks if block.is_spoken or block.beat in kept]


def _sentence_spans(plan: Plan, voice: PlacedVoice) -> list[tuple[int, int]]:
    """Word indexes of each spoken sentence; shared out by length where the voice does not tell."""
    if len(voice.sentences) == len(plan.spoken_script):
        return list(voice.sentences)
    if not voice.words:
        return []
    lengths = [max(1, len(sentence.split())) for sentence in plan.spoken_script]
    total, said, spans, first = sum(lengths), 0, [], 0
    for length in lengths:
        said += length
        last = min(len(voice.words) - 1, max(first, round(said / total * len(voice.words)) - 1))
        spans.append((first, last))
        first = min(len(voice.words) - 1, last + 1)
    return spans
