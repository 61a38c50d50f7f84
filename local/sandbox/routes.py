"""A call whose vendor, operation and answer are known; and tables of paths that lead there."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from local.sandbox.exchange import Answer, Call
from local.sandbox.grounds import Grounds

Handler = Callable[[Grounds, Call, re.Match[str]], Answer]


@dataclass(frozen=True)
class Resolved:
    """``answer`` does it; before that a fault may stand in the way of this ``vendor`` and ``operation``."""

    vendor: str
    operation: str
    answer: Callable[[], Answer]


@dataclass(frozen=True)
class Route:
    """``operation``: its name, or what finds it."""

    vendor: str
    methods: str
    path: re.Pattern[str]
    operation: str | Callable[[Grounds, Call, re.Match[str]], str]
    handler: Handler

    @classmethod
    def of(cls, vendor: str, methods: str, path: str, operation: str | Callable[[Grounds, Call, re.Match[str]], str], handler: Handler) -> Route:
        return cls(vendor, methods, re.compile(path), operation, handler)


def resolve(routes: Sequence[Route], grounds: Grounds, call: Call, path: str) -> Resolved | None:
    """The first route that fits; ``path`` is without the host's prefix."""
    for route in routes:
        if call.method in route.methods.split() and (match := route.path.fullmatch(path)):
            operation = route.operation if isinstance(route.operation, str) else route.operation(grounds, call, match)
            return Resolved(route.vendor, operation, lambda route=route, match=match: route.handler(grounds, call, match))  # type: ignore[misc]
    return None
