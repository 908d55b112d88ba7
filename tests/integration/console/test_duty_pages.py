"""The duty plan in the console: everybody sees it, supervisors change it, nobody breaks it."""

from __future__ import annotations

import re

import pytest

from console.models import Role
from console.passwords import Passwords
from console.wording import error_message
from db.engine import Database
from handoff.duty import plans
from handoff.duty.words import words
from handoff.models import DutyPlan
from tests.integration.console.conftest import START, Client, keep
from tests.integration.console.test_pages import log_in

PLAN = "teams:\n  - {name: 综合岗, hours: [工作日 09:00-12:00 13:30-17:30]}\n"
SEEN = re.compile(r'name="seen" value="(\d+)"')


async def in_force(db: Database) -> tuple[int, str] | None:
    async with db.read() as session:
        found = await plans.current(session, db.vault)
    return (found.number, found.author) if found else None


async def supervisor(client: Client, db: Database, passwords: Passwords) -> None:
    await keep(db, passwords, "chen", Role.SUPERVISOR)
    await log_in(client, name="chen")


async def page(client: Client) -> str:
    response = await client.get("/console/duty")
    assert response.status == 200
    return await response.text()


async def post(client: Client, text: str = PLAN, seen: int = 0, **more: str) -> tuple[int, str]:
    response = await client.post(
        "/console/duty", data={"text": text, "seen": str(seen), **more}, allow_redirects=False
    )
    return response.status, await response.text()


async def test_at_first_there_is_an_example_to_begin_with(
    client: Client, database: Database, passwords: Passwords
) -> None:
    await supervisor(client, database, passwords)

    text = await page(client)

    assert "还没有值班表" in text
    assert "answers_within: 60" in text
    assert SEEN.findall(text) == ["0"]


async def test_a_plan_is_checked_without_being_kept(
    client: Client, database: Database, passwords: Passwords
) -> None:
    await supervisor(client, database, passwords)

    status, text = await post(client, check="yes")

    assert status == 200
    assert "还没有保存" in text
    assert "09:00–12:00，13:30–17:30" in text
    assert await in_force(database) is None


async def test_a_plan_is_kept_and_seen_by_all(
    client: Client, database: Database, passwords: Passwords
) -> None:
    await supervisor(client, database, passwords)

    assert (await post(client))[0] == 303

    assert await in_force(database) == (1, "chen")
    assert SEEN.findall(await page(client)) == ["1"]
    await log_in(client)
    seen_by_agent = await page(client)
    assert "09:00–12:00，13:30–17:30" in seen_by_agent
    assert "<textarea" not in seen_by_agent


async def test_a_faulty_plan_says_why_and_keeps_what_was_written(
    client: Client, database: Database, passwords: Passwords
) -> None:
    await supervisor(client, database, passwords)
    await post(client)
    faulty = PLAN.replace("工作日", "工作天")

    status, text = await post(client, faulty, seen=1)

    assert status == 422
    line = "工作天 09:00-12:00 13:30-17:30"
    assert words("hours_day", whose="综合岗", line=line) in text
    assert "工作天" in text.split("<textarea")[1]
    assert SEEN.findall(text) == ["1"]
    assert await in_force(database) == (1, "chen")


async def test_a_stale_page_overwrites_nothing(
    client: Client, database: Database, passwords: Passwords
) -> None:
    await supervisor(client, database, passwords)
    await post(client)

    status, text = await post(client, seen=0)

    assert (status, error_message("PlanOutdated") in text) == (409, True)
    assert await in_force(database) == (1, "chen")


@pytest.mark.parametrize("seen", ["", "x", "9" * 20])
async def test_a_number_that_is_none_is_none_seen(
    client: Client, database: Database, passwords: Passwords, seen: str
) -> None:
    await supervisor(client, database, passwords)

    response = await client.post(
        "/console/duty", data={"text": PLAN, "seen": seen}, allow_redirects=False
    )

    assert response.status == 303


async def test_agents_change_no_plan_and_editors_see_none(
    client: Client, database: Database, passwords: Passwords
) -> None:
    await keep(database, passwords, "bian", Role.EDITOR)
    await log_in(client)
    assert (await post(client))[0] == 403
    await log_in(client, name="bian")

    assert (await client.get("/console/duty")).status == 403
    assert await in_force(database) is None


async def test_a_plan_that_a_release_has_outgrown_can_be_mended(
    client: Client, database: Database, passwords: Passwords
) -> None:
    async with database.write() as session:
        sealed = database.vault.seal("teams: []")
        session.add(DutyPlan(number=1, text_sealed=sealed, author="a", saved_at=START))
    await supervisor(client, database, passwords)

    text = await page(client)

    assert "现在用不了" in text
    assert words("wrong_value", place="teams") in text
    assert (await post(client, seen=1))[0] == 303
