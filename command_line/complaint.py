"""What stops a run before or while it is made: one clear sentence and an exit status."""

from __future__ import annotations

BAD_INPUT = 2
FAILED = 3
CANCELLED = 130


class Complaint(Exception):
    """Something the person can mend. ``status`` is the exit status."""

    def __init__(self, sentence: str, status: int = BAD_INPUT) -> None:
        super().__init__(sentence)
        self.status = status
