"""Graph's ``fields`` parameter: which fields are given, and the refusal of one that is unknown."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from local.sandbox.meta_errors import refuse

Field = Callable[[], Any]


def choose_fields(asked: str, known: Mapping[str, Field], kind: str, usual: tuple[str, ...] = ("id",)) -> dict[str, Any]:
    """The asked fields that have a value, and the id. Raises Refusal: one unknown field fails the whole call with code 100."""
    chosen: dict[str, Any] = {}
    for name in _names(asked) or usual:
        if name not in known:
            raise refuse("100", f"(#100) Tried accessing nonexisting field ({name}) on node type ({kind})")
        if (value := known[name]()) is not None:
            chosen[name] = value
    chosen.setdefault("id", known["id"]())
    return chosen


def page_of(found: Mapping[str, Field], params: Mapping[str, str], address: str) -> dict[str, Any]:
    """One page of an edge, with ``paging`` by ``limit`` and ``after``. ``found``: what shows each object, by its id; only this page's are shown."""
    limit = max(1, min(_number(params.get("limit"), 25), 100))
    keys = list(found)
    start = keys.index(params["after"]) + 1 if params.get("after") in found else 0
    page = keys[start : start + limit]
    answer: dict[str, Any] = {"data": [found[key]() for key in page]}
    if page:
        answer["paging"] = {"cursors": {"before": page[0], "after": page[-1]}}
        if start + limit < len(keys):
            answer["paging"]["next"] = f"{address}?limit={limit}&after={page[-1]}&fields={params.get('fields', '')}"
    return answer


def _names(asked: str) -> list[str]:
    """Without what stands in brackets: ``likes.summary(true).limit(0)`` is ``likes``, ``picture.type(large)`` is ``picture``."""
    plain = re.sub(r"\([^)]*\)", "", re.sub(r"\{[^}]*\}", "", asked))
    return [name.partition(".")[0].strip() for name in plain.split(",") if name.strip()]


def _number(text: str | None, usual: int) -> int:
    try:
        return int(text or usual)
    except ValueError:
        raise refuse("100", "(#100) Param limit must be an integer") from None
