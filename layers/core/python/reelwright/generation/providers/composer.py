"""Music without a key, composed: a style of our own rules, exactly as long as the reel, with beats that are known.

On the sound fonts of the part `composer` (MuseScore General and FluidR3 Mono, MIT); without them on a plain synth, where that does.
"""

from __future__ import annotations

from functools import cached_property
from pathlib import Path

from reelwright.generation.music.compose import compose
from reelwright.generation.music.mix_stems import Player, mix_score
from reelwright.generation.music.play_sound_font import SoundFont
from reelwright.generation.music.play_synth import PlainSynth
from reelwright.generation.music.style import Style, choose_style
from reelwright.generation.provider import MadeMusic
from reelwright.kit.errors import PartMissing, ProviderRefused
from reelwright.kit.parts import find_part, is_installed
from reelwright.kit.voice_parts import COMPOSER, COMPOSER_PIANOS

SHORTEST_SECONDS = 3.0
LONGEST_SECONDS = 200.0
FONT_LICENCE = "CC0-1.0 (composed by Reelwright); instruments MuseScore General and FluidR3 Mono, MIT"
SYNTH_LICENCE = "CC0-1.0 (composed by Reelwright)"
FASTEST_SHARE = 1.18  # of a style's own tempo; what is farther off is brought to half or double


class Composer:
    """Keeps the sound fonts once they are open (about 150 MB). ``needs_font`` False plays every style on the synth where the part is missing."""

    name = "composer"
    by = "Reelwright's composer"

    def __init__(self, cache: Path | None = None, needs_font: bool = True, has_font: bool | None = None) -> None:
        self._cache = cache
        self._needs_font = needs_font
        self._has_font = has_font

    def make(self, mood: str, bpm: float, seconds: float, seed: int) -> MadeMusic:
        """Music of exactly ``seconds`` at -14 LUFS, within an even number of beats of the wish. Raises PartMissing, ProviderRefused."""
        if not SHORTEST_SECONDS <= seconds <= LONGEST_SECONDS:
            raise ProviderRefused(f"Music can be {SHORTEST_SECONDS:.0f} to {LONGEST_SECONDS:.0f} seconds long, not {seconds:.1f}.")
        style = choose_style(mood, bpm)
        if not self._is_on_font and self._needs_font and not style.is_fine_on_synth:
            raise PartMissing(f"“{style.title}” needs real instruments, which are not on this machine. Add them with: reelwright parts add {COMPOSER}")
        score = compose(style, seconds, near_tempo(style, bpm), seed)
        samples = mix_score(score, self._player, seed)
        licence = FONT_LICENCE if self._is_on_font else SYNTH_LICENCE
        return MadeMusic(samples, round(score.form.bpm, 3), score.form.beats, style.title, self.by, licence, self.name, is_ai_made=False)

    @cached_property
    def _is_on_font(self) -> bool:
        return is_installed(COMPOSER) if self._has_font is None else self._has_font

    @cached_property
    def _player(self) -> Player:
        if self._is_on_font:
            return SoundFont(find_part(COMPOSER, self._cache), find_part(COMPOSER_PIANOS, self._cache))
        return PlainSynth()


def near_tempo(style: Style, bpm: float) -> float:
    """The wished tempo where the style bears it, else its half or double, else the style's own."""
    for wish in (bpm, bpm * 2, bpm / 2):
        if 1 / FASTEST_SHARE <= wish / style.bpm <= FASTEST_SHARE:
            return wish
    return style.bpm
