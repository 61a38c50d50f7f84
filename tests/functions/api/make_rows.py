"""Rows that other parts of the product write, made here by hand."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from reelwright.generation.tables import GenerationEventRow, GenerationRow, GenerationStepRow, ProviderCallRow
from reelwright.kit.identifiers import new_id
from reelwright.media.tables import MediaAnalysisRow, MediaRow, RenditionRow
from reelwright.reels.tables import ReelRow
from reelwright.rendering.tables import RenderRow

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
FILL = {"kind": "fill", "rect": {"x": 0, "y": 0, "width": 1080, "height": 1920}, "colour": "#F3EEE4"}


def reel_document(*files: str) -> dict[str, Any]:
    """A reel of two shots that names these files as media."""
    clips = [
        {"id": "one", "start": "0", "duration": "3", "layers": [FILL], "cut": {"on": "start"}, "reason": "It opens."},
        {"id": "two", "start": "3", "duration": "2", "layers": [FILL], "cut": {"on": "beat", "reference": "91/30"}, "reason": "It closes."},
    ]
    media = {f"media_{number}": {"kind": "photo", "file": file, "width": 100, "height": 100} for number, file in enumerate(files)}
    return {"template": "editorial", "tracks": [{"clips": clips}], "media": media, "rights": [{"what": "music", "by": "Somebody", "licence": "MIT"}]}


def add_media(session: Session, creator_id: str, state: str = "ready", name: str = "beach.jpg", **more: Any) -> MediaRow:
    """A media with its renditions and analysis where it is ready."""
    id_ = new_id("media")
    row = MediaRow(
        id=id_,
        creator_id=creator_id,
        file_name=name,
        declared_type="image/jpeg",
        size_bytes=5,
        storage_key=f"uploads/{creator_id}/{id_}/original",
        state=state,
        **more,
    )
    session.add(row)
    session.flush()
    if state == "ready":
        row.kind, row.facts, row.ready_at = "photo", {"kind": "photo", "container": "jpeg", "width": 3024, "height": 4032}, NOW
        session.add(MediaAnalysisRow(media_id=id_, creator_id=creator_id, analysis={"sharpness": 412.5}))
        for purpose in ("normal", "thumbnail"):
            key = f"media/{creator_id}/{id_}/{purpose}.jpg"
            session.add(
                RenditionRow(
                    id=new_id("rendition"), creator_id=creator_id, media_id=id_, purpose=purpose, storage_key=key, content_type="image/jpeg", size_bytes=7
                )
            )
        session.flush()
    return row


def add_reel(session: Session, creator_id: str, *, generation_id: str | None = None, project_id: str | None = None) -> ReelRow:
    """A reel of version 1."""
    row = ReelRow(id=new_id("reel"), version=1, creator_id=creator_id, project_id=project_id, generation_id=generation_id, document=reel_document())
    session.add(row)
    session.flush()
    return row


def add_render(session: Session, creator_id: str, reel_id: str, state: str = "succeeded", **more: Any) -> RenderRow:
    """A render; a finished one has files and a report."""
    id_ = new_id("render")
    row = RenderRow(id=id_, creator_id=creator_id, reel_id=reel_id, reel_version=1, platforms=["instagram"], state=state, **more)
    if state == "succeeded":
        row.files = {
            "instagram": {"key": f"renders/{creator_id}/{id_}/instagram.mp4", "size_bytes": 11, "content_type": "video/mp4"},
            "cover": {"key": f"renders/{creator_id}/{id_}/cover.jpg", "size_bytes": 3, "content_type": "image/jpeg"},
        }
        row.report = {"rows": [{"name": "loudness", "passed": True}]}
        row.percent, row.started_at, row.finished_at = 100, NOW, NOW + timedelta(seconds=20)
    session.add(row)
    session.flush()
    return row


def run_generation(session: Session, row: GenerationRow) -> None:
    """What a storyboard leaves behind while it renders."""
    session.add(
        GenerationStepRow(
            generation_id=row.id,
            name="Plan",
            creator_id=row.creator_id,
            state="succeeded",
            runs=1,
            output={},
            started_at=NOW,
            finished_at=NOW + timedelta(seconds=1.5),
        )
    )
    session.add(
        ProviderCallRow(
            id=new_id("call"), creator_id=row.creator_id, generation_id=row.id, capability="voice", provider="hibari", outcome="succeeded", milliseconds=12
        )
    )
    session.add(GenerationEventRow(generation_id=row.id, creator_id=row.creator_id, type="step_finished", sentence="Plan took 1.5 s.", data={"step": "Plan"}))
    reel = add_reel(session, row.creator_id, generation_id=row.id, project_id=row.project_id)
    render = add_render(session, row.creator_id, reel.id, "running", percent=50, eta_seconds=9, started_at=NOW)
    row.state, row.stage, row.percent, row.started_at = "running", "rendering", 44, NOW
    row.reel_id, row.reel_version, row.render_id = reel.id, 1, render.id
    session.flush()
