"""Cases are tested on a migrated, empty database of either kind."""

from __future__ import annotations

import pytest

from db.engine import Database


@pytest.fixture
def db(database: Database) -> Database:
    return database
