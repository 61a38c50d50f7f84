"""Leaves in a sound font only what some instruments need: opening one whole decodes hundreds of samples that nobody plays.

The tables of a font (SoundFont 2.04, section 7) lead from a preset over its zones to instruments, and over theirs to samples. A compressed
sample whose place is empty is not decoded, so nothing but these places changes, and what is played sounds bit for bit the same.
"""

from __future__ import annotations

import struct
from collections.abc import Collection, Mapping
from itertools import pairwise
from types import MappingProxyType

INSTRUMENT, SAMPLE = 41, 53
"""Generators that lead from a zone to an instrument, and to a sample."""

COMPRESSED = 0x10
RECORDS = MappingProxyType({b"phdr": 38, b"pbag": 4, b"pgen": 4, b"inst": 22, b"ibag": 4, b"igen": 4, b"shdr": 46})
"""Bytes of a record of each table."""

PRESET_PLACE, INSTRUMENT_PLACE, SAMPLE_PLACE, SAMPLE_TYPE_PLACE = 20, 20, 20, 44
"""Where in their records the numbers begin: preset, bank, first zone; first zone; start and end; type."""

Tables = Mapping[bytes, tuple[int, int]]
"""Where each table begins, and how many records it has, the last of which only ends it."""


def keep_instruments(font: bytes, presets: Collection[tuple[int, int]]) -> bytes:
    """The font with the samples of these (bank, program) alone; the whole font where one is not there or its tables are not understood."""
    tables = _find_tables(font)
    if set(tables) != set(RECORDS):
        return font
    found = {(bank, program): zones for program, bank, *zones in _read_presets(font, tables)}
    if not set(presets) <= set(found):
        return font
    instruments = {number for preset in presets for number in _follow(font, tables, (b"pbag", b"pgen"), found[preset], INSTRUMENT)}
    zones_of = [struct.unpack_from("<H", font, _at(tables, b"inst", number) + INSTRUMENT_PLACE)[0] for number in range(tables[b"inst"][1])]
    samples = {one for number in instruments for one in _follow(font, tables, (b"ibag", b"igen"), zones_of[number : number + 2], SAMPLE)}
    # A player that reads between two samples reads one value of the next sound at the end.
    return _empty_others(font, tables, samples | {number + 1 for number in samples})


def _find_tables(font: bytes) -> Tables:
    tables: dict[bytes, tuple[int, int]] = {}
    place = 12
    while place + 12 <= len(font):
        size = _size(font, place)
        if font[place + 8 : place + 12] == b"pdta":
            inner, end = place + 12, min(place + 8 + size, len(font))
            while inner + 8 <= end:
                name, length = font[inner : inner + 4], _size(font, inner)
                if name in RECORDS:
                    tables[name] = inner + 8, length // RECORDS[name]
                inner += 8 + length + length % 2
        # Some fonts have chunks of odd length without the byte that should fill them up.
        place += 8 + size + (size % 2 if font[place + 8 + size : place + 12 + size] != b"LIST" else 0)
    return tables


def _size(font: bytes, place: int) -> int:
    return int(struct.unpack_from("<I", font, place + 4)[0])


def _at(tables: Tables, name: bytes, number: int) -> int:
    return tables[name][0] + RECORDS[name] * number


def _read_presets(font: bytes, tables: Tables) -> list[tuple[int, int, int, int]]:
    """Program, bank, first zone and the zone after the last."""
    rows = [struct.unpack_from("<HHH", font, _at(tables, b"phdr", number) + PRESET_PLACE) for number in range(tables[b"phdr"][1])]
    return [(row[0], row[1], row[2], following[2]) for row, following in pairwise(rows)]


def _follow(font: bytes, tables: Tables, names: tuple[bytes, bytes], zones: Collection[int], wanted: int) -> set[int]:
    """What the generators ``wanted`` of some zones (first, and the one after the last) lead to."""
    first, last = (struct.unpack_from("<H", font, _at(tables, names[0], zone))[0] for zone in zones)
    generators = (struct.unpack_from("<HH", font, _at(tables, names[1], number)) for number in range(first, last))
    return {amount for kind, amount in generators if kind == wanted}


def _empty_others(font: bytes, tables: Tables, samples: Collection[int]) -> bytes:
    emptied = bytearray(font)
    for number in range(tables[b"shdr"][1] - 1):
        record = _at(tables, b"shdr", number)
        if number not in samples and struct.unpack_from("<H", font, record + SAMPLE_TYPE_PLACE)[0] & COMPRESSED:
            struct.pack_into("<II", emptied, record + SAMPLE_PLACE, 0, 0)
    return bytes(emptied)
