"""The program that loads eSpeak NG: where it is, and what every request to it holds."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from reelwright.generation.providers.isolated_program import ask_program

PROGRAM = Path(__file__).with_name("espeak_process.py")
DATA_FOLDER = "espeak-ng-data"  # beside the library


def ask_espeak(request: Mapping[str, Any], library: Path, time_limit_seconds: float) -> dict[str, Any]:
    """The answer; ``espeak_process.py`` says what a request holds. Raises ProviderUnavailable where the program fails or takes too long."""
    whole = {**request, "library": str(library), "data": str(library.parent / DATA_FOLDER)}
    return ask_program(PROGRAM, "eSpeak NG", whole, time_limit_seconds)
