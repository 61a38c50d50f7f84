"""The words of a shot by what they are: title, slab lines, number, item, figure, place; all of them words of the plan."""

from __future__ import annotations

from collections.abc import Mapping

from reelwright.generation.composing.furniture import last_words
from reelwright.generation.composing.headline import split_headline, write_date
from reelwright.generation.composing.slab import break_title
from reelwright.generation.plan import Beat, Plan, PlannedMedia
from reelwright.generation.planning.lexicon import load_lexicon
from reelwright.reels.template import TextSource, find_template

Texts = dict[TextSource, str]

MAX_TURNS = 9
_CARDS: tuple[TextSource, ...] = ("card_1", "card_2", "card_3")
MAX_CARD_CHARACTERS = 26


def opener_texts(plan: Plan, beat: Beat, media: Mapping[str, PlannedMedia]) -> Texts:
    """The hook in all its pieces, the line under it, and the picture's own date."""
    texts = split_headline(plan.hook, beat.emphasis, plan.language)
    if not texts:
        return {}
    texts |= break_title(plan.hook, beat.emphasis, load_lexicon(plan.language))
    date = write_date(media[beat.media_ids[0]].facts.taken_at, plan.language)
    found: dict[TextSource, str | None] = {
        "deck": plan.deck if plan.deck != plan.hook else "",
        "date": date or plan.date,
        "place": beat.place or (plan.places[0] if len(plan.places) == 1 else None),
        "note": beat.note,
        "author": plan.author,
        "numbers": _numbers(plan),
    }
    return texts | _filled(found)


def beat_texts(plan: Plan, beat: Beat, number: int | None) -> Texts:
    """The shown words of a beat. ``number`` is its chapter's, where it has none of its own."""
    text = beat.title or " ".join(beat.cards) or beat.question or ""
    found: dict[TextSource, str | None] = {"place": beat.place, "note": beat.note, "author": beat.author or None, "question": beat.question}
    found |= {"name": beat.person, "role": beat.person_role}
    if len(plan.places) > 1:
        found["places"] = "\n".join(plan.places)
    if beat.kind == "figure" or (beat.spoken and beat.figure):
        found |= {"figure": beat.figure, "label": beat.label}
    texts: Texts = _filled(found)
    if not text:
        return texts
    texts["title"] = text
    texts |= break_title(text, beat.emphasis, load_lexicon(plan.language))
    counted = beat.number if beat.number is not None else number
    if counted is not None and (beat.item or beat.is_chapter) and not beat.question:
        item = beat.item or text.split(". ", 1)[-1]
        texts |= {"number": str(counted), "chapter": item, "item": item}
    return texts | dict(zip(_CARDS, _short_cards(beat, text), strict=False))


def end_texts(plan: Plan) -> Texts:
    """The call in all its pieces, the question it answers, and the handle; without a call the title's words stand above the handle."""
    handle = plan.handle if plan.handle in plan.end_card else ""
    call = " ".join(line for line in plan.end_card if line != handle) or (last_words(plan) if handle else "")
    texts: Texts = {}
    if call:
        texts |= {"call": call, **_pieces(call, plan)}
    if handle:
        texts["handle" if call else "call"] = handle
        if not call:
            texts["signature"] = handle
    if plan.question:
        texts["question"] = plan.question
    return texts | _filled({"numbers": _numbers(plan), "name": _name(plan, call)})


def asks_on_end_card(plan: Plan, beat: int) -> bool:
    """Whether the beat is the plan's question and the end card shows it: said over the card, it stands there once."""
    if not plan.question or plan.beats[beat].question != plan.question or plan.beats[beat].title:
        return False
    template, texts = find_template(plan.template), end_texts(plan)
    asking = [template.layout(name) for name in template.ends if "question" in template.layout(name).needs]
    return any(all(texts.get(source) for source in layout.needs) for layout in asking)


def _pieces(call: str, plan: Plan) -> Texts:
    parts = split_headline(call, (), plan.language)
    texts: Texts = {"masthead": parts["masthead"]} if "masthead" in parts else {}
    return texts | break_title(call, (), load_lexicon(plan.language))


def _name(plan: Plan, call: str) -> str:
    """What the reel is about, where it is short and not the call itself."""
    return plan.title if plan.title and len(plan.title) <= 18 and plan.title.lower() not in call.lower() else ""


def _numbers(plan: Plan) -> str:
    numbers = [beat.number for beat in plan.beats if beat.number is not None and beat.item and not beat.question]
    unique = list(dict.fromkeys(numbers))
    return " ".join(str(number) for number in sorted(unique)) if 1 < len(unique) <= MAX_TURNS else ""


def _short_cards(beat: Beat, text: str) -> list[str]:
    """The beat's cards, where all of them are short: they may stand as pills."""
    cards = list(beat.cards) or [text]
    return cards if len(cards) <= len(_CARDS) and all(len(card) <= MAX_CARD_CHARACTERS for card in cards) else []


def _filled(found: Mapping[TextSource, str | None]) -> Texts:
    return {source: text for source, text in found.items() if text}
