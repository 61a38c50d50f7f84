"""Step 'Migrate Database': brings the tables to the newest migration. Called after each deployment; twice at once take turns."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from functions.bootstrap import World
from reelwright.kit.migrate import migrate_database

MIGRATIONS = Path(__file__).parents[2] / "migrations"


def run(event: dict[str, Any], world: World) -> dict[str, Any]:
    """``revision``: the newest migration that is in."""
    return {"revision": migrate_database(world.database.engine, MIGRATIONS)}
