"""The Lambda of the storyboards generate_reel and render_reel: one file per state."""

from functions.entrypoint import steps_of

handler = steps_of("generation")
