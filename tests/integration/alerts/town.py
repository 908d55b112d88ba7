"""Subscribers, alerts and a clock for tests of this room."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import cache

from sqlalchemy import func, select

from alerts.counting import Axes
from alerts.desk import AlertDesk
from alerts.models import Alert, AlertRecipient
from alerts.sending import AUTHOR, AlertSender
from alerts.states import AlertState
from alerts.subscriptions import subscribe
from alerts.watching import next_number
from alerts.wording import Names, drafted
from antifraud.checker import Checker
from benchmarks import alert_crowd
from bot.alert_names import axes, names
from conversations.models import DeliveryRecord, MessageRecord
from core.alerts import Subscription
from db.engine import Database
from tests.integration.talk import message, store

NOW = alert_crowd.NOW
GUSU, WUZHONG, CITY = "320508", "320506", "320500"


@cache
def checker() -> Checker:
    return Checker.load()


@cache
def called() -> Names:
    return names(checker())


@cache
def counted_by() -> Axes:
    return axes(checker())


def desk(db: Database, now: datetime = NOW) -> AlertDesk:
    return AlertDesk(db, called(), clock=lambda: now)


def sender(db: Database, now: datetime = NOW, *, room: int = 100, batch: int = 100) -> AlertSender:
    return AlertSender(db, clock=lambda: now, room=room, batch=batch)


async def subscriber(
    db: Database, user: str, *wanted: Subscription, channel: str = "web", at: datetime = NOW
) -> str:
    """Somebody who has written and subscribed; gives their conversation."""
    [received] = await store(db, message(user=user, channel=channel))
    async with db.write() as session:
        for one in wanted or (Subscription(area=GUSU),):
            await subscribe(session, received.conversation_id, one, now=at)
    return received.conversation_id


async def draft(
    db: Database, area: str = GUSU, kind: str = "brush", at: datetime = NOW, count: int = 12
) -> int:
    """A drafted alert; gives its number."""
    async with db.write() as session:
        alert = Alert(
            number=await next_number(session),
            area=area,
            fraud_type=kind,
            hour=at.replace(minute=0),
            hours=3,
            count=count,
            expected=2.5,
            chance=1e-6,
            state=AlertState.DRAFT,
            drafted_at=at,
        )
        alert.texts = drafted(alert, called())
        session.add(alert)
    return alert.number


async def approved(db: Database, area: str = GUSU, kind: str = "brush", at: datetime = NOW) -> int:
    number = await draft(db, area, kind, at)
    await desk(db, at).approve(number, by="王", texts={})
    return number


async def reached(db: Database, number: int) -> dict[str, str]:
    """How far an alert has come with each conversation on its list."""
    query = (
        select(AlertRecipient.conversation_id, AlertRecipient.state)
        .join(Alert, Alert.id == AlertRecipient.alert_id)
        .where(Alert.number == number)
    )
    async with db.read() as session:
        return dict((await session.execute(query)).all())


async def settled(db: Database, conversation_id: str, status: str) -> None:
    """Let the deliveries of a conversation have ended."""
    async with db.write() as session:
        query = select(DeliveryRecord).where(DeliveryRecord.conversation_id == conversation_id)
        for delivery in await session.scalars(query):
            delivery.status, delivery.attempts = status, 1


async def totals(db: Database) -> Sequence[int]:
    """Recipients, those queued, messages of alerts, conversations that have one, deliveries."""
    mine = MessageRecord.author == AUTHOR
    queries = (
        select(func.count()).select_from(AlertRecipient),
        select(func.count(AlertRecipient.message_id)),
        select(func.count()).select_from(MessageRecord).where(mine),
        select(func.count(MessageRecord.conversation_id.distinct())).where(mine),
        select(func.count())
        .select_from(DeliveryRecord)
        .join(MessageRecord, MessageRecord.id == DeliveryRecord.message_id)
        .where(mine),
    )
    async with db.read() as session:
        return [await session.scalar(query) or 0 for query in queries]


def later(**much: float) -> datetime:
    return NOW + timedelta(**much)
