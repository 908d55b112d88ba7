"""One token for all nodes: fetched once, renewed in time and when it is refused, forced at need."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import aiohttp
import pytest
import pytest_asyncio

from bot.channels.base import SendCode, SendError
from bot.channels.wechat.account import Account, Mode
from bot.channels.wechat.calls import Calls
from bot.channels.wechat.token import EARLY, FORCE_APART, LEASE, Tokens
from conversations.tokens import lease
from db.engine import Database
from tests.conftest import database_url  # noqa: F401  # on both databases: the lease is theirs
from tests.integration.bot.channels.fake_wechat import APP_ID, SECRET, TOKEN, FakeWeChat, Fault
from tests.integration.talk import Hands

KEY = f"wechat:{APP_ID}"


@pytest_asyncio.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


@pytest.fixture
def account(wechat: FakeWeChat) -> Account:
    return Account(app_id=APP_ID, secret=SECRET, token=TOKEN, mode=Mode.PLAIN, base_url=wechat.url)


@pytest.fixture
def hands() -> Hands:
    return Hands()


@pytest.fixture
def nodes(
    account: Account,
    http: aiohttp.ClientSession,
    database: Database,
    second: Database,
    hands: Hands,
) -> list[Tokens]:
    """Four nodes on one database."""
    calls = Calls(account, http)
    return [Tokens(account, calls, db, clock=hands) for db in (database, second) * 2]


async def test_many_nodes_ask_once(nodes: list[Tokens], wechat: FakeWeChat) -> None:
    wechat.fail("stable_token", Fault(delay=0.3, body=b'{"access_token":"a","expires_in":7200}'))

    assert set(await asyncio.gather(*(n.current() for n in nodes * 3))) == {"a"}
    assert wechat.calls == ["stable_token"]


async def test_renewed_shortly_before_its_end_by_one(
    nodes: list[Tokens], wechat: FakeWeChat, hands: Hands
) -> None:
    assert await nodes[0].current() == "token-1"
    wechat.expire()
    hands.pass_by(seconds=7200 - EARLY.total_seconds() - 1)
    assert await nodes[1].current() == "token-1"
    hands.pass_by(seconds=1)

    assert "token-2" in set(await asyncio.gather(*(n.current() for n in nodes)))
    assert await nodes[2].current() == "token-2"
    assert wechat.calls == ["stable_token"] * 2


async def test_while_another_renews_the_old_one_goes_on(
    nodes: list[Tokens], database: Database, hands: Hands
) -> None:
    await nodes[0].current()
    hands.pass_by(seconds=7200 - EARLY.total_seconds())
    assert await lease(database, KEY, now=hands(), until=hands() + LEASE)

    assert await nodes[1].current() == "token-1"


async def test_a_refused_one_is_replaced_once_for_all(
    nodes: list[Tokens], wechat: FakeWeChat
) -> None:
    await nodes[0].current()
    wechat.expire()

    got = await asyncio.gather(*(n.instead_of("token-1") for n in nodes))

    assert set(got) == {"token-2"}
    assert wechat.calls == ["stable_token"] * 2
    assert wechat.forced == 0


async def test_if_wechat_insists_on_the_refused_one_it_is_forced_but_not_often(
    nodes: list[Tokens], wechat: FakeWeChat, hands: Hands
) -> None:
    await nodes[0].current()
    assert await nodes[0].instead_of("token-1") == "token-2"
    assert wechat.forced == 1

    with pytest.raises(SendError) as raised:
        await nodes[1].instead_of("token-2")
    assert raised.value.retry_after == FORCE_APART
    hands.pass_by(seconds=FORCE_APART.total_seconds())
    assert await nodes[1].instead_of("token-2") == "token-3"


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        (Fault(status=502), SendCode.CONNECTION_FAILED),
        (Fault(errcode=-1), SendCode.CONNECTION_FAILED),
        (Fault(errcode=40125), SendCode.CHANNEL_CONFIG),
        (Fault(errcode=40164), SendCode.CHANNEL_CONFIG),
        (Fault(body=b"{}"), SendCode.CONNECTION_FAILED),
        (Fault(body=b'{"access_token":"","expires_in":7200}'), SendCode.CONNECTION_FAILED),
    ],
    ids=str,
)
async def test_a_failure_gives_the_lease_back(
    nodes: list[Tokens], wechat: FakeWeChat, fault: Fault, code: SendCode
) -> None:
    wechat.fail("stable_token", fault)

    with pytest.raises(SendError) as raised:
        await nodes[0].current()

    assert raised.value.code is code
    assert await nodes[1].current() == "token-1"


async def test_the_lease_of_a_dead_node_ends(
    nodes: list[Tokens], database: Database, hands: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.channels.wechat.token.LOOKS", 2)
    await lease(database, KEY, now=hands(), until=hands() + timedelta(seconds=15))
    with pytest.raises(SendError):
        await nodes[0].current()
    hands.pass_by(seconds=15)

    assert await nodes[0].current() == "token-1"
