"""`python -m bot alert …`: a draft seen, approved, dropped, corrected; what cannot be is said."""

from __future__ import annotations

import asyncio

import pytest

from bot.bootstrap import open_store
from bot.cli.speech import FAILED, USAGE, words
from bot.preparation import migrate
from bot.settings import Settings
from db.engine import Database
from tests.integration.alerts.town import draft, sender, subscriber
from tests.integration.bot.cli.typed import complaint, run

pytestmark = pytest.mark.usefixtures("home")


def there(*kinds: str, send: bool = False) -> None:
    """Draft alerts in the installation, or send what was approved."""

    async def work(db: Database) -> None:
        await migrate(db)
        for kind in kinds:
            await draft(db, kind=kind)
        if send:
            await subscriber(db, "a")
            await sender(db).once()

    async def opened() -> None:
        db = open_store(Settings())
        try:
            await work(db)
        finally:
            await db.close()

    asyncio.run(opened())


def test_from_draft_to_correction() -> None:
    assert run("alert", "list").stdout.strip() == words("alert_none")
    there("brush", "loan")

    listed = run("alert", "list", "--state", "draft").stdout
    assert [line.split()[0] for line in listed.splitlines()] == ["2", "1"]
    shown = run("alert", "show", "1").stdout
    assert "姑苏区  刷单返利" in shown
    assert "【防骗提醒】" in shown

    mine = ("--text", "姑苏区刷单骗局多，别垫钱。", "--as", "王")
    assert run("alert", "approve", "1", *mine).stdout.strip() == words("alert_approved", number=1)
    assert run("alert", "drop", "2", "--reason", "不是真的").exit_code == 0
    assert "别垫钱" in run("alert", "show", "1").stdout
    assert "理由：不是真的" in run("alert", "show", "2").stdout

    there(send=True)
    corrected = run("alert", "correct", "1", "--text", "没有激增。", "--text-en", "No surge.")
    assert corrected.stdout.strip() == words("alert_corrected", number=1, new=3)
    assert "更正第 1 号" in run("alert", "show", "3").stdout


def test_what_cannot_be_done_is_said() -> None:
    there("brush")
    unknown = run("alert", "show", "9")
    state = run("alert", "list", "--state", "sent")
    early = run("alert", "correct", "1", "--text", "错", "--text-en", "Wrong.")
    long = run("alert", "approve", "1", "--text", "长" * 301)

    assert (unknown.exit_code, complaint(unknown)) == (FAILED, words("alert_no_such"))
    assert (state.exit_code, complaint(state)) == (USAGE, words("alert_state"))
    assert (early.exit_code, complaint(early)) == (FAILED, words("alert_moved"))
    assert (long.exit_code, complaint(long)) == (FAILED, words("alert_bad_wording"))
