"""`python -m bot wechat …`: what may still be sent to whom, without telling who they are."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest

from bot.bootstrap import open_store
from bot.cli.speech import words
from bot.cli.wechat import told
from bot.preparation import migrate
from bot.settings import Settings
from conversations.allowances import Cause, Grant, Standing, grant
from core.clock import utc_now
from db.engine import Database
from tests.integration.bot.cli.typed import run
from tests.integration.talk import NOON, make_engine, message, store

OPEN_ID = "oCitizen_of-Suzhou_0001"


async def _waiting(db: Database) -> str:
    await migrate(db)
    told = message("你好", channel="wechat", user=OPEN_ID)
    asked = message(payload="human_handoff", channel="wechat", user=OPEN_ID)
    received, _ = await store(db, told, asked)
    await make_engine(db).answer(received.conversation_id)
    until = utc_now() + timedelta(hours=48)
    async with db.write() as session:
        given = Grant(cause=Cause.MESSAGE, count=3, until=until)
        await grant(session, received.conversation_id, given)
    return received.conversation_id


@pytest.fixture
def waiting(home: Path) -> str:
    """Somebody on WeChat who waits for a person; gives the conversation's id."""

    async def work() -> str:
        db = open_store(Settings())
        try:
            return await _waiting(db)
        finally:
            await db.close()

    return asyncio.run(work())


def test_the_quota_is_told(waiting: str) -> None:
    result = run("wechat", "quota")

    assert (result.exit_code, result.stderr) == (0, "")
    [line] = result.stdout.splitlines()
    assert line.startswith(waiting)
    assert words("wechat_left", left=3, until="").partition("，")[0] in line
    assert words("wechat_waiting", count=2) in line
    assert OPEN_ID not in line


@pytest.mark.usefixtures("waiting")
def test_the_queue_tells_it_too() -> None:
    assert "微信：还能发 3 条" in run("handoff", "list").stdout


def test_nothing_to_tell(home: Path) -> None:
    async def work() -> None:
        db = open_store(Settings())
        await migrate(db)
        await db.close()

    asyncio.run(work())

    assert run("wechat", "quota").stdout == words("wechat_quota_none") + "\n"


def test_how_it_is_told() -> None:
    def standing(**more: object) -> Standing:
        return Standing(**{"conversation_id": "c", "left": 0, "until": None, **more})  # type: ignore[arg-type]

    assert told(standing()) == words("wechat_closed")
    assert told(standing(left=2, until=NOON)) == words("wechat_left", left=2, until="11-20 12:00")
    assert words("wechat_waiting", count=4) in told(standing(waiting=4))
