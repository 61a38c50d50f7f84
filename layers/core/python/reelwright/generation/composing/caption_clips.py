"""Captions for what is said in the creator's own clips: heard words on the reel's clock, placed away from faces and type."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from reelwright.generation.caption_names import correct_names
from reelwright.generation.composing.caption_chunks import ChunkSetter, divide, style_of, with_emoji
from reelwright.generation.composing.timeline import exact
from reelwright.generation.plan import PlannedMedia
from reelwright.generation.planning.languages import is_right_to_left
from reelwright.generation.transcribe import HeardClip, HeardClips
from reelwright.reels.geometry import Area, Size, visible_faces
from reelwright.reels.reel import CaptionChunk, Captions, CaptionWord, Clip, Picture, Reel, SoundClip, Text
from reelwright.reels.shape_areas import shape_of
from reelwright.reels.template import Template, find_template
from reelwright.reels.timing import Chunk, Word
from reelwright.reels.type_fit import cap_height, measure

LEAST_HEARD_SHARE = 0.6
"""A word of which less is heard in its shot is not shown."""

DESCENT_EMS = 0.24
LEAST_CHUNK_SECONDS = Fraction(1, 5)


def caption_clips(reel: Reel, heard: HeardClips, media: Sequence[PlannedMedia], glossary: Sequence[str] = ()) -> Reel:
    """The reel with captions for the speech that is heard of its clips. A reel that has a voice of its own stays as it is."""
    if reel.captions.words or reel.soundtrack.voice:
        return reel
    clips = {clip.media_id: clip for clip in heard.clips}
    template = find_template(reel.template)
    known = {item.media_id: item for item in media}
    words: list[CaptionWord] = []
    groups: list[tuple[Clip, list[CaptionWord]]] = []
    for sound in sorted(reel.soundtrack.source, key=lambda one: one.start):
        said = _words_in(sound, clips.get(sound.sound_id), glossary)
        said = [word for word in said if not words or word.start >= words[-1].start]
        if said:
            groups.append((_clip_at(reel, sound.start + sound.duration / 2), said))
            words += said
    if not words:
        return reel
    language = _language(reel, clips)
    chunks = _set_groups(reel, template, language, words, groups, known, glossary)
    captions = Captions(
        preset=template.captions.preset,
        style=style_of(template.captions),
        language=language,
        direction="rtl" if is_right_to_left(language) else "ltr",
        words=tuple(words),
        chunks=with_emoji(chunks, words),
    )
    return reel.model_copy(update={"captions": captions})


def _words_in(sound: SoundClip, heard: HeardClip | None, glossary: Sequence[str]) -> list[CaptionWord]:
    """The words that are heard while the clip is shown, on the reel's clock."""
    if heard is None:
        return []
    begin, end = float(sound.source_start), float(sound.source_start + sound.duration)
    found = []
    for word in correct_names(heard.words, glossary):
        audible = min(word.end, end) - max(word.start, begin)
        if audible < LEAST_HEARD_SHARE * max(word.end - word.start, 0.05):
            continue
        start = sound.start + exact(max(word.start, begin) - begin)
        stop = sound.start + exact(min(word.end, end) - begin)
        found.append(CaptionWord(text=word.text[:60], start=start, end=max(start, stop)))
    return found


def _set_groups(
    reel: Reel,
    template: Template,
    language: str,
    words: Sequence[CaptionWord],
    groups: Sequence[tuple[Clip, Sequence[CaptionWord]]],
    media: Mapping[str, PlannedMedia],
    glossary: Sequence[str],
) -> list[CaptionChunk]:
    craft = template.captions
    setter = ChunkSetter(craft, language, words, shape_of(reel.canvas.width, reel.canvas.height))
    found: list[CaptionChunk] = []
    first = 0
    for clip, said in groups:
        spoken = [Word(word.text, float(word.start), float(word.end)) for word in said]
        moved = [Chunk(chunk.first + first, chunk.last + first, chunk.start, chunk.end) for chunk in divide(spoken, language, craft, glossary)]
        placed = setter.set_chunks(moved, None, _faces_in(clip, media), _texts_in(clip))
        found += _within(placed, max(clip.start, found[-1].end if found else Fraction(0)), clip.end)
        first += len(said)
    return found


def _within(chunks: Sequence[CaptionChunk], start: Fraction, end: Fraction) -> list[CaptionChunk]:
    """The chunks cut to their shot; what would only flash is left out."""
    cut = [chunk.model_copy(update={"start": max(start, chunk.start), "end": min(end, chunk.end)}) for chunk in chunks]
    return [chunk for chunk in cut if chunk.end - chunk.start >= LEAST_CHUNK_SECONDS]


def _clip_at(reel: Reel, at: Fraction) -> Clip:
    clips = reel.tracks[0].clips
    return next((clip for clip in clips if clip.start <= at < clip.end), clips[-1])


def _faces_in(clip: Clip, media: Mapping[str, PlannedMedia]) -> list[Area]:
    found: list[Area] = []
    for layer in clip.layers:
        item = media.get(layer.media_id) if isinstance(layer, Picture) else None
        if item is not None and isinstance(layer, Picture):
            size = Size(item.facts.width, item.facts.height)
            found += visible_faces(item.analysis.faces, size, layer.rect, [layer.motion.start, layer.motion.end])
    return found


def _texts_in(clip: Clip) -> list[Area]:
    found = []
    for layer in clip.layers:
        if isinstance(layer, Text):
            width = min(measure(layer.text, layer.font, layer.size, layer.tracking / layer.size), layer.max_width or float("inf"))
            left = layer.x - {"left": 0.0, "centre": width / 2, "right": width}[layer.align]
            found.append(Area(left, layer.y - cap_height(layer.font, layer.size), left + width, layer.y + DESCENT_EMS * layer.size))
    return found


def _language(reel: Reel, clips: Mapping[str, HeardClip]) -> str:
    """The language that most of what is heard is in."""
    counts: dict[str, int] = {}
    for sound in reel.soundtrack.source:
        clip = clips.get(sound.sound_id)
        if clip is not None:
            counts[clip.language] = counts.get(clip.language, 0) + len(clip.words)
    return max(counts, key=lambda language: counts[language], default=reel.language)
