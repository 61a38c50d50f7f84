"""Step 'Judge Render': a renderer that ended without its files is tried again only where it left no word."""

from __future__ import annotations

from typing import Any

from functions.bootstrap import World
from reelwright.rendering.render_row import lock_render
from reelwright.rendering.tables import RenderRow

SILENT_ENDS_LIMIT = 3


def run(event: dict[str, Any], world: World) -> dict[str, Any]:
    """``is_tried_again``; ``silent_ends``: how many renderers vanished without a word so far. Raises NotFound."""
    with world.database.transaction() as session:
        has_word = _has_word(lock_render(session, event["render_id"]))
    silent_ends = int(event["silent_ends"]) + (0 if has_word else 1)
    return {"is_tried_again": not has_word and silent_ends < SILENT_ENDS_LIMIT, "silent_ends": silent_ends}


def _has_word(row: RenderRow) -> bool:
    """Whether the row says why it ended: another renderer would only end with the same word."""
    return row.is_cancel_requested or row.state in {"cancelled", "failed"} or row.failure_type is not None
