"""Writes the next migration from the difference between tables and migrations: ``python -m migrations "Add posts"``."""

import sys
import tempfile
from pathlib import Path

from sqlalchemy import create_engine

from local.postgres import PostgresServer
from migrations.tables import METADATA
from reelwright.kit.migrate import migrate_database, write_migration


def main(message: str) -> None:
    """Migrates an empty database as far as the files go and writes what is missing. Read the file before you keep it."""
    folder = Path(__file__).parent
    number = len(list((folder / "versions").glob("[0-9]*.py"))) + 1
    with tempfile.TemporaryDirectory(prefix="reelwright-") as name:
        Path(name).chmod(0o711)
        with PostgresServer(Path(name) / "postgres", is_durable=False) as server:
            engine = create_engine(server.url, connect_args={"ssl_context": False})
            migrate_database(engine, folder)
            write_migration(engine, folder, METADATA, f"{number:04}", message)
            engine.dispose()


if __name__ == "__main__":
    main(sys.argv[1])
