"""The creator says what became of a post that could not be found out: it is there, with its link, or it is not."""

from __future__ import annotations

import re
from datetime import datetime

from sqlalchemy.orm import Session

from reelwright.kit.errors import Conflict, FieldError, InvalidInput
from reelwright.publishing.fail_post import fail_post
from reelwright.publishing.first_comment import plan_comment
from reelwright.publishing.history import add_event
from reelwright.publishing.post import PostState
from reelwright.publishing.tables import PostRow

MAX_LINK_LETTERS = 500
_LINK = re.compile(r"https://[^\s\"'<>]{4,}")


def resolve_post(session: Session, row: PostRow, now: datetime, *, is_there: bool, link: str = "") -> None:
    """``row`` is locked. Raises Conflict where the post is not unconfirmed, InvalidInput where the link is none."""
    if row.state != PostState.UNCONFIRMED:
        raise Conflict("Only a post whose outcome is unknown can be settled by hand.")
    if not is_there:
        row.committed_at = None  # the creator has looked; a retry need not
        fail_post(session, row, "NotPosted", "You said that it is not on the account. It can be retried.", now, is_retryable=True)
        return
    if link and (len(link) > MAX_LINK_LETTERS or not _LINK.fullmatch(link)):
        raise InvalidInput("The link has to be the post's address, beginning with https://.", errors=[FieldError("/permalink", "not an https address")])
    row.state, row.stage, row.look_again_at, row.updated_at = PostState.PUBLISHED, None, None, now
    row.published_at, row.permalink = row.published_at or row.committed_at or now, link or row.permalink
    plan_comment(session, row, now)
    add_event(session, row, "published", f"You said that it is on the account{': ' + link if link else '.'}", now, {"permalink": row.permalink or ""})
