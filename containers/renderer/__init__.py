"""The render task: one reel becomes files."""
