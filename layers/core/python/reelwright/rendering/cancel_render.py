"""Asks a render to stop; the renderer looks at the flag with each progress report."""

from __future__ import annotations

from sqlalchemy.orm import Session

from reelwright.kit.errors import Conflict
from reelwright.rendering.tables import RenderRow


def cancel_render(session: Session, row: RenderRow) -> RenderRow:
    """Sets the flag on a locked row; asking twice changes nothing. Raises Conflict where the render is over."""
    if row.state in ("succeeded", "failed"):
        words = "is finished" if row.state == "succeeded" else "has failed"
        raise Conflict(f"This render {words}, so there is nothing to cancel.")
    row.is_cancel_requested = True
    session.flush()
    return row
