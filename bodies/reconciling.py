"""Compares what a body has with what we know of it, case by case."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bodies.connections import Connection
from bodies.contract import Standing
from bodies.errors import FINAL
from bodies.hearing import Difference, Found, Heard, hear
from bodies.outbox import lock, requeue
from cases.delivery import CaseDelivery, DeliveryState
from cases.models import Case
from cases.references import tidy
from db.engine import Database

# What a body should have. One without an interface was told only what it has answered.
THERE = frozenset({DeliveryState.SENT, DeliveryState.ACKNOWLEDGED})
UNANSWERED = frozenset({DeliveryState.SENT})
NOTHING = Heard(applied=0, refused=())


@dataclass(frozen=True, slots=True, kw_only=True)
class Reconciled:
    """What comparing came to: ``lines`` were listed, ``applied`` of them were news."""

    body: str
    lines: int
    applied: int
    found: tuple[Found, ...]


async def reconcile(
    db: Database, connection: Connection, lines: Sequence[Standing], *, now: datetime
) -> Reconciled:
    """Compare a body's whole list with our open cases; one transaction a case.

    What is missing there, or stands at an older event, is queued again; a number we did not know
    is kept. Anything else is reported. The lines of a body that sends no updates are its updates.
    """
    by_sheet = connection.folder is not None
    heard = await hear(db, connection, lines, now=now) if by_sheet else NOTHING
    theirs = {tidy(line.reference): line for line in lines}
    async with db.read() as session:
        told, open_ones = await _told(session, connection.body.id)
    found = [*heard.refused]
    for reference, delivery_id in open_ones.items():
        async with db.write() as session:
            row = await session.get_one(CaseDelivery, delivery_id)
            await lock(session, row.case_id)
            await session.refresh(row)
            if line := theirs.get(reference):
                found += await _compare(session, row, line, now=now)
            elif _should_be_there(row, UNANSWERED if by_sheet else THERE):
                await requeue(session, row, now=now)
                found.append(_found(Difference.MISSING, reference, row.number))
    found += [
        _found(Difference.UNKNOWN, reference, theirs=line.number)
        for reference, line in theirs.items()
        if reference not in told
    ]
    return Reconciled(
        body=connection.body.id,
        lines=len(lines),
        applied=heard.applied,
        found=tuple(sorted(found, key=lambda f: (f.reference, f.what))),
    )


def _should_be_there(row: CaseDelivery, states: frozenset[DeliveryState]) -> bool:
    """Whether it is a fault that it is missing; what was given up on is tried again by night."""
    given_up = row.state == DeliveryState.DEAD and row.error not in FINAL
    return given_up or row.state in states


async def _told(session: AsyncSession, body: str) -> tuple[frozenset[str], dict[str, str]]:
    """Every case the body was ever told of, and the delivery of each that is open and theirs."""
    query = (
        select(Case.reference, CaseDelivery.id, CaseDelivery.released, Case.closed_at)
        .join(Case, Case.id == CaseDelivery.case_id)
        .where(CaseDelivery.body == body)
        .order_by(Case.reference)
    )
    rows = (await session.execute(query)).all()
    return (
        frozenset(row.reference for row in rows),
        {row.reference: row.id for row in rows if not row.released and row.closed_at is None},
    )


async def _compare(
    session: AsyncSession, row: CaseDelivery, line: Standing, *, now: datetime
) -> list[Found]:
    """The differences of one case; mends what can be."""
    found = list(_differences(row, line))
    row.number = row.number or tidy(line.number)
    if any(f.what is Difference.BEHIND for f in found):
        await requeue(session, row, now=now)
    return found


def _differences(row: CaseDelivery, line: Standing) -> Sequence[Found]:
    theirs = tidy(line.number)
    revision, seq = line.revision, line.seq or 0
    reference = tidy(line.reference)
    found = []
    if revision is not None and revision < row.told and row.state in THERE:
        found.append(_found(Difference.BEHIND, reference, str(row.told), str(revision)))
    if row.number and theirs and row.number != theirs:
        found.append(_found(Difference.NUMBER, reference, row.number, line.number))
    if seq > row.heard:
        found.append(_found(Difference.UPDATES, reference, str(row.heard), str(seq)))
    elif row.status and line.status and row.status != line.status:
        found.append(_found(Difference.STATUS, reference, row.status, line.status))
    return found


def _found(what: Difference, reference: str, ours: str = "", theirs: str = "") -> Found:
    return Found(what=what, reference=reference, ours=ours, theirs=theirs)
