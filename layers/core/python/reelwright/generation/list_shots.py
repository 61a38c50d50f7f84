"""Every shot of a reel in words: when, what is seen, said and written, why it is there, and which place of the plan it shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from reelwright.generation.plan import Plan
from reelwright.reels.reel import Clip, Reel


@dataclass(frozen=True)
class PlanPlace:
    """A picture of a beat, both counted from 0."""

    beat: int
    picture: int


def list_shots(reel: Reel, plan: Plan | None, file_names: Mapping[str, str]) -> list[dict[str, Any]]:
    """One row for each clip of the first track, numbered from 1. ``beat`` is None where the clip shows no picture of the plan."""
    clips = reel.tracks[0].clips
    places = place_shots([pictures_of(clip) for clip in clips], plan) if plan else [None] * len(clips)
    return [_describe(number, clip, place, reel, file_names) for number, (clip, place) in enumerate(zip(clips, places, strict=True), start=1)]


def pictures_of(clip: Clip) -> list[str]:
    """The media that the clip shows, each once; a blurred ground behind another picture is none."""
    return list(dict.fromkeys(layer.media_id for layer in clip.layers if layer.kind == "picture" and not layer.blur))


def place_shots(shown: Sequence[Sequence[str]], plan: Plan) -> list[PlanPlace | None]:
    """For the pictures of each clip the place in the plan, found in the plan's order; a clip may go on with the one before.

    A picture that comes back later, as on an end card, has no place of its own.
    """
    order = [(PlanPlace(beat, picture), media_id) for beat, one in enumerate(plan.beats) for picture, media_id in enumerate(one.media_ids)]
    found: list[PlanPlace | None] = []
    after = 0
    for pictures in shown:
        at = _find(pictures[0], [media_id for _, media_id in order], after) if pictures else None
        found.append(None if at is None else order[at][0])
        after = after if at is None else at + 1
    return found


def _find(media_id: str, order: Sequence[str], after: int) -> int | None:
    places = [*range(after, min(after + 1, len(order))), *([after - 1] if after else []), *range(after + 1, len(order))]
    return next((place for place in places if order[place] == media_id), None)


def _describe(number: int, clip: Clip, place: PlanPlace | None, reel: Reel, file_names: Mapping[str, str]) -> dict[str, Any]:
    return {
        "number": number,
        "at": round(float(clip.start), 3),
        "seconds": round(float(clip.duration), 3),
        "files": [file_names.get(media_id, media_id) for media_id in pictures_of(clip)],
        "texts": list(dict.fromkeys(layer.text for layer in clip.layers if layer.kind == "text" and layer.text.strip())),
        "said": " ".join(word.text for word in reel.captions.words if clip.start <= word.start < clip.end),
        "transition": clip.transition.kind,
        "on": clip.cut.on,
        "reason": clip.reason,
        "beat": place.beat if place else None,
        "picture": place.picture if place else None,
    }
