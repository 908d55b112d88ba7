"""Polling against a server that fails: nothing is lost, nothing is confirmed before it is stored."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest
from structlog.testing import capture_logs

from bot.channels.telegram.account import Account, TelegramBot, open_bot
from bot.channels.telegram.intake import Intake
from bot.channels.telegram.polling import Poller, PollingState, Timing
from tests.integration.bot.channels.conftest import Inbox
from tests.integration.bot.channels.fake_telegram import (
    FakeTelegram,
    Fault,
    button_update,
    eventually,
    text_update,
)

QUICK = Timing(
    wait=timedelta(seconds=5),
    patience=timedelta(seconds=0.3),
    first_pause=timedelta(milliseconds=4),
    longest_pause=timedelta(milliseconds=20),
    hopeless_pause=timedelta(milliseconds=20),
    tries=4,
)


@asynccontextmanager
async def polling(bot: TelegramBot, inbox: Inbox, timing: Timing = QUICK) -> AsyncIterator[Poller]:
    poller = Poller(bot, Intake(bot, inbox, bot_id=123456), timing=timing)
    task = asyncio.create_task(poller.run())
    try:
        yield poller
    finally:
        task.cancel()
        async with asyncio.timeout(1):
            await asyncio.gather(task, return_exceptions=True)
        assert task.cancelled()


async def test_what_waited_at_telegram_comes_in_order_and_is_confirmed(
    bot: TelegramBot, inbox: Inbox, telegram: FakeTelegram
) -> None:
    telegram.webhook = {"url": "http://127.0.0.1/old"}
    telegram.push(*(text_update(n, str(n)) for n in range(250)))

    async with polling(bot, inbox) as poller:
        await eventually(lambda: not telegram.waiting)

        assert inbox.texts == [str(n) for n in range(250)]
        assert telegram.confirmed == list(range(250))
        assert poller.state is PollingState.LIVE
    assert telegram.called("deleteWebhook") == [{"drop_pending_updates": False}]


async def test_news_is_fetched_as_it_comes(
    bot: TelegramBot, inbox: Inbox, telegram: FakeTelegram
) -> None:
    async with polling(bot, inbox):
        await eventually(lambda: telegram.polling)
        telegram.push(text_update(1, "来了"))
        await eventually(lambda: inbox.texts == ["来了"])

    asked = telegram.called("getUpdates")[0]
    assert asked == {
        "timeout": 5,
        "allowed_updates": ["message", "edited_message", "callback_query"],
    }


async def test_a_quiet_time_is_not_taken_for_a_failure(
    bot: TelegramBot, inbox: Inbox, telegram: FakeTelegram
) -> None:
    """Telegram holds the answer longer than the client's patience for other calls (0.5 s)."""
    async with polling(bot, inbox) as poller:
        await asyncio.sleep(0.9)

        assert poller.state is PollingState.LIVE
    assert len(telegram.called("getUpdates")) == 1


async def test_nothing_is_confirmed_before_it_is_stored(
    bot: TelegramBot, inbox: Inbox, telegram: FakeTelegram
) -> None:
    inbox.broken.add("*")
    telegram.push(text_update(1, "一"), text_update(2, "二"))

    async with polling(bot, inbox) as poller:
        await eventually(lambda: len(inbox.tries) > 4 * QUICK.tries)
        assert (telegram.confirmed, poller.state) == ([], PollingState.INBOX_FAILING)
        inbox.broken.clear()
        await eventually(lambda: telegram.confirmed == [1, 2])
        assert poller.state is PollingState.LIVE

    assert inbox.texts == ["一", "二"]


async def test_a_stop_in_the_middle_of_a_batch_loses_nothing(
    bot: TelegramBot, telegram: FakeTelegram
) -> None:
    class Slow(Inbox):
        async def __call__(self, message: object) -> None:
            await asyncio.sleep(0.01)
            await super().__call__(message)  # type: ignore[arg-type] # it is one

    inbox = Slow()
    telegram.push(*(text_update(n, str(n)) for n in range(20)))
    async with polling(bot, inbox):
        await eventually(lambda: len(inbox.stored) == 7)
    assert telegram.confirmed == []

    async with polling(bot, inbox):
        await eventually(lambda: not telegram.waiting)

    assert inbox.texts == [str(n) for n in range(20)]


async def test_one_bad_update_is_passed_over_once_others_can_be_stored(
    bot: TelegramBot, inbox: Inbox, telegram: FakeTelegram
) -> None:
    inbox.broken.add("毒")
    telegram.push(
        text_update(1, "毒", chat=1),
        text_update(2, "同一人", chat=1),
        text_update(3, "别人", chat=2),
    )

    async with polling(bot, inbox):
        await eventually(lambda: "别人" in inbox.texts)
        assert "同一人" not in inbox.texts
        await eventually(lambda: telegram.confirmed == [1, 2, 3])

    assert inbox.texts == ["别人", "同一人"]
    assert inbox.tries.count("毒") == QUICK.tries


async def test_strange_updates_block_nobody(
    bot: TelegramBot, inbox: Inbox, telegram: FakeTelegram
) -> None:
    telegram.push(
        {"update_id": 1, "telepathy": {}},
        {"update_id": 2, "message": {"date": "?"}},
        {"update_id": 3, "message": None},
        text_update(4, "正常"),
    )

    async with polling(bot, inbox):
        await eventually(lambda: telegram.confirmed == [1, 2, 3, 4])

    assert inbox.texts == ["正常"]


async def test_out_of_order_and_repeated_updates_are_stored_once_in_order(
    bot: TelegramBot, inbox: Inbox, telegram: FakeTelegram
) -> None:
    telegram.push(*(text_update(n, str(n)) for n in (3, 1, 2, 3, 3, 1)))

    async with polling(bot, inbox):
        await eventually(lambda: not telegram.waiting)

    assert inbox.texts == ["1", "2", "3"]


@pytest.mark.parametrize(
    ("fault", "state"),
    [
        (Fault(status=502, body=b"<html>"), PollingState.UNREACHABLE),
        (Fault(status=500), PollingState.UNREACHABLE),
        (Fault(body=b"<html>login"), PollingState.UNREACHABLE),
        (Fault(body=b'{"ok": true, "result": {}}'), PollingState.UNREACHABLE),
        (Fault(body=b'{"ok": true, "result": [{}, 5]}'), PollingState.UNREACHABLE),
        (Fault(drop=True), PollingState.UNREACHABLE),
        (Fault(swallow=True, drop=True), PollingState.UNREACHABLE),
        (Fault(status=409, description="Conflict: other getUpdates"), PollingState.CONFLICT),
        (Fault(status=401, description="Unauthorized"), PollingState.UNAUTHORIZED),
        (Fault(retry_after=1), PollingState.THROTTLED),
    ],
    ids=lambda value: value.value if isinstance(value, PollingState) else "",
)
async def test_it_goes_on_after_a_failure(
    bot: TelegramBot,
    inbox: Inbox,
    telegram: FakeTelegram,
    fault: Fault,
    state: PollingState,
) -> None:
    telegram.push(text_update(1, "一"))
    telegram.fail("getUpdates", fault, fault if fault.retry_after is None else None)

    with capture_logs() as logs:
        async with polling(bot, inbox) as poller:
            await eventually(lambda: telegram.confirmed == [1])
            assert poller.state is PollingState.LIVE

    assert inbox.texts == ["一"]
    assert [entry["state"] for entry in logs] == ["live", state.value, "live"]


async def test_it_waits_as_long_as_telegram_asks(
    bot: TelegramBot, inbox: Inbox, telegram: FakeTelegram
) -> None:
    telegram.fail("getUpdates", Fault(retry_after=1))
    telegram.push(text_update(1))

    async with polling(bot, inbox):
        await eventually(lambda: inbox.stored)

    first, second = [call.at for call in telegram.calls if call.method == "getUpdates"][:2]
    assert second - first >= 1


async def test_a_late_answer_is_asked_again(
    bot: TelegramBot, inbox: Inbox, telegram: FakeTelegram
) -> None:
    timing = Timing(wait=timedelta(), patience=timedelta(seconds=0.1), first_pause=timedelta())
    telegram.fail("getUpdates", Fault(delay=0.5, status=500))
    telegram.push(text_update(1, "一"))

    async with polling(bot, inbox, timing):
        await eventually(lambda: inbox.texts == ["一"])


async def test_it_starts_while_telegram_is_away(
    bot: TelegramBot, inbox: Inbox, telegram: FakeTelegram
) -> None:
    telegram.fail("deleteWebhook", Fault(drop=True), Fault(status=500), Fault(drop=True))
    telegram.push(text_update(1, "一"))

    async with polling(bot, inbox):
        await eventually(lambda: inbox.texts == ["一"])

    assert len(telegram.called("deleteWebhook")) == 4


@pytest.mark.parametrize("where", ["waiting for news", "pausing"])
async def test_it_stops_at_once(
    bot: TelegramBot, inbox: Inbox, telegram: FakeTelegram, where: str
) -> None:
    if where == "pausing":
        telegram.fail("getUpdates", *[Fault(status=401)] * 3)
    slow = Timing(hopeless_pause=timedelta(minutes=5))
    async with polling(bot, inbox, slow) as poller:
        await eventually(lambda: telegram.polling or poller.state is PollingState.UNAUTHORIZED)
    # polling() gives it one second to end


async def test_a_wrong_token_is_named_in_one_line_without_being_shown(
    inbox: Inbox, telegram: FakeTelegram, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    account = Account(token="99:wrong_and_secret", base_url=telegram.url)
    with capture_logs() as logs:
        async with open_bot(account) as bot, polling(bot, inbox):
            await eventually(lambda: len(telegram.called("deleteWebhook")) > 3)

    assert logs == [
        {
            "event": "telegram.polling",
            "log_level": "error",
            "state": "unauthorized",
            "hint": "Telegram refuses the token; check TELEGRAM_TOKEN",
        }
    ]
    assert "wrong_and_secret" not in caplog.text


async def test_nothing_personal_is_logged_when_storing_fails(
    bot: TelegramBot, inbox: Inbox, telegram: FakeTelegram, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    inbox.broken.add("我欠了钱")
    telegram.push(text_update(1, "我欠了钱"), text_update(2, "别人", chat=7002))

    with capture_logs() as logs:
        async with polling(bot, inbox):
            await eventually(lambda: telegram.confirmed == [1, 2])

    said = caplog.text + repr(logs)
    assert [w for w in ("我欠了钱", "7001", "not_to_be_seen") if w in said] == []
    assert {"telegram.store_failed", "telegram.update_passed_over"} <= {e["event"] for e in logs}


async def test_buttons_are_released_after_storing(
    bot: TelegramBot, inbox: Inbox, telegram: FakeTelegram
) -> None:
    telegram.push(button_update(1), button_update(2))

    async with polling(bot, inbox):
        await eventually(lambda: len(telegram.called("answerCallbackQuery")) == 2)

    assert [m.payload for m in inbox.stored.values()] == ["human_handoff"] * 2
