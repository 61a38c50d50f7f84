"""What a platform takes: the shape of each SPECIFICATION in publishing/platforms/, held against every export."""

from __future__ import annotations

from dataclasses import dataclass, field

from reelwright.reels.reel import SHAPES, Shape


@dataclass(frozen=True)
class Specification:
    """Limits of one platform for a vertical reel. Rates are bits per second, sizes bytes, times seconds."""

    platform: str
    title: str
    documentation: str
    min_seconds: float
    max_seconds: float
    max_bytes: int
    max_video_bits_per_second: int
    max_audio_bits_per_second: int
    min_frame_rate: float
    max_frame_rate: float
    min_width: int
    max_width: int
    aspect_ratio: tuple[float, float]  # least and greatest width / height
    video_codecs: frozenset[str] = frozenset({"h264"})
    audio_codecs: frozenset[str] = frozenset({"aac"})
    audio_sample_rates: frozenset[int] = frozenset({48_000})
    max_audio_channels: int = 2
    pixel_formats: frozenset[str] = frozenset({"yuv420p"})
    containers: frozenset[str] = frozenset({"mp4"})
    requires_fast_start: bool = True
    allows_edit_lists: bool = True
    requires_closed_gop: bool = False
    safe_area: tuple[int, int, int, int] = field(default=(120, 288, 888, 1248))  # x0, y0, x1, y1 on 1080 x 1920
    caption_limit: int = 2200


def refuse_shape(specification: Specification, shape: Shape) -> str:
    """Why the platform does not take a reel of this shape, in words; empty where it does."""
    width, height = SHAPES[shape]
    least, greatest = specification.aspect_ratio
    if least <= width / height <= greatest:
        return ""
    taken = [name for name, (across, down) in SHAPES.items() if least <= across / down <= greatest]
    return f"{specification.title} takes a reel only as {' or '.join(taken)}, so there is no {shape} file for it."
