"""The account from the settings, and a door that says whether WeChat knows us."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from bot.channels.wechat.account import AccountMalformed, Mode
from bot.inbox import Inbox
from bot.relay import Relay
from bot.settings import Settings
from bot.wechat_door import Within, account_of, open_door, open_line
from cases.uploads import UploadDesk
from conversations.bus import MemoryBus
from core.clock import utc_now
from db.engine import Database
from db.store import FolderStore
from tests.integration.bot.channels.fake_wechat import FakeWeChat, Fault, running_wechat
from tests.integration.bot.channels.wechat.conftest import settings_of
from tests.integration.bot.web.site import folder_of
from tests.integration.talk import make_engine


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """SQLite only: what is looked at here lies above the database."""
    return sqlite_url


@pytest_asyncio.fixture
async def wechat() -> AsyncIterator[FakeWeChat]:
    async with running_wechat() as fake:
        yield fake


def within(db: Database) -> Within:
    uploads = UploadDesk(db, FolderStore(folder_of(db)), clock=utc_now)
    inbox = Inbox(db, MemoryBus(), make_engine(db).answer, clock=utc_now)
    relay = Relay(db, {}, clock=utc_now)
    return Within(db=db, inbox=inbox, relay=relay, keep=uploads.take, clock=utc_now)


async def test_without_an_account_there_is_no_door(database: Database) -> None:
    async with open_line(Settings()) as line, open_door(line, within(database)) as door:
        assert line is None
        assert (list(door.routes), dict(door.checks)) == ([], {})


async def test_ready_once_a_token_was_given(
    database: Database, wechat: FakeWeChat, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.wechat_door.RETRY_SECONDS", 0.1)
    wechat.fail("stable_token", Fault(errcode=40164))
    async with (
        open_line(settings_of(wechat)) as line,
        open_door(line, within(database)) as door,
    ):
        assert [(r.method, r.path) for r in door.routes] == [
            ("GET", "/webhooks/wechat"),
            ("POST", "/webhooks/wechat"),
        ]
        assert not await door.checks["wechat"]()
        async with asyncio.timeout(5):
            while not await door.checks["wechat"]():  # noqa: ASYNC110
                await asyncio.sleep(0.02)
    assert wechat.calls == ["stable_token"] * 2


def test_settings_make_the_account() -> None:
    fake = FakeWeChat(url="http://127.0.0.1:9/")
    account = account_of(settings_of(fake))

    assert account is not None
    assert (account.mode, len(account.aes_keys)) == (Mode.COMPATIBLE, 2)
    assert account.base_url == "http://127.0.0.1:9"
    assert account_of(Settings()) is None


@pytest.mark.parametrize("changed", [{"wechat_secret": ""}, {"wechat_aes_key": "short"}], ids=str)
def test_half_an_account_is_refused(changed: dict[str, object]) -> None:
    with pytest.raises(AccountMalformed):
        account_of(settings_of(FakeWeChat(), **changed))
