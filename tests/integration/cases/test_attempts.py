from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import func, select

from cases.attempts import count_failure, locked_until
from cases.codes import reference_digest
from cases.models import LookupAttempt
from db.engine import Database

NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)
REFERENCE = "XF3205082610120001236"
OTHER = "XF3205082610120001244"


async def fail(db: Database, *, contact: str, at: datetime, reference: str = REFERENCE) -> None:
    async with db.write() as session:
        await count_failure(session, db.vault, reference, contact, at)


async def until(
    db: Database, *, contact: str, now: datetime, reference: str = REFERENCE
) -> datetime | None:
    async with db.read() as session:
        return await locked_until(
            session,
            subject_digest=reference_digest(db.vault, reference),
            contact_id=contact,
            now=now,
        )


async def test_the_fifth_failure_locks_a_contact_for_every_reference(db: Database) -> None:
    for minute in range(4):
        await fail(db, contact="a", at=NOW + timedelta(minutes=minute), reference=f"no {minute}")
    fifth = NOW + timedelta(minutes=4)
    before = await until(db, contact="a", now=fifth)
    await fail(db, contact="a", at=fifth)

    opens = NOW + timedelta(minutes=30)
    assert before is None
    assert await until(db, contact="a", now=fifth) == opens
    assert await until(db, contact="a", now=fifth, reference=OTHER) == opens
    assert await until(db, contact="b", now=fifth) is None
    assert await until(db, contact="a", now=opens - timedelta(seconds=1)) == opens
    assert await until(db, contact="a", now=opens) is None


async def test_ten_failures_of_anybody_lock_a_reference(db: Database) -> None:
    for minute in range(10):
        await fail(db, contact=f"c{minute}", at=NOW + timedelta(minutes=minute))
    now = NOW + timedelta(minutes=9)

    assert await until(db, contact="owner", now=now) == NOW + timedelta(minutes=60)
    assert await until(db, contact="owner", now=now, reference=OTHER) is None
    assert await until(db, contact="owner", now=NOW + timedelta(minutes=60)) is None


async def test_the_longer_of_two_locks_counts(db: Database) -> None:
    for minute in range(10):
        await fail(db, contact="a", at=NOW + timedelta(minutes=minute))

    assert await until(db, contact="a", now=NOW + timedelta(minutes=9)) == NOW + timedelta(
        minutes=60
    )


async def test_spellings_of_one_reference_count_together(db: Database) -> None:
    for minute, contact in enumerate("abcdefghij"):
        typed = REFERENCE.lower() if minute % 2 else f" {REFERENCE[:8]} {REFERENCE[8:]}"
        await fail(db, contact=contact, at=NOW, reference=typed)

    assert await until(db, contact="owner", now=NOW) is not None


async def test_old_failures_are_forgotten_and_nothing_readable_is_kept(db: Database) -> None:
    await fail(db, contact="a", at=NOW)
    await fail(db, contact="b", at=NOW + timedelta(minutes=60))

    async with db.read() as session:
        assert await session.scalar(select(func.count()).select_from(LookupAttempt)) == 1
        kept = (await session.scalars(select(LookupAttempt))).one()
    assert kept.contact_id == "b"
    assert kept.subject_digest == reference_digest(db.vault, REFERENCE)
    assert REFERENCE not in kept.subject_digest
