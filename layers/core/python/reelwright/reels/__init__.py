"""The composition: the reel document, templates, geometry and timing."""
