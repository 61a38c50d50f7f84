"""Project and brief: what a creator asks for."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

MAX_SCRIPT_CHARACTERS = 6000
MAX_PROMPT_CHARACTERS = 2000
MAX_MEDIA_PER_PROJECT = 60
MIN_LENGTH_SECONDS = 5
MAX_LENGTH_SECONDS = 90

PlatformName = Literal["instagram", "facebook", "youtube", "tiktok"]
ALL_PLATFORMS: tuple[PlatformName, ...] = ("instagram", "facebook", "youtube", "tiktok")


class Brief(BaseModel):
    """The wishes of one project. ``language`` None is found from the text; ``handle`` is shown on the end card."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    prompt: Annotated[str, Field(max_length=MAX_PROMPT_CHARACTERS)] = ""
    script: Annotated[str, Field(max_length=MAX_SCRIPT_CHARACTERS)] = ""
    language: Annotated[str, Field(pattern=r"^[a-z]{2}(-[A-Z]{2})?$")] | None = None
    platforms: Annotated[tuple[PlatformName, ...], Field(min_length=1)] = ALL_PLATFORMS
    length_seconds: Annotated[int, Field(ge=MIN_LENGTH_SECONDS, le=MAX_LENGTH_SECONDS)] = 30
    handle: Annotated[str, Field(max_length=60)] = ""
    keep_order: bool = False
