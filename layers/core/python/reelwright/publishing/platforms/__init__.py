"""One file per platform, its SPECIFICATION as data."""
