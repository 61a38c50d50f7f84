"""Step 'Make Clips': generated clips where the plan asks for them. Without a key the honest answer is none: the camera
moves over the creator's own material, and the composer draws the cards."""

from __future__ import annotations

from typing import Any

from functions.bootstrap import World

STEP = "Make Clips"
KEYLESS_ANSWER = "Nothing is generated: the camera moves over your own material, and cards are drawn."


def run(event: dict[str, Any], world: World) -> dict[str, Any]:
    """``made``: how many; ``providers``: who could have been asked."""
    return world.recorder.run(event["generation_id"], STEP, "making", "Looking whether clips are to be generated.", lambda: _answer(world))


def _answer(world: World) -> dict[str, Any]:
    """The plans of today name no missing picture, so no provider is asked."""
    return {"made": 0, "providers": [provider.name for provider in world.providers.clip], "answer": KEYLESS_ANSWER}
