"""One file per AI provider."""
