"""Calls are bounded and fail as SendError, whatever the other side does; no address is quoted."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from datetime import timedelta

import aiohttp
import pytest
import pytest_asyncio

from bot.channels.base import SendCode, SendError
from bot.channels.wechat.account import Account, Mode
from bot.channels.wechat.calls import Answer, Calls, int_of
from tests.integration.bot.channels.fake_wechat import APP_ID, SECRET, TOKEN, FakeWeChat, Fault

SEND = "/cgi-bin/message/custom/send"


@pytest_asyncio.fixture
async def calls(wechat: FakeWeChat) -> AsyncIterator[Calls]:
    account = Account(
        app_id=APP_ID,
        secret=SECRET,
        token=TOKEN,
        mode=Mode.PLAIN,
        base_url=wechat.url,
        patience=timedelta(seconds=0.5),
    )
    async with aiohttp.ClientSession() as http:
        yield Calls(account, http)


def message(text: str) -> dict[str, object]:
    return {"touser": "o1", "msgtype": "text", "text": {"content": text}}


async def test_words_go_as_they_are(calls: Calls, wechat: FakeWeChat) -> None:
    answer = await calls.post(SEND, message("你好😀"), token="token-1")

    assert answer.errcode() == 0
    assert "你好😀".encode() in wechat.raw[0]
    assert wechat.sent == [("o1", "你好😀")]


@pytest.mark.parametrize(
    "fault",
    [
        Fault(status=500),
        Fault(status=302),
        Fault(delay=2),
        Fault(drop=True),
        Fault(body=b"x" * 70_000),
    ],
    ids=["500", "elsewhere", "late", "dropped", "too much"],
)
async def test_trouble_is_a_connection_that_failed(
    calls: Calls, wechat: FakeWeChat, fault: Fault
) -> None:
    wechat.fail("send", fault)

    with pytest.raises(SendError) as raised:
        await calls.post(SEND, message("你好"), token="token-1")

    assert raised.value.code is SendCode.CONNECTION_FAILED
    assert raised.value.__context__ is None


@pytest.mark.parametrize("body", [b"", b"<html>", b"[]", b"[" * 60_000], ids=len)
async def test_what_is_no_object_is_one_too(body: bytes) -> None:
    with pytest.raises(SendError):
        Answer(content=body).errcode()


def test_codes_are_numbers() -> None:
    assert [int_of(v) for v in (0, 45047, "45047", None)] == [0, 45047, -1, -1]
    assert Answer(content=json.dumps({"x": 1}).encode()).errcode() == 0
