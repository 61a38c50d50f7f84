"""The Lambda of the HTTP API: one file per resource."""

from functions.api.main import handler

__all__ = ["handler"]
