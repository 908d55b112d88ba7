"""The migrations lead to the models' own schema and back to nothing, on both databases."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from functools import partial
from typing import Any

import pytest_asyncio
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect, text

from bot.preparation import alembic_config, migrate
from db.base import Base
from db.engine import Database, open_database
from db.sqlite import LOCKING
from tests.conftest import VAULT

Work = Callable[[Connection], Any]  # Any: whatever the work finds


@pytest_asyncio.fixture
async def empty(database_url: str) -> AsyncIterator[Database]:
    """A database without a table; left migrated, as other tests expect it."""
    db = open_database(database_url, VAULT)
    await on(db, lambda c: alembic(c, command.downgrade, "base") if tables(c) else None)
    yield db
    await migrate(db)
    await db.close()


async def on(db: Database, work: Work) -> Any:  # Any: likewise
    async with db.engine.connect() as connection:
        await connection.execution_options(begin=LOCKING)
        found = await connection.run_sync(work)
        await connection.commit()
        return found


def alembic(connection: Connection, verb: Callable[..., None], revision: str) -> None:
    config = alembic_config()
    config.attributes["connection"] = connection
    verb(config, revision)


def tables(connection: Connection) -> set[str]:
    return set(inspect(connection).get_table_names()) - {"alembic_version"}


def differences(connection: Connection) -> list[Any]:  # Any: alembic's descriptions
    options = {"compare_type": True, "compare_server_default": True}
    return list(
        compare_metadata(MigrationContext.configure(connection, opts=options), Base.metadata)
    )


def indexes(connection: Connection) -> list[str | None]:
    where = (
        "sqlite_master WHERE type = 'index'"
        if connection.dialect.name == "sqlite"
        else ("pg_indexes WHERE schemaname = 'public'")
    )
    column = "sql" if connection.dialect.name == "sqlite" else "indexdef"
    return list(connection.execute(text(f"SELECT {column} FROM {where}")).scalars())


async def test_up_gives_the_models_schema(empty: Database) -> None:
    await migrate(empty)

    assert await on(empty, tables) == set(Base.metadata.tables)
    assert await on(empty, differences) == []


async def test_partial_indexes_are_partial(empty: Database) -> None:
    """Which ``compare_metadata`` does not look at."""
    await migrate(empty)

    partial = {
        i.split()[2 + i.startswith("CREATE UNIQUE")]
        for i in await on(empty, indexes)
        if i and " WHERE " in i
    }
    assert partial >= {"uq_handoffs_open", "ix_messages_unhandled"}


async def test_down_leaves_nothing_and_up_works_again(empty: Database) -> None:
    await migrate(empty)
    await on(empty, lambda c: alembic(c, command.downgrade, "base"))
    assert await on(empty, tables) == set()

    await migrate(empty)
    assert await on(empty, differences) == []


async def test_each_step_can_be_taken_back(empty: Database) -> None:
    revisions = [
        s.revision for s in ScriptDirectory.from_config(alembic_config()).walk_revisions()
    ]
    for revision in reversed(revisions):
        await on(empty, partial(alembic, verb=command.upgrade, revision=revision))
        before = sorted(map(str, await on(empty, indexes)))
        await on(empty, lambda c: alembic(c, command.downgrade, "-1"))
        await on(empty, partial(alembic, verb=command.upgrade, revision=revision))
        assert sorted(map(str, await on(empty, indexes))) == before


async def test_migrating_again_changes_nothing(empty: Database) -> None:
    await migrate(empty)
    before = sorted(map(str, await on(empty, indexes)))
    await migrate(empty)

    assert sorted(map(str, await on(empty, indexes))) == before


def test_history_is_one_line() -> None:
    script = ScriptDirectory.from_config(alembic_config())

    assert len(script.get_heads()) == len(script.get_bases()) == 1
