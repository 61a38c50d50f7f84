"""The `reelwright` command: an HTTP client like any other."""
