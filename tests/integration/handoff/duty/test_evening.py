"""At closing time whoever waits is promised an answer, once, and the bot answers them again."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta

from conversations.models import Conversation
from core.turns import ConversationStatus
from db.engine import Database
from handoff import desk
from handoff.duty.evening import ClosingTime
from handoff.duty.plan import Plan
from tests.integration.handoff.chats import claim, step, waiting, words
from tests.integration.handoff.duty.test_plans import save, version
from tests.integration.talk import NOON, Hands, answers

# NOON is Friday, 20 November 2026, noon in Suzhou.
PLAN = "teams:\n  - {name: 综合岗, hours: [工作日 09:00-17:30]}\n"
ROTA = "people: {li: {mail: li@example.com}}\nrota: [{when: 每天 00:00-24:00, call: [li]}]\n"
MONDAY = NOON + timedelta(days=2, hours=22)
HOURS = 8


def closing(db: Database, hands: Hands) -> ClosingTime:
    def promises(plan: Plan, reason: str, now: datetime) -> datetime | None:
        team = plan.team_for(reason)
        return team.hours.after(now, team.within)

    return ClosingTime(
        db,
        promises,
        lambda label, reason, by: words(f"{label} {reason} {by:%d %H:%M}"),
        clock=hands,
    )


async def status(db: Database, talk: str) -> str:
    async with db.read() as session:
        found = await session.get(Conversation, talk)
    assert found is not None
    return found.status


async def test_without_a_plan_nobody_knows_when_to_close(database: Database, hands: Hands) -> None:
    await waiting(database)
    hands.pass_by(hours=HOURS)

    assert await closing(database, hands).run() == 0


async def test_while_it_is_open_nobody_is_sent_home(database: Database, hands: Hands) -> None:
    await save(database, version(1, PLAN))
    await waiting(database)

    assert await closing(database, hands).run() == 0


async def test_who_still_waits_is_promised_once_and_the_bot_answers(
    database: Database, second: Database, hands: Hands
) -> None:
    await save(database, version(1, PLAN))
    talk, number = await waiting(database)
    hands.pass_by(hours=HOURS)

    counts = await asyncio.gather(*(closing(db, hands).run() for db in (database, second) * 2))

    assert sum(counts) == 1
    assert await answers(database, talk) == ["R-0001 citizen 23 10:00"]
    assert await status(database, talk) == ConversationStatus.BOT
    async with database.read() as session:
        assert (await desk.find(session, number)).answer_by == MONDAY


async def test_urgent_ones_are_promised_too_where_nobody_is_on_call(
    database: Database, hands: Hands
) -> None:
    await save(database, version(1, PLAN))
    talk, _ = await waiting(database, urgent=True)
    hands.pass_by(hours=HOURS)

    assert await closing(database, hands).run() == 1
    assert await status(database, talk) == ConversationStatus.BOT


async def test_urgent_ones_go_on_waiting_and_served_ones_are_served(
    database: Database, hands: Hands
) -> None:
    await save(database, version(1, PLAN + ROTA))
    urgent, _ = await waiting(database, "u-1", urgent=True)
    served, number = await waiting(database, "u-2")
    await claim(database, step(number))
    hands.pass_by(hours=HOURS)

    assert await closing(database, hands).run() == 0
    assert await status(database, urgent) == ConversationStatus.QUEUED
    assert await status(database, served) == ConversationStatus.ASSIGNED


async def test_a_team_that_never_opens_promises_nothing(database: Database, hands: Hands) -> None:
    await save(database, version(1, PLAN.replace("09:00-17:30", "休息")))
    talk, _ = await waiting(database)

    assert await closing(database, hands).run() == 0
    assert await answers(database, talk) == []


async def test_in_the_morning_tickets_are_taken_in_their_order(
    database: Database, hands: Hands
) -> None:
    await save(database, version(1, PLAN))
    first, one = await waiting(database, "u-1")
    _, two = await waiting(database, "u-2")
    hands.pass_by(hours=HOURS)
    await closing(database, hands).run()
    hands.now = MONDAY

    async with database.read() as session:
        listed = [line.number for line in await desk.listing(session, database.vault)]
    await claim(database, step(one, at=hands.now))

    assert listed == [one, two]
    assert await status(database, first) == ConversationStatus.ASSIGNED
