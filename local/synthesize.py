"""Writes local/template/ from cdk/: `make template`. Needs node (from its wheel) and the cloud's tools; using the result needs neither.

template.json   what the deployer creates; assets have names (functions.zip, core.zip, NAME.asl.json) in place of hashes
assets.json     what each of those names is made of: a file, or the folders that go into the archive and under which path
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

REPOSITORY = Path(__file__).resolve().parents[1]
TEMPLATE_FOLDER = REPOSITORY / "local" / "template"
STACK = "Reelwright"
ARCHIVES: dict[str, dict[str, str]] = {
    "functions.zip": {"functions": "functions", "migrations": "migrations"},
    "core.zip": {"layers/core/python": "python"},
}
LONGEST_SYNTHESIS_SECONDS = 300


def synthesize(out: Path, stage: str) -> None:
    """Run app.py for ``stage`` into ``out``. Raises CalledProcessError with what it printed."""
    context = json.dumps({"stage": stage})
    environment = os.environ | {"CDK_CONTEXT_JSON": context}
    command = [sys.executable, "app.py", str(out)]
    ran = subprocess.run(command, cwd=REPOSITORY, env=environment, capture_output=True, text=True, timeout=LONGEST_SYNTHESIS_SECONDS, check=False)
    if ran.returncode:
        raise subprocess.CalledProcessError(ran.returncode, command, ran.stdout, ran.stderr)


def name_assets(out: Path) -> tuple[dict[str, Any], dict[str, Any]]:
    """The template in ``out`` with names in place of hashes, and what each name is made of."""
    files = json.loads((out / f"{STACK}.assets.json").read_text())["files"]
    text = (out / f"{STACK}.template.json").read_text()
    made_of: dict[str, Any] = {}
    for digest, asset in files.items():
        name, content = _named(out / asset["source"]["path"])
        if content is None:
            continue
        suffix = "zip" if asset["source"]["packaging"] == "zip" else "json"
        text = text.replace(f"{digest}.{suffix}", name)
        made_of[name] = content
    return _without_metadata(json.loads(text)), dict(sorted(made_of.items()))


def _named(asset: Path) -> tuple[str, Any]:
    if asset.is_dir():
        name = "functions.zip" if (asset / "functions").exists() else "core.zip"
        return name, ARCHIVES[name]
    for storyboard in sorted((REPOSITORY / "state_machines").glob("*.asl.json")):
        if storyboard.read_bytes() == asset.read_bytes():
            return storyboard.name, f"state_machines/{storyboard.name}"
    return "", None


def _without_metadata(template: dict[str, Any]) -> dict[str, Any]:
    for resource in template["Resources"].values():
        resource.pop("Metadata", None)
    return template


def write_template(folder: Path) -> None:
    """Synthesize the local stage and write template.json and assets.json into ``folder``."""
    with tempfile.TemporaryDirectory() as out:
        synthesize(Path(out), "local")
        template, assets = name_assets(Path(out))
    folder.mkdir(parents=True, exist_ok=True)
    for name, document in (("template.json", template), ("assets.json", assets)):
        (folder / name).write_text(json.dumps(document, indent=1) + "\n")


if __name__ == "__main__":
    try:
        write_template(TEMPLATE_FOLDER)
    except subprocess.CalledProcessError as error:
        sys.exit(f"Synthesis failed.\n{error.stdout}{error.stderr}")
