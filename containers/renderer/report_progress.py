"""Tells the rows every second how far a render is and that its process lives, and learns there whether to stop."""

from __future__ import annotations

import threading
import time
from types import TracebackType
from typing import Self

from containers.bootstrap import TaskWorld
from reelwright.generation.estimate_time import estimate_while_rendering
from reelwright.generation.generation import STAGE_PERCENT, GenerationState
from reelwright.generation.tables import GenerationRow
from reelwright.kit.errors import Cancelled
from reelwright.rendering.render_row import report_progress
from reelwright.rendering.tables import RenderRow

REPORT_SECONDS = 1.0


class ProgressReporter:
    """A thread with the only connection; ``see`` and ``is_cancelled`` cost nothing, so they may be called for each frame."""

    def __init__(self, render_id: str, length_seconds: float, world: TaskWorld) -> None:
        self._render_id = render_id
        self._length_seconds = length_seconds
        self._world = world
        self._done = 0.0
        self._began = time.monotonic()
        self._stop = threading.Event()
        self._cancelled = threading.Event()
        self._thread = threading.Thread(target=self._run, name="progress", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._stop.set()
        self._thread.join()

    def see(self, done: float) -> None:
        """How much is done, 0..1."""
        self._done = done

    def is_cancelled(self) -> bool:
        """Whether the creator asked to stop, as of a second ago."""
        return self._cancelled.is_set()

    def check(self) -> None:
        """Raises Cancelled where the creator asked to stop."""
        if self.is_cancelled():
            raise Cancelled("The render was cancelled.")

    def _run(self) -> None:
        while not self._stop.wait(REPORT_SECONDS):
            try:
                self._report()
            except Exception:  # noqa: S112  # a lost connection must not lose the render: the next second tries again
                continue

    def _report(self) -> None:
        done = self._done
        eta = estimate_while_rendering(done, time.monotonic() - self._began, self._length_seconds)
        with self._world.database.transaction() as session:
            is_cancelled = report_progress(session, self._render_id, round(100 * done), eta, self._world.clock())
            row = session.get_one(RenderRow, self._render_id)
            generation_id, is_preview = row.generation_id, row.preview_width is not None
        if generation_id is not None:
            # A second transaction: whoever ends a generation locks its row before those of its renders.
            is_cancelled = self._report_generation(generation_id, done, eta, is_preview) or is_cancelled
        if is_cancelled:
            self._cancelled.set()

    def _report_generation(self, generation_id: str, done: float, eta: int, is_preview: bool) -> bool:
        with self._world.database.transaction() as session:
            generation = session.get(GenerationRow, generation_id)
            if generation is None:
                return True
            # A preview is drawn while its generation is in a later stage, and does not turn it back.
            if generation.state == GenerationState.RUNNING and not is_preview:
                first, last = STAGE_PERCENT["rendering"], STAGE_PERCENT["checking"]
                generation.percent = max(generation.percent, round(first + (last - first) * done))
                generation.stage, generation.eta_seconds = "rendering", eta
            return generation.is_cancel_requested
