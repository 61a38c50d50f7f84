"""Joins by rule: mostly plain cuts; the template's quiet joins where something changes, its loud ones seldom and never close together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from reelwright.generation.composing.studio import Arrangement, Studio
from reelwright.generation.composing.timeline import Shot, Timeline, frame_time
from reelwright.reels.reel import Picture, Transition, TransitionKind
from reelwright.reels.template import JoinMeaning, JoinRule, Pacing

LEAST_SHOT_TIMES_JOIN = 2
MAX_KINDS = 3
MAX_GLITCHES = 2
CALM_PLAIN_SHARE = 0.45
"""Templates that cut less than this join neighbours softly one after the other."""

LOUD_DISTANCE = 3
"""After a loud join at least two others come before the next one."""

BRIGHT_LUMA = 0.65
LEAST_WIPED_SHARPNESS = 120.0
BEAT_CUT_SECONDS = Fraction(1, 5)
_ONCE: frozenset[TransitionKind] = frozenset({"spin", "iris"})
_WORTH: Mapping[JoinMeaning, float] = {"end": 4.0, "chapter": 3.0, "climax": 2.6, "layout": 2.0, "detail": 1.8, "place": 1.4, "calm": 1.0}


@dataclass
class _Chosen:
    """What was chosen so far, by the number of the later shot."""

    by_number: dict[int, JoinRule] = field(default_factory=dict)

    @property
    def loud(self) -> list[int]:
        return [number for number, rule in self.by_number.items() if rule.transition.is_loud]

    @property
    def kinds(self) -> set[TransitionKind]:
        return {rule.transition.kind for rule in self.by_number.values()}

    def count(self, kind: TransitionKind) -> int:
        return sum(rule.transition.kind == kind for rule in self.by_number.values())


def choose_joins(studio: Studio, timeline: Timeline, arranged: Sequence[Arrangement], roles: Sequence[str]) -> list[Transition]:
    """The transition into each shot; the first one has none. ``roles`` are those of the shots' beats."""
    template, shots = studio.template, timeline.shots
    meanings = {number: _meanings(studio, timeline, arranged, roles, number) for number in range(1, len(shots))}
    budget = _budget(template.pacing, len(shots) - 1)
    chosen = _Chosen()
    for number in sorted(meanings, key=lambda one: (-_worth(meanings[one]), (one * 7 + studio.seed) % 5, one)):
        if len(chosen.by_number) >= budget:
            break
        rule = _find_rule(studio, shots, arranged, number, meanings[number], chosen)
        if rule is not None:
            chosen.by_number[number] = rule
    return [Transition(), *(_transition(studio, shots, arranged, number, chosen) for number in range(1, len(shots)))]


def _budget(pacing: Pacing, joins: int) -> int:
    """How many joins may be other than cuts; one where there are at least two."""
    return max(int((1 - pacing.plain_cut_share) * joins + 0.35), 1 if joins > 1 else 0)


def _meanings(studio: Studio, timeline: Timeline, arranged: Sequence[Arrangement], roles: Sequence[str], number: int) -> list[JoinMeaning]:
    """What the join before a shot may say, the weightiest first."""
    shot, before = timeline.shots[number], timeline.shots[number - 1]
    layout, last = arranged[number].layout, arranged[number - 1].layout
    same_media = _media(arranged[number]) == _media(arranged[number - 1])
    goes_on = shot.beats[0] in before.beats
    found: dict[JoinMeaning, bool] = {
        "end": number == timeline.end_card,
        "chapter": bool({"number", "chapter"} & set(layout.needs)) and not goes_on,
        "climax": roles[number] == "payoff" and roles[number - 1] != "payoff",
        "layout": layout.family != last.family,
        "detail": same_media and not goes_on,
        "place": not same_media and not goes_on,
        "calm": studio.template.pacing.plain_cut_share <= CALM_PLAIN_SHARE,
    }
    return sorted((name for name, holds in found.items() if holds), key=lambda name: -_WORTH[name])


def _worth(meanings: Sequence[JoinMeaning]) -> float:
    return max((_WORTH[name] for name in meanings), default=0.0) + 0.1 * len(meanings)


def _find_rule(
    studio: Studio, shots: Sequence[Shot], arranged: Sequence[Arrangement], number: int, meanings: Sequence[JoinMeaning], chosen: _Chosen
) -> JoinRule | None:
    """The template's rule that says most of it; those used less come first."""
    rules = [rule for rule in studio.template.joins if _may_stand(studio, shots, arranged, number, rule, chosen)]
    rated: list[tuple[float, int, int, JoinRule]] = []
    for place, rule in enumerate(rules):
        said = [_WORTH[name] for name in rule.means or ("layout",) if name in meanings]
        if said:
            turn = (place + studio.seed) % max(1, len(rules))
            rated.append((-max(said) + chosen.count(rule.transition.kind) * 0.7, turn, place, rule))
    return min(rated, key=lambda row: row[:3])[3] if rated else None


def _may_stand(studio: Studio, shots: Sequence[Shot], arranged: Sequence[Arrangement], number: int, rule: JoinRule, chosen: _Chosen) -> bool:
    join = rule.transition
    if rule.before and arranged[number].layout.name not in rule.before:
        return False
    if any(shots[place].seconds < LEAST_SHOT_TIMES_JOIN * join.duration for place in (number - 1, number)):
        return False
    if join.kind not in chosen.kinds and len(chosen.kinds) >= MAX_KINDS:
        return False
    is_calm = studio.template.pacing.plain_cut_share <= CALM_PLAIN_SHARE
    if not is_calm and (number - 1 in chosen.by_number or number + 1 in chosen.by_number):
        return False
    return (not join.is_loud or _may_be_loud(studio, len(shots) - 1, number, join.kind, chosen)) and _suits(studio, arranged, number, join)


def _may_be_loud(studio: Studio, joins: int, number: int, kind: TransitionKind, chosen: _Chosen) -> bool:
    most = max(int(studio.template.pacing.loud_share * joins), 1 if joins > 1 else 0)
    limits = {"glitch_slice": MAX_GLITCHES, **dict.fromkeys(_ONCE, 1)}
    if len(chosen.loud) >= most or chosen.count(kind) >= limits.get(kind, most):
        return False
    return all(abs(number - other) >= LOUD_DISTANCE for other in chosen.loud)


def _suits(studio: Studio, arranged: Sequence[Arrangement], number: int, join: Transition) -> bool:
    """A flash into a bright picture would be white; a luma wipe out of a plain one is only a dissolve."""
    if join.kind == "match_flash":
        return arranged[number].luma <= BRIGHT_LUMA
    if join.kind == "luma_wipe":
        media = studio.media.get(_media(arranged[number - 1]))
        return media is not None and media.analysis.sharpness >= LEAST_WIPED_SHARPNESS
    return True


def _transition(studio: Studio, shots: Sequence[Shot], arranged: Sequence[Arrangement], number: int, chosen: _Chosen) -> Transition:
    rule = chosen.by_number.get(number)
    if rule is None:
        is_beat = studio.template.pacing.cuts_on_beat and shots[number].cut.on == "beat"
        length = min(BEAT_CUT_SECONDS, frame_time((shots[number].end - shots[number].start) // 2))
        return Transition(kind="beat_cut", duration=length) if is_beat and length > 0 else Transition()
    join = rule.transition
    changed: dict[str, object] = {"seed": studio.seed * 31 + number}
    if join.kind == "whip_pan":
        changed["direction"] = _whip_direction(arranged[number - 1], number + studio.seed)
    if join.kind in {"zoom_through", "cross_zoom", "iris"}:
        changed |= _centre(arranged[number - 1], studio)
    if join.colour is None and join.kind in {"dip", "shape_wipe", "page_split"}:
        changed["colour"] = studio.template.theme.background if join.kind != "shape_wipe" else studio.template.theme.accent
    return join.model_copy(update=changed)


def _whip_direction(before: Arrangement, turn: int) -> str:
    """The picture goes on in the direction in which the camera made it go."""
    move = before.main_move or "in"
    return {"left": "right", "right": "left", "up": "down", "down": "up"}.get(move, ("left", "up")[turn % 2])


def _centre(before: Arrangement, studio: Studio) -> dict[str, float]:
    """Where the camera was going, on the canvas."""
    picture = next((layer for layer in before.layers if isinstance(layer, Picture) and layer.blur == 0), None)
    if picture is None:
        return {}
    x = (picture.rect.x + picture.rect.width / 2) / studio.areas.width
    y = (picture.rect.y + picture.rect.height * 0.45) / studio.areas.height
    return {"x": round(min(0.8, max(0.2, x)), 3), "y": round(min(0.8, max(0.2, y)), 3)}


def _media(arranged: Arrangement) -> str:
    return next((layer.media_id for layer in arranged.layers if isinstance(layer, Picture)), "")
