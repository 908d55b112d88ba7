"""The duty plan where every node finds it: in the database, one row a version, sealed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import structlog
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from db.encryption import Vault
from handoff.duty.plan import Plan, read_plan
from handoff.errors import FaultyPlan, Outdated
from handoff.models import DutyPlan

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """A plan as it was saved; ``number`` counts from 1."""

    number: int
    text: str
    author: str
    saved_at: datetime

    @property
    def plan(self) -> Plan:
        """What it says."""
        return read_plan(self.text)


async def current(session: AsyncSession, vault: Vault) -> Version | None:
    """The plan in force; None where none was ever saved."""
    row = await session.scalar(select(DutyPlan).order_by(DutyPlan.number.desc()).limit(1))
    if row is None:
        return None
    text = vault.open(row.text_sealed)
    return Version(number=row.number, text=text, author=row.author, saved_at=row.saved_at)


async def in_force(session: AsyncSession, vault: Vault) -> Plan | None:
    """What the newest plan says; None without one, and where it cannot be read any more.

    It was right when it was saved, but a release may have become stricter.
    """
    version = await current(session, vault)
    try:
        return version.plan if version else None
    except FaultyPlan:
        log.exception("duty_plan_faulty")
        return None


async def save(session: AsyncSession, vault: Vault, version: Version) -> None:
    """Put a plan into force at once, as the version after the one that was seen.

    Raises ``FaultyPlan``, and ``Outdated`` if somebody else has saved one meanwhile.
    """
    read_plan(version.text)
    before = await current(session, vault)
    if (before.number if before else 0) + 1 != version.number:
        raise Outdated
    session.add(
        DutyPlan(
            number=version.number,
            text_sealed=vault.seal(version.text),
            author=version.author,
            saved_at=version.saved_at,
        )
    )
    try:
        await session.flush()
    except IntegrityError:
        raise Outdated from None
