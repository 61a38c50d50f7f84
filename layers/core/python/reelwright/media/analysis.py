"""What was seen and heard in one media: plain facts, no judgement.

Boxes and points are 0..1 of the upright picture; times are float seconds of the media (they are measurements, not
timeline positions).
"""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field


class _Noun(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Box(_Noun):
    """A rectangle, 0..1, with how sure the finder was."""

    x: float
    y: float
    width: float
    height: float
    confidence: float = 1.0


class Label(_Noun):
    """A thing in the picture (ImageNet name) and its probability."""

    name: str
    probability: float


class PathSample(_Noun):
    """Where a 9:16 crop should look at one time of a clip: centre, 0..1."""

    at: float
    x: float
    y: float


class SpeechSpan(_Noun):
    start: float
    end: float


class Shot(_Noun):
    """A stretch of a clip without a cut, with what lies in it. ``motion`` is the mean flow in frame widths per second."""

    start: float
    end: float
    motion: float = 0.0
    sharpness: float = 0.0
    path: tuple[PathSample, ...] = ()


class MediaAnalysis(_Noun):
    """Everything the planner knows of a media. Photos have one ``Shot`` of no length."""

    faces: tuple[Box, ...] = ()
    subject: Box | None = None
    subject_strength: float = Field(default=0.0, description="the saliency model's maximum; under 0.05 there is no subject")
    crop_x: float = Field(default=0.5, description="centre of the best 9:16 crop")
    crop_y: float = 0.5
    labels: tuple[Label, ...] = ()
    label_embedding: tuple[float, ...] = Field(default=(), description="what the picture shows, in the text embedder's space")
    sharpness: float = Field(default=0.0, description="variance of the Laplacian at 640 px")
    luma_median: float = Field(default=0.5, description="0..1")
    luma_mean: float = 0.5
    colourfulness: float = 0.0
    calm_top: float = Field(default=0.5, description="share of the title zone with little edge energy")
    busy: tuple[int, ...] = Field(default=(), description="edges in each of 12 x 12 cells, row by row, 0..255; empty: not measured")
    light: tuple[int, ...] = Field(default=(), description="luma of the same cells, 0..255")
    grey_cast: tuple[float, float] | None = Field(default=None, description="mean Cb and Cr of what is nearly grey; None: too little of it")
    difference_hash: str = Field(default="", description="dHash, 64 bits, hex; near duplicates differ in at most 8")
    shots: tuple[Shot, ...] = ()
    speech: tuple[SpeechSpan, ...] = ()
    loudness_lufs: float | None = None
    is_silent: bool = True
