"""One moving line on a terminal; plain lines, a few of them, elsewhere."""

from __future__ import annotations

import sys
import time
from typing import TextIO

QUIET_STEP_SECONDS = 5.0


class Progress:
    """Shows a line that replaces itself. Off a terminal a line is written when its first word changes, or every 5 s."""

    def __init__(self, out: TextIO = sys.stdout) -> None:
        self._out = out
        self._is_terminal = out.isatty()
        self._last_line = ""
        self._last_at = 0.0
        self._last_topic = ""

    def show(self, topic: str, text: str) -> None:
        """Shows ``text``; ``topic`` says what it is about."""
        if text == self._last_line:
            return
        now = time.monotonic()
        if self._is_terminal:
            self._out.write(f"\r\x1b[2K{text}")
        elif topic != self._last_topic or now - self._last_at >= QUIET_STEP_SECONDS:
            self._out.write(f"{text}\n")
        else:
            return
        self._out.flush()
        self._last_line, self._last_at, self._last_topic = text, now, topic

    def say(self, text: str) -> None:
        """A line that stays."""
        if self._is_terminal and self._last_line:
            self._out.write("\r\x1b[2K")
        self._out.write(f"{text}\n")
        self._out.flush()
        self._last_line = ""


def megabytes(size_bytes: float) -> str:
    """A size in words: '3.2 MB', '640 kB', 'empty'."""
    if size_bytes == 0:
        return "empty"
    return f"{size_bytes / 1e6:.1f} MB" if size_bytes >= 1e6 else f"{max(1, round(size_bytes / 1e3))} kB"


def draw_bar(percent: float, width: int = 24) -> str:
    """A bar of ``width`` characters."""
    full = round(width * min(max(percent, 0.0), 100.0) / 100)
    return "█" * full + "░" * (width - full)
