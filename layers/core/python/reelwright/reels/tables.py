"""Tables: projects and reels (immutable versions)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, func
from sqlalchemy.orm import Mapped, mapped_column

from reelwright.kit.database import Base


class ProjectRow(Base):
    """Media + brief + template. ``version`` grows with each change and is the ETag."""

    __tablename__ = "projects"
    __table_args__ = (Index("ix_projects_creator_id_created_at", "creator_id", "created_at", "id"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    creator_id: Mapped[str] = mapped_column(ForeignKey("creators.id", ondelete="CASCADE"))
    name: Mapped[str]
    template: Mapped[str]
    brief: Mapped[dict[str, Any]]  # reels/project.py Brief
    media_ids: Mapped[list[Any]]
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    updated_at: Mapped[datetime] = mapped_column(server_default=func.now())


class ReelRow(Base):
    """One version of a reel document; never changed after it is written."""

    __tablename__ = "reels"

    id: Mapped[str] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    creator_id: Mapped[str] = mapped_column(ForeignKey("creators.id", ondelete="CASCADE"), index=True)
    project_id: Mapped[str | None] = mapped_column(ForeignKey("projects.id", ondelete="SET NULL"))
    generation_id: Mapped[str | None] = mapped_column(index=True)
    document: Mapped[dict[str, Any]]  # reels/reel.py Reel
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
