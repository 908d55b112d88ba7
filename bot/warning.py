"""Frauds counted and warnings subscribed to, inside the commit of the turn that decided it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from alerts.counting import count
from alerts.subscriptions import subscribe, unsubscribe
from conversations.threads import Snapshot
from core.effects import CountFraud, SubscribeAlerts, UnsubscribeAlerts

Warned = CountFraud | SubscribeAlerts | UnsubscribeAlerts


async def count_or_subscribe(
    session: AsyncSession, seen: Snapshot, effect: Warned, *, now: datetime
) -> None:
    """Carry one out."""
    match effect:
        case CountFraud(fraud_type=fraud_type, area=area):
            await count(session, fraud_type, area, now=now)
        case SubscribeAlerts(wanted=wanted):
            await subscribe(session, seen.conversation_id, wanted, now=now)
        case UnsubscribeAlerts():
            await unsubscribe(session, seen.conversation_id)
