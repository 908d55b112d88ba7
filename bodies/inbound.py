"""Updates from bodies: proved, kept, taken in their order, once; all of it in one transaction."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bodies.connections import Connection
from bodies.contract import UPDATE, Status, Update, to_bytes
from bodies.errors import NotTheirs, PushCode, UpdateTaken
from bodies.models import BodyUpdate, UpdateState
from bodies.outbox import acknowledge, give_up, lock, show
from bodies.statuses import statuses, steps_for
from cases.delivery import BODY_AUTHOR, CaseDelivery, DeliveryState
from cases.errors import BadOrder
from cases.kinds.machine import Actor
from cases.models import Case
from cases.orders import Order
from cases.references import tidy
from cases.routing import routing
from cases.service import apply
from core.errors import AppError
from db.encryption import Vault

# How long an update waits for one before it that may never come.
GAP_PATIENCE = timedelta(hours=1)
LATE = "late"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What became of an update; ``code`` names why it was refused."""

    state: UpdateState
    code: str = ""


@dataclass(slots=True)
class _Talk:
    """A case, how the body that tells of it stands with it, and the moment."""

    session: AsyncSession
    vault: Vault
    case: Case
    delivery: CaseDelivery
    now: datetime


async def take(
    session: AsyncSession,
    vault: Vault,
    connection: Connection,
    told: tuple[str, Update],
    *,
    now: datetime,
) -> Answer:
    """Take an update under its id; the same one again gets the same answer.

    One that comes before its turn is kept until those before it are there. Raises ``NotTheirs``,
    and ``UpdateTaken`` for another one under a known id or number.
    """
    event_id, update = told
    talk = await _talk(session, vault, connection, update, now)
    digest = _digest(update)
    known = await _known(session, talk.delivery, event_id, update.seq)
    if known is not None:
        if (known.event_id, known.digest) != (event_id, digest):
            raise UpdateTaken
        return Answer(state=UpdateState(known.state), code=known.code)
    if update.seq <= talk.delivery.heard:
        raise UpdateTaken
    row = _row(talk, event_id, update)
    session.add(row)
    await session.flush()
    _learn(talk, update)
    await _drain(talk)
    await show(session, talk.case, talk.delivery)
    return Answer(state=UpdateState(row.state), code=row.code)


async def fill_gaps(session: AsyncSession, vault: Vault, *, now: datetime) -> int:
    """Take what has waited too long for an update that never came; gives of how many cases."""
    query = (
        select(BodyUpdate.delivery_id)
        .where(
            BodyUpdate.state == UpdateState.WAITING, BodyUpdate.received_at <= now - GAP_PATIENCE
        )
        .distinct()
    )
    waiting = (await session.scalars(query)).all()
    for delivery_id in waiting:
        delivery = await session.get_one(CaseDelivery, delivery_id)
        case = await lock(session, delivery.case_id)
        talk = _Talk(session, vault, case, delivery, now)
        await _drain(talk, skipping=True)
        await show(session, case, delivery)
    return len(waiting)


async def _talk(
    session: AsyncSession, vault: Vault, connection: Connection, update: Update, now: datetime
) -> _Talk:
    query = (
        select(CaseDelivery)
        .join(Case, Case.id == CaseDelivery.case_id)
        .where(CaseDelivery.body == connection.body.id, Case.reference == tidy(update.reference))
    )
    delivery = await session.scalar(query)
    if delivery is None or delivery.released:
        raise NotTheirs
    case = await lock(session, delivery.case_id)
    await session.refresh(delivery)
    return _Talk(session, vault, case, delivery, now)


async def _known(
    session: AsyncSession, delivery: CaseDelivery, event_id: str, seq: int
) -> BodyUpdate | None:
    """The update that came under this id, or else as this one of the case."""
    query = select(BodyUpdate).where(
        (BodyUpdate.body == delivery.body) & (BodyUpdate.event_id == event_id)
        | (BodyUpdate.delivery_id == delivery.id) & (BodyUpdate.seq == seq)
    )
    found = (await session.scalars(query)).all()
    return next((u for u in found if u.event_id == event_id), found[0] if found else None)


def _row(talk: _Talk, event_id: str, update: Update) -> BodyUpdate:
    return BodyUpdate(
        delivery_id=talk.delivery.id,
        body=talk.delivery.body,
        event_id=event_id,
        seq=update.seq,
        status=update.status,
        happened_at=update.at,
        content_sealed=talk.vault.seal(update.model_dump_json()),
        digest=_digest(update),
        state=UpdateState.WAITING,
        code="",
        received_at=talk.now,
    )


def _digest(update: Update) -> str:
    return hashlib.sha256(to_bytes(update)).hexdigest()


def _learn(talk: _Talk, update: Update) -> None:
    """Whoever tells of a case has it, though its answer to ours may have been lost."""
    delivery = talk.delivery
    delivery.number = tidy(update.number) or delivery.number
    if delivery.number and delivery.state == DeliveryState.SENT:
        acknowledge(delivery, talk.now)


async def _drain(talk: _Talk, *, skipping: bool = False) -> None:
    """Take what waits as far as it is in order; ``skipping`` goes over gaps that are too old."""
    query = (
        select(BodyUpdate)
        .where(BodyUpdate.delivery_id == talk.delivery.id, BodyUpdate.state == UpdateState.WAITING)
        .order_by(BodyUpdate.seq)
    )
    for row in (await talk.session.scalars(query)).all():
        late = row.seq != talk.delivery.heard + 1
        if late and not (skipping and row.received_at <= talk.now - GAP_PATIENCE):
            break
        talk.delivery.heard = row.seq
        await _settle(talk, row, late=late)
    await talk.session.flush()


async def _settle(talk: _Talk, row: BodyUpdate, *, late: bool) -> None:
    """Take one update as the steps it means, or write down why it cannot be."""
    update = UPDATE.validate_json(talk.vault.open(row.content_sealed))
    await talk.session.flush()
    try:
        async with talk.session.begin_nested():
            await _apply(talk, update)
    except AppError as error:
        # The steps were undone together; what they had changed in memory is read anew.
        await talk.session.refresh(talk.case)
        await talk.session.refresh(talk.delivery)
        await talk.session.refresh(row)
        row.state, row.code = UpdateState.REFUSED, type(error).__name__
        return
    row.state, row.code = UpdateState.APPLIED, LATE if late else ""
    talk.delivery.status, talk.delivery.unit = update.status, update.unit or talk.delivery.unit


async def _apply(talk: _Talk, update: Update) -> None:
    case, body = talk.case, routing().bodies[talk.delivery.body]
    other = routing().named(update.unit) if update.unit else None
    if other not in {None, body}:
        raise BadOrder("a body hands nothing on to another: it sends it back")
    steps = steps_for(case, update.status)
    for number, command in enumerate(steps, start=1):
        await apply(
            talk.session, talk.vault, case, _order(talk, update, command, number == len(steps))
        )
    if update.status is Status.RETURNED:
        await give_up(talk.session, case, talk.delivery, PushCode.RETURNED)


def _order(talk: _Talk, update: Update, command: str, is_last: bool) -> Order:  # noqa: FBT001
    """The step; what the body said goes with the last of several."""
    name = update.unit or routing().bodies[talk.delivery.body].name
    said = update.text or statuses().sentence(update.status, name)
    return Order(
        command=command,
        actor=Actor.OFFICER,
        author=f"{BODY_AUTHOR}{talk.delivery.body}",
        # When we heard of it: a body cannot move a deadline by when it says it acted.
        at=max(talk.now, talk.case.updated_at),
        text=said if is_last else "",
        public=update.status not in statuses().hidden,
        agency=(update.unit or None) if is_last else None,
        days=update.days if is_last else None,
        reason=update.reason if is_last else "",
    )
