"""What a body is still to be told of a case, written in the transaction that changed the case."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

from sqlalchemy import (
    Boolean,
    ForeignKey,
    Index,
    Integer,
    String,
    UniqueConstraint,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from cases.models import EMPTY, Case
from cases.orders import Order
from cases.references import tidy
from cases.routing import Body, routing
from db.base import Base, UtcDateTime, new_id

NOT_SENT = "none"
BODY_AUTHOR = "body:"


class DeliveryState(StrEnum):
    """How far a body knows a case: waiting, handed over, taken with a number, to be tried again, given up."""

    QUEUED = "queued"
    SENT = "sent"
    ACKNOWLEDGED = "acknowledged"
    FAILED = "failed"
    DEAD = "dead"


class CaseDelivery(Base):
    """A case on its way to a body: one row a case and body, which follows the case as it goes on.

    The body is told the case as it stands. ``wanted`` is the last event it has to hear of from us,
    ``told`` the one at which the case last arrived there.
    ``number`` is the body's own, in one spelling, and ``heard`` the last of its updates that was
    taken, whose words were ``status`` and ``unit``. ``released`` means that somebody else has the
    case now. ``lease_until`` is set while somebody delivers it; ``error`` is a code.
    """

    __tablename__ = "case_deliveries"
    __table_args__ = (
        UniqueConstraint("case_id", "body"),
        Index("ix_case_deliveries_due", "body", "state", "next_try_at"),
    )

    id: Mapped[str] = mapped_column(String(36), primary_key=True, default=new_id)
    case_id: Mapped[str] = mapped_column(ForeignKey("cases.id"))
    body: Mapped[str] = mapped_column(String(24))
    state: Mapped[str] = mapped_column(String(12))
    released: Mapped[bool] = mapped_column(Boolean, default=False)
    wanted: Mapped[int] = mapped_column(Integer)
    told: Mapped[int] = mapped_column(Integer, default=0)
    number: Mapped[str] = mapped_column(String(64), default="", server_default=EMPTY, index=True)
    heard: Mapped[int] = mapped_column(Integer, default=0)
    status: Mapped[str] = mapped_column(String(16), default="", server_default=EMPTY)
    unit: Mapped[str] = mapped_column(String(64), default="", server_default=EMPTY)
    tries: Mapped[int] = mapped_column(Integer, default=0)
    next_try_at: Mapped[datetime] = mapped_column(UtcDateTime)
    lease_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    error: Mapped[str] = mapped_column(String(32), default="", server_default=EMPTY)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    acknowledged_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


def responsible(case: Case, holder: str = "") -> Body | None:
    """The body that handles a case.

    The one its office is; else its office is a unit of the ``holder``, who has it already; else
    the one its area and kind lead to.
    """
    table = routing()
    return (
        table.named(case.agency)
        or table.bodies.get(holder)
        or table.body(case.kind, case.sub_kind, case.district)
    )


def first_delivery(case: Case) -> CaseDelivery | None:
    """The delivery a new case begins with; None for one that nobody outside gets yet."""
    body = None if _waits(case) else responsible(case)
    return _new(case, body, case.created_at) if body else None


async def follow(session: AsyncSession, case: Case, order: Order) -> None:
    """After a step: whoever has the case, and whoever had it, is to be told of it again.

    Call it before the case is flushed, so that its version moves once.
    """
    if case.demo:
        return
    with session.no_autoflush:
        rows = await deliveries_of(session, case)
    body = _recipient(case, rows, order)
    wanted = body.id if body else ""
    for row in rows:
        is_told_of_release = row.released and row.body != wanted
        row.released = row.body != wanted
        if not is_told_of_release:
            _queue(row, case, order)
    if body and all(row.body != wanted for row in rows):
        row = _new(case, body, order.at)
        session.add(row)
        rows = [*rows, row]
    case.delivery = next((r.state for r in rows if r.body == wanted), NOT_SENT)


async def queue_erasure(session: AsyncSession, case_ids: Sequence[str], *, now: datetime) -> None:
    """Let every body that was ever told of these cases hear that their filer was erased.

    Those that gave a case back or were given up on have it all the same; ``error`` stays, which says so.
    """
    await session.execute(
        update(CaseDelivery)
        .where(CaseDelivery.case_id.in_(case_ids), CaseDelivery.told > 0)
        .values(state=DeliveryState.QUEUED, tries=0, next_try_at=now)
        .execution_options(synchronize_session=False)
    )


async def deliveries_of(session: AsyncSession, case: Case) -> Sequence[CaseDelivery]:
    """Every body that was told, or is to be told, of a case."""
    query = select(CaseDelivery).where(CaseDelivery.case_id == case.id).order_by(CaseDelivery.id)
    return (await session.scalars(query)).all()


async def cases_numbered(session: AsyncSession, number: str) -> Sequence[Case]:
    """The cases that some body has under this number; two bodies may use the same one."""
    query = (
        select(Case)
        .join(CaseDelivery, CaseDelivery.case_id == Case.id)
        .where(CaseDelivery.number == tidy(number), CaseDelivery.number != "")
        .order_by(Case.id)
    )
    return (await session.scalars(query)).unique().all()


def _recipient(case: Case, rows: Sequence[CaseDelivery], order: Order) -> Body | None:
    """Who is to be told of a case after a step."""
    if _waits(case):
        return None
    holder = next((row.body for row in rows if not row.released), "")
    if order.author == f"{BODY_AUTHOR}{holder}":
        # Whom of theirs it gives a case to is its own affair.
        return routing().bodies.get(holder)
    # Of another sort than was thought, it may be for somebody else, or for nobody outside.
    return responsible(case, holder if order.sub_kind is None else "")


def _waits(case: Case) -> bool:
    """Whether staff have not handed it out yet, or never will."""
    return case.demo or case.state in routing().waits.get(case.kind, ())


def _new(case: Case, body: Body, at: datetime) -> CaseDelivery:
    return CaseDelivery(
        id=new_id(),
        case_id=case.id,
        body=body.id,
        state=DeliveryState.QUEUED,
        wanted=case.last_seq,
        next_try_at=at,
        created_at=at,
    )


def _queue(row: CaseDelivery, case: Case, order: Order) -> None:
    if row.told >= row.wanted and order.author == f"{BODY_AUTHOR}{row.body}":
        return  # it need not be told what it told us
    row.wanted = case.last_seq
    if row.state != DeliveryState.DEAD:
        row.state, row.tries, row.next_try_at, row.error = DeliveryState.QUEUED, 0, order.at, ""
