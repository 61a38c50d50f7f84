"""What became of the cover picture, said once where it is not what was wished for. It never stops a post."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from reelwright.publishing.history import add_event, title_of
from reelwright.publishing.post import Checkpoint
from reelwright.publishing.tables import PostRow

SENTENCES = {
    "refused": "{title} did not take the cover picture, so it shows a frame of the video.",
    "unreachable": "{title} takes a cover picture from a public address only, which this machine has not, so it shows the video's first frame.",
}


def tell_cover(session: Session, row: PostRow, before: Checkpoint | None, after: Checkpoint, now: datetime) -> None:
    """``before`` and ``after``: the checkpoints around a call. ``row`` is locked."""
    outcome = str(after.get("cover", ""))
    if outcome in SENTENCES and outcome != (before or {}).get("cover"):
        add_event(session, row, "note", SENTENCES[outcome].format(title=title_of(row.platform)), now)
