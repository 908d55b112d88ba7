"""Grid workers bound and their reports kept, inside the commit of the turn that decided it."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy.ext.asyncio import AsyncSession

from cases.grids.binding import bind
from cases.grids.reports import report
from conversations.threads import Snapshot
from core.effects import BindGrid, ReportGrid
from db.encryption import Vault

Fills = dict[str, str | date]


async def bind_or_report(
    session: AsyncSession,
    vault: Vault,
    seen: Snapshot,
    effect: BindGrid | ReportGrid,
    *,
    now: datetime,
) -> Fills:
    """Bind or keep; gives the grid's name. Raises ``Outrun`` where a code was used meanwhile."""
    if isinstance(effect, BindGrid):
        who = (seen.contact_id, seen.conversation_id)
        return {"{grid.name}": await bind(session, vault, effect.code, who, now=now)}
    told = (seen.contact_id, now)
    kept = await report(session, vault, effect.grid, effect.report, told)
    return {"{grid.name}": kept.grid}
