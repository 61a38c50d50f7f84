"""Doing one part of a reel again while the rest is kept."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

RedoPart = Literal["voice", "music", "hook", "title", "shot"]
MAX_REDO_TEXT_CHARACTERS = 100


class RedoRequest(BaseModel):
    """What is done again.

    ``beat`` counts the plan's beats from 0: a shot needs it, a title without it is the one that stands beside the video.
    ``text`` are the creator's own words for a hook or title; without them the next best of the brief is taken.
    ``media_id`` is the picture that the creator wants; ``picture`` tells which of a beat's pictures is exchanged.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    part: RedoPart
    beat: Annotated[int, Field(ge=0)] | None = None
    picture: Annotated[int, Field(ge=0)] = 0
    text: Annotated[str, Field(max_length=MAX_REDO_TEXT_CHARACTERS)] = ""
    media_id: Annotated[str, Field(max_length=60)] = ""
    voice: Annotated[str, Field(max_length=60)] = ""
    music_word: Annotated[str, Field(max_length=60)] = ""

    @model_validator(mode="after")
    def _check(self) -> Self:
        if self.part == "shot" and self.beat is None:
            raise ValueError("Name the shot: beat counts from 0.")
        return self
