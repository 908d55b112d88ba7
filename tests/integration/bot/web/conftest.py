"""The web application on a SQLite file, and one visitor.

What these tests look at lies above the database, so one kind of it does.
"""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest_asyncio

from db.engine import Database, open_database
from tests.conftest import VAULT
from tests.integration.bot.web.site import Site, Visitor, open_site


@pytest_asyncio.fixture
async def database(sqlite_url: str) -> AsyncIterator[Database]:
    db = open_database(sqlite_url, VAULT)
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
