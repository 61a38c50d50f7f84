"""From shots to scenes: which media and which words each shot shows, and which layouts it may use."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, replace

from reelwright.generation.composing.arrange import Scene
from reelwright.generation.composing.headline import split_headline, write_date
from reelwright.generation.composing.timeline import Shot, Timeline
from reelwright.generation.plan import Beat, Plan, PlannedMedia
from reelwright.reels.template import Template, TextSource, find_template

MASTHEAD_SIDE_SOURCES: tuple[TextSource, ...] = ("before", "masthead", "after")


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
            yield replace(scene, has_captions=number in captioned), names


def list_scenes(plan: Plan, timeline: Timeline, media: Mapping[str, PlannedMedia]) -> SceneList:
    """One scene for each shot."""
    scenes: list[Scene] = []
    reasons: list[str] = []
    shown: list[str] = []
    chapters = _chapters(plan)
    for number, shot in enumerate(timeline.shots):
        beat = plan.beats[shot.beats[0]]
        if number == timeline.end_card:
            ids: tuple[str, ...] = (_closing_media(plan, shown),)
            texts, reason = _end_texts(plan), "The end card, over a picture that was seen before."
        else:
            ids = _media_of(plan, shot, shown)
            texts, reason = _texts_of(plan, shot, number, chapters, media), beat.reason
        is_repeat = ids[0] in shown and number != timeline.end_card
        scenes.append(Scene(number, ids, texts, shot.seconds, is_repeat=is_repeat))
        reasons.append(reason)
        shown += ids
    said = tuple(" ".join(text for source, text in scene.texts.items() if source not in MASTHEAD_SIDE_SOURCES) for scene in scenes)
    return SceneList(tuple(scenes), said, tuple(reasons), timeline.end_card, find_template(plan.template))


def _media_of(plan: Plan, shot: Shot, shown: list[str]) -> tuple[str, ...]:
    """The media of the shot: each part of a beat shows its next one; a beat that got no shot of its own stands beside."""
    own = plan.beats[shot.beats[0]].media_ids
    first = own[shot.part] if shot.part < len(own) else own[shot.part % len(own)]
    if shown and first == shown[-1]:
        first = next((media_id for media_id in own if media_id != shown[-1]), first)
    beside = [media_id for beat in shot.beats[1:] for media_id in plan.beats[beat].media_ids]
    if shot.part == 0 and not plan.beats[shot.beats[0]].spoken:
        beside += list(own[1:])
    second = next((media_id for media_id in beside if media_id != first), None)
    return (first, second) if second else (first,)


def _texts_of(plan: Plan, shot: Shot, number: int, chapters: Mapping[int, int], media: Mapping[str, PlannedMedia]) -> dict[TextSource, str]:
    beat = plan.beats[shot.beats[0]]
    if number == 0:
        return _opener_texts(plan, beat, media)
    if shot.part > 0 or shot.beats[0] == 0:
        return {}
    text = beat.title or " ".join(beat.cards)
    if not text:
        return {}
    if beat.is_chapter and shot.beats[0] in chapters:
        return {"title": text, "number": str(chapters[shot.beats[0]]), "chapter": text.split(". ", 1)[-1]}
    return {"title": text}


def _opener_texts(plan: Plan, beat: Beat, media: Mapping[str, PlannedMedia]) -> dict[TextSource, str]:
    texts = split_headline(plan.hook, beat.emphasis, plan.language)
    date = write_date(media[beat.media_ids[0]].facts.taken_at, plan.language)
    if date and texts:
        texts["date"] = date
    return texts


def _end_texts(plan: Plan) -> dict[TextSource, str]:
    lines = list(plan.end_card)
    handle = plan.handle if plan.handle in lines else ""
    call = " ".join(line for line in lines if line != handle)
    texts: dict[TextSource, str] = {}
    if call:
        texts["call"] = call
    if handle:
        texts["handle" if call else "call"] = handle
    return texts


def _closing_media(plan: Plan, shown: list[str]) -> str:
    """The picture of the end card: the opener's, so that the end leads back to the beginning, unless it was just seen."""
    others = [media_id for media_id in shown if not shown or media_id != shown[-1]]
    return others[0] if others else plan.beats[0].media_ids[0]


def _chapters(plan: Plan) -> dict[int, int]:
    numbered = [place for place, beat in enumerate(plan.beats) if beat.is_chapter and beat.title]
    return {place: number for number, place in enumerate(numbered, 1)}
