"""Changes the key under which grants are sealed on this machine: ``python -m local.rotate_grant_keys [DATA_DIRECTORY]``.

A new key seals from now on; every grant that an older one sealed is sealed anew. The older keys stay in the file: copies of the database need them.
"""

from __future__ import annotations

import sys
from pathlib import Path

from sqlalchemy import create_engine
from sqlalchemy.pool import NullPool

from local.data_directory import DataDirectory, read_json
from local.grant_keys import make_grant_keys
from reelwright.kit.database import Database
from reelwright.kit.key_file_envelope import KeyFileEnvelope, rotate_key_file
from reelwright.publishing.rotate_seals import reseal_grants


def rotate_grant_keys(path: Path, database: Database) -> str:
    """What was done, in a sentence. Stopped halfway, it may be begun again."""
    number = rotate_key_file(path)
    counts = reseal_grants(database, KeyFileEnvelope(path))
    left = f" {counts['left']} cannot be opened: those accounts have to be connected again." if counts["left"] else ""
    return f"Key {number} seals now. {counts['resealed']} connected accounts are under it.{left}"


def main(data_directory: str | None = None) -> int:
    """The platform has to run, since the database is reached through it."""
    directory = DataDirectory.at(Path(data_directory) if data_directory else None)
    state = read_json(directory.state_file)
    if state is None:
        print(f"The platform does not run on {directory.path}. Start it with `reelwright local`, then change the key.", file=sys.stderr)
        return 2
    engine = create_engine(state["admin_environment"]["REELWRIGHT_DATABASE_URL"], connect_args={"ssl_context": False}, poolclass=NullPool)
    print(rotate_grant_keys(make_grant_keys(directory.path), Database(engine)))
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:2]))
