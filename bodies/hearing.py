"""Bodies that send no updates are heard through their lists: each line is a word on one case."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import sha256

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bodies.connections import Connection
from bodies.contract import Standing, Status, Update
from bodies.inbound import take
from bodies.models import BodyUpdate, UpdateState
from bodies.outbox import acknowledge, lock, show
from cases.delivery import CaseDelivery, DeliveryState
from cases.models import Case
from cases.references import tidy
from core.errors import AppError
from db.engine import Database


class Difference(StrEnum):
    """In what a body's list and our records differ; the first two are mended at once."""

    MISSING = "missing"
    BEHIND = "behind"
    NUMBER = "number"
    UPDATES = "updates"
    STATUS = "status"
    UNKNOWN = "unknown"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One difference: what, of which case, as it stands with us and with them."""

    what: Difference
    reference: str
    ours: str = ""
    theirs: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """What listening came to: how many lines were news, and those that could not be taken."""

    applied: int
    refused: tuple[Found, ...]


async def hear(
    db: Database, connection: Connection, lines: Sequence[Standing], *, now: datetime
) -> Heard:
    """Take the lines as updates, one transaction each; what was said before is no news."""
    applied, refused = 0, []
    for line in lines:
        try:
            async with db.write() as session:
                code = await _hear(session, db, connection, line, now=now)
        except AppError as error:
            code = type(error).__name__
        if code is None:
            applied += 1
        elif code:
            refused.append(_refused(line, code))
    return Heard(applied=applied, refused=tuple(refused))


async def delivery_of(session: AsyncSession, body: str, reference: str) -> CaseDelivery | None:
    """How a body stands with the case of that reference."""
    query = (
        select(CaseDelivery)
        .join(Case, Case.id == CaseDelivery.case_id)
        .where(CaseDelivery.body == body, Case.reference == tidy(reference))
    )
    return (await session.scalars(query)).one_or_none()


async def _hear(
    session: AsyncSession, db: Database, connection: Connection, line: Standing, *, now: datetime
) -> str | None:
    """None if the line was taken, "" if it says nothing new, else why it was refused."""
    delivery = await delivery_of(session, connection.body.id, line.reference)
    if delivery is None:
        return ""  # whoever compares reports it
    if line.number and delivery.state == DeliveryState.SENT:
        case = await lock(session, delivery.case_id)
        delivery.number = tidy(line.number)
        acknowledge(delivery, now)
        await show(session, case, delivery)
    if line.status is None:
        return ""
    event_id = _id_of(connection.body.id, line, line.status)
    said = select(BodyUpdate.id).where(
        BodyUpdate.body == delivery.body, BodyUpdate.event_id == event_id
    )
    if await session.scalar(said) is not None:
        return ""
    update = Update(
        reference=line.reference,
        number=line.number,
        seq=delivery.heard + 1,
        at=now,
        status=line.status,
        text=line.text,
        unit=line.unit,
    )
    answer = await take(session, db.vault, connection, (event_id, update), now=now)
    return answer.code if answer.state is UpdateState.REFUSED else None


def _id_of(body: str, line: Standing, status: Status) -> str:
    said = "\0".join([body, tidy(line.reference), status, line.text, line.unit])
    return sha256(said.encode()).hexdigest()


def _refused(line: Standing, code: str) -> Found:
    return Found(
        what=Difference.REFUSED,
        reference=tidy(line.reference),
        ours=code,
        theirs=line.status or "",
    )
