"""TikTok: what it takes.

https://developers.tiktok.com/doc/content-posting-api-media-transfer-guide
"""

from __future__ import annotations

from reelwright.reels.specification import Specification

SPECIFICATION = Specification(
    platform="tiktok",
    title="TikTok",
    documentation="https://developers.tiktok.com/doc/content-posting-api-media-transfer-guide",
    min_seconds=3,
    max_seconds=600,  # by the interface; each creator's own limit is read before a post
    max_bytes=4_000_000_000,
    max_video_bits_per_second=50_000_000,  # not stated; the size limit over the longest video
    max_audio_bits_per_second=512_000,
    min_frame_rate=23,
    max_frame_rate=60,
    min_width=360,
    max_width=4096,
    aspect_ratio=(0.09, 11.4),  # every side between 360 and 4096; no other rule
    video_codecs=frozenset({"h264", "hevc", "vp8", "vp9"}),
    audio_codecs=frozenset({"aac"}),
    audio_sample_rates=frozenset({44_100, 48_000}),
    containers=frozenset({"mp4", "mov", "webm"}),
    requires_fast_start=False,
    allows_edit_lists=True,
    requires_closed_gop=False,
    safe_area=(120, 240, 930, 1260),
    caption_limit=2200,
)
