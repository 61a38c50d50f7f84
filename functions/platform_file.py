"""What a render's row keeps of a platform's file, so that a post can be sent without opening it."""

from __future__ import annotations

from typing import Any

from functions.post_means import name_specification
from reelwright.reels.specification import Specification
from reelwright.rendering.check_export import find_breaches
from reelwright.rendering.file_facts import FileFacts

VIDEO_TYPE = "video/mp4"


def describe_platform_file(key: str, facts: FileFacts, specification: Specification) -> dict[str, Any]:
    """Only a file that keeps to the specification carries its name, and is posted as it is."""
    described = {"key": key, "size_bytes": facts.size_bytes, "content_type": VIDEO_TYPE, "seconds": round(facts.video_seconds, 3)}
    fits = not list(find_breaches(facts, specification))
    return {**described, "specification": name_specification(specification)} if fits else described
