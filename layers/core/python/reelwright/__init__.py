"""Reelwright: photos, clips, a prompt and a voice script become captioned vertical reels."""

__version__ = "0.1.0"
