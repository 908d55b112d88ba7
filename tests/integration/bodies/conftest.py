"""Bodies are tested with the whole way: a database, a platform on loopback, our own web server."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from db.engine import Database
from tests.integration.bodies.town import Town, open_town
from tests.integration.talk import Hands


@pytest.fixture
def db(database: Database) -> Database:
    return database


@pytest_asyncio.fixture
async def town(database: Database, hands: Hands) -> AsyncIterator[Town]:
    async with open_town(database, hands) as opened:
        yield opened
