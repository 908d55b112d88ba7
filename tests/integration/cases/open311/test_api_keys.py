"""Keys of other systems."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from cases.open311 import api_keys
from cases.open311.errors import BadName, NameTaken, NoSuchKey, WrongKey
from cases.open311.models import ApiKey
from db.engine import Database
from tests.integration.cases.filings import RECEIVED
from tests.integration.cases.open311.reports import peer


async def test_a_key_opens_and_only_its_digest_is_kept(db: Database) -> None:
    key = await api_keys.issue(db, "昆山-12345", now=RECEIVED)
    other = await api_keys.issue(db, "other", now=RECEIVED)

    assert (await peer(db, key)).author == "open311:昆山-12345"
    assert (await peer(db, other)).name == "other"
    async with db.read() as session:
        rows = (await session.scalars(select(ApiKey))).all()
    assert all(key not in str(vars(row)) for row in rows)
    assert len(key) >= 43


async def test_a_withdrawn_key_opens_nothing_and_stays_on_the_list(db: Database) -> None:
    key = await api_keys.issue(db, "district-1", now=RECEIVED)
    await api_keys.revoke(db, "district-1", now=RECEIVED + timedelta(days=1))

    with pytest.raises(WrongKey):
        await peer(db, key)
    [row] = await api_keys.keys(db)
    assert (row.name, row.revoked_at) == ("district-1", RECEIVED + timedelta(days=1))
    with pytest.raises(NoSuchKey):
        await api_keys.revoke(db, "district-1", now=RECEIVED)


async def test_a_name_is_used_once(db: Database) -> None:
    await api_keys.issue(db, "district-1", now=RECEIVED)
    await api_keys.revoke(db, "district-1", now=RECEIVED)

    with pytest.raises(NameTaken):
        await api_keys.issue(db, "district-1", now=RECEIVED)


@pytest.mark.parametrize("name", ["", "a", "a" * 33, "-a", "a b", "a\nb", "../a"])
async def test_a_name_is_a_word(db: Database, name: str) -> None:
    with pytest.raises(BadName):
        await api_keys.issue(db, name, now=RECEIVED)
