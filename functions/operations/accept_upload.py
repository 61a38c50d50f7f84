"""Step 'Accept Upload': a file has arrived in the bucket; its ingestion is started."""

from __future__ import annotations

from typing import Any

from functions.bootstrap import World
from reelwright.kit.executions import execution_name, start_execution
from reelwright.media.accept_upload import accept_upload


def run(event: dict[str, Any], world: World) -> dict[str, Any]:
    """``key`` is that of the object. The row is marked first; where the start is lost, the reconciler makes up for it."""
    stored = world.storage.describe(event["key"])
    if stored is None:
        return {"is_accepted": False}
    with world.database.transaction() as session:
        accepted = accept_upload(session, stored, world.clock())
    if accepted is None:
        return {"is_accepted": False}
    if accepted.refusal is not None:
        world.storage.delete(stored.key)
        return {"is_accepted": False, "refusal": accepted.refusal}
    state = {"media_id": accepted.media_id, "creator_id": accepted.creator_id}
    start_execution(world.step_functions, world.settings.ingest_media_arn, execution_name(accepted.media_id, accepted.attempt), state)
    return {"is_accepted": True, "media_id": accepted.media_id}
