"""Step 'Reseal Grants': after a change of the key, grants that the older one sealed are sealed anew. Called by hand, as often as one likes."""

from __future__ import annotations

from typing import Any

from functions.bootstrap import World
from reelwright.publishing.rotate_seals import reseal_grants

ROWS_PER_CALL = 2000  # two calls of KMS each fit into the function's time


def run(event: dict[str, Any], world: World) -> dict[str, Any]:
    """``resealed``: how many are under the newest key now; ask again until it is 0. ``left``: those that cannot be opened."""
    return dict(reseal_grants(world.database, world.envelope, ROWS_PER_CALL))
