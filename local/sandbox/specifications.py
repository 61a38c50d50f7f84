"""What each platform takes of a video; a problem is named by the platform's own word for it.

Not held against anybody: edit lists, which Instagram's page forbids and which every muxer writes for AAC; closed groups of pictures.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

Facts = Mapping[str, Any]
BROKEN = "broken"
MB = 1_000_000
_H26X = frozenset({"h264", "hevc"})
_MP4 = "mp4"


def find_problem(vendor: str, facts: Facts | None, said: Mapping[str, Any]) -> str:
    """Why the platform would not take it: an error code of Instagram, a subcode of Facebook, a reason of YouTube or TikTok; empty where it would."""
    return _CHECKS[vendor](facts, said)


def _instagram(facts: Facts | None, said: Mapping[str, Any]) -> str:
    """Codes as in the status text. 3 s to 15 min, MP4 or MOV with its index first, H.264 or HEVC, 23–60 fps, at most 1920 wide and 300 MB."""
    if facts is None:
        return "2207026"
    fits = (
        _MP4 in facts["format"],
        facts["is_index_first"],
        facts["video_codec"] in _H26X,
        facts["pixel_format"] in {"yuv420p", "yuvj420p", "yuv420p10le"},
        22.9 <= facts["fps"] <= 60.1,
        facts["width"] <= 1920,
        0.01 <= facts["width"] / max(facts["height"], 1) <= 10,
        facts["bit_rate"] <= 25_500_000,
        facts["audio_codec"] in {"", "aac"} and facts["audio_rate"] <= 48_000 and facts["audio_channels"] <= 2,
        3 <= facts["seconds"] <= 900,
        facts["size_bytes"] <= 300 * MB,
    )
    if not all(fits):
        return "2207026"
    return "2207057" if float(said.get("thumb_offset") or 0) >= facts["seconds"] * 1000 else ""


def _facebook(facts: Facts | None, said: Mapping[str, Any]) -> str:
    """3–90 s (the page still lists it, although the app has no limit any more), at least 540×960, 9:16, 24–60 fps."""
    if facts is None:
        return "2069019"
    fits = (
        facts["video_codec"] in _H26X | {"vp9", "libdav1d", "av1"},
        facts["width"] >= 540 and facts["height"] >= 960,
        abs(facts["width"] / max(facts["height"], 1) - 9 / 16) < 0.02,
        23.9 <= facts["fps"] <= 60.1,
        3 <= facts["seconds"] <= 90,
    )
    return "" if all(fits) else "2069019"


def _youtube(facts: Facts | None, said: Mapping[str, Any]) -> str:
    """Takes nearly everything; longer than 15 minutes only where the channel may."""
    if facts is None:
        return "invalidFile"
    return "rejected:length" if facts["seconds"] > 900 and said.get("long_uploads") != "allowed" else ""


def _tiktok(facts: Facts | None, said: Mapping[str, Any]) -> str:
    """MP4, MOV or WebM; H.264, H.265, VP8, VP9; 23–60 fps; sides of 360–4096; as long as this creator may."""
    if facts is None or facts["video_codec"] not in _H26X | {"vp8", "vp9"}:
        return "file_format_check_failed"
    if not 22.9 <= facts["fps"] <= 60.1:
        return "frame_rate_check_failed"
    if not (360 <= facts["width"] <= 4096 and 360 <= facts["height"] <= 4096):
        return "picture_size_check_failed"
    return "" if 1 <= facts["seconds"] <= float(said.get("max_seconds", 600)) else "duration_check_failed"


_CHECKS: Mapping[str, Callable[[Facts | None, Mapping[str, Any]], str]] = {
    "instagram": _instagram,
    "facebook": _facebook,
    "youtube": _youtube,
    "tiktok": _tiktok,
}
