"""The stand-ins' clock: real time, moved on or stopped by the control address, and kept over a restart."""

from __future__ import annotations

import time
from typing import Any

from local.sandbox.records import Note
from local.sandbox.store import Store

NOTE = "clock"


class SandboxClock:
    """Seconds since 1970."""

    def __init__(self, store: Store) -> None:
        self._store = store
        kept = store.find(Note, NOTE)
        self._content: dict[str, Any] = kept.content if kept else {"ahead_seconds": 0.0, "frozen_at": None}

    def now(self) -> float:
        frozen = self._content["frozen_at"]
        return float(frozen) if frozen is not None else time.time() + self._content["ahead_seconds"]

    def change(self, wishes: dict[str, Any]) -> dict[str, Any]:
        """``advance_seconds`` moves it on, ``freeze`` stops it or lets it go on. Raises ValueError for a step back."""
        step = float(wishes.get("advance_seconds", 0))
        if step < 0:
            raise ValueError("Time does not go back.")
        now = self.now() + step
        is_frozen = bool(wishes.get("freeze", self._content["frozen_at"] is not None))
        self._content = {"ahead_seconds": now - time.time(), "frozen_at": now if is_frozen else None}
        self._store.put(Note(NOTE, self._content))
        self._store.flush()
        return self.read()

    def read(self) -> dict[str, Any]:
        return {"now": self.now(), "is_frozen": self._content["frozen_at"] is not None, "ahead_seconds": self._content["ahead_seconds"]}
