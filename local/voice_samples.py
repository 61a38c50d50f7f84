"""A short sample of each voice, spoken by the voice itself: what is heard is what a reel gets."""

from __future__ import annotations

from pathlib import Path

import soundfile

from functions.choose_providers import choose_providers
from reelwright.generation.provider import use_in_order
from reelwright.generation.voice_catalogue import list_voices
from reelwright.kit.errors import PartMissing, ProviderError
from reelwright.kit.settings import Settings

# One sentence for each language; a language that is not here hears the English one.
SENTENCES = {
    "en": "Some rooms slow you down. In here there is a lamp, a red window, and a good chair.",
    "es": "Hay habitaciones que te calman. Aquí hay una lámpara, una ventana roja y una buena silla.",
    "fr": "Il y a des pièces qui vous apaisent. Ici, une lampe, une fenêtre rouge et un bon fauteuil.",
    "it": "Ci sono stanze che ti calmano. Qui c'è una lampada, una finestra rossa e una buona sedia.",
    "pt": "Há quartos que nos acalmam. Aqui há uma lâmpada, uma janela vermelha e uma boa cadeira.",
    "ja": "ゆっくりできる部屋があります。ここにはランプと赤い窓と、いい椅子があります。",
    "hi": "कुछ कमरे आपको शांत कर देते हैं। यहाँ एक दीपक है, एक लाल खिड़की है और एक अच्छी कुर्सी है।",
    "de": "Manche Räume machen einen ruhig. Hier gibt es eine Lampe, ein rotes Fenster und einen guten Stuhl.",
}


class SampleMissing(Exception):
    """The voice cannot be heard on this machine; a sentence says why."""


def speak_sample(voice_id: str, target: Path) -> None:
    """Writes the voice's sample as WAV. Raises SampleMissing; OSError where ``target`` cannot be written."""
    voice = next((voice for voice in list_voices() if voice.id == voice_id), None)
    if voice is None or not voice.is_ready:
        raise SampleMissing(f"The voice {voice_id} is not on this machine.")
    sentence = SENTENCES.get(voice.language, SENTENCES["en"])
    providers = choose_providers(Settings()).voice
    try:
        spoken = use_in_order("voice", providers, lambda provider: provider.speak((sentence,), voice.language, voice.id), lambda call: None)
    except (PartMissing, ProviderError) as error:
        raise SampleMissing(f"The voice {voice_id} did not speak: {error.detail}") from error
    if spoken is None:
        raise SampleMissing(f"The voice {voice_id} said nothing.")
    soundfile.write(target, spoken.samples, spoken.sample_rate, format="WAV", subtype="PCM_16")
