"""YouTube Shorts: what it takes. A video is a Short by its shape and its length.

https://support.google.com/youtube/answer/1722171 (encoding), https://support.google.com/youtube/answer/15424877 (three minutes)
"""

from __future__ import annotations

from reelwright.reels.specification import Specification

SPECIFICATION = Specification(
    platform="youtube",
    title="YouTube",
    documentation="https://support.google.com/youtube/answer/1722171",
    min_seconds=1,
    max_seconds=180,
    max_bytes=256_000_000_000,
    max_video_bits_per_second=68_000_000,  # no limit is stated; this is the highest recommended rate
    max_audio_bits_per_second=512_000,
    min_frame_rate=23,
    max_frame_rate=60,
    min_width=240,
    max_width=3840,
    aspect_ratio=(0.1, 1.0),  # upright or square, else it is not a Short
    video_codecs=frozenset({"h264"}),
    audio_codecs=frozenset({"aac"}),
    audio_sample_rates=frozenset({48_000, 96_000}),
    containers=frozenset({"mp4"}),
    requires_fast_start=True,
    allows_edit_lists=False,
    requires_closed_gop=True,
    safe_area=(48, 288, 888, 1248),
    caption_limit=5000,  # the description, counted in bytes
)
