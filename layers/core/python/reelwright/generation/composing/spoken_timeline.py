"""The timeline of a reel with a voice: each sentence goes where its cut falls on a beat, as far as pauses allow."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from reelwright.generation.composing.blocks import LEAD_SECONDS, LEAD_STRETCH_SECONDS, MIN_PAUSE_SECONDS, PAUSE_STRETCH_SECONDS, Block, Length
from reelwright.generation.composing.cuts import choose_shots
from reelwright.generation.composing.timeline import FRAME_RATE, Candidate, CandidateKind, Shot, Timeline, VoicePiece, beat_cut, frame_of, phrase_cut
from reelwright.generation.elements import PlacedVoice
from reelwright.generation.plan import Plan
from reelwright.reels.reel import CutReason
from reelwright.reels.template import Pacing
from reelwright.reels.timing import CUT_LEAD_FRAMES, Word, ends_sentence, has_comma, nearest

CUT_LEAD_SECONDS = CUT_LEAD_FRAMES / FRAME_RATE
SNAP_SECONDS = 0.28
READ_START_SECONDS, READ_CHARACTERS_PER_SECOND = 0.35, 15.0
PIECE_BEFORE_SECONDS, PIECE_AFTER_SECONDS = 0.08, 0.25
BORDER_DISTANCE_SECONDS = 0.3
LEAST_SILENT_SECONDS = 1.2
LEAST_END_SECONDS = 0.8
LEAST_SHOT_SECONDS = 0.4


@dataclass(frozen=True)
class _Placed:
    block: Block
    start: float
    cut: CutReason
    frame: int

    @property
    def end(self) -> float:
        return self.start + self.block.seconds


def lay_spoken(plan: Plan, voice: PlacedVoice, length: Length, total: float, beats: Sequence[float], pacing: Pacing, *, is_heard: bool = True) -> Timeline:
    """Places every block, then chooses the cuts. ``beats`` are the music's beats on the reel's clock.

    Where they are not heard they are only a pulse: then cuts are before words, and on the pulse where nobody speaks.
    """
    placed = _place_blocks(plan, length, total, beats, is_heard=is_heard)
    frames = frame_of(max(total, placed[-1].end + 0.5))
    end_frame, end_cut = _end_card(placed, length, frames, beats, pacing)
    candidates = _candidates(plan, placed, voice, beats, end_frame, is_heard=is_heard)
    ends = (end_frame, frames) if end_frame < frames else (frames,)
    shots = choose_shots(candidates, ends, pacing, plan.seed)
    end_card = None
    if end_frame < frames:
        end_card = len(shots)
        shots = [*shots, Shot(end_frame, frames, end_cut, (placed[-1].block.beat,))]
    words, word_beats = _words(placed, voice)
    return Timeline(tuple(shots), frames, end_card, words, word_beats, _pieces(placed), tuple(beats))


def _place_blocks(plan: Plan, length: Length, total: float, beats: Sequence[float], *, is_heard: bool) -> list[_Placed]:
    """Each block on the reel's clock; silent ones for which the beats leave no room are left out."""
    blocks = length.blocks
    lead, pauses = _stretch(blocks, total - length.end_seconds)
    placed: list[_Placed] = []
    latest = _latest_starts(blocks, total - length.end_seconds)
    target = lead
    for place, block in enumerate(blocks):
        earliest = _free_from(placed[-1]) if placed else 0.0
        if place == 0:
            start, cut, frame = target, CutReason(on="start"), 0
        elif block.is_spoken:
            start, cut, frame = _snap_speech(max(target, earliest), (earliest, max(earliest, latest[place])), beats if is_heard else ())
        else:
            start, cut, frame = _snap_silence(max(target, earliest), earliest, beats)
        if placed and not block.is_spoken and start > min(latest[place], total - length.end_seconds - LEAST_SHOT_SECONDS):
            continue
        if frame <= (placed[-1].frame if placed else -1):
            frame, cut = phrase_cut(start)
        placed.append(_Placed(block, start, cut, frame))
        target = target + block.seconds + pauses[place]
    return placed


def _free_from(item: _Placed) -> float:
    """When the next block may begin: after the last word, or when a silent shot has stood long enough to be seen."""
    return item.end + MIN_PAUSE_SECONDS if item.block.is_spoken else item.start + min(item.block.seconds, LEAST_SILENT_SECONDS)


def _stretch(blocks: Sequence[Block], room: float) -> tuple[float, list[float]]:
    """The lead before the first word, and each block's pause, longer or shorter than the voice's own so that the blocks fill the room."""
    pauses = [block.pause if block.is_spoken else 0.0 for block in blocks]
    free = room - LEAD_SECONDS - sum(block.seconds for block in blocks) - sum(pauses)
    if free > 0:
        lead = min(LEAD_STRETCH_SECONDS, free / 4)
        each = min(PAUSE_STRETCH_SECONDS, (free - lead) / max(1, sum(block.is_spoken for block in blocks)))
        return LEAD_SECONDS + lead, [pause + each if pause else 0.0 for pause in pauses]
    spare = [max(0.0, pause - MIN_PAUSE_SECONDS) for pause in pauses]
    kept = max(0.0, 1 + free / (sum(spare) or 1.0))
    return LEAD_SECONDS, [pause - part * (1 - kept) for pause, part in zip(pauses, spare, strict=True)]


def _latest_starts(blocks: Sequence[Block], end: float) -> list[float]:
    """When each block must begin, so that the ones behind it still fit before ``end``."""
    latest: list[float] = []
    for block in reversed(blocks):
        end -= block.seconds + (MIN_PAUSE_SECONDS if block.is_spoken else 0.0)
        latest.append(end + MIN_PAUSE_SECONDS)
    return latest[::-1]


def _snap_speech(target: float, bounds: tuple[float, float], beats: Sequence[float]) -> tuple[float, CutReason, int]:
    """The onset near ``target`` whose cut is on a beat, else the target with a cut just before the phrase."""
    beat = nearest(beats, target - CUT_LEAD_SECONDS)
    if beat is not None:
        onset = beat + CUT_LEAD_SECONDS
        if abs(onset - target) <= SNAP_SECONDS and bounds[0] <= onset <= bounds[1]:
            frame, cut = beat_cut(beat)
            return onset, cut, frame
    frame, cut = phrase_cut(target)
    return target, cut, frame


def _snap_silence(target: float, earliest: float, beats: Sequence[float]) -> tuple[float, CutReason, int]:
    beat = nearest([beat for beat in beats if beat >= earliest - MIN_PAUSE_SECONDS + 0.04], target)
    at = target if beat is None else beat
    frame, cut = beat_cut(at)
    return at, cut, frame


def _end_card(placed: Sequence[_Placed], length: Length, frames: int, beats: Sequence[float], pacing: Pacing) -> tuple[int, CutReason]:
    """Where the end card begins: with the spoken call, else on the beat that leaves it the seconds it needs; at the end without one."""
    last = placed[-1]
    if not length.has_end_card:
        return frames, CutReason(on="end_card")
    if length.is_call_spoken and len(placed) > 1:
        return last.frame, last.cut
    total = frames / FRAME_RATE
    free = last.end if last.block.is_spoken else _free_from(last)
    wanted = min(max(free + 0.15, total - pacing.end_card_seconds[1]), total - 1.0)
    late = [beat for beat in beats if free + 0.02 <= beat <= total - LEAST_END_SECONDS]
    if not late:
        return frames, CutReason(on="end_card")
    return beat_cut(min(late, key=lambda at: abs(at - wanted)), is_end_card=True)


def _candidates(plan: Plan, placed: Sequence[_Placed], voice: PlacedVoice, beats: Sequence[float], end_frame: int, *, is_heard: bool) -> list[Candidate]:
    candidates = _borders(plan, placed, end_frame)
    borders = [candidate.frame / FRAME_RATE for candidate in candidates]
    for item in placed:
        candidates += _phrases_in(item, voice, plan.beats[item.block.beat].media_words, "word" if is_heard else "beat")
    phrases = [candidate.frame / FRAME_RATE for candidate in candidates if candidate.kind != "word"]
    for at in beats if is_heard else _in_silence(beats, placed):
        beat = max((item.block.beat for item in placed if item.start <= at + 0.2), default=placed[0].block.beat, key=lambda number: _order(placed, number))
        if _is_apart(at, borders, BORDER_DISTANCE_SECONDS) and _is_apart(at, phrases, 0.1):
            frame, cut = beat_cut(at)
            candidates.append(Candidate(frame, "beat", cut, beat))
    inside = [candidate for candidate in candidates if candidate.frame == 0 or 0 < candidate.frame < end_frame]
    unique = {candidate.frame: candidate for candidate in sorted(inside, key=lambda one: _RANK[one.kind], reverse=True)}
    return sorted(unique.values(), key=lambda candidate: candidate.frame)


def _in_silence(beats: Sequence[float], placed: Sequence[_Placed]) -> list[float]:
    spoken = [item for item in placed if item.block.is_spoken]
    return [beat for beat in beats if not any(item.start - BORDER_DISTANCE_SECONDS < beat < item.end + MIN_PAUSE_SECONDS for item in spoken)]


def _borders(plan: Plan, placed: Sequence[_Placed], end_frame: int) -> list[Candidate]:
    """Where each block's beat begins. Over silence that may as well be later."""
    found = [Candidate(0, "start", CutReason(on="start"), placed[0].block.beat, _needs(plan, placed[0].block.beat))]
    for item, until in zip(placed[1:], [*(one.frame for one in placed[2:]), end_frame], strict=False):
        if 0 < item.frame < end_frame:
            latest = 0 if item.block.is_spoken else until
            beat = plan.beats[item.block.beat]
            is_item = beat.is_chapter and bool(beat.title)
            found.append(Candidate(item.frame, "border", item.cut, item.block.beat, _needs(plan, item.block.beat), latest, is_item))
    return found


_RANK = {"start": 0, "border": 1, "part": 2, "phrase": 3, "beat": 4, "word": 5}


def _order(placed: Sequence[_Placed], beat: int) -> int:
    return next(place for place, item in enumerate(placed) if item.block.beat == beat)


def _phrases_in(item: _Placed, voice: PlacedVoice, media_words: Sequence[int], other: CandidateKind) -> list[Candidate]:
    """Cuts before the words inside a spoken block; those after a comma, a stop or an audible pause begin phrases, others are ``other``."""
    block = item.block
    if block.words is None or block.audio is None:
        return []
    found = []
    parts = {block.words[0] + count for count in accumulate(media_words)}
    for index in range(block.words[0] + 1, block.words[1] + 1):
        before, word = voice.words[index - 1], voice.words[index]
        is_phrase = has_comma(before.text) or ends_sentence(before.text) or word.start - before.end > 0.2
        frame, cut = phrase_cut(item.start + word.start - block.audio[0])
        found.append(Candidate(frame, "part" if index in parts else "phrase" if is_phrase else other, cut, block.beat))
    return found


def _needs(plan: Plan, beat: int) -> float:
    text = " ".join(filter(None, [plan.beats[beat].title or "", *plan.beats[beat].cards]))
    return READ_START_SECONDS + len(text) / READ_CHARACTERS_PER_SECOND if text else 0.0


def _is_apart(at: float, times: Sequence[float], distance: float) -> bool:
    return all(abs(at - time) > distance for time in times)


def _words(placed: Sequence[_Placed], voice: PlacedVoice) -> tuple[tuple[Word, ...], tuple[int, ...]]:
    words, beats = [], []
    for item in placed:
        if item.block.words is None or item.block.audio is None:
            continue
        for index in range(item.block.words[0], item.block.words[1] + 1):
            spoken = voice.words[index]
            shift = item.start - item.block.audio[0]
            words.append(Word(spoken.text, spoken.start + shift, max(spoken.end, spoken.start) + shift))
            beats.append(item.block.beat)
    return tuple(words), tuple(beats)


def _pieces(placed: Sequence[_Placed]) -> tuple[VoicePiece, ...]:
    """The voice cut at its pauses, with a little air before and behind each piece."""
    spoken = [item for item in placed if item.block.audio is not None]
    pieces = []
    for place, item in enumerate(spoken):
        audio = item.block.audio or (0.0, 0.0)
        before = spoken[place - 1].end if place else 0.0
        after = spoken[place + 1].start if place + 1 < len(spoken) else item.end + 2.0
        lead = min(PIECE_BEFORE_SECONDS, audio[0], max(0.0, 0.4 * (item.start - before)), 0.5 * item.block.pause)
        tail = min(PIECE_AFTER_SECONDS, 0.6 * max(0.0, after - item.end), 0.6 * item.block.pause)
        pieces.append(VoicePiece(audio[0] - lead, audio[1] + tail, item.start - lead))
    return tuple(pieces)
