"""The queue as staff see it."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from console.accounts import Account
from console.waiting import LONGEST_LINE, MOST_LINES, Line, queue
from db.engine import Database
from tests.integration.console.citizens import ask_for_a_person
from tests.integration.console.conftest import START
from tests.integration.handoff.chats import claim, reply, step

MINUTE = timedelta(minutes=1)


async def lines(db: Database, account: Account, *, now: datetime) -> list[Line]:
    return list((await queue(db, account, now=now)).lines)


async def test_urgent_ones_come_first_with_minutes(database: Database, agent: Account) -> None:
    await ask_for_a_person(database, "a", "我要找人", now=START)
    await ask_for_a_person(database, "b", "救命", urgent=True, now=START + 2 * MINUTE)

    shown = await lines(database, agent, now=START + 3.5 * MINUTE)

    assert shown == [
        Line(
            label="R-0002",
            urgent=True,
            agent="",
            mine=False,
            minutes=1,
            said="救命",
            version=0,
            opens=True,
        ),
        Line(
            label="R-0001",
            urgent=False,
            agent="",
            mine=False,
            minutes=3,
            said="我要找人",
            version=0,
            opens=True,
        ),
    ]


@pytest.mark.parametrize(("who", "mine"), [("li.na", True), ("wang", False)])
async def test_a_colleagues_citizen_is_not_opened_and_the_last_word_is_the_citizens(
    database: Database, agent: Account, who: str, *, mine: bool
) -> None:
    number = await ask_for_a_person(database, "a", "第一句", "第二句", now=START)
    await claim(database, step(number, who, at=START))
    await reply(database, step(number, who, at=START), "您好，我在。")

    (line,) = await lines(database, agent, now=START)

    assert (line.agent, line.mine, line.opens) == (who, mine, mine)
    assert line.said == "第二句"


async def test_what_names_a_person_is_hidden_also_where_the_line_is_cut(
    database: Database, agent: Account
) -> None:
    phone = "13912345678"
    text = f"我的电话\n{phone} " + "长" * (LONGEST_LINE - 22) + phone
    await ask_for_a_person(database, "a", text, now=START)

    (line,) = await lines(database, agent, now=START)

    assert line.said.startswith("我的电话 139****5678 长")
    assert "1234" not in line.said
    assert (len(line.said), line.said[-1]) == (LONGEST_LINE, "…")


async def test_a_long_queue_is_cut_and_says_so(database: Database, agent: Account) -> None:
    for n in range(MOST_LINES + 2):
        await ask_for_a_person(database, f"u-{n}", now=START)
    await claim(database, step(MOST_LINES + 2, agent.name, at=START))

    found = await queue(database, agent, now=START)

    assert len(found.lines) == MOST_LINES + 1
    assert found.lines[-1].mine
    assert (found.more, found.counts.waiting, found.counts.served) == (1, MOST_LINES + 1, 1)
