"""Deliveries to bodies: claimed in SQL, tried, and their end is written down."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bodies.contract import Parcel
from bodies.errors import PushCode, PushError
from bodies.parcels import parcel_of
from cases.delivery import CaseDelivery, DeliveryState
from cases.models import Case
from cases.persons import seals_of
from cases.references import tidy
from db.encryption import Vault

BATCH = 20
LEASE = timedelta(minutes=5)
MOST_TRIES = 12
FIRST_WAIT = timedelta(seconds=30)
LONGEST_WAIT = timedelta(hours=6)
DUE = (DeliveryState.QUEUED, DeliveryState.FAILED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Claimed:
    """A case on its way to a body, claimed for ``LEASE``."""

    delivery_id: str
    case_id: str
    parcel: Parcel


async def claim(
    session: AsyncSession, vault: Vault, body: str, *, now: datetime, most: int = BATCH
) -> list[Claimed]:
    """Take what a body is to be told now, the longest waiting first.

    What a crash left claimed is due again when its lease has ended: the body knows a repeat by its
    key.
    """
    query = (
        select(CaseDelivery)
        .where(
            CaseDelivery.body == body,
            CaseDelivery.state.in_(DUE),
            CaseDelivery.next_try_at <= now,
            or_(CaseDelivery.lease_until.is_(None), CaseDelivery.lease_until < now),
        )
        .order_by(CaseDelivery.next_try_at, CaseDelivery.id)
        .limit(most)
        .with_for_update(skip_locked=True)
    )
    claimed = []
    for row in (await session.scalars(query)).all():
        row.tries, row.lease_until = row.tries + 1, now + LEASE
        case = await session.get_one(Case, row.case_id)
        parcel = await parcel_of(session, vault, case, row)
        claimed.append(Claimed(delivery_id=row.id, case_id=row.case_id, parcel=parcel))
    return claimed


async def arrived(
    session: AsyncSession, vault: Vault, claimed: Claimed, number: str, *, now: datetime
) -> None:
    """The body took it, with a number of its own or without one yet.

    What changed meanwhile, or was erased, is told next.
    """
    case, row = await _locked(session, claimed)
    row.told = max(row.told, claimed.parcel.revision)
    row.number = tidy(number) or row.number
    row.lease_until = None
    erased = (await seals_of(session, vault, [case])).is_erased(case.id)
    owed = erased and not claimed.parcel.erased
    if row.error == PushCode.RETURNED:
        # It is not theirs: they were quicker to say so than we to note that it arrived, or they had
        # to hear of an erasure.
        row.state, row.next_try_at = DeliveryState.QUEUED if owed else DeliveryState.DEAD, now
        return
    row.tries, row.error = 0, ""
    if owed or row.told < row.wanted:
        row.state, row.next_try_at = DeliveryState.QUEUED, now
    elif row.number:
        acknowledge(row, now)
    else:
        row.state = DeliveryState.SENT
    await show(session, case, row)


async def missed(
    session: AsyncSession, claimed: Claimed, error: PushError, *, now: datetime
) -> None:
    """It did not arrive: another try later, or given up, which staff see."""
    case, row = await _locked(session, claimed)
    wait = error.retry_after or min(FIRST_WAIT * 2 ** min(row.tries - 1, 20), LONGEST_WAIT)
    again = error.retryable and row.tries < MOST_TRIES
    row.state = DeliveryState.FAILED if again else DeliveryState.DEAD
    row.error = row.error if row.error == PushCode.RETURNED else error.code
    row.next_try_at, row.lease_until = now + wait, None
    await show(session, case, row)


async def hand_back(session: AsyncSession, claimed: Iterable[Claimed]) -> None:
    """Put back what was claimed and not tried, which is no try of theirs."""
    await session.execute(
        update(CaseDelivery)
        .where(CaseDelivery.id.in_([c.delivery_id for c in claimed]))
        .values(tries=CaseDelivery.tries - 1, lease_until=None)
        .execution_options(synchronize_session=False)
    )


async def requeue(session: AsyncSession, row: CaseDelivery, *, now: datetime) -> None:
    """Have the whole case told again, whatever became of it before."""
    case = await lock(session, row.case_id)
    row.state, row.told, row.tries = DeliveryState.QUEUED, 0, 0
    row.wanted = row.wanted if row.released else case.last_seq
    row.error, row.next_try_at, row.lease_until = "", now, None
    await show(session, case, row)


async def give_up(session: AsyncSession, case: Case, row: CaseDelivery, code: PushCode) -> None:
    """The body does not want it: staff have to find another."""
    row.state, row.error, row.lease_until = DeliveryState.DEAD, code, None
    await show(session, case, row)


def acknowledge(row: CaseDelivery, now: datetime) -> None:
    """The body has it, under a number of its own."""
    row.state, row.acknowledged_at = DeliveryState.ACKNOWLEDGED, row.acknowledged_at or now


async def lock(session: AsyncSession, case_id: str) -> Case:
    """The case, which nobody else moves before this transaction ends.

    Always before its deliveries: a step locks them in this order too.
    """
    query = select(Case).where(Case.id == case_id).with_for_update()
    return (await session.scalars(query.execution_options(populate_existing=True))).one()


async def show(session: AsyncSession, case: Case, row: CaseDelivery) -> None:
    """Let the case say how far the body that has it knows it; no step, so no new version."""
    if not row.released:
        await session.execute(
            update(Case)
            .where(Case.id == case.id)
            .values(delivery=row.state)
            .execution_options(synchronize_session=False)
        )


async def _locked(session: AsyncSession, claimed: Claimed) -> tuple[Case, CaseDelivery]:
    case = await lock(session, claimed.case_id)
    row = await session.get_one(CaseDelivery, claimed.delivery_id, populate_existing=True)
    return case, row
