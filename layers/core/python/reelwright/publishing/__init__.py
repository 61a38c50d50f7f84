"""Platforms and what they take."""
