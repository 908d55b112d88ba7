"""Gives out sequence numbers within a kind, area and day."""

from __future__ import annotations

from datetime import date

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from cases.references import Kind, Reference

# One statement that both databases know: the row lock makes two callers wait for each other.
_NEXT = text(
    "INSERT INTO case_counters (prefix, highest) VALUES (:prefix, 1) "
    "ON CONFLICT (prefix) DO UPDATE SET highest = case_counters.highest + 1 RETURNING highest"
)
_SKIP = text(
    "INSERT INTO case_counters (prefix, highest) VALUES (:prefix, :taken) "
    "ON CONFLICT (prefix) DO UPDATE SET highest = excluded.highest "
    "WHERE case_counters.highest < excluded.highest"
)


async def next_reference(session: AsyncSession, *, kind: Kind, area: str, day: date) -> Reference:
    """The next free reference; raises ``DayIsFull`` and, for an unknown area, ``BadReference``."""
    first = Reference(kind=kind, area=area, day=day, sequence=1)
    sequence = (await session.execute(_NEXT, {"prefix": first.prefix})).scalar_one()
    return Reference(kind=kind, area=area, day=day, sequence=sequence)


async def reserve(session: AsyncSession, reference: Reference) -> None:
    """Make sure a reference chosen beforehand is never given out again."""
    await session.execute(_SKIP, {"prefix": reference.prefix, "taken": reference.sequence})
