"""Texts that belong to one picture: a credit, the years or times that the creator wants in order."""

from __future__ import annotations

from collections.abc import Sequence

from reelwright.generation.plan import Beat
from reelwright.generation.planning import patterns
from reelwright.generation.planning.facts import is_whole_fact
from reelwright.generation.planning.media_traits import Traits
from reelwright.generation.planning.media_wishes import find_named_media
from reelwright.generation.planning.number_words import heard_numbers
from reelwright.generation.planning.pieces import CONDITION, PRICE, rate_piece
from reelwright.generation.planning.placements import Credit
from reelwright.generation.planning.reading import Reading
from reelwright.generation.planning.spans import find_quotes
from reelwright.generation.planning.words import capitalise

MAX_LABELLED_CHARACTERS = 84


def put_on_pictures(beats: Sequence[Beat], traits: Sequence[Traits], reading: Reading) -> list[Beat]:
    """The beats with credits over the pictures that they name, and the labels of pictures or lines in their order."""
    labelled = list(beats)
    for credit in reading.content.credits:
        _put_credit(labelled, credit, traits, reading)
    if reading.content.labels_pictures:
        _label_pictures(labelled, traits, reading)
    elif reading.content.labels and not reading.sentences:
        _label_lines(labelled, reading)
    return labelled


def _put_credit(beats: list[Beat], credit: Credit, traits: Sequence[Traits], reading: Reading) -> None:
    named = find_named_media(credit.where, traits, reading) if credit.where else []
    over = [at for at in range(1, len(beats)) if named and named[0] in beats[at].media_ids]
    free = [at for at in range(1, len(beats)) if not beats[at].cards and not beats[at].title]
    at = next(iter([*over, *reversed(free)] if named else reversed(free)), None)
    if at is not None:
        cards = (" · ".join([*beats[at].cards, credit.text]),)
        beats[at] = beats[at].model_copy(update={"cards": cards, "title": None})


def _label_pictures(beats: list[Beat], traits: Sequence[Traits], reading: Reading) -> None:
    """Each label over its picture, where a shot of it is free; what finds none is told in a note, never put on another picture."""
    for label, media_id in _owners(traits, reading.content.labels).items():
        shots = [at for at in range(1, len(beats)) if media_id and beats[at].media_ids[0] == media_id]
        joins = [at for at in shots if patterns.search(r"\d", label) and rate_piece(" ".join(beats[at].cards), reading) < PRICE]
        at = next(iter([*(at for at in shots if not beats[at].cards), *joins]), None)
        if at is not None:
            cards = (" · ".join([capitalise(label), *beats[at].cards]),)
            beats[at] = beats[at].model_copy(update={"cards": cards, "title": None})


def _owners(traits: Sequence[Traits], labels: Sequence[str]) -> dict[str, str]:
    """The picture of each label: the one whose file name holds it, else the next in the creator's order; empty where there are too few."""
    ranked = sorted(traits, key=lambda one: one.rank)
    photos = [trait.media_id for trait in ranked if trait.media.facts.kind == "photo"] or [trait.media_id for trait in ranked]
    names = {trait.media_id: trait.media.file_name.lower() for trait in ranked}
    owner = {label: next((one for one in photos if _holds(names[one], label)), "") for label in labels}
    for place, label in enumerate(labels):
        if not owner[label]:
            after = max((photos.index(owner[one]) for one in labels[:place] if owner[one]), default=-1)
            before = min((photos.index(owner[one]) for one in labels[place + 1 :] if owner[one]), default=len(photos))
            owner[label] = next((one for one in photos[after + 1 : before] if one not in owner.values()), "")
    return owner


def _label_lines(beats: list[Beat], reading: Reading) -> None:
    """ "With times: 04.12, 04.40": a time before each line that tells, not before prices, dates and quotes; none where it is not sure which belongs to which."""
    lines = [at for at in range(1, len(beats)) if beats[at].cards and _tells(beats[at].cards[0], reading)]
    held = [label.lower() for label in reading.content.labels]
    lines = [at for at in lines if not any(label in beats[at].cards[0].lower() for label in held)]
    if not reading.content.labels_go_on and len(lines) != len(reading.content.labels):
        return
    for label, at in zip(reading.content.labels, lines, strict=False):
        text = f"{capitalise(label)} · {beats[at].cards[0]}"
        if len(text) <= MAX_LABELLED_CHARACTERS:
            beats[at] = beats[at].model_copy(update={"cards": (text, *beats[at].cards[1:])})


def _tells(card: str, reading: Reading) -> bool:
    return not is_whole_fact(card) and not find_quotes(card) and len(card.split()) > 1 and rate_piece(card, reading) <= CONDITION


def _holds(name: str, label: str) -> bool:
    return patterns.search(rf"(?<![^\W_]){label.lower()}(?![^\W_])", name) is not None


def name_missing_labels(beats: Sequence[Beat], hook: str, reading: Reading) -> list[str]:
    """A note that names the labels which found no picture or line; none where all are seen or said."""
    shown = " ".join([hook, *(text for beat in beats for text in (*beat.cards, beat.title or ""))]).lower()
    heard = heard_numbers(reading.script, reading.language)
    missing = [label for label in reading.content.labels if label.lower() not in shown and label not in heard]
    return [f"Not shown with a picture or a line of its own: {', '.join(missing)}."] if missing else []
