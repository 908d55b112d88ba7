from __future__ import annotations

from datetime import date

import pytest

from cases.errors import BadReference, DayIsFull
from cases.numbering import next_reference, reserve
from cases.references import LAST_SEQUENCE, Kind, Reference
from db.engine import Database

DAY = date(2026, 10, 12)


def numbered(sequence: int) -> Reference:
    return Reference(kind=Kind.PETITION, area="320508", day=DAY, sequence=sequence)


async def test_a_reservation_never_goes_back(db: Database) -> None:
    async with db.write() as session:
        await reserve(session, numbered(40))
        await reserve(session, numbered(7))
        found = await next_reference(session, kind=Kind.PETITION, area="320508", day=DAY)

    assert found == numbered(41)


async def test_a_full_day_is_said_to_be_full(db: Database) -> None:
    async with db.write() as session:
        await reserve(session, numbered(LAST_SEQUENCE))

    with pytest.raises(DayIsFull):
        async with db.write() as session:
            await next_reference(session, kind=Kind.PETITION, area="320508", day=DAY)


async def test_an_unknown_area_has_no_numbers(db: Database) -> None:
    with pytest.raises(BadReference):
        async with db.write() as session:
            await next_reference(session, kind=Kind.PETITION, area="000000", day=DAY)
