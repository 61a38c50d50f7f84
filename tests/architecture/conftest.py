"""The storyboards, read once, as flat lists of their states."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

REPOSITORY = Path(__file__).parents[2]


@dataclass(frozen=True)
class State:
    """One state, wherever it stands: at the top, in a branch of a Parallel, or in the processor of a Map."""

    storyboard: str
    name: str
    body: dict[str, Any]

    @property
    def calls_lambda(self) -> bool:
        return str(self.body.get("Resource", "")).startswith("arn:aws:states:::lambda:invoke")

    @property
    def folder(self) -> str:
        """'${MediaFunction}' → 'media'."""
        return str(self.body["Parameters"]["FunctionName"]).removeprefix("${").removesuffix("Function}").lower()

    @property
    def step_file(self) -> Path:
        return REPOSITORY / "functions" / self.folder / f"{self.name.lower().replace(' ', '_')}.py"

    @property
    def named_errors(self) -> list[str]:
        """Every name in a Retry or a Catch."""
        return [name for handler in (*self.body.get("Retry", []), *self.body.get("Catch", [])) for name in handler["ErrorEquals"]]


def walk(storyboard: str, machine: dict[str, Any]) -> Iterator[State]:
    for name, body in machine["States"].items():
        yield State(storyboard, name, body)
        for branch in body.get("Branches", []):
            yield from walk(storyboard, branch)
        for key in ("ItemProcessor", "Iterator"):
            if key in body:
                yield from walk(storyboard, body[key])


@pytest.fixture(scope="session")
def storyboards() -> dict[str, dict[str, Any]]:
    return {path.name.removesuffix(".asl.json"): json.loads(path.read_text()) for path in sorted((REPOSITORY / "state_machines").glob("*.asl.json"))}


@pytest.fixture(scope="session")
def states(storyboards) -> list[State]:
    return [state for name, machine in storyboards.items() for state in walk(name, machine)]
