"""The documents name what is there, and leave nothing out."""

from __future__ import annotations

import importlib.metadata
import re
import tomllib
from pathlib import Path

import pytest

from reelwright.kit.parts import PARTS

REPOSITORY = Path(__file__).parents[2]
DOCS = REPOSITORY / "docs"
DECISION_HEADINGS = ["Context", "Decision", "Why", "Consequences", "Status"]
HOW_TO = ["add_a_platform", "add_a_provider", "add_a_route", "add_a_step", "write_a_post"]
WORDS = [
    "Admission",
    "Brief",
    "Caption",
    "Clip",
    "Creator",
    "Gate",
    "Generation",
    "Grant",
    "Media",
    "Overlay",
    "Part",
    "Plan",
    "Platform",
    "Post",
    "Project",
    "Provider",
    "Reel",
    "Render",
    "Rendition",
    "Slot",
    "SocialAccount",
    "Soundtrack",
    "Specification",
    "Step",
    "Storyboard",
    "Template",
    "Track",
    "Transition",
]
NAMED_PATH = re.compile(r"`((?:[\w.-]+/)+[\w.<>-]*|[\w-]+\.(?:py|md|json|toml))`")
LINK = re.compile(r"\]\(([^)#\s]+)")


def project() -> dict:
    return tomllib.loads((REPOSITORY / "pyproject.toml").read_text())


def direct_dependencies() -> set[str]:
    return product_dependencies() | {name_of(requirement) for group in project()["dependency-groups"].values() for requirement in group}


def product_dependencies() -> set[str]:
    return {name_of(requirement) for requirement in project()["project"]["dependencies"]}


def name_of(requirement: str) -> str:
    return re.match(r"[A-Za-z0-9._-]+", requirement)[0].lower()


def added_on_wish() -> set[str]:
    return {package.distribution for part in PARTS.values() for package in part.pinned}


def rows_of(page: str) -> list[list[str]]:
    lines = [line for line in (DOCS / page).read_text().splitlines() if line.startswith("| ") and not line.startswith(("| ---", "| package", "| word"))]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def test_every_direct_dependency_is_explained_and_no_other() -> None:
    named = [row[0].strip("`") for row in rows_of("dependencies.md")]
    assert len(named) == len(set(named))
    assert set(named) == direct_dependencies() | added_on_wish()
    assert not product_dependencies() & added_on_wish(), "what is added on wish is not installed with the product"


def test_every_dependency_says_what_for_its_licence_and_what_happens_without_it() -> None:
    for name, purpose, licence, gone in rows_of("dependencies.md"):
        assert len(purpose) > 10, name
        assert len(licence) >= 3, name
        assert len(gone) > 3, name


def test_a_licence_that_a_package_states_itself_is_the_one_on_the_page() -> None:
    differing = {}
    for name, _, licence, _ in rows_of("dependencies.md"):
        if name.strip("`") in added_on_wish():
            continue
        stated = importlib.metadata.metadata(name.strip("`")).get("License-Expression")
        if stated and stated.split(" AND ")[0].split(" OR ")[0].removesuffix("-0").lower() not in licence.lower():
            differing[name] = (stated, licence)
    assert differing == {}


def test_the_glossary_has_every_word_in_order() -> None:
    words = [row[0].strip("*") for row in rows_of("glossary.md")]
    assert set(WORDS) <= set(words)
    assert words == sorted(words, key=str.lower)


def test_the_architecture_page_names_every_storyboard_function_and_stack() -> None:
    page = (DOCS / "architecture.md").read_text()
    storyboards = [path.name.removesuffix(".asl.json") for path in (REPOSITORY / "state_machines").glob("*.asl.json")]
    folders = [path.parent.name for path in (REPOSITORY / "functions").glob("*/__init__.py")]
    stacks = [path.name for path in (REPOSITORY / "cdk").glob("*_stack.py") if path.name != "local_stack.py"]
    assert [name for name in (*storyboards, *folders, *stacks) if f"{name}" not in page] == []


def test_every_feature_is_in_the_picture_of_imports() -> None:
    page = (DOCS / "architecture.md").read_text()
    features = [path.parent.name for path in (REPOSITORY / "layers/core/python/reelwright").glob("*/__init__.py")]
    assert [name for name in features if name not in page] == []


def test_decisions_are_numbered_without_a_gap_and_short() -> None:
    pages = sorted((DOCS / "decisions").glob("*.md"))
    assert [page.name[:4] for page in pages] == [f"{number:04}" for number in range(1, len(pages) + 1)]
    for page in pages:
        text = page.read_text()
        assert re.findall(r"^## (.+)$", text, re.MULTILINE) == DECISION_HEADINGS, page.name
        assert text.startswith(f"# {page.name[:4]}. "), page.name
        assert len(text.split()) < 450, page.name


@pytest.mark.parametrize("name", HOW_TO)
def test_a_how_to_names_only_files_that_exist(name: str) -> None:
    text = (DOCS / "how_to" / f"{name}.md").read_text()
    paths = [path for path in NAMED_PATH.findall(text) if "<" not in path]
    assert len(paths) >= 3
    assert [path for path in paths if not (REPOSITORY / path).exists()] == []


@pytest.mark.parametrize("page", ["README.md", "SECURITY.md", "CHANGELOG.md", "docs/architecture.md", "docs/dependencies.md", "docs/glossary.md"])
def test_every_link_of_a_page_leads_somewhere(page: str) -> None:
    file = REPOSITORY / page
    targets = [target for target in LINK.findall(file.read_text()) if not target.startswith(("http://", "https://", "mailto:"))]
    assert [target for target in targets if not (file.parent / target).exists()] == []


def test_the_change_log_knows_this_version() -> None:
    assert f"## {project()['project']['version']}" in (REPOSITORY / "CHANGELOG.md").read_text()


def test_ci_and_the_workflow_run_what_the_readme_says() -> None:
    script = (REPOSITORY / ".ci" / "run").read_text()
    assert "make check" in script
    assert "make test" in script
    assert "bash .ci/run" in (REPOSITORY / ".github" / "workflows" / "ci.yml").read_text()
