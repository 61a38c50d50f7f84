"""Notes to the creator: how the brief was read, what is not shown, what suits the material better."""

from __future__ import annotations

from collections.abc import Sequence

from reelwright.generation.plan import Beat, Plan, PlanInput
from reelwright.generation.planning.approach import PLAIN
from reelwright.generation.planning.fitting import END_CARD_SECONDS
from reelwright.generation.planning.handles import doubt_handle
from reelwright.generation.planning.openings import find_avoided
from reelwright.generation.planning.reading import Reading
from reelwright.generation.planning.told_facts import count_facts, find_talk, find_unused_pieces, name_with_phrase, posted_text, shown_texts
from reelwright.generation.planning.undone_wishes import find_undone_wishes
from reelwright.generation.planning.word_warnings import find_warnings, is_risky

NEAR_SHARE, NEAR_SECONDS = 0.1, 0.5  # composing stretches the shots by as much, and the reel is as long as was asked for
MAX_NAMED_FILES = 6
WISHED_LAST = "You asked for it at the end"


def collect_notes(reading: Reading, wanted: PlanInput, plan: Plan, choice: str, duplicates: dict[str, str], refused: Sequence[str] = ()) -> list[str]:
    """The notes, most important first. ``choice`` says why the template was chosen."""
    names = {item.media_id: item.file_name for item in wanted.media}
    notes = _instruction_note(reading, plan) + _undone_note(reading, plan) + _lost_fact_notes(reading, plan) + _warning_notes(reading, plan)
    notes += [choice] if choice else []
    if not reading.sentences:
        notes += _length_note(reading, plan.beats, bool(plan.end_card))
    notes += [f"{names[twin]} looks nearly like {names[kept]}, so only one of them is shown." for twin, kept in list(duplicates.items())[:MAX_NAMED_FILES]]
    notes += list(filter(None, [doubt_handle(reading.handle)]))
    notes += [f"Left out, as you asked: {', '.join(names[media_id] for media_id in refused)}."] if refused else []
    return notes + _unused_note([names[media_id] for media_id in plan.unused_media if media_id not in {*duplicates, *refused}], plan.beats, reading)


def _instruction_note(reading: Reading, plan: Plan) -> list[str]:
    read = [*reading.content.instructions, *find_talk(plan, reading)]
    told = list(dict.fromkeys(f"“{piece}”" for piece in read if piece))
    return [f"Read as instructions, not as text: {', '.join(told)}."] if told else []


def _lost_fact_notes(reading: Reading, plan: Plan) -> list[str]:
    """What stands only beside the reel, and what stands nowhere."""
    facts = count_facts(plan, reading)
    posted, lost = (_name_facts(found, reading) for found in (facts.posted, facts.lost))
    undone = find_undone_wishes(reading, " ".join(shown_texts(plan)))
    unused = [piece for piece in find_unused_pieces(plan, reading) if not any(piece in phrase or phrase in piece for phrase in (*lost, *undone))]
    notes = [f"Only in the text beside the reel, neither said nor shown: {', '.join(posted)}."] if posted else []
    nowhere = [*lost, *(f"“{piece}”" for piece in unused)]
    return notes + ([f"Nowhere, neither in the reel nor in the text beside it: {', '.join(nowhere)}."] if nowhere else [])


def _name_facts(facts: Sequence[str], reading: Reading) -> list[str]:
    named = [name_with_phrase(fact, reading) for fact in facts]
    return [fact for fact in dict.fromkeys(named) if not any(fact in other and fact != other for other in named)]


def _undone_note(reading: Reading, plan: Plan) -> list[str]:
    undone = find_undone_wishes(reading, " ".join(shown_texts(plan)))
    is_last_shown = any(WISHED_LAST in reason for beat in plan.beats for reason in beat.media_reasons)
    undone += [wish for wish in reading.content.last_wishes if not is_last_shown and wish not in undone]
    return [f"Read, and not done by this plan: {', '.join(f'“{wish}”' for wish in undone)}. Please do it by hand."] if undone else []


def _warning_notes(reading: Reading, plan: Plan) -> list[str]:
    """Words that platforms are strict about, in what is published. A drink is a matter only where something is sold."""
    published = "\n".join([*shown_texts(plan), posted_text(plan)])
    sells = any(reading.facts.get(kind) for kind in ("price", "percent"))
    return [*_hook_note(reading, plan), *(one.sentence for one in find_warnings(published, reading.language) if sells or one.kind != "alcohol")]


def _hook_note(reading: Reading, plan: Plan) -> list[str]:
    """Whether words that platforms are strict about changed what opens the reel, or open it because nothing else can."""
    avoided = find_avoided(reading) if plan.variant == PLAIN.variant else ""
    if avoided and avoided != plan.hook:
        return [f"“{avoided}” does not open the reel: it holds words that platforms are strict about, so “{plan.hook}” stands on the cover instead."]
    if is_risky(plan.hook, reading.language):
        why = "it is the title you gave" if reading.content.title == plan.hook else "no other line of your text can open the reel"
        return [f"“{plan.hook}” stands on the cover although it holds words that platforms are strict about: {why}."]
    return []


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
