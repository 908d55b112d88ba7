"""Replies as the Bot API receives them, and every failure by its name."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.channels.base import Outgoing, SendCode, SendError
from bot.channels.telegram.account import Account, TelegramBot, open_bot
from bot.channels.telegram.pace import Pace
from bot.channels.telegram.send import TelegramChannel
from core.messages import Attachment, Identity, QuickReply, Reply
from documents.rendering import File
from tests.integration.bot.channels.fake_telegram import FakeTelegram, Fault

THREE_PARTS = "甲" * 4000 + "。" + "乙" * 4000 + "。" + "丙" * 200
ME = Identity(channel="telegram", user_id="7001")


@pytest.fixture
def channel(bot: TelegramBot) -> TelegramChannel:
    return TelegramChannel(bot, pace=Pace(per_chat=0))


def outgoing(text: str = "您好", delivery: str = "d1", **reply: Any) -> Outgoing:
    return Outgoing(
        delivery_id=delivery,
        conversation_id="c1",
        to=ME,
        seq=1,
        reply=Reply(text=text, **reply),
    )


def texts(telegram: FakeTelegram) -> list[str]:
    return [str(m["text"])[:1] for m in telegram.messages]


async def test_a_page_goes_as_a_link(bot: TelegramBot, telegram: FakeTelegram) -> None:
    page = Attachment(kind="page", url="/t/XF1", caption="进度页")
    channel = TelegramChannel(bot, pace=Pace(per_chat=0), base="https://sufatong.example")

    await channel.send(outgoing("收好", attachments=(page,)))

    assert telegram.messages[0]["text"] == "收好\n进度页 https://sufatong.example/t/XF1"


async def test_text_goes_plain_with_a_button_a_row(
    channel: TelegramChannel, telegram: FakeTelegram
) -> None:
    buttons = (
        QuickReply(title="查进度", payload="petition_status"),
        QuickReply(title="转人工", payload="human_handoff"),
    )

    ids = await channel.send(outgoing("*1 < 2* _《劳动合同法》第三十八条_", quick_replies=buttons))

    assert ids == ("1",)
    assert telegram.messages == [
        {
            "chat_id": 7001,
            "text": "*1 < 2* _《劳动合同法》第三十八条_",
            "link_preview_options": {"is_disabled": True},
            "reply_markup": {
                "inline_keyboard": [
                    [{"text": "查进度", "callback_data": "petition_status"}],
                    [{"text": "转人工", "callback_data": "human_handoff"}],
                ]
            },
        }
    ]


async def test_a_long_reply_goes_in_parts_with_its_buttons_last(
    channel: TelegramChannel, telegram: FakeTelegram
) -> None:
    button = QuickReply(title="好", payload="affirm")

    ids = await channel.send(outgoing(THREE_PARTS, quick_replies=(button,)))

    assert ids == ("1", "2", "3")
    assert "".join(str(m["text"]) for m in telegram.messages) == THREE_PARTS
    assert ["reply_markup" in m for m in telegram.messages] == [False, False, True]


async def test_a_button_telegram_would_refuse_is_left_out(
    channel: TelegramChannel, telegram: FakeTelegram
) -> None:
    fits, too_long = "字" * 21 + "x", "字" * 21 + "xy"
    buttons = tuple(QuickReply(title="选", payload=p) for p in (fits, too_long, ""))

    await channel.send(outgoing(quick_replies=buttons))

    assert telegram.messages[0]["reply_markup"] == {
        "inline_keyboard": [[{"text": "选", "callback_data": fits}]]
    }


@pytest.mark.parametrize("text", ["", "  ", "断\ud83d字"])
async def test_what_cannot_be_sent_is_invalid(
    channel: TelegramChannel, telegram: FakeTelegram, text: str
) -> None:
    with pytest.raises(SendError) as caught:
        await channel.send(outgoing(text))

    assert caught.value.code is SendCode.MESSAGE_INVALID
    assert telegram.calls == []


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        (Fault(status=400, description="Bad Request: text must be encoded"), "message_invalid"),
        (Fault(status=400, description="Bad Request: chat not found"), "contact_stopped"),
        (Fault(status=401, description="Unauthorized"), "channel_config"),
        (Fault(status=404, description="Not Found"), "channel_config"),
        (Fault(status=403, description="Forbidden: user is deactivated"), "contact_stopped"),
        (Fault(retry_after=3), "throttled"),
        (Fault(status=500), "connection_failed"),
        (Fault(status=502, body=b"<html>bad gateway</html>"), "connection_failed"),
        (Fault(body=b"<html>login to this wifi</html>"), "connection_failed"),
        (Fault(drop=True), "connection_failed"),
        (Fault(delay=1.5, status=500), "connection_failed"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
async def test_a_failure_has_its_name_and_says_nothing_else(
    channel: TelegramChannel, telegram: FakeTelegram, fault: Fault, code: str
) -> None:
    telegram.fail("sendMessage", fault)

    with pytest.raises(SendError) as caught:
        await channel.send(outgoing())

    assert caught.value.code == code
    assert (caught.value.__cause__, caught.value.__context__) == (None, None)


async def test_a_blocked_bot_is_not_retryable(
    channel: TelegramChannel, telegram: FakeTelegram
) -> None:
    telegram.blocked_by.add(7001)

    with pytest.raises(SendError) as caught:
        await channel.send(outgoing())

    assert (caught.value.code, caught.value.retryable) == (SendCode.CONTACT_STOPPED, False)


async def test_nothing_listening_is_a_failed_connection() -> None:
    # Port 9 of loopback: nobody there.
    account = Account(token="1:abc", base_url="http://127.0.0.1:9")
    async with open_bot(account) as bot:
        with pytest.raises(SendError) as caught:
            await TelegramChannel(bot).send(outgoing())

    assert caught.value.code is SendCode.CONNECTION_FAILED


async def test_a_throttled_chat_is_left_alone_and_others_are_not(
    channel: TelegramChannel, telegram: FakeTelegram
) -> None:
    telegram.fail("sendMessage", Fault(retry_after=1))
    with pytest.raises(SendError) as first:
        await channel.send(outgoing())
    with pytest.raises(SendError) as second:
        await channel.send(outgoing())
    other = Outgoing(
        delivery_id="d2",
        conversation_id="c2",
        to=Identity(channel="telegram", user_id="7002"),
        seq=1,
        reply=Reply(text="您好"),
    )

    await channel.send(other)

    assert first.value.retry_after == timedelta(seconds=1)
    assert second.value.code is SendCode.THROTTLED
    assert second.value.retry_after is not None
    assert timedelta() < second.value.retry_after <= timedelta(seconds=1)
    assert [m["chat_id"] for m in telegram.messages] == [7002]
    assert len(telegram.called("sendMessage")) == 2

    await asyncio.sleep(1.05)
    assert await channel.send(outgoing()) == ("2",)


async def test_a_retry_goes_on_after_the_parts_that_arrived(
    channel: TelegramChannel, telegram: FakeTelegram
) -> None:
    telegram.fail("sendMessage", None, Fault(status=500))
    with pytest.raises(SendError):
        await channel.send(outgoing(THREE_PARTS))
    assert texts(telegram) == ["甲"]

    assert await channel.send(outgoing(THREE_PARTS)) == ("1", "2", "3")
    assert texts(telegram) == ["甲", "乙", "丙"]


async def test_parts_are_remembered_for_each_delivery_alone(
    channel: TelegramChannel, telegram: FakeTelegram
) -> None:
    telegram.fail("sendMessage", None, Fault(status=500))
    with pytest.raises(SendError):
        await channel.send(outgoing(THREE_PARTS, "d1"))

    await channel.send(outgoing(THREE_PARTS, "d2"))

    assert texts(telegram) == ["甲", "甲", "乙", "丙"]


async def test_a_delivery_that_is_done_is_not_sent_again(
    channel: TelegramChannel, telegram: FakeTelegram
) -> None:
    first = await channel.send(outgoing())

    assert await channel.send(outgoing()) == first
    assert len(telegram.messages) == 1


async def test_one_person_gets_a_message_a_second(
    bot: TelegramBot, telegram: FakeTelegram
) -> None:
    """On a clock that only waiting moves: a busy machine must not look like a broken limit."""
    slept: list[float] = []

    async def sleep(seconds: float) -> None:
        slept.append(seconds)

    channel = TelegramChannel(bot, pace=Pace(now=lambda: sum(slept), sleep=sleep))

    await channel.send(outgoing(THREE_PARTS))

    assert slept == [1.0, 1.0]
    assert texts(telegram) == ["甲", "乙", "丙"]


async def test_typing_is_shown(channel: TelegramChannel, telegram: FakeTelegram) -> None:
    await channel.typing(ME)

    assert telegram.called("sendChatAction") == [{"chat_id": 7001, "action": "typing"}]


@pytest.mark.parametrize("fault", [Fault(status=403), Fault(retry_after=5), Fault(drop=True)])
async def test_typing_never_fails(
    channel: TelegramChannel, telegram: FakeTelegram, fault: Fault
) -> None:
    telegram.fail("sendChatAction", fault)

    await channel.typing(ME)

    assert len(telegram.called("sendChatAction")) == 1


async def test_neither_token_nor_words_reach_a_log(
    channel: TelegramChannel, telegram: FakeTelegram, caplog: pytest.LogCaptureFixture
) -> None:
    """Everything is logged that wants to be; faults echo the URL, as proxies do."""
    caplog.set_level(logging.DEBUG)
    echo = b"<html>cannot reach /bot123456:AAE-not_to_be_seen_anywhere/sendMessage</html>"
    telegram.fail(
        "sendMessage",
        Fault(status=502, body=echo),
        Fault(body=echo),
        Fault(status=401, description=echo.decode()),
    )
    shown = []
    for _ in range(3):
        with pytest.raises(SendError) as caught:
            await channel.send(outgoing("我欠了钱"))
        shown.append(repr(caught.value))
    await channel.send(outgoing("我欠了钱"))

    everything = caplog.text + "".join(shown)
    assert [word for word in ("not_to_be_seen", "我欠了钱") if word in everything] == []


LETTER = File(name="信访信.docx", mime="application/x-docx", content=b"PK letter")
PAGE = File(name="信访信.pdf", mime="application/pdf", content=b"%PDF- letter")


def with_files(*files: File, delivery: str = "d1") -> Outgoing:
    attachments = tuple(Attachment(kind="file", url=f"/d/{f.name}") for f in files)
    told = outgoing("好了", delivery, attachments=attachments)
    return replace(told, files=files)


async def test_documents_follow_their_words_under_their_names(
    channel: TelegramChannel, telegram: FakeTelegram
) -> None:
    ids = await channel.send(with_files(LETTER, PAGE))

    assert ids == ("1", "2", "3")
    assert telegram.messages[0]["text"] == "好了"
    assert "/d/" not in str(telegram.messages[0])
    assert telegram.messages[1:] == [
        {"chat_id": 7001, "document": "信访信.docx", "content": b"PK letter"},
        {"chat_id": 7001, "document": "信访信.pdf", "content": b"%PDF- letter"},
    ]


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        (Fault(status=400, description="Bad Request: chat not found"), "contact_stopped"),
        (Fault(status=403, description="Forbidden: user is deactivated"), "contact_stopped"),
        (Fault(status=413, description="Request Entity Too Large"), "connection_failed"),
        (Fault(retry_after=3), "throttled"),
        (Fault(status=500), "connection_failed"),
        (Fault(drop=True), "connection_failed"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
async def test_a_document_that_fails_says_why(
    channel: TelegramChannel, telegram: FakeTelegram, fault: Fault, code: str
) -> None:
    telegram.fail("sendDocument", fault)

    with pytest.raises(SendError) as caught:
        await channel.send(with_files(LETTER))

    assert caught.value.code == code


async def test_a_retry_sends_only_the_documents_that_are_missing(
    channel: TelegramChannel, telegram: FakeTelegram
) -> None:
    telegram.fail("sendDocument", None, Fault(status=500))
    with pytest.raises(SendError):
        await channel.send(with_files(LETTER, PAGE))

    await channel.send(with_files(LETTER, PAGE))

    sent = [m.get("text") or m["document"] for m in telegram.messages]
    assert sent == ["好了", "信访信.docx", "信访信.pdf"]


async def test_who_blocked_the_bot_gets_no_document(
    channel: TelegramChannel, telegram: FakeTelegram
) -> None:
    telegram.blocked_by.add(7001)

    with pytest.raises(SendError) as caught:
        await channel.send(with_files(LETTER))

    assert caught.value.code is SendCode.CONTACT_STOPPED
