"""PostgreSQL through SQLAlchemy and pg8000: one base, one engine per process, one transaction per handler."""

from __future__ import annotations

import logging
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import DateTime, Engine, ExceptionContext, MetaData, create_engine, event
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase, Session

# Names for every constraint, so that migrations can address them.
_NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
CONNECT_TIMEOUT_SECONDS = 35  # Aurora takes up to 30 s to resume from zero capacity.
POOL_RECYCLE_SECONDS = 300


class Base(DeclarativeBase):
    """Base of every table class: datetimes are timestamptz, dicts and lists are JSONB, and None is NULL, never the JSON value null."""

    metadata = MetaData(naming_convention=_NAMING)
    type_annotation_map = {datetime: DateTime(timezone=True), dict[str, Any]: JSONB(none_as_null=True), list[Any]: JSONB(none_as_null=True)}  # noqa: RUF012


def connect(url: str, tls_ca: Path | None = None) -> Engine:
    """An engine with one connection. pg8000 verifies the server only with an explicit context; None means plain text."""
    context: ssl.SSLContext | bool = ssl.create_default_context(cafile=str(tls_ca)) if tls_ca else False
    logging.getLogger("sqlalchemy.pool").setLevel(logging.CRITICAL)  # pg8000 logs a traceback per dropped connection
    engine = create_engine(
        url,
        pool_size=1,
        max_overflow=0,
        pool_pre_ping=True,
        pool_recycle=POOL_RECYCLE_SECONDS,
        pool_use_lifo=True,
        connect_args={"ssl_context": context, "timeout": CONNECT_TIMEOUT_SECONDS},
    )
    event.listen(engine, "handle_error", drop_connection_out_of_step)
    return engine


def drop_connection_out_of_step(failure: ExceptionContext) -> None:
    """A driver that fails by itself, not by the server's word, may have sent half of its messages: every later answer on the connection is another's."""
    driver = failure.dialect.dbapi
    if driver is None or not isinstance(failure.original_exception, driver.Error):
        failure.is_disconnect, failure.invalidate_pool_on_disconnect = True, False


class Database:
    """Opens transactions. Verbs receive the session and never commit."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @property
    def engine(self) -> Engine:
        """For migrations, which manage their own transactions."""
        return self._engine

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """A session whose work is committed at the end, or rolled back when an error leaves the block."""
        with Session(self._engine, expire_on_commit=False) as session, session.begin():
            yield session
