"""The boxes of an MP4 file: their order, and whether there are edit lists (ISO/IEC 14496-12)."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

_HEADER = struct.Struct(">I4s")
_LONG = struct.Struct(">Q")
_CONTAINERS = frozenset({"moov", "trak", "edts"})
MAX_BOXES = 10_000


@dataclass(frozen=True)
class BoxFacts:
    """``order``: the outermost boxes as they lie in the file. ``edit_lists``: how many tracks have one."""

    order: tuple[str, ...]
    edit_lists: int

    @property
    def is_fast_start(self) -> bool:
        """Whether a player can begin before it has the whole file: the index comes before the data."""
        return "moov" in self.order and "mdat" in self.order and self.order.index("moov") < self.order.index("mdat")


def read_boxes(path: Path) -> BoxFacts:
    """Reads the structure only, not the data. A file that is no MP4 gives whatever names lie there, without an error."""
    with path.open("rb") as stream:
        boxes = list(_walk(stream, 0, path.stat().st_size, 0))
    return BoxFacts(tuple(name for depth, name in boxes if depth == 0), sum(name == "elst" for _, name in boxes))


def _walk(stream: BinaryIO, start: int, end: int, depth: int) -> Iterator[tuple[int, str]]:
    for _ in range(MAX_BOXES):
        if start + _HEADER.size > end:
            return
        stream.seek(start)
        length, raw = _HEADER.unpack(stream.read(_HEADER.size))
        body = start + _HEADER.size
        if length == 1:
            length, body = _LONG.unpack(stream.read(_LONG.size))[0], body + _LONG.size
        length = length or end - start
        name = raw.decode("latin1")
        yield depth, name
        if length < _HEADER.size:
            return
        if name in _CONTAINERS:
            yield from _walk(stream, body, min(start + length, end), depth + 1)
        start += length
