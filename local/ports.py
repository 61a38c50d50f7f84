"""TCP ports of the loopback interface."""

from __future__ import annotations

import socket

from local.data_directory import DataDirectory, PlatformRefused

DEFAULT_PORT = 8787


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def is_free(port: int) -> bool:
    """Whether a server could listen on it."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True


def choose_kept_port(directory: DataDirectory, name: str) -> int:
    """The port that is kept under the name where it is free, so that addresses that were written down hold; else another one, kept from now on."""
    kept = directory.read_port(name)
    if kept is not None and is_free(kept):
        return kept
    port = free_port()
    directory.keep_port(port, name)
    return port


def choose_port(directory: DataDirectory, wanted: int | None) -> int:
    """The front's port: the wanted one, or that of the last start, or 8787; 0 takes any free one. Raises PlatformRefused where it is taken."""
    kept = directory.read_port()
    if wanted == 0:
        return kept if kept and is_free(kept) else free_port()
    port = wanted or kept or DEFAULT_PORT
    if not is_free(port):
        raise PlatformRefused(f"Port {port} is in use by another program. End that program, or choose another port with --port.")
    return port
