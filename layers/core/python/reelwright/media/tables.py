"""Tables: media, their renditions and analyses."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index, func
from sqlalchemy.orm import Mapped, mapped_column

from reelwright.kit.database import Base


class MediaRow(Base):
    """One uploaded file. State: ``awaiting_upload → ingesting → ready | refused``."""

    __tablename__ = "media"
    __table_args__ = (Index("ix_media_creator_id_created_at", "creator_id", "created_at", "id"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    creator_id: Mapped[str] = mapped_column(ForeignKey("creators.id", ondelete="CASCADE"))
    file_name: Mapped[str]
    declared_type: Mapped[str]
    size_bytes: Mapped[int] = mapped_column(BigInteger)
    storage_key: Mapped[str] = mapped_column(unique=True)
    state: Mapped[str]
    kind: Mapped[str | None]  # photo | video | audio, known after probing
    facts: Mapped[dict[str, Any] | None]  # the probe's result: media/media.py MediaFacts
    refusal_reason: Mapped[str | None]  # a sentence for the creator
    failure_type: Mapped[str | None]
    execution_attempts: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    uploaded_at: Mapped[datetime | None]
    ready_at: Mapped[datetime | None]


class RenditionRow(Base):
    """A derived file. Purpose: ``normal`` (what rendering reads), ``thumbnail``, ``poster``, ``waveform``, ``enhanced``."""

    __tablename__ = "renditions"

    id: Mapped[str] = mapped_column(primary_key=True)
    creator_id: Mapped[str] = mapped_column(ForeignKey("creators.id", ondelete="CASCADE"))
    media_id: Mapped[str] = mapped_column(ForeignKey("media.id", ondelete="CASCADE"), index=True)
    purpose: Mapped[str]
    storage_key: Mapped[str]
    content_type: Mapped[str]
    size_bytes: Mapped[int] = mapped_column(BigInteger)
    width: Mapped[int | None]
    height: Mapped[int | None]
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())

    __table_args__ = (Index("uq_renditions_media_id_purpose", "media_id", "purpose", unique=True),)


class MediaAnalysisRow(Base):
    """What was seen and heard in a media: media/analysis.py MediaAnalysis as JSON."""

    __tablename__ = "media_analyses"

    media_id: Mapped[str] = mapped_column(ForeignKey("media.id", ondelete="CASCADE"), primary_key=True)
    creator_id: Mapped[str] = mapped_column(ForeignKey("creators.id", ondelete="CASCADE"))
    analysis: Mapped[dict[str, Any]]
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
