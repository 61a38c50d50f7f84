"""Writes docs/openapi.json from the code: ``make openapi``."""

from __future__ import annotations

import json
from pathlib import Path

from functions.api.document import describe_api
from functions.api.main import build_app

TARGET = Path(__file__).parents[1] / "docs" / "openapi.json"


def render_document() -> str:
    """The file's text."""
    return json.dumps(describe_api(build_app()), indent=1, ensure_ascii=False) + "\n"


def main() -> None:
    TARGET.write_text(render_document(), encoding="utf-8")
    print(f"{TARGET.relative_to(Path.cwd())} written")


if __name__ == "__main__":
    main()
