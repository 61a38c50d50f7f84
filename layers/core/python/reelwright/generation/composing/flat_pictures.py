"""Pictures of one colour only: others take their place where there are any; where there are none, their stillness is declared."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from reelwright.generation.plan import Beat, Plan, PlannedMedia
from reelwright.reels.reel import Clip, Declaration, Picture

FLAT_SHARPNESS = 1.0
"""Pictures with as little in them as this show one colour: all over, they would look like a fault."""

DARK_LUMA = 0.1
"""What is darker may be a night: it is shown."""

LEAST_OTHERS = 2


def is_flat(media: PlannedMedia) -> bool:
    """Whether a photo has nothing to look at."""
    return media.facts.kind == "photo" and media.analysis.sharpness < FLAT_SHARPNESS and media.analysis.luma_mean >= DARK_LUMA


def replace_flat(plan: Plan, media: Mapping[str, PlannedMedia]) -> Plan:
    """The plan with other pictures instead of the flat ones, where it shows at least ``LEAST_OTHERS``."""
    shown = list(dict.fromkeys(media_id for beat in plan.beats for media_id in beat.media_ids))
    flat = {media_id for media_id in shown if is_flat(media[media_id])}
    others = [media_id for media_id in shown if media_id not in flat]
    if not flat or len(others) < LEAST_OTHERS:
        return plan
    counts = {media_id: sum(media_id in beat.media_ids for beat in plan.beats) for media_id in others}
    beats: list[Beat] = []
    for number, beat in enumerate(plan.beats):
        near = {*(beats[-1].media_ids if beats else ()), *beat.media_ids, *(one for later in plan.beats[number + 1 : number + 2] for one in later.media_ids)}
        beats.append(_without(beat, flat, near, counts))
    return plan.model_copy(update={"beats": tuple(beats)})


def _without(beat: Beat, flat: set[str], near: set[str], counts: dict[str, int]) -> Beat:
    if not flat & set(beat.media_ids):
        return beat
    chosen: list[str] = []
    for media_id in beat.media_ids:
        if media_id not in flat:
            chosen.append(media_id)
            continue
        instead = min(counts, key=lambda one: (one in chosen, one in near, counts[one]))
        counts[instead] += 1
        chosen.append(instead)
    return beat.model_copy(update={"media_ids": tuple(chosen)})


def declare_still(clips: Sequence[Clip], media: Mapping[str, PlannedMedia]) -> Iterator[Declaration]:
    """The shots in which nothing can be seen to move, because their pictures are of one colour."""
    for clip in clips:
        shown = [media[layer.media_id] for layer in clip.layers if isinstance(layer, Picture)]
        if shown and all(one.facts.kind == "photo" and one.analysis.sharpness < FLAT_SHARPNESS for one in shown):
            yield Declaration(kind="still", start=clip.start, end=clip.start + clip.duration, reason="The picture is of one colour: no move is seen in it.")
