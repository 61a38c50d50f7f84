"""The renderer's door: ``renderer RENDER_ID``. Exits 0, 3 when cancelled, else 1 with the error class as the last line on stderr."""

from __future__ import annotations

import signal
import sys
from collections.abc import Sequence

from containers.bootstrap import TaskWorld
from containers.renderer.run_render import run_render
from reelwright.kit.errors import Cancelled
from reelwright.kit.settings import load_settings

EXIT_FAILED, EXIT_USAGE, EXIT_CANCELLED = 1, 2, 3


def main(arguments: Sequence[str], world: TaskWorld | None = None) -> int:
    """Renders what the row says. Raises nothing."""
    if len(arguments) != 1:
        sys.stderr.write("usage: renderer RENDER_ID\n")
        return EXIT_USAGE
    try:
        run_render(arguments[0], world or TaskWorld(load_settings()))
    except Cancelled as error:
        sys.stderr.write(f"{error.detail}\nCancelled\n")
        return EXIT_CANCELLED
    except Exception as error:  # the row and the exit status carry it on
        sys.stderr.write(f"{error}\n{type(error).__name__}\n")
        return EXIT_FAILED
    return 0


if __name__ == "__main__":
    # A stopped task leaves through the ordinary way, so that its temporary files go too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    sys.exit(main(sys.argv[1:]))
