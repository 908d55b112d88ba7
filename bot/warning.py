"""Frauds counted and reported, warnings subscribed to, inside the commit of the turn that decided it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from alerts.counting import count
from alerts.subscriptions import subscribe, unsubscribe
from antifraud import reports
from conversations.threads import Snapshot
from core.effects import (
    AppealThings,
    CountFraud,
    ReportThings,
    SubscribeAlerts,
    UnsubscribeAlerts,
)
from db.encryption import Vault

Warned = CountFraud | SubscribeAlerts | UnsubscribeAlerts
Reported = ReportThings | AppealThings


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


async def report_or_appeal(
    session: AsyncSession, vault: Vault, seen: Snapshot, effect: Reported, *, now: datetime
) -> None:
    """Note what was reported, or that it was wrong; neither changes anybody's check."""
    match effect:
        case ReportThings(text=text):
            await reports.report(session, vault, text, contact_id=seen.contact_id, now=now)
        case AppealThings(text=text, why=why):
            await reports.appeal(session, vault, text, why=why, now=now)
