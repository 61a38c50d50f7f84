"""Exact times on the timeline: rational seconds, never floats."""

from __future__ import annotations

import re
from fractions import Fraction
from math import floor
from typing import Annotated, Any

from pydantic import BeforeValidator, PlainSerializer, WithJsonSchema

_RATIONAL = re.compile(r"^-?\d{1,9}(/[1-9]\d{0,8})?$")


def _parse(value: Any) -> Fraction:
    if isinstance(value, Fraction):
        return value
    if isinstance(value, int) and not isinstance(value, bool):
        return Fraction(value)
    if isinstance(value, str) and _RATIONAL.match(value):
        return Fraction(value)
    raise ValueError('a time is a rational number of seconds as text, such as "5/2"')


Time = Annotated[
    Fraction,
    BeforeValidator(_parse),
    PlainSerializer(str, return_type=str),
    WithJsonSchema({"type": "string", "pattern": _RATIONAL.pattern, "examples": ["5/2"], "description": "rational seconds"}),
]


def to_frame(seconds: Fraction | float, frame_rate: Fraction) -> int:
    """The number of the frame nearest to a time; halves go up."""
    return floor(Fraction(seconds) * frame_rate + Fraction(1, 2))


def snap(seconds: Fraction | float, frame_rate: Fraction) -> Fraction:
    """The exact time of the frame nearest to ``seconds``."""
    return Fraction(to_frame(seconds, frame_rate)) / frame_rate
