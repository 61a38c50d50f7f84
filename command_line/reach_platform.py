"""The platform that the commands speak to: the one that runs on this machine, or one started for as long as it is needed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from command_line.api_client import ApiClient
from command_line.complaint import Complaint
from command_line.credentials import signed_in_client
from command_line.terminal import Progress

if TYPE_CHECKING:
    from local.platform import Platform


@contextmanager
def platform_for(data: Path | None, progress: Progress, port: int | None = None, may_move: bool = False) -> Iterator[Platform]:
    """The platform that runs on this machine already, or one that lives as long as the block."""
    from local.platform import PlatformRefused, find_running, is_usual_port_free, running_platform  # noqa: PLC0415  # `--help` needs none of it

    running = find_running(data)
    if running is not None:
        yield running
        return
    progress.show("starting", "  starting the local platform …")
    try:
        with running_platform(data, 0 if may_move and not is_usual_port_free(data) else port) as platform:
            yield platform
    except PlatformRefused as refusal:
        raise Complaint(str(refusal)) from None


@contextmanager
def client_for(data: Path | None, progress: Progress) -> Iterator[ApiClient]:
    """A signed-in client on the running platform, or on one started for the block."""
    with platform_for(data, progress, may_move=True) as platform:
        yield signed_in_client(platform.url, platform.data_directory)


def running_client(data: Path | None) -> ApiClient:
    """A signed-in client on the platform that runs. Raises Complaint where none does."""
    from local.platform import find_running  # noqa: PLC0415

    platform = find_running(data)
    if platform is None:
        raise Complaint("The platform does not run. `reelwright local` starts it.")
    return signed_in_client(platform.url, platform.data_directory)
