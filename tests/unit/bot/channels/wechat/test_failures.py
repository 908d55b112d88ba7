"""WeChat's codes, what they become, and whether the message is tried again or waits."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.channels.base import SendCode
from bot.channels.wechat.failures import send_error

TABLE = [
    (-1, SendCode.CONNECTION_FAILED, True, False),
    (40001, SendCode.CONNECTION_FAILED, True, False),
    (42001, SendCode.CONNECTION_FAILED, True, False),
    (40164, SendCode.CHANNEL_CONFIG, False, False),
    (45002, SendCode.MESSAGE_INVALID, False, False),
    (43004, SendCode.CONTACT_STOPPED, False, False),
    (40003, SendCode.CONTACT_STOPPED, False, False),
    (45009, SendCode.THROTTLED, True, False),
    (45015, SendCode.WINDOW_CLOSED, False, True),
    (48001, SendCode.WINDOW_CLOSED, False, True),
    (45047, SendCode.QUOTA_SPENT, False, True),
    (99999, SendCode.REJECTED, False, False),
]


@pytest.mark.parametrize(("code", "expected", "again", "waits"), TABLE)
def test_codes(code: int, expected: SendCode, *, again: bool, waits: bool) -> None:
    error = send_error(code)

    assert (error.code, error.retryable, error.waits) == (expected, again, waits)


def test_limits_say_how_long() -> None:
    assert send_error(45011).retry_after == timedelta(minutes=1)
    assert send_error(45009).retry_after == timedelta(hours=1)
    assert send_error(-1).retry_after is None
