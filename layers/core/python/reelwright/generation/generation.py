"""Generation: one request to make a reel, its states and stages."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from reelwright.generation.redo import RedoRequest
from reelwright.reels.project import Brief


class GenerationState(StrEnum):
    QUEUED = "queued"
    RUNNING = "running"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    CANCELLED = "cancelled"


MAX_VARIANTS = 3

# Stage → percent of the whole when the stage begins. Rendering moves from its own mark to the next by the render's progress.
STAGE_PERCENT = {
    "queued": 0,
    "analysing": 2,
    "planning": 14,
    "making": 20,
    "captions": 38,
    "composing": 40,
    "rendering": 44,
    "checking": 92,
    "exporting": 96,
    "previewing": 97,
    "finished": 100,
}


class GenerationRequest(BaseModel):
    """The snapshot that a generation works from; later changes of the project do not reach it.

    ``variants`` is how many different plans are wanted: the first is rendered in full, the others as previews. ``redo`` does
    one part of the generation ``redo_of`` again and keeps the rest.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    brief: Brief
    template: str
    media_ids: tuple[str, ...]
    seed: int = 0
    variants: Annotated[int, Field(ge=1, le=MAX_VARIANTS)] = 1
    redo_of: str = ""
    redo: RedoRequest | None = None
