"""What every test may ask for: a real PostgreSQL with today's tables, empty at the start of each test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.orm import Session

from local.postgres import PostgresServer
from reelwright.kit.database import Database
from reelwright.kit.migrate import migrate_database

MIGRATIONS = Path(__file__).parents[1] / "migrations"


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """One server for all tests of this run; its data is thrown away, so it does not wait for the disk."""
    with TemporaryDirectory(prefix="reelwright-tests-") as name:
        Path(name).chmod(0o711)
        with PostgresServer(Path(name) / "postgres", is_durable=False) as server:
            yield server


@pytest.fixture(scope="session")
def migrated_engine(postgres: PostgresServer) -> Iterator[Engine]:
    """An engine with several connections on a migrated database."""
    engine = create_engine(postgres.url, connect_args={"ssl_context": False}, pool_size=5)
    migrate_database(engine, MIGRATIONS)
    yield engine
    engine.dispose()


@pytest.fixture
def session(migrated_engine: Engine) -> Iterator[Session]:
    """A session for verbs; everything done in it is rolled back."""
    with migrated_engine.connect() as connection:
        outer = connection.begin()
        with Session(connection, expire_on_commit=False, join_transaction_mode="create_savepoint") as inner:
            yield inner
        outer.rollback()


@pytest.fixture
def database(migrated_engine: Engine) -> Iterator[Database]:
    """Real transactions that commit; every row belongs to a creator, so emptying one table empties all."""
    yield Database(migrated_engine)
    with migrated_engine.begin() as connection:
        connection.execute(text("TRUNCATE creators CASCADE"))
