"""Music without a key: a finished piece where one has the mood, the tempo and the length, else a composed one, else the finished piece that is nearest."""

from __future__ import annotations

from pathlib import Path

from reelwright.generation.provider import MadeMusic, MusicProvider
from reelwright.generation.providers.composer import Composer
from reelwright.generation.providers.finished_tracks import FinishedTracks
from reelwright.kit.errors import PartMissing, ProviderRefused


class KeylessMusic:
    """One answer from several: what it was made by stands in the piece itself."""

    name = "music without a key"

    def __init__(self, cache: Path | None = None, makers: tuple[MusicProvider, ...] | None = None) -> None:
        self._makers: tuple[MusicProvider, ...] = makers or (
            FinishedTracks(cache, only_fitting=True),
            Composer(cache),
            FinishedTracks(cache),
            Composer(cache, needs_font=False),
        )

    def make(self, mood: str, bpm: float, seconds: float, seed: int) -> MadeMusic:
        """Music of exactly ``seconds`` at -14 LUFS. Raises the last maker's PartMissing or ProviderRefused."""
        failure: PartMissing | ProviderRefused = ProviderRefused("There is no music here.")
        for maker in self._makers:
            try:
                return maker.make(mood, bpm, seconds, seed)
            except (PartMissing, ProviderRefused) as error:
                failure = error
        raise failure
