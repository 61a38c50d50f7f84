"""How long a call has waited for its turn: on AWS it would have run at once, so its storyboard's clock stands still meanwhile."""

from __future__ import annotations

import contextvars
import time
from collections.abc import Iterator
from contextlib import contextmanager


class WaitMeter:
    """Seconds spent waiting, the wait that goes on included."""

    def __init__(self) -> None:
        self._before = 0.0
        self._since: float | None = None

    @property
    def seconds(self) -> float:
        since = self._since
        return self._before + (time.monotonic() - since if since is not None else 0.0)

    @contextmanager
    def waiting(self) -> Iterator[None]:
        """Counts the length of the block."""
        self._since = time.monotonic()
        try:
            yield
        finally:
            self._before, self._since = self.seconds, None


METER: contextvars.ContextVar[WaitMeter | None] = contextvars.ContextVar("wait_meter", default=None)
