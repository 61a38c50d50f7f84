"""More material than shots: pictures for which the plan has no shot of their own stand beside others, every other time."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from reelwright.generation.composing.scene import Scene
from reelwright.generation.plan import Plan, PlannedMedia
from reelwright.generation.planning.media_traits import look_alike

MOST_BESIDE, MOST_BESIDE_A_TITLE = 3, 1
LEAST_SECONDS = 1.0
BESIDE_REASON = "Beside it stand pictures for which there was no shot of their own."


def list_spare(plan: Plan, media: Mapping[str, PlannedMedia]) -> list[str]:
    """The media that are not shown and look like nothing that is, nor like each other, in the creator's order."""
    seen = [media[media_id] for beat in plan.beats for media_id in beat.media_ids if media_id in media]
    spare: list[str] = []
    for media_id in plan.unused_media:
        item = media.get(media_id)
        if item is not None and not any(look_alike(item, other) for other in seen):
            spare.append(media_id)
            seen.append(item)
    return spare


def place_spare(scenes: Sequence[Scene], silent: Collection[int], spare: Sequence[str]) -> list[Scene]:
    """The scenes with spare media beside their own in every other of those where nothing is said (``silent``: their numbers)."""
    left = list(spare)
    placed, is_due = [], True
    for scene in scenes:
        may = scene.number in silent and len(scene.media_ids) == 1 and scene.seconds >= LEAST_SECONDS and bool(left)
        if may and is_due:
            count = MOST_BESIDE_A_TITLE if scene.texts.get("title") else MOST_BESIDE
            beside, left = left[:count], left[count:]
            placed.append(replace(scene, media_ids=(*scene.media_ids, *beside), has_spare=bool(left)))
        else:
            placed.append(scene)
        is_due = not is_due if may else is_due
    return placed


def name_others(scenes: Sequence[Scene], spare: Sequence[str], media: Mapping[str, PlannedMedia]) -> list[Scene]:
    """The scenes with the photos that may stand beside their own: those not shown at all first, then those shown farthest away.

    Nothing that is seen in the shot before or after, unless the reel has no other, nor what looks like the scene's own.
    """
    shown = list(dict.fromkeys(media_id for scene in scenes for media_id in scene.media_ids))
    unshown = [media_id for media_id in spare if media_id not in shown]
    is_alone = len({*shown, *unshown}) < 2
    named = []
    for place, scene in enumerate(scenes):
        near = {media_id for one in scenes[max(0, place - 1) : place + 2] for media_id in one.media_ids}
        far = sorted((media_id for media_id in shown if media_id not in near), key=lambda media_id: -_distance(scenes, place, media_id))
        far = far or [media_id for media_id in shown if media_id not in scene.media_ids and not unshown]
        own = [media[media_id] for media_id in scene.media_ids]
        others = [media_id for media_id in (*unshown, *_without_items(far, scenes, place)) if _may_stand_beside(media[media_id], own)]
        named.append(replace(scene, others=tuple(others), is_alone=is_alone))
    return named


def _without_items(ids: Sequence[str], scenes: Sequence[Scene], place: int) -> list[str]:
    """Without the pictures of a list's items that are yet to come; beside an item stands none of another one."""
    if scenes[place].texts.get("item"):
        return []
    shown = {media_id for scene in scenes[: place + 1] for media_id in scene.media_ids}
    to_come = {media_id for scene in scenes if scene.texts.get("item") for media_id in scene.media_ids} - shown
    return [media_id for media_id in ids if media_id not in to_come]


def _distance(scenes: Sequence[Scene], place: int, media_id: str) -> int:
    return min(abs(number - place) for number, scene in enumerate(scenes) if media_id in scene.media_ids)


def _may_stand_beside(item: PlannedMedia, own: Sequence[PlannedMedia]) -> bool:
    return item.facts.kind == "photo" and not any(look_alike(item, one) for one in own)
