"""A system with its key, on a migrated, empty database of either kind."""

from __future__ import annotations

import pytest
import pytest_asyncio

from cases.open311 import api_keys
from cases.open311.api_keys import Peer
from cases.open311.desk import Open311Desk
from cases.open311.offers import catalogue
from db.engine import Database
from tests.integration.cases.filings import RECEIVED
from tests.integration.cases.open311.reports import peer
from tests.integration.talk import Hands


@pytest.fixture
def clock() -> Hands:
    hands = Hands()
    hands.now = RECEIVED
    return hands


@pytest.fixture
def desk(db: Database, clock: Hands) -> Open311Desk:
    return Open311Desk(db, clock, catalogue)


@pytest_asyncio.fixture
async def district(db: Database) -> Peer:
    return await peer(db, await api_keys.issue(db, "district-1", now=RECEIVED))
