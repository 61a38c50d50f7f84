"""Instagram Reels: what it takes.

https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-user/media#reel-specifications
"""

from __future__ import annotations

from reelwright.reels.specification import Specification

SPECIFICATION = Specification(
    platform="instagram",
    title="Instagram",
    documentation="https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-user/media#reel-specifications",
    min_seconds=3,
    max_seconds=15 * 60,
    max_bytes=300_000_000,
    max_video_bits_per_second=25_000_000,
    max_audio_bits_per_second=128_000,
    min_frame_rate=23,
    max_frame_rate=60,
    min_width=240,  # not stated; the least that our canvas allows
    max_width=1920,
    aspect_ratio=(0.01, 10.0),
    video_codecs=frozenset({"h264", "hevc"}),
    audio_codecs=frozenset({"aac"}),
    audio_sample_rates=frozenset({32_000, 44_100, 48_000}),
    containers=frozenset({"mp4", "mov"}),
    requires_fast_start=True,
    allows_edit_lists=False,
    requires_closed_gop=True,
    safe_area=(65, 269, 1015, 1248),
    caption_limit=2200,
)
