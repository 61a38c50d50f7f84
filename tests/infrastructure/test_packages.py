"""What is shipped to the cloud: the layer has what the zip functions import, the images what their code needs."""

from __future__ import annotations

import ast
import importlib.metadata
import re
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from local.synthesize import REPOSITORY

ZIP_FUNCTIONS = ("api", "authorizer", "operations", "publishing")
OURS = {"reelwright": REPOSITORY / "layers/core/python", "functions": REPOSITORY, "containers": REPOSITORY}
# Lambda's own Python has these.
IN_THE_RUNTIME = {"boto3", "botocore"}
PIN = re.compile(r"^([A-Za-z0-9._-]+)==(\S+)", re.MULTILINE)


def pins(path: Path) -> dict[str, str]:
    return {name.lower().replace("_", "-"): version for name, version in PIN.findall(path.read_text())}


def module_file(name: str) -> Path | None:
    base = OURS[name.split(".", maxsplit=1)[0]] / Path(*name.split("."))
    return next((path for path in (base.with_suffix(".py"), base / "__init__.py") if path.exists()), None)


def names_at_import(path: Path) -> Iterator[str]:
    """What loading the module loads; what only types need is left out, and so are imports inside functions."""
    for node in loaded(ast.parse(path.read_text()).body):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def loaded(body: list[ast.stmt]) -> Iterator[ast.stmt]:
    for node in body:
        if (isinstance(node, ast.If) and "TYPE_CHECKING" not in ast.unparse(node.test)) or isinstance(node, ast.Try):
            yield from loaded(node.body)
        elif not isinstance(node, ast.If):
            yield node


def foreign_modules(starts: list[str]) -> dict[str, str]:
    """Foreign top-level module → the module of ours that loads it, over everything reachable from ``starts``."""
    seen: set[str] = set()
    waiting, foreign = list(starts), {}
    while waiting:
        name = waiting.pop()
        path = module_file(name)
        if name in seen or path is None:
            continue
        seen.add(name)
        for imported in names_at_import(path):
            top = imported.split(".")[0]
            if top in OURS:
                waiting += [".".join(imported.split(".")[:depth]) for depth in range(1, imported.count(".") + 2)]
            elif top not in sys.stdlib_module_names and top != "__future__":
                foreign.setdefault(top, name)
    return foreign


@cache
def distributions() -> dict[str, list[str]]:
    return {module: [name.lower().replace("_", "-") for name in names] for module, names in importlib.metadata.packages_distributions().items()}


def modules_of(folder: str) -> list[str]:
    return [f"functions.{folder}"] + [f"functions.{folder}.{path.stem}" for path in (REPOSITORY / "functions" / folder).glob("*.py") if path.stem != "__init__"]


def test_the_layer_has_all_that_the_zip_functions_import() -> None:
    layer = pins(REPOSITORY / "layers/libraries/requirements.txt")
    foreign = foreign_modules([module for folder in ZIP_FUNCTIONS for module in modules_of(folder)])
    assert len(foreign) > 5
    missing = {module: by for module, by in foreign.items() if module not in IN_THE_RUNTIME and not set(distributions().get(module, [])) & set(layer)}
    assert missing == {}


def test_the_layer_has_the_versions_that_the_tests_run_with() -> None:
    layer, runtime = pins(REPOSITORY / "layers/libraries/requirements.txt"), pins(REPOSITORY / "requirements/runtime.txt")
    assert layer
    assert {name: version for name, version in layer.items() if runtime.get(name) != version} == {}


def test_every_requirement_is_pinned_by_hash() -> None:
    for path in (*(REPOSITORY / "requirements").glob("*.txt"), REPOSITORY / "layers/libraries/requirements.txt"):
        blocks = re.split(r"\n(?=[A-Za-z0-9])", path.read_text().strip())
        assert [block.split()[0] for block in blocks if "--hash=sha256:" not in block] == [], path.name
        assert "http:" not in path.read_text(), path.name
        assert "https:" not in path.read_text(), path.name


def test_every_image_is_built_from_pinned_wheels_and_folders_that_exist() -> None:
    files = sorted((REPOSITORY / "containers").glob("*/Dockerfile"))
    assert [path.parent.name for path in files] == ["media", "renderer"]
    for path in files:
        text = path.read_text()
        assert "--require-hashes" in text
        assert "--only-binary :all:" in text
        # What a stage before made is checked there.
        copied = [line.split()[1] for line in text.splitlines() if line.startswith("COPY ") and not line.startswith("COPY --from=")]
        assert [source for source in copied if not source.startswith("build/") and not (REPOSITORY / source).exists()] == []


def test_the_renderers_image_runs_as_an_ordinary_user_and_starts_what_is_there() -> None:
    text = (REPOSITORY / "containers/renderer/Dockerfile").read_text()
    assert "\nUSER renderer\n" in text
    entry = re.search(r'ENTRYPOINT \["python", "-m", "([\w.]+)"\]', text)
    assert entry is not None
    assert module_file(entry[1]) is not None
