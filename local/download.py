"""Says, before anything is fetched, about how much it will be. Runs on the machine's own Python: standard library only."""

from __future__ import annotations

import json
import sys
from pathlib import Path

SIZES = Path(__file__).parent.parent / "requirements" / "download_megabytes.json"


def main(lists: list[str]) -> None:
    """Prints the size of the packages in ``lists`` (requirements files), as measured when they were locked."""
    sizes: dict[str, int] = json.loads(SIZES.read_text())
    names = [Path(name).stem for name in lists]
    total = sum(sizes.get(name, 0) for name in names)
    print(f"Installing {' + '.join(names)}: about {total} MB to fetch where nothing is cached, once. Hash-pinned wheels only.")


if __name__ == "__main__":
    main(sys.argv[1:])
