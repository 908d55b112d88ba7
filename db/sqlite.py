"""SQLite without the detours: statements run where they are called.

aiosqlite's own cursor goes to a thread four times for each, and under load each visit costs many
times what the statement does. Reading a WAL file waits for nobody, and neither does a writer that
has the lock; so only waiting for another process's lock goes to the connection's thread.
"""

from __future__ import annotations

import asyncio
import sqlite3
import time
from collections.abc import Callable, Sequence
from threading import Thread
from typing import Any, Self
from weakref import WeakSet

import aiosqlite

Row = tuple[Any, ...]  # Any: whatever SQLite stores
Parameters = Sequence[Any]  # Any: likewise
LOCKING = "BEGIN IMMEDIATE"
# How long the event loop may stand still for another process, and how long a thread waits for it.
BRIEFLY_MS = 20
PATIENTLY_MS = 15_000
LAST_WORK_SECONDS = 2.0
Work = Callable[[sqlite3.Connection], sqlite3.Cursor]


class Connection(aiosqlite.Connection):
    """A connection whose cursors open, execute, fetch and close in one go."""

    def cursor(self) -> Cursor:  # type: ignore[override]  # SQLAlchemy only enters it
        return Cursor(self)

    async def rollback(self) -> None:
        """Undo the transaction, which in a WAL file is only forgetting."""
        self._conn.rollback()

    async def commit(self) -> None:
        """Append the transaction to the WAL file; the disk is synced only at a checkpoint."""
        self._conn.commit()

    def run(self, work: Work) -> Fetched:
        """Execute here and bring everything back at once."""
        return _fetch(work, self._conn)

    def begin(self) -> None:
        """Begin to read: what is read first fixes the moment. It locks nothing and cannot fail."""
        self._conn.execute("BEGIN DEFERRED").close()

    async def lock(self) -> Fetched:
        """Begin to write; where another process is writing, wait in the thread."""
        try:
            return self.run(_lock)
        except sqlite3.OperationalError:
            fetched: Fetched = await self._execute(  # type: ignore[no-untyped-call]  # aiosqlite's
                _fetch, _lock_patiently, self._conn
            )
            return fetched


class Fetched:
    """What one statement gave; ``rows`` is empty for one that gives none."""

    __slots__ = ("description", "lastrowid", "rowcount", "rows")

    def __init__(self, cursor: sqlite3.Cursor) -> None:
        self.description = cursor.description
        self.rows: list[Row] = cursor.fetchall() if cursor.description else []
        self.rowcount = cursor.rowcount
        self.lastrowid = cursor.lastrowid


class Cursor:
    """As much of a driver's cursor as SQLAlchemy asks for."""

    arraysize = 1

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._fetched: Fetched | None = None

    async def __aenter__(self) -> Self:
        return self

    @property
    def description(self) -> Any:  # Any: as the driver gives it
        return self._fetched.description if self._fetched else None

    @property
    def rowcount(self) -> int:
        return self._fetched.rowcount if self._fetched else -1

    @property
    def lastrowid(self) -> int | None:
        return self._fetched.lastrowid if self._fetched else None

    async def execute(self, statement: str, parameters: Parameters = ()) -> None:
        if statement == LOCKING:
            self._fetched = await self._connection.lock()
        else:
            self._fetched = self._connection.run(lambda raw: raw.execute(statement, parameters))

    async def executemany(self, statement: str, parameters: Sequence[Parameters]) -> None:
        self._fetched = self._connection.run(lambda raw: raw.executemany(statement, parameters))

    async def fetchall(self) -> list[Row]:
        return self._fetched.rows if self._fetched else []

    async def close(self) -> None:
        """Closed already: nothing is left open in the connection's thread."""


def connect(database: str, **options: Any) -> Connection:  # Any: the driver's options
    """Open a file as SQLAlchemy's ``async_creator_fn``; its thread never holds up an exit."""
    options["check_same_thread"] = False
    connection = Connection(lambda: _open(database, options), iter_chunk_size=64)
    connection._thread.daemon = True  # noqa: SLF001 (as SQLAlchemy does for its own)
    return connection


class Opener:
    """Opens a database's connections and knows their threads."""

    def __init__(self) -> None:
        self._threads: WeakSet[Thread] = WeakSet()

    def __call__(self, database: str, **options: Any) -> Connection:  # Any: the driver's options
        """A connection, as ``connect`` opens it."""
        connection = connect(database, **options)
        self._threads.add(connection._thread)  # noqa: SLF001
        return connection

    async def finished(self) -> None:
        """Return when the threads of closed connections have ended.

        One whose work was cancelled is given up, not closed; its thread still tells this loop
        how that work ended, and fails loudly if the loop is gone by then.
        """
        for thread in [t for t in self._threads if t.is_alive()]:
            await asyncio.to_thread(thread.join, LAST_WORK_SECONDS)


def _open(database: str, options: dict[str, Any]) -> sqlite3.Connection:  # Any: the driver's
    """Open a file in the thread; of two that turn a new file to WAL at once, one is refused."""
    raw: sqlite3.Connection = sqlite3.connect(database, **options)
    deadline = time.monotonic() + PATIENTLY_MS / 1000
    while True:
        try:
            raw.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError:
            # SQLite asks no busy handler here, whatever the timeout.
            if time.monotonic() > deadline:
                raise
            time.sleep(BRIEFLY_MS / 1000)
        else:
            return raw


def _fetch(work: Work, raw: sqlite3.Connection) -> Fetched:
    cursor = work(raw)
    try:
        return Fetched(cursor)
    finally:
        cursor.close()


def _lock(raw: sqlite3.Connection) -> sqlite3.Cursor:
    return raw.execute(LOCKING)


def _lock_patiently(raw: sqlite3.Connection) -> sqlite3.Cursor:
    raw.execute(f"PRAGMA busy_timeout={PATIENTLY_MS}")
    try:
        return raw.execute(LOCKING)
    finally:
        raw.execute(f"PRAGMA busy_timeout={BRIEFLY_MS}")
