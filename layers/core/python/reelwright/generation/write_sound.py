"""Stores what a provider spoke or played as WAV, with what placing it needs to know."""

from __future__ import annotations

import hashlib
from fractions import Fraction
from pathlib import Path

import soundfile

from reelwright.generation.elements import PlacedMusic, PlacedVoice
from reelwright.generation.keep_files import GenerationFiles
from reelwright.generation.provider import MadeMusic, SpokenVoice
from reelwright.reels.reel import SoundReference

VOICE_NAME, MUSIC_NAME = "voice", "music"


def write_voice(spoken: SpokenVoice, files: GenerationFiles, folder: Path) -> PlacedVoice:
    """Stores ``voice.wav`` (mono, 16 bit) and ``voice.json``."""
    path = folder / f"{VOICE_NAME}.wav"
    soundfile.write(path, spoken.samples, spoken.sample_rate, subtype="PCM_16")
    reference = _store(path, Fraction(len(spoken.samples), spoken.sample_rate), True, files)
    placed = PlacedVoice(
        reference=reference,
        words=spoken.words,
        sentences=spoken.sentences,
        provider=spoken.provider,
        voice=spoken.voice,
        by=spoken.by,
        licence=spoken.licence,
    )
    files.write(f"{VOICE_NAME}.json", placed)
    return placed


def write_music(made: MadeMusic, files: GenerationFiles, folder: Path) -> PlacedMusic:
    """Stores ``music.wav`` (stereo, 16 bit) and ``music.json``."""
    path = folder / f"{MUSIC_NAME}.wav"
    soundfile.write(path, made.samples, made.sample_rate, subtype="PCM_16")
    reference = _store(path, Fraction(len(made.samples), made.sample_rate), made.is_ai_made, files)
    placed = PlacedMusic(reference=reference, bpm=made.bpm, beats=made.beats, title=made.title, by=made.by, licence=made.licence, provider=made.provider)
    files.write(f"{MUSIC_NAME}.json", placed)
    return placed


def _store(path: Path, duration: Fraction, is_ai_made: bool, files: GenerationFiles) -> SoundReference:
    key = files.upload(path, path.name, "audio/wav")
    return SoundReference(file=key, sha256=hashlib.sha256(path.read_bytes()).hexdigest(), duration=duration, is_ai_made=is_ai_made)
