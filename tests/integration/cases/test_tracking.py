"""A case followed by its receipt alone: found, refused alike, locked where it was tried too often."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select

from cases.attempts import TRIES_PER_CONTACT, TRIES_PER_REFERENCE
from cases.models import LookupAttempt
from cases.tracking import TrackingDesk
from core.case_views import CaseLookup, LookupState
from core.clock import SUZHOU
from db.engine import Database
from tests.integration.cases.filings import UNTIL_ACCEPTED, opened

REFERENCE, CODE = "XF3205082610120001236", "7QK2M9XD"
NOBODYS = "XF3205082610120001244"
WRONG = "7QK2M9XE"
NOW = datetime(2026, 11, 23, 10, tzinfo=SUZHOU)


async def states(
    db: Database, *tries: tuple[str, str, str], at: datetime = NOW
) -> list[LookupState]:
    desk = TrackingDesk(db, lambda: at)
    return [(await desk.open(r, code, passer=passer)).state for r, code, passer in tries]


async def counted(db: Database) -> int:
    async with db.read() as session:
        return await session.scalar(select(func.count()).select_from(LookupAttempt)) or 0


async def test_reference_and_code_open_it_and_nothing_is_counted(db: Database) -> None:
    await opened(db, steps=UNTIL_ACCEPTED)

    found = await TrackingDesk(db, lambda: NOW).open(REFERENCE, "7qk2 m9xd", passer="a")

    assert found.case is not None
    assert (found.case.state, found.case.supervision) == ("办理中", "none")
    assert await counted(db) == 0


@pytest.mark.parametrize("reference", [REFERENCE, NOBODYS])
async def test_five_failures_from_one_place_lock_it_out(db: Database, reference: str) -> None:
    await opened(db)
    told = await states(db, *[(reference, WRONG, "a")] * (TRIES_PER_CONTACT + 1))

    assert told == [LookupState.WRONG] * TRIES_PER_CONTACT + [LookupState.LOCKED]
    # What was refused before it was looked at is not counted; the right code is refused as well.
    assert await counted(db) == TRIES_PER_CONTACT
    assert await states(db, (reference, CODE, "a")) == [LookupState.LOCKED]
    later = NOW + timedelta(minutes=30, seconds=1)
    assert await states(db, (reference, WRONG, "a"), at=later) == [LookupState.WRONG]


async def test_neighbours_at_one_address_do_not_lock_each_other_out(db: Database) -> None:
    await opened(db)
    await states(db, *[(NOBODYS, WRONG, "a")] * TRIES_PER_CONTACT)

    assert await states(db, (REFERENCE, CODE, "a")) == [LookupState.FOUND]


async def test_many_places_lock_the_reference(db: Database) -> None:
    await opened(db)
    await states(db, *[(REFERENCE, WRONG, f"{n}") for n in range(TRIES_PER_REFERENCE)])

    assert await states(db, (REFERENCE, CODE, "owner")) == [LookupState.LOCKED]


async def test_no_passer_is_kept(db: Database) -> None:
    await states(db, (REFERENCE, WRONG, "192.0.2.7"))

    async with db.read() as session:
        [attempt] = await session.scalars(select(LookupAttempt))
    assert "192.0.2.7" not in attempt.contact_id
    assert attempt.contact_id != db.vault.digest("tracking", "192.0.2.7")


async def test_a_refusal_holds_nothing_else(db: Database) -> None:
    await opened(db)
    desk = TrackingDesk(db, lambda: NOW)

    assert await desk.open(REFERENCE, WRONG, passer="a") == CaseLookup(state=LookupState.WRONG)
    assert await desk.open(NOBODYS, WRONG, passer="a") == CaseLookup(state=LookupState.WRONG)
