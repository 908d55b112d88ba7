"""Asks the workers whose report of today is missing, once, in the afternoon of a workday."""

from __future__ import annotations

from datetime import datetime, time
from functools import cache
from pathlib import Path

import yaml
from sqlalchemy import exists, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from cases.grids.models import GridRecord, GridReport
from cases.notices import AUTHOR, is_reachable
from conversations.threads import hold, language_of, post
from core.clock import SUZHOU
from core.messages import QuickReply, Reply
from db.encryption import Vault
from timekeeping.periods import day_of
from timekeeping.workdays import is_workday

# This service's own practice; no law says when.
CHASE_AT = time(16, 0)
FILE = Path(__file__).with_name("wording.yml")
BATCH = 200


async def chase(session: AsyncSession, vault: Vault, now: datetime) -> int:
    """Ask for what is missing today, in the caller's transaction; gives how many were asked.

    Conversations are taken in one order and each grid is looked at again behind that lock, so that two
    nodes ask nobody twice.
    """
    day, clock = day_of(now), now.astimezone(SUZHOU).time()
    if clock < CHASE_AT or not is_workday(day):
        return 0
    missing = (
        GridRecord.conversation_id.is_not(None),
        or_(GridRecord.chased_on.is_(None), GridRecord.chased_on < day),
        ~exists().where(GridReport.grid_id == GridRecord.id, GridReport.day == day),
    )
    query = (
        select(GridRecord.id, GridRecord.conversation_id)
        .where(*missing)
        .order_by(GridRecord.conversation_id, GridRecord.id)
        .limit(BATCH)
    )
    asked = 0
    for grid_id, conversation_id in (await session.execute(query)).all():
        await hold(session, str(conversation_id))
        again = select(GridRecord).where(GridRecord.id == grid_id, *missing)
        grid = await session.scalar(again.execution_options(populate_existing=True))
        if grid is not None:
            grid.chased_on = day
            asked += await _ask(session, vault, grid, now)
    await session.flush()
    return asked


async def _ask(session: AsyncSession, vault: Vault, grid: GridRecord, now: datetime) -> int:
    where = grid.conversation_id
    if where is None or not await is_reachable(session, where):
        return 0
    language = await language_of(session, vault, where)
    words = _read()[language]
    button = QuickReply(title=words["report"], payload="zero_report/daily")
    reply = Reply(
        text=words["chase"].format(grid=grid.name), quick_replies=(button,), language=language
    )
    await post(session, vault, where, [reply], author=AUTHOR, now=now)
    return 1


@cache
def _read() -> dict[str, dict[str, str]]:
    read: dict[str, dict[str, str]] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return read
