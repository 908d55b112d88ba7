"""The web application on a SQLite file, and one visitor.

What these tests look at lies above the database, so one kind of it does; its tables are made
once and copied.
"""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from bot.preparation import migrate
from db.engine import Database, open_database
from tests.conftest import VAULT
from tests.integration.bot.web.site import Site, Visitor, open_site


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("empty") / "sufatong.db"

    async def make() -> None:
        db = _open(path)
        await migrate(db)
        await db.close()

    asyncio.run(make())
    return path


@pytest_asyncio.fixture
async def database(tmp_path: Path, empty_database: Path) -> AsyncIterator[Database]:
    path = tmp_path / "sufatong.db"
    shutil.copy(empty_database, path)
    db = _open(path)
    yield db
    await db.close()


@pytest_asyncio.fixture
async def site(database: Database) -> AsyncIterator[Site]:
    async with open_site(database) as opened:
        yield opened


@pytest_asyncio.fixture
async def visitor(site: Site) -> AsyncIterator[Visitor]:
    async with site.visitor() as first:
        yield first


def _open(path: Path) -> Database:
    return open_database(f"sqlite+aiosqlite:///{path}", VAULT)
