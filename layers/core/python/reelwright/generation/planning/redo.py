"""One part of a plan made anew; all else stays as it is, to the letter."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from reelwright.generation.plan import Beat, Plan, PlanInput
from reelwright.generation.planning.asides import read_copy
from reelwright.generation.planning.beats_of_script import Draft
from reelwright.generation.planning.media_traits import Traits, describe_media, look_alike
from reelwright.generation.planning.openings import list_openings, name_kind
from reelwright.generation.planning.plan_reel import alternative_text
from reelwright.generation.planning.reading import Reading
from reelwright.generation.planning.scoring import score_plan
from reelwright.generation.planning.shots import Shown, rate_media
from reelwright.generation.planning.titles import rate_titles
from reelwright.generation.planning.words import tidy
from reelwright.generation.provider import TextEmbedder
from reelwright.generation.redo import RedoRequest
from reelwright.kit.errors import InvalidInput

CHOSEN_REASON = "You chose it."
MIN_TITLE_SCORE = 0.4
MAX_VIDEO_TITLE_CHARACTERS = 70


def redo_plan(plan: Plan, wanted: PlanInput, redo: RedoRequest, embed: TextEmbedder | None = None) -> Plan:
    """The plan with one part done again. Raises InvalidInput where there is nothing else to take, or the part is not there."""
    reading = read_copy(wanted)
    traits = describe_media(tuple(item for item in wanted.media if item.facts.kind in {"photo", "video"}))
    if redo.part == "voice":
        return plan.model_copy(update={"voice": redo.voice})
    if redo.part == "music":
        seed = (plan.seed if plan.music_seed is None else plan.music_seed) + 1
        return plan.model_copy(update={"music_seed": seed, "music_word": redo.music_word or plan.music_word})
    if redo.part == "hook":
        made = _with_hook(plan, wanted, redo, reading)
    elif redo.part == "title":
        made = _with_title(plan, redo, reading)
    else:
        made = _with_shot(plan, wanted, redo, reading, traits, embed)
    return made.model_copy(update={"score": score_plan(made, reading, traits)})


def _with_hook(plan: Plan, wanted: PlanInput, redo: RedoRequest, reading: Reading) -> Plan:
    text = tidy(redo.text) or _next_of([opening.text for opening in list_openings(reading)], plan.hook)
    if not text or text == plan.hook:
        raise InvalidInput("Your text has no other line that can open the reel. Send one as text.")
    beats = [_exchange_card(beat, text, plan.hook) for beat in plan.beats]
    beats[0] = beats[0].model_copy(update={"title": text})
    update: dict[str, Any] = {
        "hook": text,
        "title": text if plan.title == plan.hook else plan.title,
        "hook_kind": name_kind(text, reading),
        "beats": tuple(beats),
        "alternative_text": alternative_text(text, plan.beats[0].media_ids[0], wanted, reading),
    }
    return plan.model_copy(update=update)


def _exchange_card(beat: Beat, hook: str, old_hook: str) -> Beat:
    """A card that becomes the hook gives its place to what was the hook: nothing is shown twice, nothing is lost."""
    if hook not in beat.cards:
        return beat
    return beat.model_copy(update={"cards": tuple(old_hook if card == hook else card for card in beat.cards)})


def _with_title(plan: Plan, redo: RedoRequest, reading: Reading) -> Plan:
    if redo.beat is not None:
        return _with_beat_title(plan, redo, reading)
    post = plan.post_texts.get("youtube")
    old = post.title if post else plan.title
    texts = [opening.text for opening in list_openings(reading) if len(opening.text) <= MAX_VIDEO_TITLE_CHARACTERS]
    text = tidy(redo.text) or _next_of(texts, old)
    if not text or text == old:
        raise InvalidInput("Your text has no other title. Send one as text.")
    posts = dict(plan.post_texts)
    if post:
        posts["youtube"] = post.model_copy(update={"title": text})
    return plan.model_copy(update={"title": text, "post_texts": posts})


def _with_beat_title(plan: Plan, redo: RedoRequest, reading: Reading) -> Plan:
    place, beat = _find_beat(plan, redo)
    if place == 0:
        raise InvalidInput("The first beat shows the hook: do the hook again instead.")
    text = tidy(redo.text)
    if not text and beat.spoken:
        titles = [title.text for title in rate_titles(beat.spoken, reading.lexicon, reading.topics) if title.score >= MIN_TITLE_SCORE]
        text = _next_of([title for title in titles if title != plan.hook], beat.title or "")
    if not text and not beat.title:
        raise InvalidInput("Nothing of this sentence can stand alone as a title. Send one as text.")
    shown = {"cards": (text,)} if beat.cards and text else {"title": text or None, "is_chapter": beat.is_chapter and bool(text)}
    return _with_beat(plan, place, beat.model_copy(update=shown))


def _with_shot(plan: Plan, wanted: PlanInput, redo: RedoRequest, reading: Reading, traits: Sequence[Traits], embed: TextEmbedder | None) -> Plan:
    place, beat = _find_beat(plan, redo)
    if redo.picture >= len(beat.media_ids):
        raise InvalidInput(f"This beat has {len(beat.media_ids)} pictures; picture counts from 0.")
    shown = _chosen(redo, wanted) if redo.media_id else _best_other(plan, place, redo.picture, reading, traits, embed)
    media = tuple(shown.media_id if at == redo.picture else media_id for at, media_id in enumerate(beat.media_ids))
    reasons = tuple(shown.reason if at == redo.picture else reason for at, reason in enumerate(beat.media_reasons))
    changed = beat.model_copy(update={"media_ids": media, "media_reasons": reasons, "reason": reasons[0] if reasons else shown.reason})
    made = _with_beat(plan, place, changed)
    used = {media_id for one in made.beats for media_id in one.media_ids}
    unused = tuple(trait.media_id for trait in traits if trait.media_id not in used)
    text = alternative_text(plan.hook, made.beats[0].media_ids[0], wanted, reading) if place == 0 else plan.alternative_text
    return made.model_copy(update={"unused_media": unused, "alternative_text": text})


def _chosen(redo: RedoRequest, wanted: PlanInput) -> Shown:
    if not any(item.media_id == redo.media_id and item.facts.kind in {"photo", "video"} for item in wanted.media):
        raise InvalidInput("That picture is not in this project.")
    return Shown(redo.media_id, CHOSEN_REASON)


def _best_other(plan: Plan, place: int, picture: int, reading: Reading, traits: Sequence[Traits], embed: TextEmbedder | None) -> Shown:
    """The best picture that is neither here nor beside this shot, one that is not shown yet before any other."""
    beat = plan.beats[place]
    near = {*beat.media_ids, *(plan.beats[place - 1].media_ids if place else ()), *(plan.beats[place + 1].media_ids if place + 1 < len(plan.beats) else ())}
    draft = Draft(beat.role, beat.seconds, beat.spoken or " ".join(filter(None, [beat.title or "", *beat.cards])))
    rated = rate_media(draft, (place, len(plan.beats)), traits, reading, embed)
    beside = [trait.media for trait in traits if trait.media_id in near]
    twins = {trait.media_id for trait in traits if any(look_alike(trait.media, other) for other in beside)}
    others = [row for row in rated if row[1].media_id not in near | twins]
    fresh = [row for row in others if row[1].media_id in plan.unused_media]
    best = max(fresh or others, key=lambda row: row[0], default=None)
    if best is None:
        raise InvalidInput("There is no other picture for this shot: all of them stand here or beside it.")
    return best[1]


def _find_beat(plan: Plan, redo: RedoRequest) -> tuple[int, Beat]:
    place = redo.beat or 0
    if place >= len(plan.beats):
        raise InvalidInput(f"There is no beat {place}: the plan has {len(plan.beats)}, counted from 0.")
    return place, plan.beats[place]


def _with_beat(plan: Plan, place: int, beat: Beat) -> Plan:
    return plan.model_copy(update={"beats": (*plan.beats[:place], beat, *plan.beats[place + 1 :])})


def _next_of(texts: Sequence[str], current: str) -> str:
    """The text after the current one in the list, from the start again after the last; empty where there is no other."""
    lowered = [text.lower() for text in texts]
    at = lowered.index(current.lower()) if current.lower() in lowered else -1
    rest = [*texts[at + 1 :], *texts[: max(0, at)]]
    return next((text for text in rest if text.lower() != current.lower()), "")
