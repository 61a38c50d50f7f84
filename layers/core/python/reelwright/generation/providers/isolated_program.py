"""Runs a program of ours by its path, isolated, in a process of its own: one request as JSON, one answer as JSON."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from reelwright.kit.errors import ProviderUnavailable


def ask_program(program: Path, name: str, request: Mapping[str, Any], time_limit_seconds: float) -> dict[str, Any]:
    """The answer. ``name`` is what a creator reads where it fails. Raises ProviderUnavailable.

    Isolated (-I -S): the program cannot import the product or its packages.
    """
    try:
        ended = subprocess.run(  # noqa: S603  # our own program; the script's text goes in by stdin
            [sys.executable, "-I", "-S", str(program)],
            input=json.dumps({**request, "parent": os.getpid()}),
            capture_output=True,
            text=True,
            timeout=time_limit_seconds,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise ProviderUnavailable(f"The voice took longer than {time_limit_seconds:g} seconds and was stopped.") from None
    if ended.returncode != 0:
        raise ProviderUnavailable(f"The voice program {name} ended with status {ended.returncode}.")
    return dict(json.loads(ended.stdout))
