# SPDX-License-Identifier: EUPL-1.2
"""PostgreSQL: engine, transactions, migrations, leases and notifications.

One schema per service. All times come from the database's clock.
"""

import threading
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Final

import psycopg
import structlog
from alembic import command, context
from alembic.config import Config
from psycopg import sql
from sqlalchemy import Connection, Engine, MetaData, create_engine, func, pool, select, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.schema import CreateSchema

log = structlog.get_logger()

_NAMES: Final = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


def metadata(schema: str) -> MetaData:
    """Return metadata for one service's schema, with names that migrations can refer to."""
    return MetaData(schema=schema, naming_convention=_NAMES)


def engine(url: str, *, size: int = 5) -> Engine:
    """Make an engine over psycopg 3 with a small pool that survives a restarted server."""
    return create_engine(
        _with_driver(url),
        pool_size=size,
        max_overflow=size,
        pool_pre_ping=True,
        pool_timeout=5,
        connect_args={"connect_timeout": 5, "options": "-c timezone=UTC"},
    )


@contextmanager
def transaction(source: Engine) -> Iterator[Connection]:
    """Open a transaction; commit at the end, roll back on any error."""
    with source.begin() as connection:
        yield connection


def now(connection: Connection) -> datetime:
    """Return the present moment by the database's clock, not the start of the transaction."""
    moment: datetime = connection.execute(select(func.clock_timestamp())).scalar_one()
    return moment


def migrate(url: str, schema: str, script_location: str) -> None:
    """Bring one service's schema to its newest revision; several callers wait for one another."""
    own = create_engine(_with_driver(url), poolclass=pool.NullPool)
    with own.begin() as connection:
        connection.execute(select(func.pg_advisory_xact_lock(_number(f"migrate:{schema}"))))
        connection.execute(CreateSchema(schema, if_not_exists=True))
        config = Config()
        config.set_main_option("script_location", script_location)
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def run_migrations(target: MetaData) -> None:
    """Do what alembic's env.py does; call it from there."""
    context.configure(
        connection=context.config.attributes["connection"],
        target_metadata=target,
        version_table_schema=target.schema,
        include_schemas=True,
    )
    context.run_migrations()


@contextmanager
def lease(source: Engine, name: str) -> Iterator["Lease"]:
    """Try to be the only holder of a name; it is freed when the connection ends."""
    with source.connect() as connection:
        number = _number(name)
        got = connection.execute(select(func.pg_try_advisory_lock(number))).scalar_one()
        connection.commit()
        try:
            yield Lease(held=bool(got), connection=connection)
        finally:
            if got and not connection.invalidated and not connection.closed:
                connection.rollback()
                connection.execute(select(func.pg_advisory_unlock(number)))
                connection.commit()


class Lease:
    """The answer to a try: whether it is held, and the connection that holds it.

    Work that needs the lease uses this very connection, so that losing it stops the work.
    """

    def __init__(self, *, held: bool, connection: Connection) -> None:
        """Keep both."""
        self.held = held
        self.connection = connection


def listen(
    url: str,
    channels: Sequence[str],
    stop: threading.Event,
    *,
    quiet: float = 5.0,
    lost: Callable[[], None] = lambda: None,
) -> Iterator[str | None]:
    """Yield the payload of each notification; None when quiet, and once after every (re)connect.

    None means: something may have been missed, look for yourself. `lost` is called when the
    connection is gone, before it is made again.
    """
    while not stop.is_set():
        try:
            with psycopg.connect(url, autocommit=True, connect_timeout=5) as connection:
                for channel in channels:
                    connection.execute(sql.SQL("LISTEN {}").format(sql.Identifier(channel)))
                yield None
                while not stop.is_set():
                    heard = False
                    for notification in connection.notifies(timeout=quiet, stop_after=1):
                        heard = True
                        yield notification.payload
                    if not heard:
                        connection.execute("SELECT 1")
                        yield None
        except psycopg.OperationalError as error:
            lost()
            log.warning("notifications lost", error=str(error))
            stop.wait(1)


def ready(source: Engine) -> None:
    """Prove that the database answers.

    Raises:
        OperationalError: it does not.
    """
    with source.connect() as connection:
        connection.execute(text("SELECT 1"))


Away = OperationalError


def _with_driver(url: str) -> str:
    for prefix in ("postgresql://", "postgres://"):
        if url.startswith(prefix):
            return "postgresql+psycopg://" + url.removeprefix(prefix)
    return url


def _number(name: str) -> int:
    return zlib.crc32(name.encode())
