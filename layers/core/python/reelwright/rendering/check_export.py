"""Holds one platform's file against that platform's specification."""

from __future__ import annotations

from collections.abc import Iterator

from reelwright.reels.specification import Specification
from reelwright.rendering.file_facts import FileFacts
from reelwright.rendering.gate_report import GateRow

RATE_TOLERANCE = 1.05  # an encoder keeps its rate on average only
_SECONDS_ROUNDING = 0.05


def check_export(facts: FileFacts, specification: Specification) -> list[GateRow]:
    """One row: what breaks the specification, or what was held against it. Broken, the platform would refuse the file."""
    broken = list(find_breaches(facts, specification))
    summary = f"{facts.width}x{facts.height}, {facts.video_seconds:.1f} s, {facts.size_bytes / 1e6:.1f} MB, {facts.video_bits_per_second / 1e6:.1f} Mb/s"
    return [
        GateRow(
            name=f"{specification.platform} file",
            value="; ".join(broken) or summary,
            bound=specification.documentation,
            passed=not broken,
            sentence=f"The file keeps to what {specification.platform} takes.",
            is_essential=True,
        )
    ]


def find_breaches(facts: FileFacts, specification: Specification) -> Iterator[str]:
    """Each broken limit in words."""
    for is_kept, words in (*_picture_limits(facts, specification), *_sound_limits(facts, specification), *_file_limits(facts, specification)):
        if not is_kept:
            yield words


def _picture_limits(facts: FileFacts, wanted: Specification) -> list[tuple[bool, str]]:
    low, high = wanted.aspect_ratio
    return [
        (facts.video_codec in wanted.video_codecs, f"its picture is coded as {facts.video_codec}"),
        (facts.pixel_format in wanted.pixel_formats, f"its pixels are {facts.pixel_format}"),
        (wanted.min_width <= facts.width <= wanted.max_width, f"it is {facts.width} pixels wide"),
        (low <= facts.width / max(facts.height, 1) <= high, f"its shape is {facts.width}:{facts.height}"),
        (wanted.min_frame_rate - 0.01 <= facts.frame_rate <= wanted.max_frame_rate + 0.01, f"it has {facts.frame_rate:.2f} frames a second"),
        (facts.video_bits_per_second <= wanted.max_video_bits_per_second * RATE_TOLERANCE, f"its picture has {facts.video_bits_per_second / 1e6:.1f} Mb/s"),
        (facts.is_closed_gop or not wanted.requires_closed_gop, "its groups of pictures are open"),
    ]


def _sound_limits(facts: FileFacts, wanted: Specification) -> list[tuple[bool, str]]:
    if not facts.audio_codec:
        return []
    return [
        (facts.audio_codec in wanted.audio_codecs, f"its sound is coded as {facts.audio_codec}"),
        (facts.sample_rate in wanted.audio_sample_rates, f"its sound has {facts.sample_rate} samples a second"),
        (facts.channels <= wanted.max_audio_channels, f"its sound has {facts.channels} channels"),
        (facts.audio_bits_per_second <= wanted.max_audio_bits_per_second * RATE_TOLERANCE, f"its sound has {facts.audio_bits_per_second / 1e3:.0f} kb/s"),
    ]


def _file_limits(facts: FileFacts, wanted: Specification) -> list[tuple[bool, str]]:
    lasts = wanted.min_seconds - _SECONDS_ROUNDING <= facts.video_seconds <= wanted.max_seconds + _SECONDS_ROUNDING
    return [
        (facts.container in wanted.containers, f"it is a {facts.container} file"),
        (lasts, f"it lasts {facts.video_seconds:.1f} s"),
        (facts.size_bytes <= wanted.max_bytes, f"it has {facts.size_bytes / 1e6:.0f} MB"),
        (facts.boxes.is_fast_start or not wanted.requires_fast_start, "its index comes after its data"),
        (facts.boxes.edit_lists == 0 or wanted.allows_edit_lists, f"it has {facts.boxes.edit_lists} edit lists"),
    ]
