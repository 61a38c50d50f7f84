"""Tables: generations, their steps, their readable history, and calls to providers."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Identity, Index, func
from sqlalchemy.orm import Mapped, mapped_column

from reelwright.kit.database import Base


class GenerationRow(Base):
    """One request to make reels. State: ``queued → running → succeeded | failed | cancelled``."""

    __tablename__ = "generations"
    __table_args__ = (Index("ix_generations_creator_id_created_at", "creator_id", "created_at", "id"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    creator_id: Mapped[str] = mapped_column(ForeignKey("creators.id", ondelete="CASCADE"))
    project_id: Mapped[str] = mapped_column(ForeignKey("projects.id", ondelete="CASCADE"))
    request: Mapped[dict[str, Any]]  # a snapshot of brief, template, media ids, platforms: generation/generation.py
    state: Mapped[str]
    stage: Mapped[str] = mapped_column(default="queued")
    percent: Mapped[int] = mapped_column(default=0)
    eta_seconds: Mapped[int | None]
    failure_type: Mapped[str | None]
    failure_detail: Mapped[str | None]
    reel_id: Mapped[str | None]
    reel_version: Mapped[int | None]
    render_id: Mapped[str | None]
    variants: Mapped[list[Any] | None]  # generation/variants.py VariantFacts, in order; the first is rendered in full
    is_cancel_requested: Mapped[bool] = mapped_column(default=False)
    execution_attempts: Mapped[int] = mapped_column(default=0)
    idempotency_key: Mapped[str | None]
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    started_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]


class GenerationStepRow(Base):
    """One step of a generation. A step that succeeded is not run again; its ``output`` is the answer."""

    __tablename__ = "generation_steps"

    generation_id: Mapped[str] = mapped_column(ForeignKey("generations.id", ondelete="CASCADE"), primary_key=True)
    name: Mapped[str] = mapped_column(primary_key=True)  # the storyboard state's own name
    creator_id: Mapped[str] = mapped_column(ForeignKey("creators.id", ondelete="CASCADE"))
    state: Mapped[str]  # running | succeeded | failed
    runs: Mapped[int] = mapped_column(default=1)  # how often it was begun
    taken_from: Mapped[str | None]  # the generation whose output this is, where one part of a reel is done again
    output: Mapped[dict[str, Any] | None]
    error_type: Mapped[str | None]
    error_detail: Mapped[str | None]
    started_at: Mapped[datetime] = mapped_column(server_default=func.now())
    finished_at: Mapped[datetime | None]


class GenerationEventRow(Base):
    """The history in sentences; ``id`` is the cursor."""

    __tablename__ = "generation_events"

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    generation_id: Mapped[str] = mapped_column(ForeignKey("generations.id", ondelete="CASCADE"), index=True)
    creator_id: Mapped[str] = mapped_column(ForeignKey("creators.id", ondelete="CASCADE"))
    type: Mapped[str]  # step_started | step_finished | note | progress | finished | failed | cancelled
    sentence: Mapped[str]
    data: Mapped[dict[str, Any]]
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())


class ProviderCallRow(Base):
    """One call to an AI provider, the key-less ones too: what it cost and how it ended."""

    __tablename__ = "provider_calls"

    id: Mapped[str] = mapped_column(primary_key=True)
    creator_id: Mapped[str] = mapped_column(ForeignKey("creators.id", ondelete="CASCADE"), index=True)
    generation_id: Mapped[str | None] = mapped_column(index=True)
    capability: Mapped[str]
    provider: Mapped[str]
    outcome: Mapped[str]  # succeeded, or the error class
    detail: Mapped[str] = mapped_column(default="")
    milliseconds: Mapped[int]
    cost_micros: Mapped[int] = mapped_column(BigInteger, default=0)  # millionths of a US dollar
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
