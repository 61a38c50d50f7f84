"""Reads JSON strictly: what the database cannot hold or JSON does not know is refused before any route sees it."""

from __future__ import annotations

import json
from typing import Any, NoReturn

from reelwright.kit.errors import BadRequest, InvalidInput


def read_json(text: str) -> Any:
    """The value. Raises BadRequest for text that is not JSON, InvalidInput for characters that cannot be stored."""
    try:
        value = json.loads(text, parse_constant=_refuse_constant)
    except (ValueError, RecursionError):
        raise BadRequest("The body is not JSON. Send one JSON object.") from None
    _check_text(value)
    return value


def _check_text(value: Any) -> None:
    """Zero bytes and halves of surrogate pairs are JSON, but no text."""
    pending = [value]
    while pending:
        current = pending.pop()
        if isinstance(current, dict):
            pending += [*current.keys(), *current.values()]
        elif isinstance(current, list):
            pending += current
        elif isinstance(current, str) and ("\x00" in current or any("\ud800" <= letter <= "\udfff" for letter in current)):
            raise InvalidInput("The body holds a character that is no text (a zero byte or half of a pair). Take it out.")


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(name)
