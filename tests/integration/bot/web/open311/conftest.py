"""The endpoint on either database, with a clock that the test moves."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from bot.web.open311.formats import Format
from db.engine import Database
from tests.conftest import emptied
from tests.integration.bot.web.open311.peers import Endpoint, System, open_endpoint
from tests.integration.talk import Hands


@pytest_asyncio.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """On both kinds, unlike the pages around it."""
    async with emptied(database_url) as db:
        yield db


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
