"""The endpoint on either database, with a clock that the test moves."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from bot.preparation import migrate
from bot.web.open311.formats import Format
from db.engine import Database, open_database
from tests.conftest import VAULT, _empty
from tests.integration.bot.web.open311.peers import Endpoint, System, open_endpoint
from tests.integration.talk import Hands


@pytest_asyncio.fixture
async def database(
    database_url: str, empty_database: Path, tmp_path: Path
) -> AsyncIterator[Database]:
    """Migrated and empty; on SQLite a copy of one that was migrated once."""
    if database_url.startswith("sqlite"):
        shutil.copy(empty_database, tmp_path / "sufatong.db")
    db = open_database(database_url, VAULT)
    if not database_url.startswith("sqlite"):
        await migrate(db)
        await _empty(db)
    yield db
    await db.close()


@pytest.fixture
def hands() -> Hands:
    return Hands()


@pytest_asyncio.fixture
async def endpoint(database: Database, hands: Hands) -> AsyncIterator[Endpoint]:
    async with open_endpoint(database, hands) as opened:
        yield opened


@pytest.fixture
def system(endpoint: Endpoint) -> System:
    return endpoint.system


@pytest.fixture(params=list(Format))
def form(request: pytest.FixtureRequest) -> str:
    """Each of the two endings of an address."""
    return str(request.param)
