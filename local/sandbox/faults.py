"""The fault switch: what goes wrong at which call of which vendor, how often.

A fault names a ``vendor`` (instagram, facebook, youtube, tiktok, or ``*``), an ``operation`` (the list is at ``/_control/operations``, or ``*``)
and a ``kind``:

    not_heard              no connection comes about; over sockets the connection ends before anything is read
    cut_before             the connection ends, nothing was done
    cut_midway             the connection ends in the middle of the body; what came of a video is treated as the vendor does, half a form is nothing
    cut_after              it is done, and the answer is lost
    slow                   the answer takes ``seconds`` longer
    status                 the vendor's own page for HTTP ``status`` (500); with ``is_done`` after it was done
    html                   a gateway's page instead of the vendor's JSON, with ``status`` (502)
    error                  the vendor's error ``code``: ``9/2207042``, ``quotaExceeded``, ``rate_limit_exceeded``, ``invalid_grant`` …
    expired_token · quota · rate_limit     the vendor's usual error of that sort
    processing_fails       the next video that arrives is refused by its processing, for the reason ``code``
    processing_never_ends  the next video that arrives is never done

``times``: how often (1; None: always). ``skip``: how many calls pass before. ``contains``: only calls whose address or body holds this text.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

from local.sandbox.exchange import Call

KINDS = (
    "not_heard",
    "cut_before",
    "cut_midway",
    "cut_after",
    "slow",
    "status",
    "html",
    "error",
    "expired_token",
    "quota",
    "rate_limit",
    "processing_fails",
    "processing_never_ends",
)
_OF_PROCESSING = frozenset({"processing_fails", "processing_never_ends"})
META = "meta"  # calls that Instagram by Facebook Login and pages share
_OF_META = frozenset({"instagram", "facebook"})


@dataclass
class Fault:
    """One fault that waits; the module says what the fields mean."""

    kind: str
    vendor: str = "*"
    operation: str = "*"
    times: int | None = 1
    skip: int = 0
    code: str = ""
    status: int = 0
    seconds: float = 0.0
    is_done: bool = False
    contains: str = ""
    hits: int = 0

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"There is no fault {self.kind}; there are {', '.join(KINDS)}.")

    @classmethod
    def read(cls, document: dict[str, Any]) -> Fault:
        """Raises ValueError."""
        known = {entry.name for entry in fields(cls)} - {"hits"}
        if unknown := set(document) - known:
            raise ValueError(f"A fault has no {', '.join(sorted(unknown))}; it has {', '.join(sorted(known))}.")
        return cls(**document)

    def fits(self, vendor: str, operation: str) -> bool:
        is_vendor = self.vendor in {"*", vendor} or (vendor == META and self.vendor in _OF_META)
        return is_vendor and self.operation in {"*", operation}


class FaultSwitch:
    """Faults in the order in which they were set; the first that fits is taken."""

    def __init__(self) -> None:
        self._waiting: list[Fault] = []

    def set(self, fault: Fault) -> None:
        self._waiting.append(fault)

    def clear(self) -> None:
        self._waiting.clear()

    def list(self) -> list[Fault]:
        return list(self._waiting)

    def take(self, vendor: str, operation: str, call: Call) -> Fault | None:
        """The fault of this call, if there is one; it is used up accordingly."""
        for fault in self._waiting:
            if fault.kind not in _OF_PROCESSING and fault.fits(vendor, operation) and _holds(call, fault.contains):
                return self._use(fault)
        return None

    def take_processing(self, vendor: str) -> dict[str, Any] | None:
        """What goes wrong with a video that has just arrived."""
        for fault in self._waiting:
            if fault.kind in _OF_PROCESSING and fault.fits(vendor, "processing"):
                return {"kind": fault.kind, "code": fault.code} if self._use(fault) else None
        return None

    def _use(self, fault: Fault) -> Fault | None:
        if fault.skip > 0:
            fault.skip -= 1
            return None
        fault.hits += 1
        if fault.times is not None:
            fault.times -= 1
            if fault.times <= 0:
                self._waiting.remove(fault)
        return fault


def _holds(call: Call, text: str) -> bool:
    return not text or text in call.path or text in call.query_string or text.encode() in call.body
