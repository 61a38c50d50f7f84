"""Table: renders."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, func
from sqlalchemy.orm import Mapped, mapped_column

from reelwright.kit.database import Base


class RenderRow(Base):
    """One run that turns a reel into files. State: ``queued → running → succeeded | failed | cancelled``."""

    __tablename__ = "renders"
    __table_args__ = (Index("ix_renders_creator_id_created_at", "creator_id", "created_at", "id"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    creator_id: Mapped[str] = mapped_column(ForeignKey("creators.id", ondelete="CASCADE"))
    generation_id: Mapped[str | None] = mapped_column(index=True)
    reel_id: Mapped[str]
    reel_version: Mapped[int]
    platforms: Mapped[list[Any]]
    preview_width: Mapped[int | None]  # pixels; None: in full
    state: Mapped[str]
    percent: Mapped[int] = mapped_column(default=0)
    eta_seconds: Mapped[int | None]
    heartbeat_at: Mapped[datetime | None]
    is_cancel_requested: Mapped[bool] = mapped_column(default=False)
    files: Mapped[dict[str, Any] | None]  # name (master, cover, captions_srt, captions_vtt, instagram, …) → {key, size_bytes, content_type}
    report: Mapped[dict[str, Any] | None]  # the gate's findings: rendering/gate.py GateReport
    failure_type: Mapped[str | None]
    failure_detail: Mapped[str | None]
    execution_attempts: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    started_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
