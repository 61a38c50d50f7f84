"""Composing: a plan, its material, its voice and its music become the reel document that the renderer reads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from reelwright.generation.composing.accents import Stretch, add_accents
from reelwright.generation.composing.arrange import Arrangement, Studio, arrange
from reelwright.generation.composing.assemble import Composition, assemble_reel, captioned_shots
from reelwright.generation.composing.blocks import blocks_of_voice, decide_length, estimated_blocks
from reelwright.generation.composing.caption_chunks import divide_words, shot_at, shown_chunks
from reelwright.generation.composing.card_timeline import lay_cards
from reelwright.generation.composing.estimated_voice import estimate_voice
from reelwright.generation.composing.flat_pictures import replace_flat
from reelwright.generation.composing.gather_quote import gather_quote
from reelwright.generation.composing.match_light import match_light
from reelwright.generation.composing.scenes import list_scenes
from reelwright.generation.composing.shapes import captions_for
from reelwright.generation.composing.spoken_timeline import lay_spoken
from reelwright.generation.composing.timeline import FRAME_RATE, Timeline, name_pulse, pulse
from reelwright.generation.elements import PlacedMusic, PlacedVoice
from reelwright.generation.plan import Plan, PlannedMedia
from reelwright.generation.planning.languages import is_right_to_left
from reelwright.generation.planning.words import lower
from reelwright.kit.errors import InvalidInput
from reelwright.reels.reel import MediaReference, Reel, Shape
from reelwright.reels.template import Template, find_template
from reelwright.reels.timing import Chunk

COVER_SECONDS = 1.0
LENGTH_TOLERANCE = 0.05
ACCENT_DISTANCE_SECONDS = 4.0


def fit_seconds(plan: Plan, voice_seconds: float) -> float:
    """How long the reel becomes, and so how long its music must be, when the voice lasts ``voice_seconds`` (0: no voice)."""
    pacing = find_template(plan.template).pacing
    if plan.spoken_script:
        seconds = voice_seconds or float(estimate_voice(plan.spoken_script, plan.language).reference.duration)
        blocks = estimated_blocks(plan, seconds)
        length = decide_length(plan, blocks, pacing)
        if sum(block.is_spoken for block in length.blocks) < sum(block.is_spoken for block in blocks):
            # Which sentences go is only known with the real words: the music may be too long and is faded out, never too short.
            return _on_frame(plan.length_seconds * (1 + LENGTH_TOLERANCE))
        return _on_frame(length.total)
    return _on_frame(_card_seconds(plan, sum(pacing.end_card_seconds) / 2))


def compose_reel(
    plan: Plan,
    media: Sequence[PlannedMedia],
    references: Mapping[str, MediaReference],
    voice: PlacedVoice | None,
    music: PlacedMusic | None,
    shape: Shape = "9:16",
    glossary: Sequence[str] = (),
) -> Reel:
    """The reel. ``references`` are by media id; captions do not divide names of the ``glossary``.

    Without ``voice`` a script is shown as captions in reading rhythm.

    Raises InvalidInput where a media of the plan has no reference.
    """
    plan = gather_quote(plan)
    template = template_for(plan.template, shape)
    known = {item.media_id: item for item in media if item.media_id in references}
    missing = [media_id for beat in plan.beats for media_id in beat.media_ids if media_id not in known]
    if missing:
        raise InvalidInput(f"The plan shows media that are not there: {', '.join(dict.fromkeys(missing))}.")
    plan = replace_flat(plan, known)
    timeline = lay_timeline(plan, template, voice, music)
    studio = Studio(template, known, references, plan.seed, is_right_to_left(plan.language), shape, plan.language)
    scenes = list_scenes(plan, timeline, known)
    divided = divide_words(timeline, plan, template.captions, glossary)
    chunks = shown_chunks(divided, timeline, scenes.said, plan.language)
    arranged = [arrange(studio, scene, names) for scene, names in scenes.with_captions(captioned_shots(chunks, timeline))]
    chunks = _really_shown(divided, chunks, timeline, arranged, plan.language)
    arranged = add_accents(studio, timeline, match_light(arranged, known), _stressed(plan, timeline, divided))
    return assemble_reel(Composition(plan, studio, timeline, scenes, tuple(arranged), tuple(chunks), voice, music))


def template_for(name: str, shape: Shape) -> Template:
    """The template with its captions as they are on this shape. Raises InvalidInput."""
    template = find_template(name)
    return template.model_copy(update={"captions": captions_for(template.captions, shape)})


def explain_composition(plan: Plan, reel: Reel) -> tuple[str, ...]:
    """What became different from the plan when the real voice and music were there: sentences for the creator."""
    notes = []
    spoken = [word.text for word in reel.captions.words]
    missing = [sentence for sentence in plan.spoken_script if not _holds(spoken, sentence.split())]
    notes += [f"Left out, because the voice took longer than estimated: “{sentence}”" for sentence in missing]
    notes += _explain_end(plan, reel)
    beside = [media_id for media_id in plan.unused_media if media_id in reel.media]
    if beside:
        notes.append(f"{len(beside)} of the files without a shot of their own are shown after all, beside others.")
    notes += _explain_pictures(plan, reel)
    seconds = float(reel.duration)
    if abs(seconds - plan.length_seconds) > LENGTH_TOLERANCE * plan.length_seconds:
        why = "the text needs that long" if seconds > plan.length_seconds else "the material carries no more, and nothing is padded"
        notes.append(f"The reel lasts {seconds:.1f} s instead of {plan.length_seconds:.0f} s: {why}.")
    return tuple(notes)


def _explain_pictures(plan: Plan, reel: Reel) -> list[str]:
    """Files that were planned for shots of their own and are nowhere; of sentences that were left out and of the end card nothing is said."""
    beats = [beat for beat in plan.beats if beat.role != "call" and not beat.can_drop]
    gone = {media_id for beat in beats if not reel.media.keys() & set(beat.media_ids) for media_id in beat.media_ids}
    return [f"{len(gone)} of the files found no place after all: nothing is to be seen in them but one colour, or there was no room."] if gone else []


def _explain_end(plan: Plan, reel: Reel) -> list[str]:
    """What of the end card is neither on the last shot nor said over it."""
    last = reel.tracks[0].clips[-1]
    shown = [layer.text for layer in last.layers if layer.kind == "text"]
    shown += [word.text for word in reel.captions.words if word.end >= last.start]
    letters = _letters("".join(shown))
    missing = [line for line in plan.end_card if not all(_letters(word) in letters for word in line.split())]
    if not missing:
        return []
    place = "for the end card" if len(missing) == len(plan.end_card) else "on the end card for this"
    return [f"There was no room {place}: “{' · '.join(missing)}”."]


def _letters(text: str) -> str:
    return "".join(character for character in text.casefold() if character.isalnum())


def _holds(spoken: Sequence[str], words: Sequence[str]) -> bool:
    """Whether the words occur in a row; scripts without spaces are compared letter by letter, and names may have other capitals."""
    return "".join(words).casefold() in "".join("".join(spoken).split()).casefold()


def lay_timeline(plan: Plan, template: Template, voice: PlacedVoice | None, music: PlacedMusic | None) -> Timeline:
    """Shots, words and pieces of the voice on the reel's clock."""
    is_heard = music is not None and bool(music.beats)
    if not plan.spoken_script:
        total = _total(_card_seconds(plan, sum(template.pacing.end_card_seconds) / 2), 0.0, plan, music)
        timeline = lay_cards(plan, total, _beats(plan, music, total), template.pacing, is_heard=is_heard)
        return timeline if is_heard else name_pulse(timeline)
    speaks = voice is not None and bool(voice.words)
    spoken = voice if voice is not None and speaks else estimate_voice(plan.spoken_script, plan.language)
    length = decide_length(plan, blocks_of_voice(plan, spoken), template.pacing)
    total = _total(length.total, length.least, plan, music)
    timeline = lay_spoken(plan, spoken, length, total, _beats(plan, music, total), template.pacing, is_heard=is_heard)
    timeline = timeline if is_heard else name_pulse(timeline)
    return timeline if speaks else replace(timeline, voice=())


def _on_frame(seconds: float) -> float:
    return round(seconds * FRAME_RATE) / FRAME_RATE


def _card_seconds(plan: Plan, end_seconds: float) -> float:
    """What was asked for, where the plan's beats come near it; else what they carry."""
    natural = sum(beat.seconds for beat in plan.beats) + (end_seconds if plan.end_card else 0.0)
    near = abs(natural - plan.length_seconds) <= 2 * LENGTH_TOLERANCE * plan.length_seconds + 0.5
    return plan.length_seconds if near else min(natural, _longest(plan))


def _longest(plan: Plan) -> float:
    """The most seconds that still count as the length asked for, in whole frames."""
    return int(plan.length_seconds * (1 + LENGTH_TOLERANCE) * FRAME_RATE) / FRAME_RATE


def _total(wanted: float, least: float, plan: Plan, music: PlacedMusic | None) -> float:
    """The music's length where it was made for this reel, else what was wanted; never beyond the music without need."""
    if music is None:
        return _on_frame(wanted)
    length = float(music.reference.duration)
    if abs(length - wanted) <= LENGTH_TOLERANCE * plan.length_seconds:
        return _on_frame(min(length, max(wanted, _longest(plan))))
    return _on_frame(min(wanted, max(length, least)))


def _beats(plan: Plan, music: PlacedMusic | None, total: float) -> tuple[float, ...]:
    if music is not None and music.beats:
        return tuple(beat for beat in music.beats if 0 <= beat <= total)
    return pulse(plan.bpm, total)


def _really_shown(divided: Sequence[Chunk], shown: Sequence[Chunk], timeline: Timeline, arranged: Sequence[Arrangement], language: str) -> list[Chunk]:
    """The captions again, now that it is known which words the layouts show: those are not said twice, all others are said."""
    said = [" ".join(layer.text for layer in drawn.layers if layer.kind == "text") for drawn in arranged]
    expected = {chunk.first for chunk in shown}
    again = shown_chunks(divided, timeline, said, language)
    return [chunk for chunk in again if chunk.first in expected or arranged[shot_at(timeline.shots, chunk.start + 0.1)].layout.captions is not None]


def _stressed(plan: Plan, timeline: Timeline, chunks: Sequence[Chunk]) -> list[Stretch]:
    """The captions that hold an emphasised word, well apart from each other."""
    found: list[Stretch] = []
    for chunk in chunks:
        words = zip(timeline.words[chunk.first : chunk.last + 1], timeline.word_beats[chunk.first : chunk.last + 1], strict=True)
        is_stressed = any(lower(word.text) in {lower(one) for one in plan.beats[beat].emphasis} for word, beat in words)
        if is_stressed and (not found or chunk.start - found[-1].start >= ACCENT_DISTANCE_SECONDS):
            found.append(Stretch(chunk.start, chunk.end))
    return found
