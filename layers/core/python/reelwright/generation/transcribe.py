"""Speech in the creator's own clips: the port to recognisers, and the verb that listens to the clips of a plan."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from pydantic import BaseModel, ConfigDict

from reelwright.generation.elements import SpokenWord
from reelwright.generation.plan import Plan, PlannedMedia
from reelwright.generation.provider import Provider, Samples

LISTEN_RATE = 16_000
MOST_SECONDS_OF_CLIP = 180.0
LEAST_SPEECH_SECONDS = 0.6


class _Noun(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class HeardClip(_Noun):
    """What is said in one clip. Word times are seconds of the clip; the words are spelt as captions show them."""

    media_id: str
    language: str
    words: tuple[SpokenWord, ...] = ()


class HeardClips(_Noun):
    """What is said in the clips of one reel."""

    clips: tuple[HeardClip, ...] = ()


class TranscribeProvider(Provider, Protocol):
    def transcribe(self, samples: Samples, spans: Sequence[tuple[float, float]], language: str | None, names: Sequence[str]) -> HeardClip:
        """The words of mono ``samples`` at 16 kHz, looked for in ``spans`` (seconds). ``language`` None: it is found out.

        ``names`` are spelt by the creator and likely to be said. ``media_id`` is empty. Raises PartMissing, ProviderError.
        """
        ...


def clips_to_hear(plan: Plan, material: Sequence[PlannedMedia]) -> list[PlannedMedia]:
    """The clips of the plan in which somebody speaks, where no voice of ours speaks over them."""
    if plan.spoken_script:
        return []
    shown = {media_id for beat in plan.beats for media_id in beat.media_ids}
    return [media for media in material if media.media_id in shown and _speaks(media)]


def hear_clips(
    clips: Sequence[PlannedMedia], read: Callable[[PlannedMedia], Samples], listen: Callable[[Samples, Sequence[tuple[float, float]]], HeardClip]
) -> HeardClips:
    """What is said in each clip. ``read`` gives its samples, ``listen`` asks a recogniser."""
    heard = []
    for media in clips:
        spans = [(span.start, span.end) for span in media.analysis.speech if span.start < MOST_SECONDS_OF_CLIP]
        found = listen(read(media), spans)
        heard.append(found.model_copy(update={"media_id": media.media_id}))
    return HeardClips(clips=tuple(clip for clip in heard if clip.words))


def _speaks(media: PlannedMedia) -> bool:
    seconds = sum(span.end - span.start for span in media.analysis.speech)
    return media.facts.kind == "video" and media.facts.has_sound and not media.analysis.is_silent and seconds >= LEAST_SPEECH_SECONDS
