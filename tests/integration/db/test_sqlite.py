"""The quick cursor gives what the driver's own gives."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError

from db.engine import Database, open_database
from db.sqlite import Connection, connect
from tests.conftest import VAULT


@pytest_asyncio.fixture
async def connection(tmp_path: Path) -> AsyncIterator[Connection]:
    opened = connect(str(tmp_path / "a.db"))
    await opened
    opened.run(lambda raw: raw.execute("CREATE TABLE t (n INTEGER PRIMARY KEY, s TEXT)"))
    yield opened
    await opened.close()


@pytest_asyncio.fixture
async def small(tmp_path: Path) -> AsyncIterator[Database]:
    db = open_database(f"sqlite+aiosqlite:///{tmp_path / 'b.db'}", VAULT)
    async with db.write() as session:
        await session.execute(text("CREATE TABLE t (n INTEGER PRIMARY KEY, s TEXT)"))
    yield db
    await db.close()


async def test_rows_description_and_counts(connection: Connection) -> None:
    cursor = connection.cursor()
    assert (cursor.description, cursor.rowcount, await cursor.fetchall()) == (None, -1, [])
    await cursor.executemany("INSERT INTO t VALUES (?, ?)", [(1, "a"), (7, "b")])
    assert cursor.rowcount == 2
    await cursor.execute("INSERT INTO t (s) VALUES (?)", ("c",))
    assert cursor.lastrowid == 8
    await cursor.execute("SELECT n, s FROM t ORDER BY n")
    assert [column[0] for column in cursor.description] == ["n", "s"]
    assert await cursor.fetchall() == [(1, "a"), (7, "b"), (8, "c")]
    await cursor.execute("SELECT n FROM t WHERE n > 9")
    assert await cursor.fetchall() == []


async def test_error_is_the_drivers(connection: Connection) -> None:
    with pytest.raises(sqlite3.OperationalError, match="no such table"):
        await connection.cursor().execute("SELECT 1 FROM nowhere")


async def test_errors_reach_sqlalchemy_as_its_own(small: Database) -> None:
    async def twice() -> None:
        async with small.write() as session:
            await session.execute(text("INSERT INTO t VALUES (1, 'a'), (1, 'b')"))

    with pytest.raises(IntegrityError):
        await twice()
    async with small.read() as session:
        with pytest.raises(DBAPIError):
            await session.execute(text("SELECT nothing FROM t"))
        assert (await session.execute(text("SELECT count(*) FROM t"))).scalar() == 0


async def test_thread_is_not_waited_for_at_exit(connection: Connection) -> None:
    assert connection._thread.daemon


async def test_each_of_many_readers_gets_its_own_rows(small: Database) -> None:
    async with small.write() as session:
        await session.execute(
            text("INSERT INTO t VALUES (:n, :s)"), [{"n": n, "s": str(n)} for n in range(40)]
        )

    async def one(n: int) -> str | None:
        async with small.read() as session:
            found = await session.execute(text("SELECT s FROM t WHERE n = :n"), {"n": n})
            return found.scalar()

    assert await asyncio.gather(*(one(n) for n in range(40))) == [str(n) for n in range(40)]
