"""Composing: a plan, its material, its voice and its music become a reel document."""
