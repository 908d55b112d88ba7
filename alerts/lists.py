"""Whom an alert goes to: put on its list in batches, each its own commit, after a cursor.

Stopped anywhere, the next run goes on behind the last batch that was committed; a conversation
stands on a list once, whatever happens.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, Select, insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from alerts.models import Alert, AlertRecipient, AlertSubscription
from alerts.states import Reached
from alerts.subscriptions import EVERY
from conversations.models import Conversation, DeliveryRecord
from conversations.outbox import DeliveryStatus

BATCH = 2000
# Who wants the whole city's warnings has this area; one for the whole city goes to everybody.
CITY = "320500"


async def enlist(session: AsyncSession, alert: Alert, *, now: datetime, batch: int = BATCH) -> int:
    """Put the next on the list of an alert that the caller has locked; gives how many."""
    query = _wrongly_told(alert) if alert.corrects else _subscribers(alert)
    where = query.selected_columns[0]
    ordered = query.where(where > alert.cursor).order_by(where).limit(batch)
    found = (await session.execute(ordered)).all()
    if found:
        rows = [
            {"alert_id": alert.id, "conversation_id": who, "channel": on, "state": Reached.WAITING}
            for who, on in found
        ]
        await session.execute(insert(AlertRecipient), rows)
        alert.cursor, _ = found[-1]
    if len(found) < batch:
        alert.listed_at = now
    await session.flush()
    return len(found)


def wants(alert: Alert) -> ColumnElement[bool]:
    """That a subscription covers an alert."""
    covers = AlertSubscription.fraud_type.in_([alert.fraud_type, EVERY])
    if alert.area == CITY:
        return covers
    return covers & AlertSubscription.area.in_([alert.area, CITY])


def _subscribers(alert: Alert) -> Select[str, str]:
    return (
        select(Conversation.id, Conversation.channel)
        .join(AlertSubscription, AlertSubscription.conversation_id == Conversation.id)
        .where(wants(alert))
        .distinct()
    )


def _wrongly_told(alert: Alert) -> Select[str, str]:
    """Those whom the wrong alert has reached, or may have reached."""
    return (
        select(AlertRecipient.conversation_id, AlertRecipient.channel)
        .join(DeliveryRecord, DeliveryRecord.message_id == AlertRecipient.message_id)
        .where(
            AlertRecipient.alert_id == alert.corrects,
            DeliveryRecord.status != DeliveryStatus.FAILED,
        )
    )
