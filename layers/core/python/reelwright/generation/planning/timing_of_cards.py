"""How long each shot of a reel without a voice stands, and where silent shots go between the cards."""

from __future__ import annotations

from collections.abc import Sequence

from reelwright.generation.planning.beats_of_script import Draft
from reelwright.generation.planning.cards import READ_CHARACTERS_PER_SECOND, READ_START_SECONDS
from reelwright.generation.planning.media_traits import Traits, count_spare_shots

MIN_STRETCH, MAX_STRETCH = 0.85, 1.8
SILENT_SHARE = 0.95


def add_silent_shots(drafts: list[Draft], traits: Sequence[Traits], room: float, shot_seconds: float, *, is_quote: bool = False) -> list[Draft]:
    """Silent shots of media that no card shows fill the room, nothing is shown again just to be longer; spread evenly between the cards, or after a quote's lines."""
    wanted = max(0, round(room / shot_seconds) - len(drafts))
    count = min(wanted, count_spare_shots(traits, len(drafts)))
    silent = [Draft("silent", shot_seconds * SILENT_SHARE, text=drafts[0].text) for _ in range(count)]
    return [*drafts, *silent] if is_quote else _spread(drafts, silent)


def end_on_picture(drafts: list[Draft]) -> list[Draft]:
    """The last of the silent shots at the end, for a picture that shall be the last one: no card is in its way."""
    silent = [at for at, draft in enumerate(drafts) if draft.role == "silent"]
    if not silent or drafts[-1].role == "silent":
        return drafts
    return [*drafts[: silent[-1]], *drafts[silent[-1] + 1 :], drafts[silent[-1]]]


def stretch_beats(drafts: list[Draft], room: float, max_shot_seconds: float) -> None:
    """Scales the seconds of all beats towards the room, within what a shot bears and a reader needs."""
    total = sum(draft.seconds for draft in drafts)
    factor = min(MAX_STRETCH, max(MIN_STRETCH, room / total))
    for draft in drafts:
        needed = READ_START_SECONDS + len(" ".join(draft.cards) or draft.title or "") / READ_CHARACTERS_PER_SECOND
        draft.seconds = round(max(min(draft.seconds * factor, max(max_shot_seconds, needed)), min(needed, draft.seconds)), 2)


def _spread(drafts: list[Draft], silent: list[Draft]) -> list[Draft]:
    if not silent:
        return drafts
    gaps = max(1, len(drafts) - 1)
    shares = [len(silent) * (gap + 1) // gaps - len(silent) * gap // gaps for gap in range(gaps)]
    mixed = [drafts[0]]
    rest = iter(silent)
    for gap in range(gaps):
        mixed += [next(rest) for _ in range(shares[gap])]
        if gap + 1 < len(drafts):
            mixed.append(drafts[gap + 1])
    return mixed
