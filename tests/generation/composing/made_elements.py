"""Voices, music and references as the storyboard would have stored them, without sound."""

from __future__ import annotations

import random
from collections.abc import Sequence
from fractions import Fraction

from reelwright.generation.compose_reel import compose_reel, fit_seconds
from reelwright.generation.elements import PlacedMusic, PlacedVoice, SpokenWord
from reelwright.generation.plan import Plan, PlanInput, PlannedMedia
from reelwright.generation.planning.plan_reel import plan_reel
from reelwright.reels.project import Brief
from reelwright.reels.reel import MediaReference, Reel, Shape, SoundReference


def make_voice(plan: Plan, *, pace: float = 1.0, seed: int = 0) -> PlacedVoice | None:
    if not plan.spoken_script:
        return None
    chance = random.Random(seed)
    words: list[SpokenWord] = []
    spans: list[tuple[int, int]] = []
    at = 0.04
    for sentence in plan.spoken_script:
        first = len(words)
        for word in sentence.split():
            seconds = (0.11 + 0.045 * len(word)) * chance.uniform(0.85, 1.2) * pace
            words.append(SpokenWord(text=word, start=round(at, 3), end=round(at + seconds, 3)))
            at += seconds + (0.16 if word[-1] in ",;:" else 0.012)
        spans.append((first, len(words) - 1))
        at += chance.uniform(0.2, 0.45)
    reference = SoundReference(file="voice.wav", duration=Fraction(round(at * 1000), 1000), is_ai_made=True)
    return PlacedVoice(reference=reference, words=tuple(words), sentences=tuple(spans), voice="heart", by="the voice's authors", licence="Apache-2.0")


def make_music(seconds: float, bpm: float = 90.0) -> PlacedMusic:
    count = int(seconds * bpm / 60) + 1
    reference = SoundReference(file="music.wav", duration=Fraction(round(seconds * 48_000), 48_000))
    return PlacedMusic(reference=reference, bpm=bpm, beats=tuple(0.02 + at * 60 / bpm for at in range(count)), title="Slow", by="a composer", licence="MIT")


def make_references(media: Sequence[PlannedMedia]) -> dict[str, MediaReference]:
    return {
        item.media_id: MediaReference(
            kind="video" if item.facts.kind == "video" else "photo",
            file=f"media/{item.media_id}",
            width=item.facts.width,
            height=item.facts.height,
            duration=None if item.facts.duration_seconds is None else Fraction(round(item.facts.duration_seconds * 1000), 1000),
            has_sound=item.facts.has_sound,
        )
        for item in media
    }


def compose(
    media: Sequence[PlannedMedia],
    prompt: str = "Make a calm reel about our harbour: ropes, gulls, one red crane, an old ferry",
    script: str = "",
    *,
    seconds: int = 20,
    handle: str = "@harbour.notes",
    seed: int = 1,
    pace: float = 1.0,
    bpm: float = 90.0,
    has_voice: bool = True,
    has_music: bool = True,
    template: str = "editorial",
    shape: Shape = "9:16",
) -> tuple[Plan, Reel]:
    brief = Brief(prompt=prompt, script=script, handle=handle, length_seconds=seconds, shape=shape)
    plan = plan_reel(PlanInput(brief=brief, template=template, media=tuple(media), seed=seed), None)
    voice = make_voice(plan, pace=pace, seed=seed) if has_voice else None
    length = fit_seconds(plan, float(voice.reference.duration) if voice else 0.0)
    music = make_music(length, bpm) if has_music else None
    return plan, compose_reel(plan, media, make_references(media), voice, music, shape)


SCRIPT = (
    "The harbour wakes before the town. A rope creaks, a gull complains, and the red crane turns. "
    "My grandfather loaded coal here in 1951. Nobody counts the hours in winter. "
    "The ferry still leaves at seven, with nine people on it. One day it will stop. Come and see it while it runs."
)
