"""Assembling: arranged shots, joins, captions, sounds and effects become the reel document."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import get_args

from reelwright.generation.composing.arrange import BLACK_LUMA, Arrangement
from reelwright.generation.composing.caption_chunks import make_captions, shot_at
from reelwright.generation.composing.cover_design import design_cover
from reelwright.generation.composing.effects import choose_effects
from reelwright.generation.composing.flat_pictures import declare_still
from reelwright.generation.composing.joins import choose_joins
from reelwright.generation.composing.loop import close_loop
from reelwright.generation.composing.overlays import make_overlays
from reelwright.generation.composing.scenes import SceneList
from reelwright.generation.composing.soundtrack import build_soundtrack, declare_silence, list_rights, source_clip
from reelwright.generation.composing.studio import Studio
from reelwright.generation.composing.timeline import FRAME_RATE, Shot, Timeline, frame_time
from reelwright.generation.elements import PlacedMusic, PlacedVoice
from reelwright.generation.plan import Plan
from reelwright.reels.look_rules import NIGHT_LUMA, choose_look
from reelwright.reels.reel import SHAPES, Canvas, Clip, Declaration, Layer, Look, LookName, Reel, SoundClip, Soundtrack, Track, Transition
from reelwright.reels.timing import Chunk

COVER_SECONDS = 1.0


@dataclass(frozen=True)
class Composition:
    """Everything that was decided, before it becomes a document."""

    plan: Plan
    studio: Studio
    timeline: Timeline
    scenes: SceneList
    arranged: tuple[Arrangement, ...]
    chunks: tuple[Chunk, ...]
    voice: PlacedVoice | None
    music: PlacedMusic | None

    @property
    def roles(self) -> list[str]:
        """The role of each shot's beat."""
        return [self.plan.beats[shot.beats[0]].role for shot in self.timeline.shots]


def assemble_reel(made: Composition) -> Reel:
    """The document. Raises ValueError where it does not hold together, which no plan should bring about."""
    plan, template, timeline = made.plan, made.studio.template, made.timeline
    drawn = _draw_clips(made)
    looped = _loop(made, drawn)
    clips = looped or drawn
    soundtrack, sounds = build_soundtrack(timeline, made.voice, made.music, _sources(made), plan.template)
    overlays = make_overlays(made.studio, timeline, made.scenes.scenes, made.arranged)
    cover = design_cover(made.studio, plan, clips)
    used = {layer.media_id for layers in (*(clip.layers for clip in clips), cover.layers) for layer in layers if layer.kind == "picture"}
    width, height = SHAPES[made.studio.shape]
    return Reel(
        title=plan.title,
        template=plan.template,
        language=plan.language,
        seed=plan.seed,
        canvas=Canvas(width=width, height=height),
        look=_choose_look(made, used),
        background=template.theme.background,
        media={media_id: reference for media_id, reference in made.studio.references.items() if media_id in used},
        sounds=sounds,
        tracks=(Track(clips=clips),),
        overlays=overlays,
        is_loop=looped is not None,
        captions=make_captions(made.chunks, timeline, plan, template, made.arranged, made.studio.shape),
        soundtrack=_with_effects(made, clips, soundtrack),
        declarations=(*declare_silence(timeline, soundtrack), *_declare_black(made, clips), *declare_still(clips, made.studio.media)),
        cover_at=min(frame_time(timeline.shots[0].end // 2), frame_time(round(COVER_SECONDS * FRAME_RATE))),
        cover=cover,
        rights=list_rights(made.voice if timeline.voice else None, made.music),
    )


def _declare_black(made: Composition, clips: Sequence[Clip]) -> tuple[Declaration, ...]:
    """The shots that show nothing but pictures which are as good as black themselves."""
    found = []
    for clip in clips:
        shown = [made.studio.media[layer.media_id].analysis for layer in clip.layers if layer.kind == "picture"]
        if shown and max(one.luma_mean for one in shown) < BLACK_LUMA:
            found.append(Declaration(kind="black", start=clip.start, end=clip.start + clip.duration, reason="The picture itself is this dark."))
    return tuple(found)


def _loop(made: Composition, clips: tuple[Clip, ...]) -> tuple[Clip, ...] | None:
    """The clips as a loop, where template and plan want one and there is no end card."""
    if not (made.studio.template.is_loopable and made.plan.is_loopable) or made.timeline.end_card is not None:
        return None
    return close_loop(clips, made.timeline.beats, made.studio.references, made.plan.seed)


def _choose_look(made: Composition, used: Collection[str]) -> Look:
    """The plan's look where it names one, as strong as the template wants it and as faces and the night bear."""
    look = made.studio.template.look
    name = next((name for name in get_args(LookName) if name == made.plan.look), look.name)
    shown = [made.studio.media[media_id].analysis for media_id in used]
    light = sum(analysis.luma_mean for analysis in shown) / max(1, len(shown))
    return choose_look(
        name, look.strength, has_faces=any(one.faces for one in shown), is_night=light < NIGHT_LUMA and bool(shown), is_grain_live=look.is_grain_live
    )


def captioned_shots(chunks: Sequence[Chunk], timeline: Timeline) -> set[int]:
    """The numbers of the shots over which words are shown."""
    return {shot_at(timeline.shots, at) for chunk in chunks for at in (chunk.start + 0.1, max(chunk.start, chunk.end - 0.2))}


def _with_effects(made: Composition, clips: tuple[Clip, ...], soundtrack: Soundtrack) -> Soundtrack:
    payoff = next((frame_time(shot.start) for shot, role in zip(made.timeline.shots, made.roles, strict=True) if role == "payoff"), None)
    speech = [(word.start, word.end) for word in made.timeline.words] if made.timeline.voice else []
    effects = choose_effects(clips, (), speech=speech, payoff=payoff, template=made.plan.template, seed=made.plan.seed)
    return soundtrack.model_copy(update={"effects": effects})


def _sources(made: Composition) -> list[SoundClip]:
    """What is heard of the clips themselves."""
    found = []
    for shot, drawn in zip(made.timeline.shots, made.arranged, strict=True):
        for media_id, window in drawn.windows[:1]:
            sound = source_clip(made.studio.media[media_id], window, shot)
            if sound is not None:
                length = min(sound.duration, frame_time(made.timeline.frames) - sound.start)
                found.append(sound.model_copy(update={"duration": length}))
    return found


def _draw_clips(made: Composition) -> tuple[Clip, ...]:
    joins = choose_joins(made.studio, made.timeline, made.arranged, made.roles)
    clips = []
    for number, (shot, drawn) in enumerate(zip(made.timeline.shots, made.arranged, strict=True)):
        clips.append(_clip(number, shot, drawn.layers, joins[number], made.scenes.reasons[number]))
    return tuple(clips)


def _clip(number: int, shot: Shot, layers: tuple[Layer, ...], join: Transition, reason: str) -> Clip:
    start: Fraction = frame_time(shot.start)
    return Clip(id=f"shot_{number + 1}", start=start, duration=frame_time(shot.end - shot.start), layers=layers, transition=join, cut=shot.cut, reason=reason)
