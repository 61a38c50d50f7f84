"""Step 'Refuse Media': leaves the file out and says why; the rest of the creator's files goes on."""

from __future__ import annotations

import json
from typing import Any

from functions.bootstrap import World
from reelwright.media.ingest import refuse_media

# The words of these are sentences for the creator; every other failure is ours, and its words are not.
SPOKEN_FAILURES = ("MediaRefused", "TooLarge", "UnsupportedMedia")
GENERAL_SENTENCE = "Something went wrong while this file was read in. Upload it again, or make a fresh copy of it (JPEG, or H.264 as MP4)."


def run(event: dict[str, Any], world: World) -> dict[str, Any]:
    """``failure`` is what the storyboard caught: {Error, Cause}. Nothing happens where the file was deleted or is ready."""
    failure_type = str(event.get("failure", {}).get("Error", "Unknown"))
    sentence = read_sentence(event.get("failure", {}))
    with world.database.transaction() as session:
        is_refused = refuse_media(session, event["media_id"], failure_type, sentence)
    return {"is_refused": is_refused}


def read_sentence(failure: dict[str, Any]) -> str:
    """The error's own sentence where it was meant for the creator, else a general one."""
    if failure.get("Error") not in SPOKEN_FAILURES:
        return GENERAL_SENTENCE
    cause = str(failure.get("Cause", ""))
    try:
        found = json.loads(cause)
    except ValueError:
        return cause or GENERAL_SENTENCE
    return str(found.get("errorMessage") or GENERAL_SENTENCE) if isinstance(found, dict) else GENERAL_SENTENCE
