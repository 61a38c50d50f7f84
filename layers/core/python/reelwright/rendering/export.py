"""Writes a platform's file from the master: remuxed wherever the master meets the specification, else encoded anew within it."""

from __future__ import annotations

from pathlib import Path

from reelwright.kit.errors import RenderFailed
from reelwright.kit.ffmpeg import Source, run_ffmpeg
from reelwright.reels.specification import Specification
from reelwright.rendering.check_export import find_breaches
from reelwright.rendering.file_facts import FileFacts, read_file_facts

MOV_FLAGS = ("-movflags", "+faststart+negative_cts_offsets", "-use_editlist", "0")
_BITS_OF_LIMIT = 0.9
EXPORT_BITS_PER_SECOND = 12_000_000
EXPORT_AUDIO_BITS_PER_SECOND = 128_000
GOP_SECONDS = 2


def export_for(master: Path, specification: Specification, out: Path) -> bool:
    """Writes ``out`` and says whether the picture was encoded anew. A half file is never visible.

    Raises RenderFailed where the platform cannot take the reel whatever its coding (its length, its shape).
    """
    facts = read_file_facts(master)
    breaches = list(find_breaches(facts, specification))
    _refuse_what_no_coding_mends(facts, specification, breaches)
    arguments = _encoding(facts, specification) if breaches else ("-c", "copy")
    run_ffmpeg([Source(master, "mov")], ["-map", "0:v:0", "-map", "0:a:0?", "-map_metadata", "-1", *arguments, *MOV_FLAGS], out, "mp4")
    return bool(breaches)


def _refuse_what_no_coding_mends(facts: FileFacts, wanted: Specification, breaches: list[str]) -> None:
    low, high = wanted.aspect_ratio
    fits = low <= facts.width / max(facts.height, 1) <= high
    if breaches and not (fits and wanted.min_seconds - 0.05 <= facts.video_seconds <= wanted.max_seconds + 0.05):
        raise RenderFailed(f"{wanted.platform.capitalize()} cannot take this reel: {'; '.join(breaches)}.")


def _encoding(facts: FileFacts, wanted: Specification) -> tuple[str, ...]:
    """H.264 and AAC within the limits; closed groups; the size limit spread over the length."""
    by_size = wanted.max_bytes * 8 / max(facts.video_seconds, 1) - EXPORT_AUDIO_BITS_PER_SECOND
    rate = int(min(EXPORT_BITS_PER_SECOND, wanted.max_video_bits_per_second * _BITS_OF_LIMIT, by_size * _BITS_OF_LIMIT))
    frame_rate = min(max(facts.frame_rate, wanted.min_frame_rate), wanted.max_frame_rate)
    width = min(max(facts.width, wanted.min_width), wanted.max_width) // 2 * 2
    sound_rate = 48_000 if 48_000 in wanted.audio_sample_rates else max(wanted.audio_sample_rates)
    tags = ("-color_primaries", "bt709", "-color_trc", "bt709", "-colorspace", "bt709", "-color_range", "tv")
    picture = ("-c:v", "libx264", "-preset", "veryfast", "-crf", "20", "-maxrate", str(rate), "-bufsize", str(2 * rate), "-pix_fmt", "yuv420p", *tags)
    shape = ("-vf", f"scale={width}:-2", "-r", f"{frame_rate:.5f}", "-g", str(round(frame_rate * GOP_SECONDS)), "-flags", "+cgop")
    sound = ("-c:a", "aac", "-b:a", str(min(EXPORT_AUDIO_BITS_PER_SECOND, wanted.max_audio_bits_per_second)), "-ar", str(sound_rate), "-ac", "2")
    return (*shape, *picture, *sound)
