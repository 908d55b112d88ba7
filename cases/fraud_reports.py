"""A fraud report, written down with its transfers by staff or by a conversation.

Nothing here stops a payment: 《反电信网络诈骗法》第二十条 leaves that to the police and the banks.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from cases.filing import Receipt, receipt_of
from cases.kinds.machine import Actor
from cases.opening import open_case
from cases.orders import Filing
from cases.persons import Party, Role
from cases.references import Kind
from cases.uploads import claim
from core.fraud_reports import FraudReport
from db.encryption import Vault


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where a report comes from: who of the staff took it down, or whose conversation; and when."""

    at: datetime
    author: str = ""
    contact_id: str | None = None
    conversation_id: str | None = None


async def file_fraud_report(
    session: AsyncSession, vault: Vault, report: FraudReport, source: Source
) -> Receipt:
    """Open the case in the caller's transaction.

    Raises ``BadFiling``, ``BadReference``, ``DayIsFull``, and ``BadOrder`` for a transfer that
    cannot have been.
    """
    sent_in = source.conversation_id or ""
    files = await claim(session, vault, sent_in, report.uploads, now=source.at)
    victim = (Party(role=Role.VICTIM, block=report.victim),) if report.victim else ()
    filing = Filing(
        kind=Kind.FRAUD_REPORT,
        sub_kind=report.fraud_type,
        title=report.title,
        district=report.area,
        at=source.at,
        words=report.story,
        details=report.details,
        persons=(Party(block=report.person), *victim),
        sent=report.transfers,
        files=tuple(files),
        actor=Actor.OFFICER if source.author else Actor.CITIZEN,
        author=source.author,
        contact_id=source.contact_id,
        conversation_id=source.conversation_id,
    )
    opened = await open_case(session, vault, filing)
    return await receipt_of(session, opened, pictures=len(files))
