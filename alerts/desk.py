"""Alerts as the conversation asks for them and staff decide on them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from alerts import subscriptions
from alerts.errors import AlertMoved, NoSuchAlert
from alerts.models import Alert, AlertRecipient
from alerts.sending import locked
from alerts.states import AlertState, Reached
from alerts.watching import next_number
from alerts.wording import Names, checked, corrected
from conversations.models import DeliveryRecord
from conversations.outbox import DeliveryStatus
from conversations.waiting import take_back
from core.alerts import Subscription
from core.clock import Clock
from db.engine import Database

TAKEN_BACK = "taken_back"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """An alert as staff see it.

    ``reached`` is how many of its list are in which state, ``delivered`` how many of its messages are,
    and ``failed`` why some were not. ``corrects`` is the number of the alert that it puts right.
    """

    number: int
    area: str
    fraud_type: str
    state: str
    hour: datetime
    hours: int
    count: int
    expected: float
    chance: float
    texts: Mapping[str, str]
    decided_by: str
    reason: str
    corrects: int | None
    reached: Mapping[str, int]
    delivered: Mapping[str, int]
    failed: Mapping[str, int]


class AlertDesk:
    """Implements ``core.ports.Alerts``, and what staff do with alerts."""

    def __init__(self, db: Database, names: Names, *, clock: Clock) -> None:
        self._db = db
        self._names = names
        self._clock = clock

    async def of(self, conversation_id: str) -> Sequence[Subscription]:
        """What a conversation wants to be warned of."""
        async with self._db.read() as session:
            return await subscriptions.of(session, conversation_id)

    async def listing(self, state: str = "") -> Sequence[Sheet]:
        """Alerts, the newest first, of one state or of all."""
        query = select(Alert).order_by(Alert.number.desc()).limit(100)
        if state:
            query = query.where(Alert.state == state)
        async with self._db.read() as session:
            alerts = (await session.scalars(query)).all()
            return [await _sheet(session, alert) for alert in alerts]

    async def show(self, number: int) -> Sheet:
        """One alert; raises ``NoSuchAlert``."""
        async with self._db.read() as session:
            return await _sheet(session, await _find(session, number))

    async def approve(self, number: int, *, by: str, texts: Mapping[str, str]) -> None:
        """Let a draft go out, in words of one's own for the languages given.

        Raises ``NoSuchAlert``, ``AlertMoved`` and ``BadWording``.
        """
        async with self._db.write() as session:
            alert = await _draft(session, number)
            alert.texts = checked({**alert.texts, **texts})
            self._decide(alert, AlertState.APPROVED, by)

    async def drop(self, number: int, *, by: str, reason: str = "") -> None:
        """Let a draft go nowhere; raises ``NoSuchAlert`` and ``AlertMoved``."""
        async with self._db.write() as session:
            alert = await _draft(session, number)
            alert.reason = reason[:200]
            self._decide(alert, AlertState.DROPPED, by)

    async def correct(self, number: int, *, by: str, reasons: Mapping[str, str]) -> int:
        """Take an approved alert back; gives the number of the correction.

        Who waits for the alert gets neither; who got it, or may have, gets the correction, nobody else. Raises
        ``NoSuchAlert``, ``AlertMoved`` and ``BadWording``.
        """
        async with self._db.write() as session:
            wrong = await locked(session, (await _find(session, number)).id)
            if wrong.state != AlertState.APPROVED or wrong.corrects:
                raise AlertMoved
            texts = corrected(wrong, self._names, reasons)
            wrong.state, wrong.ended_at = AlertState.CORRECTED, self._clock()
            await _spare(session, wrong)
            sent = select(AlertRecipient.message_id).where(AlertRecipient.alert_id == wrong.id)
            await take_back(session, sent, error_code=TAKEN_BACK)
            correction = self._correction(wrong, texts, await next_number(session))
            self._decide(correction, AlertState.APPROVED, by)
            session.add(correction)
            await session.flush()
            return correction.number

    def _correction(self, wrong: Alert, texts: dict[str, str], number: int) -> Alert:
        return Alert(
            number=number,
            area=wrong.area,
            fraud_type=wrong.fraud_type,
            hour=wrong.hour,
            hours=wrong.hours,
            count=wrong.count,
            expected=wrong.expected,
            chance=wrong.chance,
            texts=texts,
            corrects=wrong.id,
            drafted_at=self._clock(),
        )

    def _decide(self, alert: Alert, state: AlertState, by: str) -> None:
        alert.state, alert.decided_by, alert.decided_at = state, by[:64], self._clock()


async def _find(session: AsyncSession, number: int) -> Alert:
    alert = await session.scalar(select(Alert).where(Alert.number == number))
    if alert is None:
        raise NoSuchAlert
    return alert


async def _draft(session: AsyncSession, number: int) -> Alert:
    alert = await locked(session, (await _find(session, number)).id)
    if alert.state != AlertState.DRAFT:
        raise AlertMoved
    return alert


async def _spare(session: AsyncSession, wrong: Alert) -> None:
    """Who still waits for a wrong alert never gets it."""
    waits = (AlertRecipient.alert_id == wrong.id, AlertRecipient.state == Reached.WAITING)
    await session.execute(update(AlertRecipient).where(*waits).values(state=Reached.SPARED))


async def _sheet(session: AsyncSession, alert: Alert) -> Sheet:
    mine = AlertRecipient.alert_id == alert.id
    reached = select(AlertRecipient.state, func.count()).where(mine)
    messages = (
        select(DeliveryRecord.status, DeliveryRecord.error_code, func.count())
        .join(AlertRecipient, AlertRecipient.message_id == DeliveryRecord.message_id)
        .where(mine)
        .group_by(DeliveryRecord.status, DeliveryRecord.error_code)
    )
    delivered: dict[str, int] = {}
    failed: dict[str, int] = {}
    for status, code, number in await session.execute(messages):
        delivered[status] = delivered.get(status, 0) + number
        if status == DeliveryStatus.FAILED:
            failed[code or ""] = number
    found = await session.execute(reached.group_by(AlertRecipient.state))
    wrong = select(Alert.number).where(Alert.id == alert.corrects)
    return Sheet(
        number=alert.number,
        area=alert.area,
        fraud_type=alert.fraud_type,
        state=alert.state,
        hour=alert.hour,
        hours=alert.hours,
        count=alert.count,
        expected=alert.expected,
        chance=alert.chance,
        texts=alert.texts,
        decided_by=alert.decided_by,
        reason=alert.reason,
        corrects=await session.scalar(wrong) if alert.corrects else None,
        reached=dict(found.all()),
        delivered=delivered,
        failed=failed,
    )
