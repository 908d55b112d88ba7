"""Reads one Telegram update as a Message; pure, so every kind is a row in a table of tests."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from telegram import CallbackQuery, Update
from telegram import Message as TelegramMessage
from telegram.constants import ChatType

from bot.channels.telegram.account import UPDATE_KINDS
from bot.channels.telegram.attachments import read_attachments
from core.errors import Invalid
from core.messages import Identity, Message

COMMAND = re.compile(r"/([a-z]+)(?:@\w+)?(?:\s|$)")
COMMANDS = {"start": "greet", "help": "help", "cancel": "cancel", "human": "human_handoff"}
# All we read of a message. What is not here is not parsed, so a field of another shape in a
# quoted or forwarded part never costs the words themselves.
FIELDS = frozenset({"message_id", "date", "edit_date", "chat", "from", "text", "caption"}) | {
    *("photo", "live_photo", "voice", "audio", "video", "video_note", "animation", "document"),
    *("sticker", "location", "venue", "contact"),
}


class UnreadableUpdate(Invalid):
    """An update of a known kind does not have the shape the Bot API describes."""


# Any: what a platform sends is any JSON until it is read.
def read_update(
    update: Mapping[str, Any], bot_id: int, *, received_at: datetime
) -> Message | None:
    """The citizen's message in an update; None for kinds and chats that we do not serve.

    ``received_at`` dates a pressed button, which Telegram does not. Raises ``UnreadableUpdate``.

    Only private chats count: in a group a matter would be told before strangers. An edited
    message is a new one with the corrected words, because someone who mends a typo waits for the
    answer to what they meant; edits without words (a live location moves) are not messages.
    A photo's caption is its text. Telegram's ``language_code`` is the phone's language, not the
    person's, and is not used.
    """
    kind = next((k for k in UPDATE_KINDS if k in update), None)
    if kind is None:
        return None
    try:
        parsed = Update.de_json({"update_id": update["update_id"], kind: _needed(update, kind)})
        external_id = f"{bot_id}:{parsed.update_id}"
        if parsed.callback_query is not None:
            return _pressed(parsed.callback_query, external_id, received_at)
        return _written(parsed.message or parsed.edited_message, external_id)
    except (ArithmeticError, AttributeError, LookupError, OSError, TypeError, ValueError):
        unreadable = UnreadableUpdate()
    # Outside the except block: the cause quotes what was written.
    raise unreadable


def _needed(update: Mapping[str, Any], kind: str) -> dict[str, Any]:
    body = dict(update[kind])
    if kind != "callback_query":
        return {key: value for key, value in body.items() if key in FIELDS}
    if body.get("message") is not None:
        below = ("message_id", "date", "chat", "reply_markup")
        body["message"] = {k: v for k, v in body["message"].items() if k in below}
    return body


def _written(message: TelegramMessage | None, external_id: str) -> Message | None:
    if message is None or message.chat.type != ChatType.PRIVATE or _from_bot(message):
        return None
    text = _clean(message.text or message.caption or "")
    attachments = read_attachments(message)
    if not text and (not attachments or message.edit_date):
        return None
    command = COMMAND.match(text)
    return Message(
        channel="telegram",
        external_id=external_id,
        sender=Identity(channel="telegram", user_id=str(message.chat.id)),
        text=text,
        sent_at=(message.edit_date or message.date).astimezone(UTC),
        payload=COMMANDS.get(command[1]) if command else None,
        attachments=attachments,
    )


def _pressed(query: CallbackQuery, external_id: str, received_at: datetime) -> Message | None:
    if query.message is None or query.message.chat.type != ChatType.PRIVATE or not query.data:
        return None
    return Message(
        channel="telegram",
        external_id=external_id,
        sender=Identity(channel="telegram", user_id=str(query.message.chat.id)),
        text=_clean(_title(query)),
        sent_at=received_at,
        payload=_clean(query.data),
    )


def _title(query: CallbackQuery) -> str:
    """The words on the pressed button; an old message may have lost its keyboard."""
    if not isinstance(query.message, TelegramMessage) or query.message.reply_markup is None:
        return ""
    buttons = (b for row in query.message.reply_markup.inline_keyboard for b in row)
    return next((b.text for b in buttons if b.callback_data == query.data), "")


def _from_bot(message: TelegramMessage) -> bool:
    return message.from_user is not None and message.from_user.is_bot


def _clean(text: str) -> str:
    """Without lone surrogates, which JSON can carry and no encoding can store."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
