"""Brings the local database to the newest migration, in a process that ends afterwards: ``python -m local.migrate`` (address by environment)."""

from __future__ import annotations

import os

from sqlalchemy import create_engine
from sqlalchemy.pool import NullPool

from local.ministack_server import ROOT
from reelwright.kit.migrate import migrate_database


def main() -> None:
    """Reads REELWRIGHT_DATABASE_URL."""
    engine = create_engine(os.environ["REELWRIGHT_DATABASE_URL"], connect_args={"ssl_context": False}, poolclass=NullPool)
    migrate_database(engine, ROOT / "migrations")


if __name__ == "__main__":
    main()
