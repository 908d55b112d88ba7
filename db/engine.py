"""One database, two dialects: how connections are opened and transactions begun."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext
from functools import partial
from typing import Any

from sqlalchemy import Connection, Dialect, event, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import InvalidatePoolError
from sqlalchemy.ext.asyncio import (
    AsyncEngine,
    AsyncSession,
    async_sessionmaker,
    create_async_engine,
)

from db.encryption import Vault
from db.sqlite import BRIEFLY_MS, LOCKING, Opener
from db.sqlite import Connection as DriverConnection

CONNECTIONS = 16
# Of a SQLite file, a connection: what stands above the leaves of a million cases' indexes.
CACHE_KIB = 16_384
# A connection that answered so lately is taken to be there: asking costs three round trips.
ANSWERED_SECONDS = 5.0
ANSWERED = "answered"
# More than there are different statements here: each is prepared once a connection.
STATEMENTS = 500


class Database:
    """Sessions for reading and for writing, on SQLite or PostgreSQL, told apart only here."""

    def __init__(self, engine: AsyncEngine, vault: Vault, opener: Opener) -> None:
        self.engine = engine
        self.vault = vault
        self._opener = opener
        self._sessions = async_sessionmaker(engine, expire_on_commit=False)
        # SQLite has one writer: waiting on a lock of ours is ten times cheaper than busy retries.
        self._writer: asyncio.Lock | None = asyncio.Lock() if is_sqlite(engine) else None

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncSession]:
        """A session that only reads; nothing done in it is kept."""
        async with self._sessions() as session:
            yield session

    @asynccontextmanager
    async def write(self) -> AsyncIterator[AsyncSession]:
        """One short transaction: committed at the end, rolled back if anything is raised.

        Never wait for the network inside it.
        """
        async with self._turn_to_write(), self._sessions() as session:
            await session.connection(execution_options={"begin": LOCKING})
            async with _committing(session):
                yield session

    def _turn_to_write(self) -> AbstractAsyncContextManager[Any]:  # Any: the lock gives None
        return self._writer if self._writer is not None else nullcontext()

    async def ping(self) -> None:
        """Raise the driver's error if the database does not answer."""
        async with self.engine.connect() as connection:
            await connection.execute(text("SELECT 1"))

    async def close(self) -> None:
        """Close every connection."""
        await self.engine.dispose()
        await self._opener.finished()


def open_database(url: str, vault: Vault) -> Database:
    """Open the database at an SQLAlchemy URL with an async driver; connects on first use."""
    sqlite = url.startswith("sqlite")
    opener = Opener()
    engine = create_async_engine(
        url,
        # No overflow: each connection beyond the pool would be opened and closed again.
        pool_size=CONNECTIONS,
        max_overflow=0,
        # An error that is logged tells the statement, not what somebody wrote.
        hide_parameters=True,
        connect_args={"async_creator_fn": opener}
        if sqlite
        else {"prepared_statement_cache_size": STATEMENTS},
    )
    if sqlite:
        event.listen(engine.sync_engine, "connect", _prepare_sqlite)
        event.listen(engine.sync_engine, "begin", _begin_sqlite)
    else:
        event.listen(engine.sync_engine, "checkin", _answered)
        event.listen(engine.sync_engine, "checkout", partial(_ask, engine.dialect))
    return Database(engine, vault, opener)


def async_url(url: str) -> str:
    """The same address with the async driver named: ``postgresql://`` → ``postgresql+asyncpg://``."""
    parsed = make_url(url)
    drivers = {"sqlite": "sqlite+aiosqlite", "postgresql": "postgresql+asyncpg"}
    drivername = drivers.get(parsed.drivername, parsed.drivername)
    return parsed.set(drivername=drivername).render_as_string(hide_password=False)


def is_sqlite(engine: AsyncEngine) -> bool:
    """Whether the engine speaks to a SQLite file."""
    return engine.dialect.name == "sqlite"


@asynccontextmanager
async def _committing(session: AsyncSession) -> AsyncIterator[None]:
    try:
        yield
        await session.commit()
    except BaseException:
        await session.rollback()
        raise


def _answered(_connection: Any, record: Any) -> None:  # Any: driver objects
    record.info[ANSWERED] = time.monotonic()


def _ask(dialect: Dialect, connection: Any, record: Any, _proxy: Any) -> None:  # Any: likewise
    """Ask an idle connection whether it is there; one that is not is opened anew, as are the others.

    The server may have been started again meanwhile, or a firewall have forgotten it.
    """
    if time.monotonic() - record.info.get(ANSWERED, time.monotonic()) < ANSWERED_SECONDS:
        return
    try:
        dialect.do_ping(connection)
    except dialect.loaded_dbapi.Error as error:
        raise InvalidatePoolError from error


def _prepare_sqlite(connection: Any, record: Any) -> None:  # Any: driver objects
    # Our own BEGIN below, so that a transaction that will write takes the lock at once: one that
    # reads first and writes later fails immediately, whatever the timeout.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in (
        "synchronous=NORMAL",
        "foreign_keys=ON",
        f"busy_timeout={BRIEFLY_MS}",
        f"cache_size=-{CACHE_KIB}",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    mode = connection.get_execution_options().get("begin")
    if mode is not None:
        connection.exec_driver_sql(mode)
        return
    driver = connection.connection.driver_connection
    # Straight to the driver, without SQLAlchemy's detour: half of all transactions only read.
    if isinstance(driver, DriverConnection):
        driver.begin()
