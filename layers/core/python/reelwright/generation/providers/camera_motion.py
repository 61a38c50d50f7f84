"""Stills and clips without a key: none are generated; the composer moves the camera over the creator's own material instead."""

from __future__ import annotations

from pathlib import Path

from reelwright.generation.provider import PictureWish


class CameraMotion:
    """Stands last in the order of stills and of clips, so that a generation never waits for a picture that nobody makes."""

    name = "camera motion"
    answer = "Nothing was generated: the camera moves over your own material instead."

    def make_still(self, wish: PictureWish, target: Path) -> bool:
        """False: the place is left to the creator's own photos."""
        return False

    def make_clip(self, wish: PictureWish, target: Path) -> bool:
        """False: the place is left to camera moves over the creator's own photos and clips."""
        return False
