"""Step 'Check Processing': whether the platform is done with the video."""

from __future__ import annotations

from typing import Any

from functions.bootstrap import World
from functions.post_means import posting_means
from reelwright.publishing.check_processing import check_processing


def run(event: dict[str, Any], world: World) -> dict[str, Any]:
    """``is_ready``. Raises PlatformRefused where it cannot use the video, UploadExpired and the rest."""
    return {"is_ready": check_processing(posting_means(world), event["post_id"], event["attempt"], world.clock())}
