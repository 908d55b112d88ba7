"""A fraud report, written down with its transfers by staff or by a conversation.

Nothing here stops a payment: 《反电信网络诈骗法》第二十条 leaves that to the police and the banks.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from cases.filing import Receipt, receipt_of
from cases.kinds.machine import Actor
from cases.opening import open_case
from cases.orders import Filing
from cases.persons import Party
from cases.references import Kind
from cases.transfers import Transfer
from db.encryption import Vault


@dataclass(frozen=True, slots=True, kw_only=True)
class FraudReport:
    """What a victim tells: the sort of fraud, the area, the story, the money.

    ``fraud_type`` is a code of ``fraud_report.yml``, ``area`` a key of ``districts.yml``.
    ``person`` is who they are and ``details`` what else is known (telephone numbers, programs,
    addresses of the fraudster …), both by field. ``transfers`` may be none.
    """

    fraud_type: str
    title: str
    story: str
    area: str
    person: Mapping[str, str] = field(default_factory=dict)
    details: Mapping[str, str] = field(default_factory=dict)
    transfers: tuple[Transfer, ...] = ()
    contact_id: str | None = None
    conversation_id: str | None = None


async def file_fraud_report(
    session: AsyncSession, vault: Vault, report: FraudReport, *, at: datetime, author: str = ""
) -> Receipt:
    """Open the case in the caller's transaction; ``author`` is who of the staff took it down.

    Raises ``BadFiling``, ``BadReference``, ``DayIsFull``, and ``BadOrder`` for a transfer that
    cannot have been.
    """
    filing = Filing(
        kind=Kind.FRAUD_REPORT,
        sub_kind=report.fraud_type,
        title=report.title,
        district=report.area,
        at=at,
        words=report.story,
        details=report.details,
        persons=(Party(block=report.person),),
        sent=report.transfers,
        actor=Actor.OFFICER if author else Actor.CITIZEN,
        author=author,
        contact_id=report.contact_id,
        conversation_id=report.conversation_id,
    )
    opened = await open_case(session, vault, filing)
    return await receipt_of(session, opened)
