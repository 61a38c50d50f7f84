"""Notes to the creator: how the brief was read, what is not shown, what suits the material better."""

from __future__ import annotations

from collections.abc import Sequence

from reelwright.generation.plan import Beat, Plan, PlanInput
from reelwright.generation.planning.facts import find_numbers
from reelwright.generation.planning.fitting import END_CARD_SECONDS
from reelwright.generation.planning.handles import doubt_handle
from reelwright.generation.planning.reading import Reading
from reelwright.generation.planning.text_gate import find_lost_facts
from reelwright.generation.planning.words import drop_ending

NEAR_SHARE, NEAR_SECONDS = 0.1, 0.5  # composing stretches the shots by as much, and the reel is as long as was asked for
MAX_NAMED_FILES = 6
MAX_PHRASE_CHARACTERS = 60


def collect_notes(reading: Reading, wanted: PlanInput, plan: Plan, choice: str, duplicates: dict[str, str], refused: Sequence[str] = ()) -> list[str]:
    """The notes, most important first. ``choice`` says why the template was chosen."""
    names = {item.media_id: item.file_name for item in wanted.media}
    notes = _instruction_note(reading) + _lost_fact_note(reading, plan) + ([choice] if choice else [])
    if not reading.sentences:
        notes += _length_note(reading, plan.beats, bool(plan.end_card))
    notes += [f"{names[twin]} looks nearly like {names[kept]}, so only one of them is shown." for twin, kept in list(duplicates.items())[:MAX_NAMED_FILES]]
    notes += list(filter(None, [doubt_handle(reading.handle)]))
    notes += [f"Left out, as you asked: {', '.join(names[media_id] for media_id in refused)}."] if refused else []
    return notes + _unused_note([names[media_id] for media_id in plan.unused_media if media_id not in {*duplicates, *refused}], plan.beats, reading)


def _instruction_note(reading: Reading) -> list[str]:
    told = [f"“{piece}”" for piece in reading.content.instructions if piece]
    return [f"Read as instructions, not as text: {', '.join(told)}."] if told else []


def _lost_fact_note(reading: Reading, plan: Plan) -> list[str]:
    if reading.intent == "quote":
        return []
    shown = [plan.hook, *plan.end_card, *plan.spoken_script, *(card for beat in plan.beats for card in (*beat.cards, beat.title or ""))]
    content = " . ".join([reading.content.head, *reading.content.items])
    lost = [_in_its_phrase(fact, reading) for fact in find_lost_facts(shown, content, reading.lexicon)]
    lost = [fact for fact in dict.fromkeys(lost) if not any(fact in other and fact != other for other in lost)]
    posted = " ".join(post.text for post in plan.post_texts.values()).lower()
    if lost and all(phrase.lower() in posted for phrase in lost):
        return [f"Only in the text beside the reel, neither said nor shown: {', '.join(lost)}."]
    where = "In your prompt, but neither said nor shown" if reading.sentences else "In your text but not on screen"
    return [f"{where}: {', '.join(lost)}."] if lost else []


def _in_its_phrase(fact: str, reading: Reading) -> str:
    """A number alone says nothing: it is named with the short piece of the prompt that it stands in."""
    if not fact[:1].isdigit():
        return fact
    pieces = [drop_ending(piece) for piece in [reading.content.head, *reading.content.items] if fact in find_numbers(piece)]
    return next((piece for piece in pieces if len(piece) <= MAX_PHRASE_CHARACTERS), fact)


def _length_note(reading: Reading, beats: Sequence[Beat], has_end_card: bool) -> list[str]:
    natural = sum(beat.seconds for beat in beats) + (END_CARD_SECONDS if has_end_card else 0.0)
    if natural >= reading.seconds * (1 - NEAR_SHARE) - NEAR_SECONDS:
        return []
    return [f"{natural:.0f} s suit this material better than {reading.seconds:.0f} s: there is little to show, and nothing is padded."]


def _unused_note(names: Sequence[str], beats: Sequence[Beat], reading: Reading) -> list[str]:
    if not names:
        return []
    more = f" and {len(names) - MAX_NAMED_FILES} more" if len(names) > MAX_NAMED_FILES else ""
    shown = [media_id for beat in beats for media_id in beat.media_ids]
    why = f"there was no room in {reading.seconds:.0f} s" if len(set(shown)) == len(shown) else "other material of yours suits the text better"
    return [f"Not used: {', '.join(names[:MAX_NAMED_FILES])}{more}: {why}."]
