"""How English is read: hibari's dictionary gives phonemes, and each spoken word is led back to the word of the script."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Any

from reelwright.generation.align_words import Span, spread_times
from reelwright.generation.reading.english_text import spell_english
from reelwright.generation.speak_phonemes import Reading, split_sentences


class EnglishReader:
    """The dictionary is loaded at the first sentence and kept. ``is_british`` chooses its other half."""

    def __init__(self, is_british: bool = False) -> None:
        self._is_british = is_british

    @cached_property
    def _dictionary(self) -> Any:
        from hibari.g2p import G2P  # noqa: PLC0415  # a second and 100 MB, only for those who speak

        return G2P(british=self._is_british)

    def divide(self, text: str) -> Iterator[list[str]]:
        """The script's words, sentence by sentence."""
        return split_sentences(text)

    def read(self, script: Sequence[str]) -> list[Reading]:
        """The words as they are spoken, numbers and signs spelt out."""
        tokens = self._dictionary.phonemize_tokens(self._dictionary.tokenize(_spell_out(" ".join(script))))
        readings: list[Reading] = []
        text = phonemes = ""
        for token in tokens:
            text, phonemes = text + token.text, phonemes + (token.phonemes or "")
            if token.whitespace:
                readings.append(Reading(text, phonemes))
                text = phonemes = ""
        return [*readings, Reading(text, phonemes)] if text else readings

    def spread(self, script: Sequence[str], readings: Sequence[Reading], times: Sequence[Span | None]) -> list[Span | None]:
        """The time of each script word."""
        return spread_times(script, [reading.text for reading in readings], times, _spell_out)


def _spell_out(text: str) -> str:
    from hibari.g2p.normalize import normalize  # noqa: PLC0415

    # The dictionary reads "[word](/sounds/)" as an order; a script has none.
    return str(normalize(spell_english(text.replace("](", "] ("))))
