"""Which picture belongs to which beat: by what it shows, by the creator's order, by faces; each with its reason in words."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment

from reelwright.generation.planning import patterns
from reelwright.generation.planning.approach import PLAIN, Approach
from reelwright.generation.planning.beats_of_script import Draft
from reelwright.generation.planning.likeness import Likeness, find_word, measure_likeness
from reelwright.generation.planning.media_traits import Traits
from reelwright.generation.planning.reading import Reading
from reelwright.generation.planning.words import lower
from reelwright.generation.provider import TextEmbedder

Scores = NDArray[np.float64]

WEAK_REASON = "It is the best of what was left; nothing fits clearly."
OPENER_WEIGHT = 0.9
RESULT_GAIN = 0.8
RESULT_TOO_EARLY = 1.5
NEAR_ORDER = 0.75
SURE_LIKENESS = 0.35
SURE_PROBABILITY = 0.25
REPEAT_COST = 0.6
TWIN_COST = 3.0
CLIP_AGAIN_COST = 0.25  # another stretch of a clip is another picture
CHAPTER_GAIN = 0.5  # the item of a chapter is to be seen
KEEP_ORDER_WEIGHT = 3.0
LEAST_ITEMS = 2
NAMED_PLACE_GAIN = 3.0  # more than any order
BESIDE_ITEMS_SHARE = 0.1
FORCED_SCORE = 5.0
_ORDER_WEIGHTS = {"recipe": 0.5, "howto": 0.5, "dayinlife": 0.5, "beforeafter": 0.9}
_ORDER_WEIGHT = 0.4
_FORCED_WORDS = {"before": r"\b(old|before|antes|vorher|avant|prima)", "after": r"\b(new|neu|nuev|after|despu|nachher|apr|depois|dopo)"}


@dataclass(frozen=True)
class Shown:
    """The media of one beat and why it stands there."""

    media_id: str
    reason: str


@dataclass(frozen=True)
class _Table:
    likeness: Likeness
    order: Scores
    faces: Scores
    opener: Scores
    forced: Scores
    total: Scores


def assign_media(
    drafts: Sequence[Draft], traits: Sequence[Traits], reading: Reading, embed: TextEmbedder | None, *, keep_order: bool, approach: Approach = PLAIN
) -> list[Shown]:
    """One media for each beat, as a whole the best fit. A media serves again only when there are more beats than media."""
    table = _rate(drafts, traits, reading, embed, keep_order=keep_order, approach=approach)
    places = _match(table.total, traits, drafts)
    seen: set[int] = set()
    shown = []
    for beat, place in enumerate(places):
        reason = _reason(drafts[beat], beat, place, traits, table, reading, embed)
        shown.append(Shown(traits[place].media_id, f"{reason} {_again(traits[place])}" if place in seen else reason))
        seen.add(place)
    return shown


def _again(trait: Traits) -> str:
    return "Another part of the clip." if trait.media.facts.kind == "video" else "Shown again, closer."


def rate_media(draft: Draft, place: tuple[int, int], traits: Sequence[Traits], reading: Reading, embed: TextEmbedder | None) -> list[tuple[float, Shown]]:
    """Every media with how well it fits one draft, and why it would. ``place`` is the draft's number and how many there are."""
    beat, count = place
    drafts = [replace(draft, role="silent", text="") if at != beat else draft for at in range(count)]
    table = _rate(drafts, traits, reading, embed, keep_order=False, approach=PLAIN)
    return [(float(table.total[beat, at]), Shown(trait.media_id, _reason(draft, beat, at, traits, table, reading, embed))) for at, trait in enumerate(traits)]


def is_weak_reason(reason: str) -> bool:
    """Whether the reason says that nothing fits."""
    return reason.startswith(WEAK_REASON)


def _rate(drafts: Sequence[Draft], traits: Sequence[Traits], reading: Reading, embed: TextEmbedder | None, *, keep_order: bool, approach: Approach) -> _Table:
    likeness = measure_likeness(["" if draft.role == "silent" else draft.text for draft in drafts], traits, reading, embed)
    shape = (len(drafts), len(traits))
    order, faces, opener, forced = (np.zeros(shape) for _ in range(4))
    ranks = _ranks(traits, approach)
    told = _told_places(drafts, reading)
    for beat, draft in enumerate(drafts):
        for place, trait in enumerate(traits):
            at, share = told[beat]
            order[beat, place] = share * (1 - abs(at - ranks[place] / max(1, len(traits) - 1)))
            faces[beat, place] = _face_score(draft, trait, reading)
            opener[beat, place] = _opener_score(draft, trait, len(traits), reading)
            forced[beat, place] = _forced_score(draft, trait, traits, reading) + _opening_score(beat, draft, trait, traits, approach)
            forced[beat, place] += _wish_score(beat, len(drafts), trait, approach) + NAMED_PLACE_GAIN * _is_named_after(_place_of(draft, reading), trait)
    weight = KEEP_ORDER_WEIGHT if keep_order else _ORDER_WEIGHTS.get(reading.intent, _ORDER_WEIGHT)
    sharpness = np.array([trait.sharpness for trait in traits])
    items = CHAPTER_GAIN * measure_likeness([draft.item if draft.is_chapter else "" for draft in drafts], traits, reading, None).score
    total = likeness.score + items + weight * order + faces + opener + forced + 0.15 * sharpness[None, :]
    return _Table(likeness, order, faces, opener, forced, total)


def _told_places(drafts: Sequence[Draft], reading: Reading) -> list[tuple[float, float]]:
    """Where in the order of the material each beat is, 0..1, and how much that counts. The items of a list have it among themselves:
    a title before them and a question behind them take no picture from them."""
    items = [beat for beat, draft in enumerate(drafts) if draft.is_chapter or _place_of(draft, reading)]
    if len(items) < LEAST_ITEMS:
        return [(beat / max(1, len(drafts) - 1), 1.0) for beat in range(len(drafts))]
    done = [sum(item < beat for item in items) for beat in range(len(drafts))]
    return [(min(1.0, count / (len(items) - 1)), 1.0 if beat in items else BESIDE_ITEMS_SHARE) for beat, count in enumerate(done)]


def _place_of(draft: Draft, reading: Reading) -> str:
    """The place that the beat's card names, where it names nothing else."""
    return draft.cards[0] if len(draft.cards) == 1 and draft.cards[0] in reading.places else ""


def _is_named_after(place: str, trait: Traits) -> bool:
    """Whether the file has the name of the place: "picosdeeuropa_3.jpg"."""
    letters = "".join(character for character in place.casefold() if character.isalnum())
    return bool(letters) and letters in "".join(character for character in trait.media.file_name.casefold() if character.isalnum())


def _ranks(traits: Sequence[Traits], approach: Approach) -> list[int]:
    """The place of each media in the order that is told: the creator's, or by how well each would open the reel."""
    if approach.order != "best_first":
        return [trait.rank for trait in traits]
    best = sorted(range(len(traits)), key=lambda place: (-traits[place].opener, traits[place].rank))
    return [best.index(place) for place in range(len(traits))]


def _opening_score(beat: int, draft: Draft, trait: Traits, traits: Sequence[Traits], approach: Approach) -> float:
    """Other plans' openers do not open this one; where the ending comes first, the best of the last third does."""
    if beat or draft.forced:
        return 0.0
    free = [other for other in traits if other.media_id not in approach.taken_openers]
    if trait not in free:
        return -FORCED_SCORE if free else 0.0
    if approach.order != "payoff_first":
        return 0.0
    late = [other for other in free if other.rank >= len(traits) - max(1, math.ceil(len(traits) / 3))] or free
    return FORCED_SCORE if trait is max(late, key=lambda other: other.opener) else 0.0


def _wish_score(beat: int, count: int, trait: Traits, approach: Approach) -> float:
    """What the creator asked to see first or last is there, and elsewhere only where nothing else is left."""
    at_start, at_end = beat == 0, beat == count - 1
    if trait.wish == "not_first":
        return -FORCED_SCORE if at_start else 0.0
    if trait.wish == "first" and approach.order == "creator":
        return FORCED_SCORE if at_start else -1.0
    if trait.wish == "second_last":
        return FORCED_SCORE if beat == count - 2 else -FORCED_SCORE if at_start else -1.0
    if trait.wish == "last":
        return FORCED_SCORE if at_end else -FORCED_SCORE if at_start else -1.0
    return 0.0


def _face_score(draft: Draft, trait: Traits, reading: Reading) -> float:
    if not trait.face_count:
        return 0.0
    words = [lower(word) for word in draft.text.split()]
    if any(word in reading.shared.people for word in words):
        return 0.45 if trait.face_count > 1 else 0.3
    return 0.15 if any(reading.lexicon.has(word, "self") for word in words) else 0.0


def _opener_score(draft: Draft, trait: Traits, count: int, reading: Reading) -> float:
    if draft.role == "payoff":
        return 0.2 * trait.opener
    if draft.role != "hook":
        return 0.0
    shows_result = reading.intent in {"recipe", "howto"} and trait.rank >= count - max(1, count // 3)
    return OPENER_WEIGHT * trait.opener + RESULT_GAIN * shows_result


def _forced_score(draft: Draft, trait: Traits, traits: Sequence[Traits], reading: Reading) -> float:
    if not draft.forced:
        is_result = reading.intent == "beforeafter" and patterns.search(_FORCED_WORDS["after"], _description(trait), re.IGNORECASE)
        return -RESULT_TOO_EARLY if is_result else 0.0
    pattern = _FORCED_WORDS[draft.forced]
    named = [other for other in traits if patterns.search(pattern, _description(other), re.IGNORECASE)]
    if named:
        return FORCED_SCORE if trait in named else 0.0
    wanted = 0 if draft.forced == "before" else len(traits) - 1
    return FORCED_SCORE if trait.rank == wanted else 0.0


def _description(trait: Traits) -> str:
    stem = patterns.sub(r"[\W_]+", " ", trait.media.file_name)
    return " ".join([stem, *(name for name, _ in trait.labels[:1])])


def _match(total: Scores, traits: Sequence[Traits], drafts: Sequence[Draft]) -> list[int]:
    """The media of each draft: the best as a whole in which no media stands beside itself, as far as there are others."""
    rated = total.copy()
    places, _ = _solve(rated, traits, len(drafts))
    for _ in range(2 * len(drafts)):
        twins = [beat for beat in range(1, len(places)) if places[beat] == places[beat - 1]]
        if not twins or len(traits) == 1:
            return places
        ways = [_without(rated, beat, places[beat]) for beat in (twins[0], twins[0] - 1) if not drafts[beat].forced] or [rated]
        rated = max(ways, key=lambda way: _solve(way, traits, len(drafts))[1])
        places, _ = _solve(rated, traits, len(drafts))
    _part_twins(places, total, drafts)
    return places


def _without(rated: Scores, beat: int, place: int) -> Scores:
    changed = rated.copy()
    changed[beat, place] -= TWIN_COST
    return changed


def _solve(total: Scores, traits: Sequence[Traits], beats: int) -> tuple[list[int], float]:
    """The assignment with the greatest sum, and that sum."""
    columns, owners = _repeatable(total, traits, beats)
    rows, chosen = linear_sum_assignment(-columns)
    places = [0] * beats
    for row, column in zip(rows, chosen, strict=True):
        places[int(row)] = owners[int(column)]
    return places, float(columns[rows, chosen].sum())


def _repeatable(total: Scores, traits: Sequence[Traits], beats: int) -> tuple[Scores, list[int]]:
    """The columns, each media as often as it may be shown; a repeated one costs more each time."""
    each = math.ceil(beats / len(traits))
    copies = [max(1, trait.max_shots if trait.media.facts.kind == "video" else min(trait.max_shots, each)) for trait in traits]
    while sum(copies) < beats:
        copies = [count + 1 for count in copies]
    owners = [place for place, count in enumerate(copies) for _ in range(count)]
    costs = [
        (CLIP_AGAIN_COST if trait.media.facts.kind == "video" else REPEAT_COST) * copy
        for trait, count in zip(traits, copies, strict=True)
        for copy in range(count)
    ]
    return total[:, owners] - np.array(costs)[None, :], owners


def _part_twins(places: list[int], total: Scores, drafts: Sequence[Draft]) -> None:
    """Where two neighbours show the same media, one of them is exchanged with the beat that loses least."""
    for beat in range(1, len(places)):
        if places[beat] != places[beat - 1]:
            continue
        best: tuple[float, int, int] | None = None
        for one in (beat, beat - 1):
            for other in range(len(places)):
                if drafts[other].forced or drafts[one].forced or not _may_exchange(places, one, other):
                    continue
                gain = total[one, places[other]] + total[other, places[one]] - total[one, places[one]] - total[other, places[other]]
                best = max(best, (float(gain), one, other)) if best else (float(gain), one, other)
        if best:
            one, other = best[1:]
            places[one], places[other] = places[other], places[one]
    if total.shape[1] > 1 and any(before == after for before, after in pairwise(places)):
        places[:] = _alternate(total)


def _alternate(total: Scores) -> list[int]:
    """The best sequence without equal neighbours, where exchanging two beats does not help: few media, many beats."""
    beats, media = total.shape
    best = np.zeros((beats, media))
    back = np.zeros((beats, media), dtype=int)
    best[0] = total[0]
    for beat in range(1, beats):
        for place in range(media):
            others = np.where(np.arange(media) == place, -np.inf, best[beat - 1])
            back[beat, place] = int(np.argmax(others))
            best[beat, place] = total[beat, place] + float(np.max(others))
    places = [int(np.argmax(best[-1]))]
    for beat in range(beats - 1, 0, -1):
        places.append(int(back[beat, places[-1]]))
    return places[::-1]


def _may_exchange(places: list[int], beat: int, other: int) -> bool:
    trial = list(places)
    trial[beat], trial[other] = trial[other], trial[beat]
    near = {place for at in (beat, other) for place in (at - 1, at) if 0 <= place < len(trial) - 1}
    return places[beat] != places[other] and all(trial[at] != trial[at + 1] for at in near)


def _reason(draft: Draft, beat: int, place: int, traits: Sequence[Traits], table: _Table, reading: Reading, embed: TextEmbedder | None) -> str:
    trait = traits[place]
    if draft.forced and table.forced[beat, place] > 0:
        return f"The text says “{draft.text}”, and this is the {'first' if draft.forced == 'before' else 'last'} state in your material."
    if trait.wish == "second_last" and beat == len(table.order) - 2:
        return "You asked for it before the last one."
    if (trait.wish == "first" and beat == 0) or (trait.wish == "last" and beat == len(table.order) - 1):
        return f"You asked for it {'at the start' if trait.wish == 'first' else 'at the end'}."
    if draft.role == "silent":
        return "It comes at this point in your order." if table.order[beat, place] > NEAR_ORDER else "A quiet picture on the music."
    said = _said_and_shown(draft.text, beat, place, table, reading, embed)
    if said:
        return said
    if table.faces[beat, place] > 0:
        says_people = any(lower(word) in reading.shared.people for word in draft.text.split())
        return "You mention people and it shows people." if says_people else "You speak about yourself and it shows a person."
    if draft.role == "hook" and trait.opener >= 0.9 * max(other.opener for other in traits):
        return "It is the strongest opener of your material."
    if draft.role == "payoff" and table.opener[beat, place] > 0.12:
        return "It is kept for the ending."
    if table.order[beat, place] > NEAR_ORDER:
        return "It comes at this point in your order."
    return WEAK_REASON


def _said_and_shown(text: str, beat: int, place: int, table: _Table, reading: Reading, embed: TextEmbedder | None) -> str:
    """ "You say … and it shows …", only where that is sure; empty otherwise."""
    match = table.likeness.match(beat, place)
    if match is None or table.likeness.score[beat, place] <= SURE_LIKENESS or match.probability < SURE_PROBABILITY:
        return ""
    word = match.word or (find_word(text, match.label, reading, embed) if embed is not None else None)
    if not word:
        return ""
    shows = f"its name says “{match.label}”" if match.is_name else f"it shows {match.label}"
    return f"You say “{word}” and {shows}."
