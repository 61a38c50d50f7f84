"""The one shape of every step Lambda: find the step by its state's name, run it, log its ids and its errors.

A step is a file with ``run(event, world) -> dict``. The state 'Make Voice' of the storyboard is ``make_voice.py``.
"""

from __future__ import annotations

import importlib
import re
from collections.abc import Callable
from typing import Any

from aws_lambda_powertools import Logger

from functions.bootstrap import World, load_world
from reelwright.kit.errors import BadRequest, ReelwrightError

Event = dict[str, Any]
Handler = Callable[[Event, Any], Event]
_ID_FIELDS = ("creator_id", "media_id", "generation_id", "render_id", "post_id")


def module_name(step: str) -> str:
    """'Make Voice' → 'make_voice'. Raises BadRequest for anything that is not words."""
    if not re.fullmatch(r"[A-Z][A-Za-z]*( [A-Z][A-Za-z]*)*", step):
        raise BadRequest(f"{step!r} is not the name of a step.")
    return step.lower().replace(" ", "_")


def steps_of(folder: str, world: Callable[[], World] = load_world) -> Handler:
    """The handler of the Lambda ``functions.<folder>``: runs the step named in the event."""
    logger = Logger(service=folder)

    def handler(event: Event, context: Any) -> Event:
        step = str(event.get("step", ""))
        logger.remove_keys(_ID_FIELDS)  # those of the call before
        logger.append_keys(step=step, **{name: event[name] for name in _ID_FIELDS if name in event})
        try:
            module = importlib.import_module(f"functions.{folder}.{module_name(step)}")
            output: Event = module.run(event, world())
        except ReelwrightError as error:
            logger.warning("step refused", extra={"error_type": type(error).__name__, "detail": error.detail})
            raise
        except Exception:
            logger.exception("step failed")
            raise
        logger.info("step done")
        return output

    return handler
