"""Sprites and everything that is done with them, in one place for those who draw."""

from reelwright.rendering.folding import fold, join_sprites, split
from reelwright.rendering.inks import Ink, colour_mask, cover_with, fade_ink, place_ink, place_mask, stack_inks, veil
from reelwright.rendering.sprite import Code, Sprite, blend, colour_sprite
from reelwright.rendering.warping import Box, Matrix, bounds_after, shift, slide_plane, soften, split_way, turning, warp, warp_plane

__all__ = [
    "Box", "Code", "Ink", "Matrix", "Sprite", "blend", "bounds_after", "colour_mask", "colour_sprite", "cover_with", "fade_ink", "fold", "join_sprites", "place_ink",
    "place_mask", "shift", "slide_plane", "soften", "split", "split_way", "stack_inks", "turning", "veil", "warp", "warp_plane",
]  # fmt: skip
