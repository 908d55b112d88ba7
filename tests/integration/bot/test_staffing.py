"""The pager with the ways that are set, and what citizens are told at closing time."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.settings import Settings
from bot.staffing import open_pager, sweeps
from db.engine import Database
from handoff.duty.plan import Person
from handoff.errors import BadMailServer
from handoff.paging.ways import Page
from tests.integration.handoff.chats import waiting
from tests.integration.handoff.duty.test_plans import save, version
from tests.integration.talk import NOON, Hands, answers

PAGE = Page(id="p", label="R-0001", reason="fraud", minutes=0, step=1, link="")
LI = Person(name="li", mail="li@example.com", sms="13812345678")
NOBODY_THERE = "http://127.0.0.1:1/"


@pytest.mark.parametrize(
    ("chosen", "can_page"),
    [
        ({}, False),
        ({"page_webhook_url": NOBODY_THERE}, True),
        ({"page_sms_url": NOBODY_THERE}, True),
        ({"page_mail_server": SecretStr("smtp://127.0.0.1:1"), "page_mail_from": "a@b"}, True),
    ],
    ids=str,
)
async def test_each_way_that_is_set_is_tried(
    database: Database,
    tmp_path: Path,
    hands: Hands,
    *,
    chosen: dict[str, object],
    can_page: bool,
) -> None:
    settings = Settings(data_dir=tmp_path, demo=False).model_copy(update=chosen)

    async with open_pager(settings, database, clock=hands) as pager:
        assert await pager.call([LI], PAGE) == []

    assert settings.can_page is can_page


async def test_a_mail_server_that_is_none_stops_the_start(
    database: Database, tmp_path: Path, hands: Hands
) -> None:
    settings = Settings(data_dir=tmp_path, page_mail_server=SecretStr("mail.example.com"))

    with pytest.raises(BadMailServer):
        async with open_pager(settings, database, clock=hands):
            pass


async def test_at_closing_time_the_number_the_hour_and_the_lines_are_told(
    database: Database, hands: Hands
) -> None:
    await save(database, version(1, "teams: [{name: 综合岗, hours: [工作日 09:00-17:30]}]"))
    talk, _ = await waiting(database)
    hands.now = NOON + timedelta(hours=7)

    assert await sweeps(database, clock=hands)["chats_promised"]() == 1

    [told] = await answers(database, talk)
    assert "R-0001" in told
    assert "11月23日（周一）10:00 前" in told
    assert "12345（政务服务便民热线）" in told
