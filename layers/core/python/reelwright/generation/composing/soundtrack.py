"""The three buses of a reel: voice in pieces, music from the first frame to the last, the clips' own sound under both."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from reelwright.generation.composing.clip_windows import Window
from reelwright.generation.composing.timeline import Shot, Timeline, VoicePiece, exact, frame_time
from reelwright.generation.elements import PlacedMusic, PlacedVoice
from reelwright.generation.plan import PlannedMedia
from reelwright.reels.reel import Declaration, RightsEntry, SoundClip, SoundReference, Soundtrack

VOICE_ID, MUSIC_ID = "voice", "music"
SOURCE_FADE = Fraction(3, 25)
VOICE_FADE = Fraction(1, 100)
MUSIC_FADE = Fraction(3, 5)
LATE_SECONDS = 0.05
SILENT_GAP_SECONDS = 0.4
LEAST_SPEECH_SECONDS, LEAST_SPEECH_SHARE = 0.6, 0.3
BED_DB = -58.0
TAPE_HISS_DB = -50.0
TAPE_TEMPLATES = frozenset({"retro"})


def build_soundtrack(
    timeline: Timeline, voice: PlacedVoice | None, music: PlacedMusic | None, sources: Iterable[SoundClip], template: str = ""
) -> tuple[Soundtrack, dict[str, SoundReference]]:
    """The soundtrack and the sounds it names. Under a voice alone lies a bed, under a template of old film its hiss."""
    total = frame_time(timeline.frames)
    sounds: dict[str, SoundReference] = {}
    spoken: tuple[SoundClip, ...] = ()
    if voice is not None and timeline.voice:
        sounds[VOICE_ID] = voice.reference
        spoken = tuple(clip for piece in timeline.voice if (clip := _voice_clip(piece, voice.reference, total)))
    played: tuple[SoundClip, ...] = ()
    if music is not None:
        sounds[MUSIC_ID] = music.reference
        length = min(total, music.reference.duration)
        fade = MUSIC_FADE if float(music.reference.duration - total) > LATE_SECONDS else Fraction(0)
        played = (SoundClip(sound_id=MUSIC_ID, start=Fraction(0), duration=length, fade_out=fade),)
    beats = tuple(exact(beat) for beat in timeline.beats if 0 <= beat <= float(total)) if music is not None else ()
    bed = TAPE_HISS_DB if template in TAPE_TEMPLATES and (spoken or played) else BED_DB if spoken and not played else None
    return Soundtrack(voice=spoken, music=played, source=tuple(sources), beats=beats, bed_db=bed), sounds


def source_clip(media: PlannedMedia, window: Window, shot: Shot) -> SoundClip | None:
    """A clip's own sound for its shot; None where it has none worth hearing. The mix sets its level, lower under a voice.

    It reaches half a crossfade beyond both cuts, as far as the clip goes, so that neighbours blend.
    """
    if not media.facts.has_sound or media.analysis.is_silent or window.speed != 1:
        return None
    start, end = frame_time(shot.start), frame_time(shot.end)
    before = min(SOURCE_FADE / 2, start, window.start)
    left = exact(media.facts.duration_seconds or 0.0) - window.start - (end - start)
    behind = min(SOURCE_FADE / 2, max(Fraction(0), left))
    return SoundClip(
        sound_id=media.media_id,
        start=start - before,
        duration=end - start + before + behind,
        source_start=window.start - before,
        fade_in=SOURCE_FADE,
        fade_out=SOURCE_FADE,
        is_speech=_holds_speech(media, float(window.start), float(window.start + end - start)),
    )


def _holds_speech(media: PlannedMedia, start: float, end: float) -> bool:
    """Whether somebody speaks for a good part of a stretch (seconds of the clip)."""
    spoken = sum(max(0.0, min(span.end, end) - max(span.start, start)) for span in media.analysis.speech)
    return spoken >= max(LEAST_SPEECH_SECONDS, LEAST_SPEECH_SHARE * (end - start))


def declare_silence(timeline: Timeline, soundtrack: Soundtrack) -> tuple[Declaration, ...]:
    """Where nothing is heard on purpose: without music between sentences, and behind the end of the music."""
    total = frame_time(timeline.frames)
    heard = sorted((clip.start, clip.start + clip.duration) for clip in (*soundtrack.voice, *soundtrack.music, *soundtrack.source))
    silent, at = [], Fraction(0)
    for start, end in [*heard, (total, total)]:
        if float(start - at) > SILENT_GAP_SECONDS:
            silent.append(Declaration(kind="silent", start=at, end=start, reason="There is neither music nor speech here."))
        at = max(at, end)
    return tuple(silent)


def list_rights(voice: PlacedVoice | None, music: PlacedMusic | None) -> tuple[RightsEntry, ...]:
    """Whose voice and music is heard, and under which terms."""
    entries = []
    if voice is not None and (voice.by or voice.licence or voice.voice):
        entries.append(RightsEntry(what=f"Voice “{voice.voice or voice.provider}”", by=voice.by or voice.provider, licence=voice.licence))
    if music is not None and (music.title or music.by or music.licence):
        entries.append(RightsEntry(what=f"Music “{music.title}”" if music.title else "Music", by=music.by or music.provider, licence=music.licence))
    return tuple(entries)


def _voice_clip(piece: VoicePiece, reference: SoundReference, total: Fraction) -> SoundClip | None:
    source_start = max(Fraction(0), exact(piece.source_start))
    start = exact(piece.start)
    length = min(exact(piece.source_end), reference.duration) - source_start
    length = min(length, total - start)
    if length <= 0:
        return None
    return SoundClip(sound_id=VOICE_ID, start=start, duration=length, source_start=source_start, fade_in=VOICE_FADE, fade_out=3 * VOICE_FADE)
