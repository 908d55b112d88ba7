"""WeChat's error codes as the channels' closed list; they come in answers that say 200."""

from __future__ import annotations

from datetime import timedelta

from bot.channels.base import SendCode, SendError

OK = 0
# The token is wrong, or another has taken its place: a new one may mend it.
TOKEN_REFUSED = frozenset({40001, 40014, 41001, 42001})
CODES: dict[int, SendCode] = {
    -1: SendCode.CONNECTION_FAILED,
    **dict.fromkeys(TOKEN_REFUSED, SendCode.CONNECTION_FAILED),
    **dict.fromkeys((40013, 40125, 40164, 41002, 41004, 48004, 50001), SendCode.CHANNEL_CONFIG),
    **dict.fromkeys((40008, 44002, 44004, 45002, 47001), SendCode.MESSAGE_INVALID),
    # Not a follower (any more), or nobody.
    **dict.fromkeys((40003, 43004, 43019), SendCode.CONTACT_STOPPED),
    **dict.fromkeys((45009, 45011), SendCode.THROTTLED),
    # An account without the customer-service API can answer a citizen's own request only.
    **dict.fromkeys((45015, 48001), SendCode.WINDOW_CLOSED),
    45047: SendCode.QUOTA_SPENT,
}
WAITS = {45009: timedelta(hours=1), 45011: timedelta(minutes=1)}


def send_error(code: int) -> SendError:
    """What to raise for an ``errcode``; one that is not known is refused for good."""
    return SendError(CODES.get(code, SendCode.REJECTED), retry_after=WAITS.get(code))
