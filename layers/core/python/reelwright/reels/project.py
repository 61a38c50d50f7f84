"""Project and brief: what a creator asks for."""

from __future__ import annotations

import re
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from reelwright.reels.reel import Shape

MAX_SCRIPT_CHARACTERS = 6000
MAX_PROMPT_CHARACTERS = 2000
MAX_MEDIA_PER_PROJECT = 60
MAX_PROJECT_NAME_CHARACTERS = 120
MIN_LENGTH_SECONDS = 5
MAX_LENGTH_SECONDS = 90

AUTOMATIC_TEMPLATE = "auto"
"""The planner chooses the template that suits what the reel is for."""

HANDLE = re.compile(r"@?[\w.]{1,60}")  # letters of any script, digits, underscores and dots
HANDLE_RULE = "A handle has 1 to 60 letters, digits, dots and underscores, with or without an @ before them."

PlatformName = Literal["instagram", "facebook", "youtube", "tiktok"]
ALL_PLATFORMS: tuple[PlatformName, ...] = ("instagram", "facebook", "youtube", "tiktok")


class Brief(BaseModel):
    """The wishes of one project. ``language`` None is found from the text; ``handle`` is shown on the end card.

    ``voice`` is one of the catalogue's for the language, empty for the usual one; ``glossary`` holds names as they are spelt.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    prompt: Annotated[str, Field(max_length=MAX_PROMPT_CHARACTERS)] = ""
    script: Annotated[str, Field(max_length=MAX_SCRIPT_CHARACTERS)] = ""
    language: Annotated[str, Field(pattern=r"^[a-z]{2}(-[A-Z]{2})?$")] | None = None
    platforms: Annotated[tuple[PlatformName, ...], Field(min_length=1)] = ALL_PLATFORMS
    length_seconds: Annotated[int, Field(ge=MIN_LENGTH_SECONDS, le=MAX_LENGTH_SECONDS)] = 30
    handle: str = ""
    keep_order: bool = False
    shape: Shape = "9:16"
    voice: Annotated[str, Field(max_length=60)] = ""
    glossary: Annotated[tuple[Annotated[str, Field(min_length=1, max_length=60)], ...], Field(max_length=60)] = ()

    @field_validator("handle")
    @classmethod
    def _check_handle(cls, handle: str) -> str:
        if handle and not HANDLE.fullmatch(handle):
            raise ValueError(HANDLE_RULE)
        return handle


class ProjectDraft(BaseModel):
    """A project as its creator writes it. ``media_ids`` are in the order in which they were chosen; ``template`` may be "auto"."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: Annotated[str, Field(min_length=1, max_length=MAX_PROJECT_NAME_CHARACTERS)]
    template: Annotated[str, Field(min_length=1, max_length=60)] = AUTOMATIC_TEMPLATE
    brief: Brief = Brief()
    media_ids: Annotated[tuple[str, ...], Field(max_length=MAX_MEDIA_PER_PROJECT)] = ()

    @model_validator(mode="after")
    def _check_media(self) -> Self:
        if len(set(self.media_ids)) != len(self.media_ids):
            raise ValueError("Each file is named once in media_ids.")
        return self
