"""Planning without any AI key: a brief becomes a plan by rules, every word of it the creator's own."""

from __future__ import annotations

from dataclasses import dataclass, replace

from reelwright.generation.plan import Beat, Plan, PlanInput, PlannedMedia
from reelwright.generation.planning.approach import PLAIN, Approach
from reelwright.generation.planning.asides import read_copy
from reelwright.generation.planning.choices import Choice, choose_style
from reelwright.generation.planning.draughts import Draught, draught_cards, draught_script
from reelwright.generation.planning.media_traits import Traits, describe_media, find_duplicates
from reelwright.generation.planning.media_wishes import read_media_wishes, wants_time_order
from reelwright.generation.planning.notes import collect_notes
from reelwright.generation.planning.openings import name_kind
from reelwright.generation.planning.parts import Part, split_into_parts
from reelwright.generation.planning.people import find_person, name_person
from reelwright.generation.planning.picture_texts import name_missing_labels, put_on_pictures
from reelwright.generation.planning.post_texts import fixed_lines, write_posts
from reelwright.generation.planning.reading import Reading
from reelwright.generation.planning.scoring import score_plan
from reelwright.generation.planning.shots import Shown, assign_media
from reelwright.generation.planning.shown_texts import describe_beat
from reelwright.generation.planning.spare_media import add_second_pictures
from reelwright.generation.planning.text_gate import TextFault, check_language, check_texts, check_title
from reelwright.generation.provider import TextEmbedder
from reelwright.kit.errors import InvalidInput

MAX_TITLE_CHARACTERS = 120
MAX_LOOPED_SECONDS = 20.0
MAX_ALTERNATIVE_TEXT_CHARACTERS = 200


@dataclass(frozen=True)
class _Material:
    """What may be shown: the media that are not near duplicates, and which stands for which."""

    shown: tuple[PlannedMedia, ...]
    traits: list[Traits]
    duplicates: dict[str, str]
    refused: tuple[str, ...] = ()


def plan_reel(wanted: PlanInput, embed: TextEmbedder | None) -> Plan:
    """The plan for a brief and its material. Raises InvalidInput where there is no picture or clip to show.

    With ``embed`` pictures are matched to sentences by meaning, without it by equal words and the creator's order.
    """
    return plan_by(wanted, embed, PLAIN)


def plan_by(wanted: PlanInput, embed: TextEmbedder | None, approach: Approach) -> Plan:
    """The plan in one of several ways: another hook, order, template, opener. Raises InvalidInput like ``plan_reel``."""
    reading = read_copy(wanted)
    material = _gather(wanted, reading)
    choice = choose_style(wanted.template, reading, taken=approach.taken_templates)
    make = draught_script if reading.sentences else draught_cards
    made = make(reading, material.traits, choice.template, approach)
    faults = _check(made, reading, wanted)
    parts = split_into_parts(made.drafts, len(material.traits), reading)
    drafts = [part.draft for part in parts]
    shown = assign_media(drafts, material.traits, reading, embed, keep_order=_keeps_order(wanted, reading), approach=approach)
    beats = add_second_pictures(_to_beats(made, parts, shown, reading), material.traits, is_spoken=bool(made.spoken))
    beats = put_on_pictures(beats, material.traits, reading)
    beats = name_person(beats, find_person(made.spoken, reading.language, reading.places, reading.handle), {one.media_id: one for one in material.shown})
    plan = _finish(made, beats, reading, wanted, choice, approach, material)
    notes = [
        *made.notes,
        *name_missing_labels(beats, made.hook, reading),
        *collect_notes(reading, wanted, plan, choice.reason, material.duplicates, material.refused),
        *(fault.sentence for fault in faults),
    ]
    plan = plan.model_copy(update={"notes": tuple(dict.fromkeys(notes))})
    return plan.model_copy(update={"score": score_plan(plan, reading, material.traits)})


def _keeps_order(wanted: PlanInput, reading: Reading) -> bool:
    return wanted.brief.keep_order or reading.content.labels_pictures or wants_time_order(reading.prompt)


def _gather(wanted: PlanInput, reading: Reading) -> _Material:
    shown = tuple(item for item in wanted.media if item.facts.kind in {"photo", "video"})
    if not shown:
        raise InvalidInput("There is no usable photo or clip. Add at least one.")
    duplicates = find_duplicates(shown)
    unlike = tuple(item for item in shown if item.media_id not in duplicates)
    wishes = read_media_wishes(reading.prompt, describe_media(unlike), reading)
    refused = tuple(media_id for media_id, wish in wishes.items() if wish == "never")
    traits = describe_media(tuple(item for item in unlike if item.media_id not in refused))
    traits = [replace(trait, wish=wishes.get(trait.media_id, "")) for trait in traits]
    return _Material(shown, traits, duplicates, refused)


def _to_beats(made: Draught, parts: list[Part], shown: list[Shown], reading: Reading) -> list[Beat]:
    rows = list(zip(parts, shown, strict=True))
    beats = [_to_beat(made, place, [row for row in rows if row[0].beat == place]) for place in range(len(made.drafts))]
    described = [
        describe_beat(beat, draft.number, made.author, reading, draft.item if beat.role == "hook" else "")
        for beat, draft in zip(beats, made.drafts, strict=True)
    ]
    if made.author and not any(beat.author for beat in described):
        described[0] = described[0].model_copy(update={"author": made.author})
    return described


def _to_beat(made: Draught, place: int, shown: list[tuple[Part, Shown]]) -> Beat:
    """The beat with its media; neighbouring parts that show the same one are joined."""
    draft = made.drafts[place]
    media: list[str] = []
    words: list[int] = []
    reasons: list[str] = []
    for part, one in shown:
        count = len(part.draft.text.split())
        if media and media[-1] == one.media_id:
            words[-1] += count
        else:
            media.append(one.media_id)
            words.append(count)
            reasons.append(one.reason)
    return Beat(
        role=draft.role,
        spoken=draft.text if draft.sentences else None,
        sentences=draft.sentences,
        seconds=max(0.4, draft.seconds),
        title=draft.title or None,
        is_chapter=draft.is_chapter,
        cards=draft.cards,
        emphasis=draft.emphasis,
        media_ids=tuple(media),
        media_words=tuple(words) if len(words) > 1 else (),
        media_reasons=tuple(reasons),
        reason=reasons[0],
        weight=draft.weight,
        can_drop=draft.can_drop,
    )


def _check(made: Draught, reading: Reading, wanted: PlanInput) -> list[TextFault]:
    """The text gate; a title or card that fails it is taken out, so that nothing invented is ever shown."""
    source = f"{reading.prompt}. {reading.script}. {reading.handle} {' '.join(item.facts.taken_at or '' for item in wanted.media)}"

    def find_faults(*texts: str | None) -> list[TextFault]:
        told = [text for text in texts if text]
        return check_texts(told, source, reading.lexicon, fixed_lines=fixed_lines(reading), glossary=wanted.brief.glossary)

    faults: list[TextFault] = []
    for place, draft in enumerate(made.drafts):
        found = find_faults(draft.title, *draft.cards)
        if draft.title and place:
            found += check_title(draft.title, draft.seconds, reading.sentences, reading.lexicon)
        faults += found
        if found and place:
            made.drafts[place] = replace(draft, title=None, cards=())
    if find_faults(made.end_line):
        made.end_line = ""
    if find_faults(made.deck):
        made.deck = ""
    judged = {line: find_faults(line) for line in made.post.lines}
    faults += [fault for found in judged.values() for fault in found]
    kept = tuple(line for line, found in judged.items() if not found)
    made.post = replace(made.post, lines=kept)
    return [*faults, *check_language(kept, reading.language)]


def _finish(made: Draught, beats: list[Beat], reading: Reading, wanted: PlanInput, choice: Choice, approach: Approach, material: _Material) -> Plan:
    end_card = tuple(filter(None, [made.end_line, reading.handle if reading.handle != made.end_line else ""]))
    title = made.hook or reading.content.title or reading.prompt[:MAX_TITLE_CHARACTERS]
    used = {media_id for beat in beats for media_id in beat.media_ids}
    return Plan(
        language=reading.language,
        template=choice.template.name,
        look=choice.look,
        title=title[:MAX_TITLE_CHARACTERS],
        hook=made.hook,
        intent=reading.intent,
        mood=reading.mood,
        music_word=choice.music_word,
        bpm=choice.bpm,
        length_seconds=reading.seconds,
        beats=tuple(beats),
        end_card=end_card,
        handle=reading.handle,
        spoken_script=made.spoken,
        post_texts=write_posts(made.post, wanted.brief.platforms, reading),
        alternative_text=alternative_text(made.hook, beats[0].media_ids[0], wanted, reading),
        removed=made.removed,
        unused_media=tuple(item.media_id for item in material.shown if item.media_id not in used),
        seed=wanted.seed,
        deck=made.deck,
        places=reading.places,
        items=made.items,
        question=next((beat.question for beat in reversed(beats) if beat.question), ""),
        author=made.author,
        date=made.date,
        price=next(iter(reading.facts.get("price", [])), ""),
        is_loopable=not end_card and sum(beat.seconds for beat in beats) <= MAX_LOOPED_SECONDS,
        variant=approach.variant,
        hook_kind=approach.opening.kind if approach.opening else name_kind(made.hook, reading),
        order=approach.order,
    )


def alternative_text(hook: str, media_id: str, wanted: PlanInput, reading: Reading) -> str:
    """What the cover shows, in words: labels that are likely (only where the language is English) and its text."""
    first = next(item for item in wanted.media if item.media_id == media_id)
    labels = [label.name for label in first.analysis.labels if label.probability >= 0.5]
    kind = "Clip" if first.facts.kind == "video" else "Photo"
    seen = f"{kind}: {', '.join(labels)}. " if labels and reading.language == "en" else ""
    text = f"{seen}{reading.lexicon.texts.get('text_label', 'Text')}: “{hook}”." if hook else seen
    return text.strip()[:MAX_ALTERNATIVE_TEXT_CHARACTERS]
