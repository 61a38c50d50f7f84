"""A brief becomes a reel: planning, AI providers, composing."""
