"""A second node on the same database, and the pieces around it."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from db.engine import Database, open_database
from tests.conftest import VAULT
from tests.integration.talk import Hands


@pytest_asyncio.fixture
async def second(database: Database, database_url: str) -> AsyncIterator[Database]:
    """The same database as another node opens it."""
    other = open_database(database_url, VAULT)
    yield other
    await other.close()


@pytest.fixture
def hands() -> Hands:
    """A clock at noon that the test moves."""
    return Hands()
