"""Moments are stored in UTC and come back aware; ids sort by time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select
from sqlalchemy.exc import StatementError

from conversations.models import Contact
from core.clock import SUZHOU
from db.base import new_id
from db.engine import Database

OFFSETS = st.integers(-14 * 60, 14 * 60).map(lambda m: timezone(timedelta(minutes=m)))
MOMENTS = st.datetimes(
    min_value=datetime(1950, 1, 2),  # noqa: DTZ001
    max_value=datetime(2100, 1, 1),  # noqa: DTZ001
    timezones=OFFSETS,
)


async def test_naive_moment_is_refused(database: Database) -> None:
    async with database.write() as session:
        session.add(Contact(created_at=datetime(2026, 11, 20, 12)))  # noqa: DTZ001
        with pytest.raises(StatementError, match="without a time zone"):
            await session.flush()
        await session.rollback()


@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(moment=MOMENTS)
async def test_moment_comes_back_the_same_in_utc(database: Database, moment: datetime) -> None:
    async with database.write() as session:
        await session.execute(delete(Contact))
        session.add(Contact(created_at=moment))

    async with database.read() as session:
        stored, erased = (
            await session.execute(select(Contact.created_at, Contact.erased_at))
        ).one()
    assert stored == moment
    assert stored.tzinfo is UTC
    assert erased is None


async def test_moments_of_different_zones_compare_rightly(database: Database) -> None:
    noon = datetime(2026, 11, 20, 12, tzinfo=SUZHOU)
    async with database.write() as session:
        session.add(Contact(id="a", created_at=noon))
        session.add(Contact(id="b", created_at=noon.astimezone(UTC) + timedelta(minutes=1)))

    async with database.read() as session:
        later = await session.scalars(select(Contact.id).where(Contact.created_at > noon))
        assert list(later) == ["b"]


def test_ids_are_new_and_sort_by_time() -> None:
    ids = [new_id() for _ in range(1000)]

    assert len(set(ids)) == 1000
    assert ids == sorted(ids)
    assert {len(i) for i in ids} == {36}
