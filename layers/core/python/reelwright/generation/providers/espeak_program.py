"""Runs the program that loads eSpeak NG: one request, one answer, in a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from reelwright.kit.errors import ProviderUnavailable

PROGRAM = Path(__file__).with_name("espeak_process.py")
DATA_FOLDER = "espeak-ng-data"  # beside the library


def ask_espeak(request: Mapping[str, Any], library: Path, time_limit_seconds: float) -> dict[str, Any]:
    """The answer; ``espeak_process.py`` says what a request holds. Raises ProviderUnavailable where the program fails or takes too long.

    The program runs by path and isolated (-I -S): it cannot import the product or its packages.
    """
    whole = {**request, "parent": os.getpid(), "library": str(library), "data": str(library.parent / DATA_FOLDER)}
    try:
        ended = subprocess.run(  # noqa: S603  # our own program; the script's text goes in by stdin
            [sys.executable, "-I", "-S", str(PROGRAM)], input=json.dumps(whole), capture_output=True, text=True, timeout=time_limit_seconds, check=False
        )
    except subprocess.TimeoutExpired:
        raise ProviderUnavailable(f"The voice took longer than {time_limit_seconds:g} seconds and was stopped.") from None
    if ended.returncode != 0:
        raise ProviderUnavailable(f"The voice program eSpeak NG ended with status {ended.returncode}.")
    return dict(json.loads(ended.stdout))
