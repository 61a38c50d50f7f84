"""The words that a language has for signs, units, currencies, months and abbreviations: one document per language in ``words/``."""

from __future__ import annotations

import json
from functools import lru_cache
from importlib import resources

from pydantic import BaseModel, ConfigDict, Field

from reelwright.generation.reading.number_words import Gender

LANGUAGES = ("es", "fr", "it", "pt", "de", "hi")


class Measure(BaseModel):
    """A unit or currency: its name for one and for several."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    one: str
    many: str
    gender: Gender


class Vocabulary(BaseModel):
    """One language. ``clock_hours`` are the words behind an hour, for one and several; empty strings are not said."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    decimal: str
    thousands: str
    minus: str
    plus: str
    percent: str
    at: str
    dot: str
    slash: str
    dash: str
    underscore: str
    hash: str
    conjunction: str = Field(alias="and")
    to: str
    times: str
    half: str
    third: str
    quarter: str
    cents: str
    clock_and: str
    clock_hours: str
    clock_gender: Gender
    date_of: str
    year_of: str
    first: str
    units: dict[str, Measure]
    currencies: dict[str, Measure]
    months: tuple[str, ...]
    abbreviations: dict[str, str]
    ordinals: dict[Gender, tuple[str, ...]]


@lru_cache(maxsize=8)
def load_vocabulary(language: str) -> Vocabulary:
    """The words of one of ``LANGUAGES``."""
    text = resources.files("reelwright.generation.reading").joinpath("words", f"{language}.json").read_text(encoding="utf-8")
    return Vocabulary.model_validate(json.loads(text))
