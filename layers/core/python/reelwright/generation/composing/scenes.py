"""From shots to scenes: which media and which words each shot shows, and which layouts it may use."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, replace
from itertools import accumulate

from reelwright.generation.composing.furniture import furnish_page
from reelwright.generation.composing.headline import write_stamp
from reelwright.generation.composing.scene import Scene
from reelwright.generation.composing.scene_texts import Texts, beat_texts, end_texts, opener_texts
from reelwright.generation.composing.spare_pictures import list_spare, name_others, place_spare
from reelwright.generation.composing.timeline import FRAME_RATE, Shot, Timeline
from reelwright.generation.plan import Plan, PlannedMedia
from reelwright.reels.template import Template, TextSource, find_template
from reelwright.reels.timing import Word

LEAST_HEARD_SECONDS = 0.35
UNSAID_SOURCES: tuple[TextSource, ...] = ("before", "masthead", "after", "running", "taken", "folio", "frame", "echo")
STANDING_SOURCES: tuple[TextSource, ...] = ("number", "item")
"""What of an item's words stays while it is spoken of, even where the picture changes."""


@dataclass(frozen=True)
class SceneList:
    """``said`` is the text on screen in each shot; ``reasons`` say why each picture is there."""

    scenes: tuple[Scene, ...]
    said: tuple[str, ...]
    reasons: tuple[str, ...]
    end_card: int | None
    template: Template

    def with_captions(self, captioned: Set[int]) -> Iterator[tuple[Scene, tuple[str, ...]]]:
        """Each scene with the names of the layouts it may use."""
        for number, scene in enumerate(self.scenes):
            names = self.template.openers if number == 0 else self.template.ends if number == self.end_card else self.template.bodies
            has_captions = number in captioned
            texts = {source: text for source, text in scene.texts.items() if not (has_captions and source == "echo")}
            yield replace(scene, has_captions=has_captions, texts=texts), names


def list_scenes(plan: Plan, timeline: Timeline, media: Mapping[str, PlannedMedia]) -> SceneList:
    """One scene for each shot; where nothing is said, media that would not be seen otherwise stand beside its own."""
    scenes: list[Scene] = []
    reasons: list[str] = []
    shown: list[str] = []
    spare = list_spare(plan, media)
    for number, shot in enumerate(timeline.shots):
        is_end = number == timeline.end_card
        ids = (_closing_media(plan, shown),) if is_end else _media_of(plan, timeline, shot, shown)
        reasons.append("The end card, over a picture that was seen before." if is_end else _reason_of(plan, shot, ids[0]))
        texts = end_texts(plan) if is_end else _texts_of(plan, shot, number, media) | _stamp(media[ids[0]], plan.language)
        scenes.append(_scene(plan, timeline, shot, number, ids, texts, 0 if is_end else shown.count(ids[0]), has_spare=bool(spare)))
        shown += ids
    scenes = name_others(place_spare(scenes, _silent_shots(plan, timeline), spare), spare, media)
    said = tuple(" ".join(text for source, text in scene.texts.items() if source not in UNSAID_SOURCES) for scene in scenes)
    return SceneList(tuple(scenes), said, tuple(reasons), timeline.end_card, find_template(plan.template))


def _stamp(media: PlannedMedia, language: str) -> Texts:
    stamp = write_stamp(media.facts.taken_at, language)
    return {"taken": stamp} if stamp else {}


def _scene(plan: Plan, timeline: Timeline, shot: Shot, number: int, ids: tuple[str, ...], texts: Texts, repeats: int, *, has_spare: bool) -> Scene:
    beat = shot.beats[0]
    pages = len(timeline.shots) if timeline.end_card is None else timeline.end_card
    texts = {**furnish_page(plan, number, pages), **texts}
    turn = _turn(plan, beat) if texts.get("title") or texts.get("item") else number
    beats = _beats_in(timeline, shot)
    return Scene(number, ids, texts, shot.seconds, False, repeats, has_spare, turn, plan.beats[beat].emphasis, beats)


def _silent_shots(plan: Plan, timeline: Timeline) -> set[int]:
    """The numbers of the shots between the first one and the end card over which nothing is said."""
    inner = (number for number in range(1, len(timeline.shots)) if number != timeline.end_card)
    return {number for number in inner if not any(plan.beats[beat].spoken for beat in timeline.shots[number].beats)}


def _media_of(plan: Plan, timeline: Timeline, shot: Shot, shown: list[str]) -> tuple[str, ...]:
    """The media of the shot, and one beside it that got no shot of its own, if there is one."""
    own = _own_media(plan, timeline, shot)
    first = own[0]
    if shown and first == shown[-1]:
        first = next((media_id for media_id in own if media_id != shown[-1]), first)
    beside = [media_id for beat in shot.beats[1:] for media_id in plan.beats[beat].media_ids]
    beat = plan.beats[shot.beats[0]]
    if beat.media_words or (shot.part == 0 and not beat.spoken):
        beside = [*own[1:], *beside]
    second = next((media_id for media_id in beside if media_id != first and media_id not in shown), None)
    if second is None:
        return (first,)
    return (second, first) if {first, second} <= set(beat.media_ids) and beat.media_ids.index(second) < beat.media_ids.index(first) else (first, second)


def _reason_of(plan: Plan, shot: Shot, media_id: str) -> str:
    beat = next(plan.beats[number] for number in shot.beats if media_id in plan.beats[number].media_ids)
    reasons = dict(zip(beat.media_ids, beat.media_reasons, strict=False))
    return reasons.get(media_id, beat.reason)


def _own_media(plan: Plan, timeline: Timeline, shot: Shot) -> tuple[str, ...]:
    """The media of the shot's beat, the one that belongs here first: by the words that are said, else part by part."""
    beat = plan.beats[shot.beats[0]]
    if not beat.media_words:
        at = shot.part % len(beat.media_ids)
        return (*beat.media_ids[at:], *beat.media_ids[:at])
    words = [word for word, number in zip(timeline.words, timeline.word_beats, strict=True) if number == shot.beats[0]]
    ends = list(accumulate(beat.media_words))
    overlaps = []
    for place, media_id in enumerate(beat.media_ids):
        said = words[ends[place] - beat.media_words[place] : ends[place]]
        overlaps.append((sum(_seconds_in(word, shot) for word in said), -place, media_id))
    within = [row for row in sorted(overlaps, reverse=True) if row[0] > LEAST_HEARD_SECONDS] or [max(overlaps)]
    return tuple(row[2] for row in within)


def _seconds_in(word: Word, shot: Shot) -> float:
    return max(0.0, min(word.end, shot.end / FRAME_RATE) - max(word.start, shot.start / FRAME_RATE))


def _texts_of(plan: Plan, shot: Shot, number: int, media: Mapping[str, PlannedMedia]) -> Texts:
    beat = plan.beats[shot.beats[0]]
    if number == 0:
        return opener_texts(plan, beat, media)
    if shot.beats[0] == 0:
        return {}
    texts = beat_texts(plan, beat, _chapters(plan).get(shot.beats[0]))
    if shot.part == 0:
        return texts
    return {source: texts[source] for source in STANDING_SOURCES if texts.get("item") and source in texts}


def _closing_media(plan: Plan, shown: list[str]) -> str:
    """The picture of the end card: the opener's, so that the end leads back to the beginning, unless it was just seen."""
    others = [media_id for media_id in shown if not shown or media_id != shown[-1]]
    return others[0] if others else plan.beats[0].media_ids[0]


def _beats_in(timeline: Timeline, shot: Shot) -> tuple[float, ...]:
    start, end = shot.start / FRAME_RATE, shot.end / FRAME_RATE
    return tuple(round(beat - start, 3) for beat in timeline.beats if start < beat < end)


def _turn(plan: Plan, beat: int) -> int:
    """Which panel's turn it is: each beat with words takes the next one."""
    return max(0, sum(1 for one in plan.beats[1 : beat + 1] if one.title or one.cards) - 1)


def _chapters(plan: Plan) -> dict[int, int]:
    numbered = [place for place, beat in enumerate(plan.beats) if beat.is_chapter and beat.title]
    return {place: number for number, place in enumerate(numbered, 1)}
