"""The library's errors as the channels' closed list, without the words they carry."""

from __future__ import annotations

from datetime import timedelta

from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    RetryAfter,
    TelegramError,
)

from bot.channels.base import SendCode, SendError

# Order matters: BadRequest is a NetworkError to the library. What is not listed (no answer, a
# late one, 5xx, an answer that is not JSON) is a connection that failed.
CODES: tuple[tuple[type[TelegramError], SendCode], ...] = (
    (RetryAfter, SendCode.THROTTLED),
    (Forbidden, SendCode.CONTACT_STOPPED),
    (ChatMigrated, SendCode.CONTACT_STOPPED),
    (InvalidToken, SendCode.CHANNEL_CONFIG),
    (Conflict, SendCode.CHANNEL_CONFIG),
    (BadRequest, SendCode.MESSAGE_INVALID),
)
GONE = ("chat not found", "user not found", "peer_id_invalid")


def send_error(error: TelegramError) -> SendError:
    """What to raise for this error.

    Raise it outside the ``except`` block: the library's messages may quote the token or the
    answer, and must not ride along as a context.
    """
    code = next((c for kind, c in CODES if isinstance(error, kind)), SendCode.CONNECTION_FAILED)
    if code is SendCode.MESSAGE_INVALID and any(w in error.message.lower() for w in GONE):
        # Telegram answers 400, not 403, when an account was deleted.
        code = SendCode.CONTACT_STOPPED
    return SendError(code, retry_after=retry_after(error))


def retry_after(error: TelegramError) -> timedelta | None:
    """How long Telegram asks us to wait, if it does."""
    if not isinstance(error, RetryAfter):
        return None
    wait = error.retry_after
    return wait if isinstance(wait, timedelta) else timedelta(seconds=wait)
