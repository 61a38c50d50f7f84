"""What becomes of media that no sentence needs: second pictures, silent shots, or named as not used."""

from __future__ import annotations

from collections.abc import Sequence

from reelwright.generation.plan import Beat
from reelwright.generation.planning.beats_of_script import Draft
from reelwright.generation.planning.fitting import Fitted
from reelwright.generation.planning.media_traits import Traits, count_spare_shots
from reelwright.generation.planning.reading import Reading
from reelwright.reels.template import Pacing

LONG_BEAT_SECONDS = 2.8
SECONDS_PER_PICTURE = 1.9
MAX_PICTURES_PER_BEAT = 3
THIN_VOICE_SHARE = 0.8
MAX_SILENT_SECONDS = 4.0
MAX_REPEATED_SHOTS = 1
SECOND_PICTURE_REASON = "The sentence is long, so a second picture of yours comes in."
PAIRED_PICTURE_REASON = "It would not be seen otherwise, so it stands beside another picture of yours."


def add_second_pictures(beats: list[Beat], traits: Sequence[Traits], *, is_spoken: bool) -> list[Beat]:
    """Unused media become second (and third) pictures of long spoken beats, the longest first.

    Without a voice the last card shows one of them beside its own picture.
    """
    used = {media_id for beat in beats for media_id in beat.media_ids}
    spare = [trait for trait in sorted(traits, key=lambda one: one.rank) if trait.media_id not in used]
    room = {place: min(MAX_PICTURES_PER_BEAT, int(beat.seconds / SECONDS_PER_PICTURE)) for place, beat in enumerate(beats) if is_spoken and beat.spoken}
    given: dict[int, list[str]] = {place: list(beat.media_ids) for place, beat in enumerate(beats)}
    longest = sorted((place for place, beat in enumerate(beats) if place in room and beat.seconds > LONG_BEAT_SECONDS), key=lambda place: -beats[place].seconds)
    for turn in range(2, MAX_PICTURES_PER_BEAT + 1):
        for place in longest:
            if spare and not beats[place].media_words and room[place] >= turn and len(given[place]) == turn - 1:
                given[place].append(spare.pop(0).media_id)
    last = len(beats) - 1
    if spare and not is_spoken and beats[last].role == "payoff" and len(given[last]) == 1:
        pair = _with_media(beats[last], (*given[last], spare[-1].media_id), PAIRED_PICTURE_REASON)
        return [*beats[:last], pair]
    return [_with_media(beat, tuple(given[place]), SECOND_PICTURE_REASON) for place, beat in enumerate(beats)]


def _with_media(beat: Beat, media_ids: tuple[str, ...], reason: str) -> Beat:
    if media_ids == beat.media_ids:
        return beat
    added = len(media_ids) - len(beat.media_ids)
    reasons = (*beat.media_reasons, *(reason for _ in range(added)))
    return beat.model_copy(update={"media_ids": media_ids, "media_words": (), "media_reasons": reasons})


def add_silent_beats(drafts: list[Draft], traits: Sequence[Traits], fitted: Fitted, pacing: Pacing, reading: Reading) -> tuple[list[Draft], list[str]]:
    """Where the voice fills too little, silent shots on the music go between its beats, at most 4 s each."""
    missing = fitted.budget - fitted.seconds
    if fitted.seconds >= THIN_VOICE_SHARE * fitted.budget:
        return drafts, []
    wanted = max(1, round(missing / pacing.median_seconds))
    count = min(count_spare_shots(traits, len(drafts)), wanted)
    if count < wanted <= MAX_REPEATED_SHOTS and len(traits) > MAX_REPEATED_SHOTS:
        count = wanted  # a breath between the sentences completes the length; more would be padding
    if count <= 0:
        return drafts, _shorter_note(fitted, 0.0, reading)
    each = min(MAX_SILENT_SECONDS, pacing.max_seconds, missing / count)
    silent = [Draft("silent", each, drafts[0].text) for _ in range(count)]
    shots = "one shot stands" if count == 1 else f"{count} shots stand"
    notes = [f"The voice fills {fitted.seconds:.0f} of {reading.seconds:.0f} s: between its sentences {shots} silent, on the music."]
    if each * count < missing - 1.5:
        notes += _shorter_note(fitted, each * count, reading)
    return _mix(drafts, silent), notes


def _shorter_note(fitted: Fitted, silent_seconds: float, reading: Reading) -> list[str]:
    natural = fitted.seconds + silent_seconds + reading.seconds - fitted.budget
    if natural >= 0.95 * reading.seconds:
        return []
    return [f"About {natural:.0f} s would suit this material better than {reading.seconds:.0f} s: the voice and the pictures carry little more."]


def _mix(drafts: list[Draft], silent: list[Draft]) -> list[Draft]:
    """Silent shots after the hook and between the later beats, spread evenly; after a single beat they follow it."""
    if len(drafts) == 1:
        return [*drafts, *silent]
    gaps = len(drafts) - 1
    mixed = []
    rest = list(silent)
    for gap, draft in enumerate(drafts):
        mixed.append(draft)
        if gap < gaps:
            share = len(silent) * (gap + 1) // gaps - len(silent) * gap // gaps
            mixed += [rest.pop() for _ in range(share)]
    return mixed
