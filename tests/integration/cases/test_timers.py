"""Steps that time takes are taken on their day, once, and told."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select

from cases import timers
from cases.models import Case, CaseClock, CaseEvent
from cases.records import find, verify
from cases.references import Kind
from cases.timers import CaseTimers
from core.clock import SUZHOU
from db.engine import Database
from tests.integration.cases.filings import (
    ACCEPTED,
    FRESH,
    RECEIVED,
    UNTIL_ACCEPTED,
    officer,
    opened,
    take,
)
from tests.integration.cases.test_notices import filing, news

REPLIED = datetime(2026, 11, 2, 10, tzinfo=SUZHOU)
HANDLED = (*UNTIL_ACCEPTED, officer("reply", REPLIED, "请看答复。"))


def on(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 9, 30, tzinfo=SUZHOU)


async def sweep(db: Database, day: date) -> int:
    return await CaseTimers(db, clock=lambda: on(day)).run()


async def steps(db: Database, case: Case) -> list[tuple[str, str, date]]:
    """What the system has done: the step, its reason, its day."""
    async with db.read() as session:
        events = await session.scalars(
            select(CaseEvent)
            .where(CaseEvent.case_id == case.id, CaseEvent.actor == "system")
            .order_by(CaseEvent.seq)
        )
        return [(e.command, e.reason, e.at.astimezone(SUZHOU).date()) for e in events]


async def every_day(db: Database, first: date, days: int) -> None:
    for number in range(days):
        await sweep(db, first + timedelta(days=number))


async def test_who_has_the_case_is_reminded_and_then_supervised(db: Database) -> None:
    """Sixty days from 20 October end on 19 December."""
    case = (await opened(db, FRESH, UNTIL_ACCEPTED)).case
    await every_day(db, date(2026, 12, 5), 20)

    assert await steps(db, case) == [
        ("remind", "", date(2026, 12, 7)),
        ("supervise", "overdue", date(2026, 12, 20)),
    ]
    async with db.read() as session:
        current = await find(session, case.reference)
        assert (current.state, current.supervision) == ("accepted", "supervised")
        await verify(session, current)


async def test_a_service_that_was_down_does_at_once_what_is_still_due(db: Database) -> None:
    case = (await opened(db, FRESH, UNTIL_ACCEPTED)).case

    assert await sweep(db, date(2026, 12, 24)) == 1
    assert await sweep(db, date(2026, 12, 24)) == 0
    assert await steps(db, case) == [("supervise", "overdue", date(2026, 12, 24))]


async def test_an_extension_moves_both_days(db: Database) -> None:
    case = (await opened(db, FRESH, UNTIL_ACCEPTED)).case
    longer = replace(
        officer("extend", ACCEPTED + timedelta(days=50), "情况复杂。"), days=30, approver="王局"
    )
    await take(db, case, longer)
    await every_day(db, date(2026, 12, 9), 42)

    # Ninety days end on 18 January; a fifth of them is left on 31 December.
    assert await steps(db, case) == [
        ("remind", "", date(2026, 12, 31)),
        ("supervise", "overdue", date(2027, 1, 19)),
    ]


async def test_what_officers_supervise_already_is_not_supervised_again(db: Database) -> None:
    case = (await opened(db, FRESH, UNTIL_ACCEPTED)).case
    await take(db, case, replace(officer("supervise", on(date(2026, 12, 19))), reason="shirking"))
    await every_day(db, date(2026, 12, 20), 3)

    assert await steps(db, case) == []


async def test_the_citizen_is_warned_and_nobody_waits_for_ever(db: Database) -> None:
    """Thirty days from 2 November end on 2 December; what came late may be asked for 15 days on."""
    case = (await opened(db, await filing(db), HANDLED)).case
    before = len(await news(db, case))
    await every_day(db, date(2026, 11, 20), 35)

    assert await steps(db, case) == [
        ("alert", "", date(2026, 11, 26)),
        ("conclude", "", date(2026, 12, 18)),
    ]
    told = (await news(db, case))[before:]
    assert [s.text.splitlines()[0] for s in told] == [
        (
            f"信访件 {case.reference} 有进展：提醒您期限快到了。"
            "不服答复，请求复查的期限是 12 月 2 日，还有 6 天。"
        ),
        f"信访件 {case.reference} 有进展：办结。不服答复，请求复查的期限是 12 月 2 日，已经过了。",
    ]


async def test_a_held_period_is_left_alone(db: Database) -> None:
    start = REPLIED + timedelta(days=1)
    asked = (
        officer("request_review", start),
        officer("decide_review", start),
        officer("request_recheck", start),
        officer("begin_hearing", start),
    )
    case = (await opened(db, FRESH, (*HANDLED, *asked))).case
    await every_day(db, date(2026, 11, 20), 30)
    assert await steps(db, case) == []

    await take(db, case, officer("end_hearing", on(date(2026, 12, 20))))
    await every_day(db, date(2026, 12, 21), 35)
    assert [step[0] for step in await steps(db, case)] == ["remind", "supervise"]


async def test_a_period_of_before_there_were_timers_waits_for_its_day(db: Database) -> None:
    """As the migration left it: to be looked at once, long before anything is due."""
    case = (await opened(db, await filing(db), HANDLED)).case
    async with db.write() as session:
        for clock in await session.scalars(
            select(CaseClock).where(CaseClock.stopped_at.is_(None))
        ):
            clock.look_on = clock.started_on

    assert await sweep(db, date(2026, 11, 5)) == 0
    await every_day(db, date(2026, 11, 6), 25)
    assert await steps(db, case) == [("alert", "", date(2026, 11, 26))]


async def test_demo_data_stand_still(db: Database) -> None:
    case = (await opened(db, replace(FRESH, demo=True), UNTIL_ACCEPTED)).case
    await sweep(db, date(2027, 3, 1))

    assert await steps(db, case) == []


async def test_one_case_at_fault_holds_up_no_other(
    db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = (await opened(db, FRESH)).case
    second = (await opened(db, FRESH)).case
    monkeypatch.setattr(timers, "PAGE", 1)
    async with db.write() as session:
        # A period that no table knows any more.
        found = await session.scalars(select(CaseClock).where(CaseClock.case_id == first.id))
        for clock in found:
            clock.name = "gone"
    day = RECEIVED.date() + timedelta(days=20)

    assert await sweep(db, day) == 1
    assert [step[0] for step in await steps(db, second)] == ["supervise"]


async def test_two_sweeps_at_once_take_a_step_once(db: Database) -> None:
    case = (await opened(db, FRESH)).case
    day = RECEIVED.date() + timedelta(days=20)
    taken = await asyncio.gather(*(sweep(db, day) for _ in range(4)))

    assert sum(taken) == 1
    assert [step[0] for step in await steps(db, case)] == ["supervise"]


SIGNED = datetime(2026, 9, 1, 9, tzinfo=SUZHOU)
AGREED = (
    *(
        officer(command, SIGNED - timedelta(days=8 - number))
        for number, command in enumerate(("accept", "invite", "agree", "begin"))
    ),
    officer("sign", SIGNED),
)


async def agreed(db: Database) -> Case:
    at = SIGNED - timedelta(days=9)
    filed = replace(FRESH, kind=Kind.MEDIATION, sub_kind="neighbour", at=at)
    return (await opened(db, filed, AGREED)).case


async def test_some_periods_name_the_days_on_which_they_are_told_of(db: Database) -> None:
    case = await agreed(db)
    await every_day(db, SIGNED.date(), 40)

    assert await steps(db, case) == [
        ("alert", "", date(2026, 9, 21)),
        ("alert", "", date(2026, 9, 28)),
    ]


async def test_what_was_missed_is_told_once(db: Database) -> None:
    case = await agreed(db)
    await every_day(db, date(2026, 9, 30), 2)

    assert await steps(db, case) == [("alert", "", date(2026, 9, 30))]


@pytest.mark.parametrize(("hour", "count"), [(7, 0), (8, 1), (20, 1), (21, 0)])
async def test_nobody_is_woken(db: Database, hour: int, count: int) -> None:
    await agreed(db)
    at = datetime(2026, 9, 21, hour, tzinfo=SUZHOU)

    assert await CaseTimers(db, clock=lambda: at).run() == count


async def test_what_is_done_is_not_spoken_of(db: Database) -> None:
    case = await agreed(db)
    await take(db, case, officer("confirm", SIGNED + timedelta(days=5)))
    await every_day(db, date(2026, 9, 20), 5)

    assert await steps(db, case) == []
