"""Part of the composition root: which providers of each capability are asked, in which order. The last one needs no key."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reelwright.generation.label_embeddings import load_label_embeddings
from reelwright.generation.provider import ClipProvider, EnhanceProvider, MusicProvider, PlanProvider, StillProvider, VoiceProvider
from reelwright.generation.providers.camera_motion import CameraMotion
from reelwright.generation.providers.espeak_voice import EspeakVoice
from reelwright.generation.providers.hibari_voice import HibariVoice
from reelwright.generation.providers.keyless_music import KeylessMusic
from reelwright.generation.providers.kokoro_voice import KokoroVoice
from reelwright.generation.providers.minilm_embedder import MiniLmEmbedder
from reelwright.generation.providers.opencv_enhancer import OpencvEnhancer
from reelwright.generation.providers.pico_voice import PicoVoice
from reelwright.generation.providers.rule_planner import RulePlanner
from reelwright.generation.providers.whisper_recogniser import WhisperRecogniser
from reelwright.generation.transcribe import TranscribeProvider
from reelwright.kit.settings import Settings


@dataclass(frozen=True)
class Providers:
    """In order: the best first, then the fallback, then the one without a key."""

    plan: Sequence[PlanProvider] = ()
    voice: Sequence[VoiceProvider] = ()
    music: Sequence[MusicProvider] = ()
    enhance: Sequence[EnhanceProvider] = ()
    still: Sequence[StillProvider] = ()
    clip: Sequence[ClipProvider] = ()
    transcribe: Sequence[TranscribeProvider] = ()


def choose_providers(settings: Settings) -> Providers:
    """Nothing is loaded yet: weights are read at the first use."""
    cache = settings.cache_directory
    motion = CameraMotion()
    return Providers(
        plan=(RulePlanner(MiniLmEmbedder(cache, known=load_label_embeddings)),),
        voice=(HibariVoice(cache), KokoroVoice(cache), PicoVoice(cache), EspeakVoice(cache)),
        music=(KeylessMusic(cache),),
        enhance=(OpencvEnhancer(),),
        still=(motion,),
        clip=(motion,),
        transcribe=(WhisperRecogniser(cache),),
    )
