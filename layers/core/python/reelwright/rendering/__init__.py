"""A reel becomes a file: frames, sound, checks."""
