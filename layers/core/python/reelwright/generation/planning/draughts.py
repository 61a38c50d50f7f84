"""A plan in the making: what is said and shown, before the media are chosen. From a script, or from the prompt alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from reelwright.generation.planning import patterns
from reelwright.generation.planning.approach import Approach, Opening
from reelwright.generation.planning.beats_of_script import Draft, draft_script_beats, find_script_call
from reelwright.generation.planning.cards import Cards, draft_card_beats, find_unsaid_quote, join_neighbours, open_with, read_seconds
from reelwright.generation.planning.decks import find_deck, take_deck
from reelwright.generation.planning.facts import find_facts, find_names, find_numbers
from reelwright.generation.planning.fitting import END_CARD_SECONDS, fit_script, split_overlong
from reelwright.generation.planning.hooks import Hook, find_hook
from reelwright.generation.planning.last_lines import find_beside
from reelwright.generation.planning.media_traits import Traits
from reelwright.generation.planning.openings import make_plain_cards
from reelwright.generation.planning.over_voice import show_over_voice
from reelwright.generation.planning.pieces import CONDITION, find_contact, rate_piece
from reelwright.generation.planning.placements import refuses_echo, wants_facts_first
from reelwright.generation.planning.post_texts import PostLines, write_card_post, write_script_post
from reelwright.generation.planning.reading import Reading
from reelwright.generation.planning.spare_media import add_silent_beats
from reelwright.generation.planning.timing_of_cards import add_silent_shots, end_on_picture, stretch_beats
from reelwright.generation.planning.words import capitalise
from reelwright.reels.template import Template

OVERRUN_SECONDS = 0.5
LEAST_CARD_SHARE = 0.85
MAX_POSTED_CARDS = 9


@dataclass
class Draught:
    """``hook`` stands on the first frame; ``drafts`` become the beats; ``items`` are the members of a list."""

    hook: str
    drafts: list[Draft]
    post: PostLines
    end_line: str
    spoken: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    notes: list[str] = field(default_factory=list)
    items: tuple[str, ...] = ()
    author: str = ""
    date: str = ""
    deck: str = ""


def draught_script(reading: Reading, traits: list[Traits], template: Template, approach: Approach) -> Draught:
    """The sentences that fit, their titles, and silent shots where the voice is short."""
    reading = replace(reading, sentences=tuple(split_overlong(reading.sentences, reading)))
    hook = _as_hook(approach.opening) if approach.opening else find_hook(reading)
    unsaid = None if approach.opening else find_unsaid_quote(reading)
    hook = replace(hook, text=unsaid.quote) if unsaid else hook
    fitted = fit_script(hook.sentence, reading)
    drafts = draft_script_beats(fitted, hook, reading)
    post = write_script_post(fitted, find_hook(reading), drafts, reading)
    items = tuple(draft.item for draft in drafts if draft.item)
    if refuses_echo(reading.prompt):
        _hush_titles(drafts)
    drafts, notes = add_silent_beats(drafts, traits, fitted, template.pacing, reading)
    if fitted.seconds > fitted.budget + OVERRUN_SECONDS:
        needed = fitted.seconds + reading.seconds - fitted.budget
        notes.append(f"The script needs about {needed:.0f} s, {reading.seconds:.0f} s were asked for: make the reel longer or shorten the script.")
    call = reading.content.call or find_script_call(fitted, reading)
    deck = find_deck(hook.text, template, reading)
    call = show_over_voice(drafts, call, hook.text, deck, reading).call
    call = call or _say_when_and_where([*fitted.sentences, *(card for draft in drafts for card in draft.cards)], reading)
    call = _with_facts_beside(call, reading)
    author = unsaid.author if unsaid else ""
    return Draught(hook.text, drafts, post, call, tuple(fitted.sentences), tuple(fitted.removed), notes=notes, items=items, author=author, deck=deck)


def _hush_titles(drafts: Sequence[Draft]) -> None:
    """No title that was cut out of what is said; the steps of a list keep theirs."""
    for draft in drafts[1:]:
        draft.title = draft.title if draft.is_chapter else None


def draught_cards(reading: Reading, traits: list[Traits], template: Template, approach: Approach) -> Draught:
    """Title and cards, silent shots for the pictures that no card needs, and how long each stands."""
    plain = make_plain_cards(reading)
    made = open_with(plain, approach.opening, reading) if approach.opening else plain
    made, deck = take_deck(made, template)
    pacing = template.pacing
    drafts = draft_card_beats(made, reading, pacing.median_seconds)
    drafts[0].seconds = read_seconds(f"{made.title} {deck}".strip(), pacing.median_seconds)
    end_line = _end_line(made, drafts, reading)
    room = reading.seconds - (END_CARD_SECONDS if end_line or reading.handle else 0.0)
    drafts = _within_room(join_neighbours(drafts, room, reading), room, reading)
    drafts = add_silent_shots(drafts, traits, room, pacing.median_seconds, is_quote=bool(made.quote) or wants_facts_first(reading.prompt))
    if any(trait.wish == "last" for trait in traits):
        drafts = end_on_picture(drafts)
    stretch_beats(drafts, room, pacing.max_seconds)
    items = tuple(draft.cards[0] for draft in drafts if draft.number is not None and draft.cards)
    return Draught(made.title, drafts, write_card_post(_as_shown(plain, drafts), reading), end_line, items=items, author=made.author, date=made.when, deck=deck)


def _say_when_and_where(sentences: Sequence[str], reading: Reading) -> str:
    """Day and place of an event that stand in the prompt and are not said by the voice."""
    if reading.intent not in {"event", "sale"}:
        return ""
    said = " ".join(sentences).lower()
    facts = [*reading.facts.get("when", [])[:1], *reading.places[:1]]
    return " · ".join(capitalise(fact) for fact in facts if fact.lower() not in said)


def _as_shown(made: Cards, drafts: Sequence[Draft]) -> Cards:
    """Long prompts are posted as they are shown: a post that tells everything is read by nobody."""
    shown = {card for card in made.cards if any(card.lower() in text.lower() for draft in drafts for text in draft.cards)}
    if len(made.cards) <= MAX_POSTED_CARDS or made.numbered:
        return made
    return replace(made, cards=[card for card in made.cards if card in shown])


def _with_facts_beside(call: str, reading: Reading) -> str:
    """The closing line with the title or dates that shall stand beside it."""
    content = reading.content
    beside = find_beside(content.beside_call, reading.prompt, content.title or next(iter(content.names), ""), reading.lexicon) if content.beside_call else []
    return " · ".join([call, *(fact for fact in beside if fact.lower() not in call.lower())]) if call else call


def _as_hook(opening: Opening) -> Hook:
    return Hook(opening.text, opening.source)


def _within_room(drafts: list[Draft], room: float, reading: Reading) -> list[Draft]:
    """Cards that the seconds do not hold are left out, those with the least facts first; the notes name what is lost."""
    drafts = list(drafts)
    while sum(draft.seconds for draft in drafts) * LEAST_CARD_SHARE > room and len(drafts) > 2:
        middle = [place for place in range(1, len(drafts)) if not drafts[place].forced]
        if not middle:
            break
        drafts.pop(min(middle, key=lambda place: (_value_of(drafts[place], reading), -place)))
    if drafts[-1].role == "build" and len(drafts) > 1:
        drafts[-1].role = "payoff"
    return drafts


def _value_of(draft: Draft, reading: Reading) -> float:
    """How much would be lost without the card: facts before names before words; members of a list stay together."""
    text = " ".join(draft.cards)
    value = 0.5 * bool(find_facts(text)) + 0.4 * bool(find_numbers(text)) + 0.3 * bool(find_names(f"x {text}", reading.lexicon))
    value += 0.6 * any(draft.text.lower() in must.lower() for must in reading.content.musts)
    value += 0.4 * (rate_piece(text, reading) >= CONDITION)
    value += 1.0 * any(card in reading.content.verbatim or card in reading.content.names for card in draft.cards)
    value += 0.6 * (len(patterns.findall(r"\b[A-ZÀ-Ý]{3,}\b", text)) >= 2)
    return value + (1.0 if draft.number is not None else 0.0) + 0.05 * min(4, len(text.split()))


def _end_line(made: Cards, drafts: list[Draft], reading: Reading) -> str:
    """The prompt's call, else when and where an event is, unless the last card just said so."""
    if reading.content.call:
        return _with_facts_beside(reading.content.call, reading)
    contact = next((card for draft in drafts[1:] for card in draft.cards if find_contact(card)), "")
    if contact:
        drafts[:] = [draft for draft in drafts if contact not in draft.cards]
        return contact
    if reading.intent not in {"event", "sale"}:
        return ""
    last = drafts[-1].cards[-1] if drafts[-1].cards else ""
    places = [place for place in reading.places if place.lower() not in made.title.lower()][:1]
    line = " · ".join(filter(None, [made.when, *places]))
    return "" if line == last else line
