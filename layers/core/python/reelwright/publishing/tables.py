"""Tables: connect_requests, social_accounts, grants, posts, post_events, post_metrics, queue_slots."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, LargeBinary, UniqueConstraint, func
from sqlalchemy.orm import Mapped, mapped_column

from reelwright.kit.database import Base


class ConnectRequestRow(Base):
    """A consent page that was opened. ``state`` is stored as a digest and used once."""

    __tablename__ = "connect_requests"

    state_hash: Mapped[str] = mapped_column(primary_key=True)
    id: Mapped[str] = mapped_column(unique=True)  # by which the creator asks what became of it
    creator_id: Mapped[str] = mapped_column(ForeignKey("creators.id", ondelete="CASCADE"), index=True)
    platform: Mapped[str]
    way: Mapped[str]
    sealed: Mapped[bytes] = mapped_column(LargeBinary)  # the code verifier, and after the callback the choices with their grants
    redirect_uri: Mapped[str]
    return_to: Mapped[str] = mapped_column(default="")  # where the browser goes afterwards: a path of ours or an app's own scheme
    choices: Mapped[list[Any] | None]  # id, name, username, cannot: what the creator chooses from; no tokens
    account_ids: Mapped[list[Any] | None]  # the accounts that it connected
    failure_detail: Mapped[str | None]
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class SocialAccountRow(Base):
    """An account of a creator on a platform. One row per account, however often it is connected."""

    __tablename__ = "social_accounts"
    __table_args__ = (UniqueConstraint("creator_id", "platform", "external_id"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    creator_id: Mapped[str] = mapped_column(ForeignKey("creators.id", ondelete="CASCADE"), index=True)
    platform: Mapped[str]
    way: Mapped[str]
    external_id: Mapped[str]
    name: Mapped[str]
    username: Mapped[str]
    picture_url: Mapped[str] = mapped_column(default="")
    label: Mapped[str] = mapped_column(default="")  # the creator's own name for it
    state: Mapped[str]
    state_detail: Mapped[str] = mapped_column(default="")  # why it has to be connected again, in words
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    connected_at: Mapped[datetime]
    disconnected_at: Mapped[datetime | None]


class GrantRow(Base):
    """The sealed grant of an account. ``lease_until``: somebody refreshes it until then."""

    __tablename__ = "grants"

    social_account_id: Mapped[str] = mapped_column(ForeignKey("social_accounts.id", ondelete="CASCADE"), primary_key=True)
    creator_id: Mapped[str] = mapped_column(ForeignKey("creators.id", ondelete="CASCADE"), index=True)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    subject: Mapped[str] = mapped_column(default="", index=True)  # whose grant it is, in the platform's own id
    version: Mapped[int] = mapped_column(default=1)  # counts refreshes and reconnects
    expires_at: Mapped[datetime | None]
    refresh_expires_at: Mapped[datetime | None]
    refreshed_at: Mapped[datetime]
    renew_at: Mapped[datetime | None] = mapped_column(index=True)  # when the minute's step refreshes it, used or not
    failed_refreshes: Mapped[int] = mapped_column(default=0)
    retry_at: Mapped[datetime | None]  # not before then is another refresh tried
    lease_owner: Mapped[str | None]
    lease_until: Mapped[datetime | None]


class PostRow(Base):
    """One post. State: publishing/post.py. ``version`` counts edits: a timer of an older one does nothing."""

    __tablename__ = "posts"
    __table_args__ = (
        Index("ix_posts_creator_id_created_at", "creator_id", "created_at", "id"),
        Index("ix_posts_state_due_at", "state", "due_at"),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    creator_id: Mapped[str] = mapped_column(ForeignKey("creators.id", ondelete="CASCADE"))
    social_account_id: Mapped[str] = mapped_column(ForeignKey("social_accounts.id"), index=True)
    platform: Mapped[str]
    render_id: Mapped[str]
    content: Mapped[dict[str, Any]]  # publishing/post.py PostContent
    state: Mapped[str]
    stage: Mapped[str | None]
    version: Mapped[int] = mapped_column(default=1)
    due_at: Mapped[datetime | None]  # UTC
    wall_time: Mapped[str | None]  # as the creator wrote it: 2026-11-24T18:30
    time_zone: Mapped[str | None]  # IANA
    recurrence: Mapped[dict[str, Any] | None]
    series_id: Mapped[str | None] = mapped_column(index=True)
    attempt: Mapped[int] = mapped_column(default=0)  # how often the creator, or the schedule, began to publish it
    execution_attempts: Mapped[int] = mapped_column(default=0)
    claimed_at: Mapped[datetime | None]
    claimed_by: Mapped[str | None]
    checkpoint: Mapped[dict[str, Any] | None]
    sent_bytes: Mapped[int] = mapped_column(default=0)
    counts: Mapped[dict[str, Any] | None]  # of this attempt: how often a step was tried, and when its stage began
    committed_at: Mapped[datetime | None]  # written before the irreversible call
    external_id: Mapped[str | None]
    permalink: Mapped[str | None]
    failure_type: Mapped[str | None]
    failure_detail: Mapped[str | None]
    is_retryable: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    updated_at: Mapped[datetime] = mapped_column(server_default=func.now())
    published_at: Mapped[datetime | None]
    look_again_at: Mapped[datetime | None]  # when a post that waits for an answer is looked at next
    checked_at: Mapped[datetime | None]  # when file and text of a scheduled post were last held against the platform
    check_detail: Mapped[str | None]  # what the platform would refuse, in words; empty: nothing
    comment_state: Mapped[str | None]  # of the first comment: publishing/post.py CommentState; None: none was wished for, or it is not posted yet
    comment_at: Mapped[datetime | None] = mapped_column(index=True)  # when the first comment is gone on with; None: nothing is left to do


class PostEventRow(Base):
    """One line of a post's history, in words."""

    __tablename__ = "post_events"
    __table_args__ = (Index("ix_post_events_post_id_number", "post_id", "number", unique=True),)

    id: Mapped[str] = mapped_column(primary_key=True)
    post_id: Mapped[str] = mapped_column(ForeignKey("posts.id", ondelete="CASCADE"))
    creator_id: Mapped[str] = mapped_column(ForeignKey("creators.id", ondelete="CASCADE"), index=True)
    number: Mapped[int]
    type: Mapped[str]
    sentence: Mapped[str]
    data: Mapped[dict[str, Any]]
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())


class PostMetricsRow(Base):
    """What a platform counted for a post at one time."""

    __tablename__ = "post_metrics"

    post_id: Mapped[str] = mapped_column(ForeignKey("posts.id", ondelete="CASCADE"), primary_key=True)
    collected_at: Mapped[datetime] = mapped_column(primary_key=True)
    creator_id: Mapped[str] = mapped_column(ForeignKey("creators.id", ondelete="CASCADE"), index=True)
    views: Mapped[int | None]
    likes: Mapped[int | None]
    comments: Mapped[int | None]
    shares: Mapped[int | None]


class QueueSlotRow(Base):
    """A time of the week at which an account posts what waits in its queue."""

    __tablename__ = "queue_slots"
    __table_args__ = (UniqueConstraint("social_account_id", "weekday", "wall_time"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    creator_id: Mapped[str] = mapped_column(ForeignKey("creators.id", ondelete="CASCADE"), index=True)
    social_account_id: Mapped[str] = mapped_column(ForeignKey("social_accounts.id", ondelete="CASCADE"))
    weekday: Mapped[int]  # 0 is Monday
    wall_time: Mapped[str]  # 18:30
    time_zone: Mapped[str]  # IANA
