"""Music without a key: finished, AI-made pieces whose beats were measured, fitted to the reel's length.

Package `immich-memories-music` (MIT; made with ACE-Step 1.5).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import log2
from pathlib import Path

from reelwright.generation.beat_grid import measure_grid
from reelwright.generation.fit_music import fit_music
from reelwright.generation.provider import MadeMusic
from reelwright.kit.errors import PartMissing, ProviderRefused
from reelwright.kit.parts import find_part
from reelwright.kit.sound_file import read_sound

SHORTEST_SECONDS = 2.0
LONGEST_SECONDS = 200.0
OTHER_MOOD_COST = 0.35  # per step of a wish's list of moods; a whole octave of tempo costs 1
HALF_TEMPO_COST = 0.2
NEARLY_AS_GOOD = 0.12
FITTING_TEMPO_SHARE = 0.1
FITTING_SECONDS = 48.0  # pieces last about thirty: more than one repetition is heard as such


@dataclass(frozen=True)
class Track:
    """A piece that is safe for cuts on its beats: ``bpm`` as its maker states it."""

    name: str
    mood: str
    bpm: int

    @property
    def title(self) -> str:
        mood, style, number = self.name.split("_")
        return f"{mood} {style} {number.removeprefix('s')}".capitalize()

    @property
    def played_on(self) -> str:
        """Acoustic or electronic."""
        return self.name.split("_")[1]


# Of 28 pieces, these keep within 35 ms of an even beat over their whole length; a test measures them again.
TRACKS = (
    Track("calm_acoustic_1", "calm", 68),
    Track("energetic_acoustic_1", "energetic", 132),
    Track("energetic_acoustic_s522", "energetic", 132),
    Track("energetic_electronic_s411", "energetic", 150),
    Track("happy_acoustic_1", "happy", 110),
    Track("happy_acoustic_2", "happy", 110),
    Track("happy_electronic_s411", "happy", 123),
    Track("nostalgic_acoustic_1", "nostalgic", 78),
    Track("nostalgic_acoustic_s522", "nostalgic", 78),
    Track("tender_acoustic_1", "tender", 90),
    Track("tender_acoustic_2", "tender", 90),
    Track("tender_acoustic_s411", "tender", 90),
)

# Words of plans and creators → moods of pieces, best first.
MOODS: Mapping[str, tuple[str, ...]] = {
    "warm": ("tender", "happy"),
    "acoustic": ("tender", "happy"),
    "tender": ("tender", "calm"),
    "calm": ("calm", "tender"),
    "piano": ("calm", "tender"),
    "soft": ("tender", "calm"),
    "funny": ("happy", "energetic"),
    "playful": ("happy", "energetic"),
    "pop": ("happy", "energetic"),
    "happy": ("happy", "tender"),
    "urgent": ("energetic", "happy"),
    "driving": ("energetic", "happy"),
    "house": ("energetic", "happy"),
    "energetic": ("energetic", "happy"),
    "luxury": ("calm", "tender"),
    "minimal": ("calm", "tender"),
    "electronic": ("happy", "energetic"),
    "nostalgic": ("nostalgic", "tender"),
    "lo-fi": ("nostalgic", "calm"),
    "tape": ("nostalgic", "calm"),
    "epic": ("energetic", "nostalgic"),
    "cinematic": ("energetic", "nostalgic"),
}
# What a wish asks to be played on; other words leave it open.
PLAYED_ON: Mapping[str, str] = {
    "house": "electronic", "electronic": "electronic", "pop": "electronic", "phonk": "electronic", "minimal": "electronic", "techno": "electronic",
    "ambient": "ambient", "piano": "piano", "jazz": "piano", "lofi": "lo-fi", "lo-fi": "lo-fi", "folk": "folk", "indie": "folk", "cinematic": "orchestra",
    "build": "orchestra", "epic": "orchestra", "acoustic": "acoustic", "guitar": "acoustic",
}  # fmt: skip
ANY_MOOD = ("tender", "happy", "nostalgic", "calm", "energetic")


class FinishedTracks:
    """Chooses by mood, then tempo; the seed turns among pieces that fit equally well.

    ``only_fitting``: refuses where no piece has the mood, the instruments, nearly the tempo and the length that were asked for.
    """

    name = "finished tracks"
    by = "Immich Memories contributors, made with ACE-Step 1.5 (AI)"
    licence = "MIT"

    def __init__(self, cache: Path | None = None, tracks: tuple[Track, ...] = TRACKS, only_fitting: bool = False) -> None:
        self._cache = cache
        self._tracks = tracks
        self._only_fitting = only_fitting

    def make(self, mood: str, bpm: float, seconds: float, seed: int) -> MadeMusic:
        """Music of exactly ``seconds`` at -14 LUFS. Its tempo is the piece's own. Raises PartMissing, ProviderRefused."""
        if not SHORTEST_SECONDS <= seconds <= LONGEST_SECONDS:
            raise ProviderRefused(f"Music can be {SHORTEST_SECONDS:.0f} to {LONGEST_SECONDS:.0f} seconds long, not {seconds:.1f}.")
        refused: PartMissing | None = None
        tracks = tuple(track for track in self._tracks if fits(track, mood, bpm, seconds)) if self._only_fitting else self._tracks
        for track in rank_tracks(tracks, mood, bpm, seed):
            try:
                samples = read_sound(find_part(f"track-{track.name}", self._cache))
            except PartMissing as error:
                refused = error
                continue
            grid = measure_grid(samples, track.bpm)
            if grid.is_safe_for_cuts:
                fitted = fit_music(samples, grid, seconds)
                return MadeMusic(fitted.samples, round(grid.bpm, 3), fitted.beats, track.title, self.by, self.licence, self.name)
        why = "has this mood, tempo and length" if self._only_fitting else "here keeps an even beat"
        raise refused or ProviderRefused(f"No finished piece of music {why}.")


def fits(track: Track, mood: str, bpm: float, seconds: float) -> bool:
    """Whether a piece has the first mood of a wish and its instruments, nearly its tempo, and needs no more than one repetition."""
    words = mood.lower().split()
    played_on = next((PLAYED_ON[word] for word in words if word in PLAYED_ON), track.played_on)
    moods = [MOODS[word][0] for word in words if word in MOODS]
    is_near = abs(track.bpm / bpm - 1) <= FITTING_TEMPO_SHARE
    return bool(moods) and track.mood == moods[0] and track.played_on == played_on and is_near and seconds <= FITTING_SECONDS


def rank_tracks(tracks: tuple[Track, ...], mood: str, bpm: float, seed: int) -> list[Track]:
    """Best first."""
    moods = _read_moods(mood)
    costs = {track: _mood_cost(track, moods) + _tempo_cost(track.bpm, bpm) for track in tracks}
    ranked = sorted(tracks, key=lambda track: (costs[track], track.name))
    equal = [track for track in ranked if costs[track] <= costs[ranked[0]] + NEARLY_AS_GOOD]
    turn = seed % len(equal) if equal else 0
    return [*equal[turn:], *equal[:turn], *ranked[len(equal) :]]


def _read_moods(words: str) -> tuple[str, ...]:
    for word in words.lower().split():
        if word in MOODS:
            return MOODS[word]
    return ANY_MOOD


def _mood_cost(track: Track, moods: tuple[str, ...]) -> float:
    return OTHER_MOOD_COST * (moods.index(track.mood) if track.mood in moods else len(moods) + 1)


def _tempo_cost(bpm: float, wanted: float) -> float:
    """Octaves between the tempos; twice as fast or half as fast is heard as nearly the same."""
    return min(abs(log2(bpm / wanted)), *(abs(log2(bpm / wanted) - octave) + HALF_TEMPO_COST for octave in (-1, 1)))
