"""What a citizen may expect: from the plan, from who has a page open, from which lines are open."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from bot.duty import DutyDesk, lines_for
from core.clock import SUZHOU
from core.duty import Outlook, Presence
from db.engine import Database
from handoff.paging.calls import ESCALATES_AFTER
from tests.integration.console.staff import comes_in
from tests.integration.handoff.chats import close, step, waiting
from tests.integration.handoff.duty.test_plans import save, version
from tests.integration.handoff.paging.calls import plan_duty
from tests.integration.talk import NOON

# NOON is Friday, 20 November 2026, noon in Suzhou.
NIGHT = NOON + timedelta(hours=10)


async def outlook(
    db: Database, reason: str = "citizen", *, now: datetime = NOON, pages: bool = True
) -> Outlook:
    urgent = reason in {"fraud", "crisis", "emergency"}
    return await DutyDesk(db, pages=pages).outlook(reason, urgent=urgent, now=now)


def numbers(found: Outlook) -> list[str]:
    return [line.number for line in found.lines]


async def test_without_a_plan_nothing_is_known(database: Database) -> None:
    await comes_in(database, now=NOON)

    found = await outlook(database, "crisis")

    assert (found.presence, found.answer_by, found.page_at) == (Presence.UNKNOWN, None, None)


async def test_in_hours_with_somebody_there_one_waits(database: Database) -> None:
    await plan_duty(database)
    await comes_in(database, now=NOON)

    found = await outlook(database)

    assert (found.presence, found.answer_by, found.page_at) == (Presence.THERE, None, None)


async def test_in_hours_with_nobody_there_it_is_promised_within_the_hour(
    database: Database,
) -> None:
    await plan_duty(database)

    found = await outlook(database, now=NOON + timedelta(minutes=7))

    assert found.presence is Presence.AWAY
    # 13:07 is told as 13:30.
    assert found.answer_by == datetime(2026, 11, 20, 13, 30, tzinfo=SUZHOU)


async def test_on_friday_night_it_is_promised_for_monday(database: Database) -> None:
    await plan_duty(database)
    await comes_in(database, now=NIGHT)

    found = await outlook(database, now=NIGHT)

    assert found.presence is Presence.AWAY
    assert found.answer_by == datetime(2026, 11, 23, 10, 0, tzinfo=SUZHOU)
    # Nobody has checked when 12348 answers.
    assert numbers(found) == ["12345", "110"]


async def test_at_night_whoever_is_on_call_is_called_at_once(database: Database) -> None:
    await plan_duty(database)

    found = await outlook(database, "fraud", now=NIGHT)

    assert (found.presence, found.answer_by, found.page_at) == (Presence.ON_CALL, None, NIGHT)
    assert numbers(found) == ["110"]


async def test_with_somebody_there_they_have_two_minutes(database: Database) -> None:
    await plan_duty(database)
    await comes_in(database, now=NOON)

    found = await outlook(database, "emergency")

    assert (found.presence, found.page_at) == (Presence.THERE, NOON + ESCALATES_AFTER)


async def test_where_nobody_can_be_called_the_truth_is_told(database: Database) -> None:
    await plan_duty(database)

    found = await outlook(database, "crisis", now=NIGHT, pages=False)

    assert (found.presence, found.page_at) == (Presence.AWAY, None)
    assert found.answer_by is not None
    assert numbers(found) == ["120", "110"]


async def test_a_team_that_never_opens_promises_nothing(database: Database) -> None:
    await save(database, version(1, "teams: [{name: 无, hours: [每天 休息]}]"))

    found = await outlook(database)

    assert (found.presence, found.answer_by) == (Presence.AWAY, None)


async def test_whoever_waits_has_a_place(database: Database) -> None:
    desk = DutyDesk(database, pages=False)
    talk, number = await waiting(database)

    assert await desk.has_place(talk)
    await close(database, step(number))
    assert not await desk.has_place(talk)


@pytest.mark.parametrize("reason", ["fraud", "crisis", "emergency", "citizen", "legal_labour"])
def test_there_is_always_a_line_to_call(reason: str) -> None:
    assert lines_for(reason, NIGHT)
