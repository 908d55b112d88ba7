"""Every error of the library has its word in the channels' closed list."""

from __future__ import annotations

from datetime import timedelta

import pytest
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    EndPointNotFound,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.channels.base import SendCode
from bot.channels.telegram.account import prepare_library
from bot.channels.telegram.failures import retry_after, send_error

prepare_library()


@pytest.mark.parametrize(
    ("error", "code", "retryable"),
    [
        (RetryAfter(7), SendCode.THROTTLED, True),
        (Forbidden("Forbidden: bot was blocked by the user"), SendCode.CONTACT_STOPPED, False),
        (ChatMigrated(-100), SendCode.CONTACT_STOPPED, False),
        (BadRequest("Bad Request: chat not found"), SendCode.CONTACT_STOPPED, False),
        (BadRequest("Bad Request: message text is empty"), SendCode.MESSAGE_INVALID, False),
        (InvalidToken("Unauthorized"), SendCode.CHANNEL_CONFIG, False),
        (Conflict("terminated by other getUpdates"), SendCode.CHANNEL_CONFIG, False),
        (TimedOut(), SendCode.CONNECTION_FAILED, True),
        (NetworkError("Bad Gateway"), SendCode.CONNECTION_FAILED, True),
        (EndPointNotFound("x"), SendCode.CONNECTION_FAILED, True),
        (TelegramError("Invalid server response"), SendCode.CONNECTION_FAILED, True),
    ],
)
def test_an_error_is_named(error: TelegramError, code: SendCode, *, retryable: bool) -> None:
    actual = send_error(error)

    assert (actual.code, actual.retryable, str(actual)) == (code, retryable, code.value)


def test_the_wait_telegram_asks_for_is_passed_on() -> None:
    assert send_error(RetryAfter(7)).retry_after == timedelta(seconds=7)
    assert retry_after(TimedOut()) is None
