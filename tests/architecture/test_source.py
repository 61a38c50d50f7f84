"""House rules that no linter holds: imports point down, modules say what they are for, names say something."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

REPOSITORY = Path(__file__).parents[2]
FOLDERS = ("layers/core/python/reelwright", "functions", "containers", "command_line", "local", "cdk", "bench")
NAMES_THAT_SAY_NOTHING = {"utils", "util", "helpers", "helper", "manager", "service", "common", "misc", "base", "core"}
LONGEST_FIRST_LINE = 160
# 30 is the habit; the formatter, which breaks long calls, gets the rest.
LONGEST_BODY_LINES = 35
# The house's words for a social network's port and for the local platform; never run by path, so they hide nothing.
OWN_WORDS = {"platform"}


def modules() -> list[Path]:
    found = [path for folder in FOLDERS for path in sorted((REPOSITORY / folder).rglob("*.py")) if "__pycache__" not in path.parts]
    return [path for path in found if path.read_text().strip()]


def test_the_import_contracts_hold() -> None:
    command = [str(Path(sys.executable).parent / "lint-imports"), "--no-cache", "--no-logo"]
    ran = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, timeout=120, check=False)
    assert ran.returncode == 0, ran.stdout[-3000:]


def test_every_module_starts_with_one_line_that_says_what_it_is_for() -> None:
    missing = []
    for path in modules():
        first = (ast.get_docstring(ast.parse(path.read_text())) or "").split("\n")[0]
        if not 15 <= len(first) <= LONGEST_FIRST_LINE:
            missing.append(str(path.relative_to(REPOSITORY)))
    assert missing == []


def test_no_module_has_a_name_that_says_nothing() -> None:
    assert [str(path) for path in modules() if path.stem in NAMES_THAT_SAY_NOTHING] == []


def test_no_module_of_ours_hides_one_of_the_standard_library() -> None:
    hiding = sys.stdlib_module_names - OWN_WORDS
    assert [str(path) for path in modules() if path.stem in hiding and path.stem != "__init__"] == []


def test_no_function_is_longer_than_one_screen() -> None:
    long = {}
    for path in modules():
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef) and lines_of_body(node) > LONGEST_BODY_LINES:
                long[f"{path.relative_to(REPOSITORY)}: {node.name}"] = lines_of_body(node)
    assert long == {}


def lines_of_body(node: ast.FunctionDef) -> int:
    first = node.body[1:] if ast.get_docstring(node) else node.body
    return (node.end_lineno or 0) - first[0].lineno + 1 if first else 0


def test_no_test_folder_is_a_package() -> None:
    assert list((REPOSITORY / "tests").rglob("__init__.py")) == []


def test_the_cloud_description_imports_nothing_of_the_product() -> None:
    for path in (REPOSITORY / "cdk").glob("*.py"):
        imported = {name.split(".")[0] for name in imports_of(path)}
        assert not imported & {"reelwright", "functions", "containers", "local", "command_line"}, path


def imports_of(path: Path) -> list[str]:
    tree = ast.parse(path.read_text())
    plain = [alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names]
    return plain + [node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]


def test_the_zip_functions_and_the_kit_know_the_environment_only_through_settings() -> None:
    readers = [path for path in modules() if "layers/core" in str(path) or "/functions/" in str(path) if "os.environ" in path.read_text()]
    assert [str(path.relative_to(REPOSITORY)) for path in readers] == []
