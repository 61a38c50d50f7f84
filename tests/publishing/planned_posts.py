"""Creators, accounts and drafts for tests of planning; all in one session."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from reelwright.creators.tables import CreatorRow
from reelwright.kit.identifiers import new_id
from reelwright.publishing.create_post import PostDraft, RenderFacts
from reelwright.publishing.post import PostContent
from reelwright.publishing.schedule import Schedule
from reelwright.publishing.tables import ConnectRequestRow, PostEventRow, PostRow, SocialAccountRow

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
READY = RenderFacts("render_1", is_finished=True, is_preview=False)
EVENING = Schedule(wall_time="2026-11-25T18:30", time_zone="Europe/Berlin")


def add_creator(session: Session) -> str:
    creator_id = new_id("creator")
    session.add(CreatorRow(id=creator_id, email=f"{creator_id}@example.org", name="Maya", password_hash="x"))
    session.flush()
    return creator_id


def add_account(session: Session, creator_id: str, platform: str = "instagram", username: str = "maya.sea", **values: Any) -> str:
    base = {
        "id": new_id("account"),
        "creator_id": creator_id,
        "platform": platform,
        "way": {"instagram": "facebook_login", "facebook": "facebook_page"}.get(platform, platform),
        "external_id": new_id("x"),
        "name": "Maya by the sea",
        "username": username,
        "state": "connected",
        "connected_at": NOW,
    }
    row = SocialAccountRow(**(base | values))
    session.add(row)
    session.flush()
    return row.id


def add_connection(session: Session, creator_id: str) -> str:
    """A consent page that was opened and to which nobody has come back yet."""
    id_ = new_id("connect")
    row = ConnectRequestRow(
        id=id_,
        state_hash=id_,
        creator_id=creator_id,
        platform="instagram",
        way="facebook_login",
        sealed=b"",
        redirect_uri="https://ours.test/callback",
        expires_at=NOW + timedelta(days=3650),
    )
    session.add(row)
    session.flush()
    return id_


def draft_of(account_id: str, **values: Any) -> PostDraft:
    return PostDraft(social_account_id=account_id, render_id=READY.render_id, content=PostContent(caption="A quiet room"), **values)


def add_published(session: Session, creator_id: str, account_id: str, at: datetime, **values: Any) -> PostRow:
    base = {
        "id": new_id("post"),
        "creator_id": creator_id,
        "social_account_id": account_id,
        "platform": "instagram",
        "render_id": "render_1",
        "content": {},
        "state": "published",
        "external_id": new_id("media"),
        "published_at": at,
    }
    row = PostRow(**(base | values))
    session.add(row)
    session.flush()
    return row


def sentences_of(session: Session, post_id: str) -> list[str]:
    return [row.sentence for row in session.query(PostEventRow).filter_by(post_id=post_id).order_by(PostEventRow.number)]
