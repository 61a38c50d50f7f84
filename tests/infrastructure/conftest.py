"""One synthesis of each stage for all tests of this folder: each takes five to twenty seconds."""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from local.synthesize import REPOSITORY, name_assets, synthesize


@dataclass(frozen=True)
class Synthesized:
    """The templates of the cloud by stack, what the validation said, and the local template with its assets."""

    foundation: dict[str, Any]
    application: dict[str, Any]
    report: dict[str, Any]
    acknowledged: list[tuple[str, str, str]]
    local_template: dict[str, Any]
    local_assets: dict[str, Any]

    def resources(self, kind: str) -> dict[str, dict[str, Any]]:
        """The properties of every resource of this type in the cloud, by logical id."""
        both = self.foundation["Resources"] | self.application["Resources"]
        return {name: resource.get("Properties", {}) for name, resource in both.items() if resource["Type"] == kind}


def read_acknowledged() -> list[tuple[str, str, str]]:
    """Read from the file's syntax: importing the CDK would start node in the tests' own process."""
    tree = ast.parse((REPOSITORY / "cdk" / "acknowledged.py").read_text())
    values: dict[str, Any] = {}
    for node in tree.body:
        target = node.targets[0] if isinstance(node, ast.Assign) else getattr(node, "target", None)
        if isinstance(target, ast.Name) and isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
            values[target.id] = eval(ast.unparse(node.value), {"__builtins__": {}}, values)
    rows: list[tuple[str, str, str]] = list(values["ACKNOWLEDGED"])
    return rows


@pytest.fixture(scope="session")
def synthesized() -> Iterator[Synthesized]:
    with TemporaryDirectory(prefix="reelwright-synthesis-") as name:
        cloud, local = Path(name) / "cloud", Path(name) / "local"
        with ThreadPoolExecutor() as pool:
            list(pool.map(synthesize, (cloud, local), ("production", "local")))
        template, assets = name_assets(local)
        yield Synthesized(
            foundation=json.loads((cloud / "ReelwrightFoundation.template.json").read_text()),
            application=json.loads((cloud / "ReelwrightApplication.template.json").read_text()),
            report=json.loads((cloud / "validation-report.json").read_text()),
            acknowledged=read_acknowledged(),
            local_template=template,
            local_assets=assets,
        )
