"""Whoever has a period of their own is told of it in time, once for each day, and by day."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from cases.models import Case
from cases.records import events, verify
from cases.references import Kind
from cases.reminders import remind
from core.clock import SUZHOU
from db.engine import Database
from tests.integration.cases.filings import FRESH, RECEIVED, officer, opened, take

SIGNED = datetime(2026, 9, 1, 10, tzinfo=SUZHOU)
MEDIATION = replace(
    FRESH, kind=Kind.MEDIATION, sub_kind="neighbour", at=SIGNED - timedelta(days=9)
)
STEPS = tuple(
    officer(command, SIGNED - timedelta(days=8 - number))
    for number, command in enumerate(("accept", "invite", "agree", "begin"))
)


async def agreed(db: Database) -> Case:
    return (await opened(db, MEDIATION, (*STEPS, officer("sign", SIGNED)))).case


async def told(db: Database, case: Case) -> list[str]:
    async with db.read() as session:
        current = await session.get_one(Case, case.id)
        await verify(session, current)
        texts = await events(session, current)
        return [db.vault.open(e.text_sealed) for e in texts if e.command == "remind"]


def later(days: int, hour: int = 10) -> datetime:
    return (SIGNED + timedelta(days=days)).replace(hour=hour)


async def run(db: Database, at: datetime) -> int:
    return await remind(db, lambda: at)


async def test_after_twenty_and_after_twentyseven_days(db: Database) -> None:
    case = await agreed(db)
    counts = [await run(db, later(days)) for days in (0, 19, 20, 20, 26, 27, 27, 30, 31)]

    assert counts == [0, 0, 1, 0, 0, 1, 0, 0, 0]
    assert await told(db, case) == [
        "双方一起去法院申请司法确认，还剩 10 日。",
        "双方一起去法院申请司法确认，还剩 3 日。",
    ]


async def test_what_was_missed_is_told_once(db: Database) -> None:
    case = await agreed(db)

    assert [await run(db, later(29)), await run(db, later(29, 11))] == [1, 0]
    assert await told(db, case) == ["双方一起去法院申请司法确认，还剩 1 日。"]


@pytest.mark.parametrize(("hour", "count"), [(7, 0), (8, 1), (20, 1), (21, 0), (23, 0)])
async def test_nobody_is_woken(db: Database, hour: int, count: int) -> None:
    await agreed(db)

    assert await run(db, later(20, hour)) == count


async def test_what_is_done_or_over_is_not_spoken_of(db: Database) -> None:
    confirmed, kept = await agreed(db), await agreed(db)
    await take(db, confirmed, officer("confirm", later(5)))
    await take(db, kept, officer("complete", later(6)))
    await opened(db, replace(FRESH, at=RECEIVED))

    assert await run(db, later(25)) == 0
