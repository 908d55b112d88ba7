"""Transactions are whole, short and quick on both databases."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path

import pytest
from sqlalchemy import func, insert, select, text, update
from sqlalchemy.exc import DBAPIError, IntegrityError

from bot.preparation import migrate
from conversations.models import Contact, ContactIdentity, Conversation, MessageRecord
from db.engine import Database, async_url, is_sqlite, open_database
from tests.conftest import VAULT
from tests.integration.talk import NOON, make_engine, message, store

SECONDS = 10.0  # far below any lock time-out, far above what a slow machine needs
WORDS = "我丈夫打我住在平江路十六号"
CHAT = "7788990011"


async def contacts(db: Database) -> int:
    async with db.read() as session:
        return await session.scalar(select(func.count()).select_from(Contact)) or 0


async def test_raised_error_takes_everything_back(database: Database) -> None:
    async def half() -> None:
        async with database.write() as session:
            session.add(Contact(created_at=NOON))
            await session.flush()
            raise ValueError("midway")

    with pytest.raises(ValueError, match="midway"):
        await half()

    assert await contacts(database) == 0


async def test_cancelled_transaction_is_taken_back_and_blocks_nobody(database: Database) -> None:
    async def slow() -> None:
        async with database.write() as session:
            session.add(Contact(created_at=NOON))
            await session.flush()
            written.set()
            await asyncio.Event().wait()

    written = asyncio.Event()
    task = asyncio.create_task(slow())
    await written.wait()
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)

    await asyncio.wait_for(store(database, message()), SECONDS)
    assert await contacts(database) == 1


async def test_reading_keeps_nothing(database: Database) -> None:
    async with database.read() as session:
        session.add(Contact(created_at=NOON))
        await session.flush()
        await session.execute(insert(Contact), {"created_at": NOON})

    assert await contacts(database) == 0


async def test_reading_sees_one_state(database: Database, second: Database) -> None:
    """On SQLite; PostgreSQL's READ COMMITTED looks anew for each statement."""
    async with database.read() as session:
        before = await session.scalar(select(func.count()).select_from(Contact))
        await store(second, message())
        after = await session.scalar(select(func.count()).select_from(Contact))

    assert (before, after) == (0, 0 if is_sqlite(database.engine) else 1)


async def test_fifty_writers_of_one_node_and_of_two(database: Database, second: Database) -> None:
    """Each reads, then writes: what SQLite refuses unless the lock was taken at the beginning."""
    [received] = await store(database, message())

    async def count_up(db: Database) -> None:
        async with db.write() as session:
            seen = await session.scalar(
                select(Conversation.last_seq)
                .where(Conversation.id == received.conversation_id)
                .with_for_update()
            )
            await session.execute(update(Conversation).values(last_seq=(seen or 0) + 1))

    for nodes in ([database], [database, second]):
        started = time.monotonic()
        await asyncio.gather(*(count_up(nodes[n % len(nodes)]) for n in range(50)))
        assert time.monotonic() - started < SECONDS

    async with database.read() as session:
        assert await session.scalar(select(Conversation.last_seq)) == 101


async def test_readers_are_not_held_up_by_a_writer(database: Database, second: Database) -> None:
    await store(database, message())
    async with database.write() as session:
        session.add(Contact(created_at=NOON))
        await session.flush()
        started = time.monotonic()
        seen = await asyncio.gather(
            *(contacts(db) for db in (database, second) for _ in range(10))
        )
        assert time.monotonic() - started < SECONDS

    assert seen == [1] * 20
    assert await contacts(second) == 2


async def test_constraints_are_kept(database: Database) -> None:
    async def orphan() -> None:
        async with database.write() as session:
            session.add(
                ContactIdentity(
                    contact_id="nobody", channel="web", user_digest="d", user_sealed="s"
                )
            )

    with pytest.raises(IntegrityError):
        await orphan()


async def test_write_begins_by_taking_the_lock(tmp_path: Path) -> None:
    """Two nodes on one file: the second waits at the beginning, not in the middle."""
    url = f"sqlite+aiosqlite:///{tmp_path / 'lock.db'}"
    one, two = open_database(url, VAULT), open_database(url, VAULT)
    async with one.write():
        async with two.read() as session:
            await session.execute(text("PRAGMA busy_timeout=1"))
            await session.execute(text("SELECT 1"))
        with pytest.raises(DBAPIError, match="locked"):
            async with two.write():
                pytest.fail("both write at once")
    await one.close()
    await two.close()


async def test_giving_up_the_wait_for_the_lock_leaves_it_free(tmp_path: Path) -> None:
    url = f"sqlite+aiosqlite:///{tmp_path / 'lock.db'}"
    one, two = open_database(url, VAULT), open_database(url, VAULT)
    await migrate(one)

    async def wait() -> None:
        async with two.write():
            pytest.fail("both write at once")

    async with one.write() as session:
        session.add(Contact(created_at=NOON))
        await session.flush()
        waiting = asyncio.create_task(wait())
        await asyncio.sleep(0.1)
        waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    for db in (two, one, two):
        await asyncio.wait_for(store(db, message()), SECONDS)
    assert await contacts(one) == 2
    await one.close()
    await two.close()


async def test_nothing_a_citizen_said_or_is_called_stands_in_the_file(tmp_path: Path) -> None:
    url = f"sqlite+aiosqlite:///{tmp_path / 'sealed.db'}"
    db = open_database(url, VAULT)
    await migrate(db)
    said = message(WORDS, user=CHAT, channel="telegram")
    with_button = message("按钮", payload="petition_status/平江路", user=CHAT, channel="telegram")
    received = await store(db, said, with_button)
    await make_engine(db).answer(received[0].conversation_id)
    async with db.read() as session:
        assert await session.scalar(select(func.count()).select_from(MessageRecord)) == 4

    for moment in ("in the log", "in the file"):
        stored = b"".join(p.read_bytes() for p in tmp_path.iterdir())
        assert b"telegram" in stored, moment
        for secret in (WORDS, "平江路", CHAT, "按钮"):
            assert secret.encode() not in stored, moment
            assert secret.encode("utf-16-le") not in stored, moment
            assert secret.encode("unicode_escape") not in stored, moment
        await db.close()


async def test_ping_tells_whether_the_database_answers(database: Database, tmp_path: Path) -> None:
    await database.ping()
    gone = open_database(f"sqlite+aiosqlite:///{tmp_path / 'no' / 'such.db'}", VAULT)
    with pytest.raises(DBAPIError):
        await gone.ping()
    await gone.close()


# A file is never away.
@pytest.mark.parametrize(
    "database_url", [pytest.param("postgresql", marks=pytest.mark.postgresql)], indirect=True
)
async def test_a_connection_that_was_lost_while_idle_is_opened_anew(
    database: Database, second: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("db.engine.ANSWERED_SECONDS", 0.0)
    await asyncio.gather(*(contacts(database) for _ in range(3)))
    async with second.read() as session:
        # As when the server is started again.
        await session.execute(
            text(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        )

    assert await asyncio.gather(*(contacts(database) for _ in range(3))) == [0, 0, 0]


async def test_dialect_is_told(database: Database, database_url: str) -> None:
    assert is_sqlite(database.engine) is database_url.startswith("sqlite")


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ("sqlite:////srv/a.db", "sqlite+aiosqlite:////srv/a.db"),
        ("postgresql://u:p@h/d", "postgresql+asyncpg://u:p@h/d"),
        ("postgresql+asyncpg://h/d", "postgresql+asyncpg://h/d"),
    ],
)
def test_driver_is_named(given: str, wanted: str) -> None:
    assert async_url(given) == wanted
