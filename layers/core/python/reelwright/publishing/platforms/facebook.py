"""Facebook Page Reels: what it takes.

https://developers.facebook.com/docs/video-api/guides/reels-publishing
"""

from __future__ import annotations

from reelwright.reels.specification import Specification

SPECIFICATION = Specification(
    platform="facebook",
    title="Facebook",
    documentation="https://developers.facebook.com/docs/video-api/guides/reels-publishing",
    min_seconds=3,
    max_seconds=90,
    max_bytes=1_000_000_000,  # the page names no size; 90 s never come near
    max_video_bits_per_second=25_000_000,  # not stated; Meta's figure for Instagram
    max_audio_bits_per_second=256_000,  # "128 kb/s or more"; not limited above
    min_frame_rate=24,
    max_frame_rate=60,
    min_width=540,
    max_width=1920,
    aspect_ratio=(0.5, 0.625),  # 9:16, with what rounding to even sizes needs
    video_codecs=frozenset({"h264", "hevc", "vp9", "av1"}),
    audio_codecs=frozenset({"aac"}),
    audio_sample_rates=frozenset({48_000}),
    containers=frozenset({"mp4"}),
    requires_fast_start=True,
    allows_edit_lists=False,
    requires_closed_gop=True,
    safe_area=(65, 269, 1015, 1248),
    caption_limit=2200,
)
