"""Planning without any AI key: a brief becomes a plan by rules, every word of it the creator's own."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from reelwright.generation.plan import Beat, Plan, PlanInput
from reelwright.generation.planning.beats_of_script import Draft, draft_script_beats, find_script_call
from reelwright.generation.planning.cards import Cards, draft_card_beats, make_cards
from reelwright.generation.planning.fitting import END_CARD_SECONDS, fit_script, split_overlong
from reelwright.generation.planning.hooks import find_hook
from reelwright.generation.planning.intents import name_music
from reelwright.generation.planning.media_traits import Traits, describe_media, find_duplicates
from reelwright.generation.planning.notes import collect_notes
from reelwright.generation.planning.parts import Part, split_into_parts
from reelwright.generation.planning.post_texts import PostLines, fixed_lines, write_card_post, write_posts, write_script_post
from reelwright.generation.planning.reading import Reading, read_brief
from reelwright.generation.planning.shots import Shown, assign_media
from reelwright.generation.planning.spare_media import add_second_pictures, add_silent_beats
from reelwright.generation.planning.text_gate import TextFault, check_texts
from reelwright.generation.planning.timing_of_cards import add_silent_shots, stretch_beats
from reelwright.generation.provider import TextEmbedder
from reelwright.kit.errors import InvalidInput
from reelwright.reels.template import Template, find_template

MAX_TITLE_CHARACTERS = 120


@dataclass
class Draught:
    """A plan in the making."""

    hook: str
    drafts: list[Draft]
    post: PostLines
    end_line: str
    spoken: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    notes: list[str] = field(default_factory=list)


def plan_reel(wanted: PlanInput, embed: TextEmbedder | None) -> Plan:
    """The plan for a brief and its material. Raises InvalidInput where there is no picture or clip to show.

    With ``embed`` pictures are matched to sentences by meaning, without it by equal words and the creator's order.
    """
    shown_media = tuple(item for item in wanted.media if item.facts.kind in {"photo", "video"})
    if not shown_media:
        raise InvalidInput("There is no usable photo or clip. Add at least one.")
    template = find_template(wanted.template)
    reading = read_brief(wanted)
    duplicates = find_duplicates(shown_media)
    traits = describe_media(tuple(item for item in shown_media if item.media_id not in duplicates))
    made = _draught_script(reading, traits, template) if reading.sentences else _draught_cards(reading, traits, template)
    faults = _check(made, reading, wanted)
    parts = split_into_parts(made.drafts, len(traits), reading)
    shown = assign_media([part.draft for part in parts], traits, reading, embed, keep_order=wanted.brief.keep_order)
    beats = add_second_pictures(_to_beats(made.drafts, parts, shown), traits, is_spoken=bool(made.spoken))
    unused = tuple(item.media_id for item in shown_media if not any(item.media_id in beat.media_ids for beat in beats))
    notes = [*made.notes, *collect_notes(reading, wanted, made.hook, beats, made.end_line, duplicates, unused), *(fault.sentence for fault in faults)]
    return _finish(made, beats, reading, wanted, template, notes, unused)


def _draught_script(reading: Reading, traits: list[Traits], template: Template) -> Draught:
    reading = replace(reading, sentences=tuple(split_overlong(reading.sentences, reading)))
    hook = find_hook(reading)
    fitted = fit_script(hook.sentence, reading)
    drafts = draft_script_beats(fitted, hook, reading)
    post = write_script_post(fitted, hook, drafts, reading)
    drafts, notes = add_silent_beats(drafts, traits, fitted, template.pacing, reading)
    if fitted.seconds > fitted.budget + 0.5:
        needed = fitted.seconds + reading.seconds - fitted.budget
        notes.append(f"The script needs about {needed:.0f} s, {reading.seconds:.0f} s were asked for: make the reel longer or shorten the script.")
    call = find_script_call(fitted, reading) or reading.content.call
    return Draught(hook.text, drafts, post, call, tuple(fitted.sentences), tuple(fitted.removed), notes=notes)


def _draught_cards(reading: Reading, traits: list[Traits], template: Template) -> Draught:
    made = make_cards(reading)
    pacing = template.pacing
    drafts = draft_card_beats(made, reading, pacing.median_seconds)
    end_line = _card_end_line(made, drafts, reading)
    room = reading.seconds - (END_CARD_SECONDS if end_line or reading.handle else 0.0)
    drafts = _within_room(drafts, room)
    drafts = add_silent_shots(drafts, traits, room, pacing.median_seconds, is_quote=bool(made.quote))
    stretch_beats(drafts, room, pacing.max_seconds)
    return Draught(made.title, drafts, write_card_post(made, reading), end_line)


def _within_room(drafts: list[Draft], room: float) -> list[Draft]:
    """Cards that the seconds do not hold are left out from the end, before the last one; the notes name their facts."""
    least = 0.85
    while sum(draft.seconds for draft in drafts) * least > room and len(drafts) > 2:
        drafts = [*drafts[:-2], drafts[-1]]
    return drafts


def _card_end_line(made: Cards, drafts: list[Draft], reading: Reading) -> str:
    if reading.content.call:
        return reading.content.call
    if reading.intent not in {"event", "sale"}:
        return ""
    last = drafts[-1].cards[-1] if drafts[-1].cards else ""
    places = [place for place in reading.places if place.lower() not in made.title.lower()][:1]
    line = " · ".join(filter(None, [made.when, *places]))
    return "" if line == last else line


def _to_beats(drafts: list[Draft], parts: list[Part], shown: list[Shown]) -> list[Beat]:
    return [_to_beat(draft, [(part, one) for part, one in zip(parts, shown, strict=True) if part.beat == place]) for place, draft in enumerate(drafts)]


def _to_beat(draft: Draft, shown: list[tuple[Part, Shown]]) -> Beat:
    """The beat with its media; neighbouring parts that show the same one are joined."""
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
    own = fixed_lines(reading)
    source = f"{reading.source} {' '.join(item.facts.taken_at or '' for item in wanted.media)}"
    faults: list[TextFault] = []
    for place, draft in enumerate(made.drafts):
        texts = [text for text in (draft.title, *draft.cards) if text]
        found = check_texts(texts, source, reading.lexicon, fixed_lines=own)
        faults += found
        if found and place:
            made.drafts[place] = replace(draft, title=None, cards=())
    return faults


def _finish(made: Draught, beats: list[Beat], reading: Reading, wanted: PlanInput, template: Template, notes: list[str], unused: tuple[str, ...]) -> Plan:
    end_card = tuple(filter(None, [made.end_line, reading.handle if reading.handle != made.end_line else ""]))
    title = made.hook or reading.content.title or reading.prompt[:MAX_TITLE_CHARACTERS]
    return Plan(
        language=reading.language,
        template=template.name,
        look=template.look.name,
        title=title[:MAX_TITLE_CHARACTERS],
        hook=made.hook,
        intent=reading.intent,
        mood=reading.mood,
        music_word=name_music(reading.mood, reading.shared) or template.music_word,
        bpm=template.bpm,
        length_seconds=reading.seconds,
        beats=tuple(beats),
        end_card=end_card,
        handle=reading.handle,
        spoken_script=made.spoken,
        post_texts=write_posts(made.post, wanted.brief.platforms, reading),
        alternative_text=_alternative_text(made.hook, beats, wanted, reading),
        notes=tuple(dict.fromkeys(notes)),
        removed=made.removed,
        unused_media=unused,
        seed=wanted.seed,
    )


def _alternative_text(hook: str, beats: list[Beat], wanted: PlanInput, reading: Reading) -> str:
    first = next(item for item in wanted.media if item.media_id == beats[0].media_ids[0])
    labels = [label.name for label in first.analysis.labels if label.probability >= 0.5]
    seen = f"Photo: {', '.join(labels)}. " if labels and reading.language == "en" else ""
    return f"{seen}{reading.lexicon.texts.get('text_label', '')}: “{hook}”."[:200] if hook else seen[:200]
