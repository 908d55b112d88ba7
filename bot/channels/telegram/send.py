"""Sends replies to Telegram as plain text with a keyboard, at the pace it allows."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Sequence
from contextlib import suppress

import structlog
from telegram import (
    Bot,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputFile,
    LinkPreviewOptions,
    Message,
)
from telegram.constants import ChatAction, InlineKeyboardButtonLimit, MessageLimit
from telegram.error import TelegramError

from bot.channels.base import Capabilities, Outgoing, SendCode, SendError
from bot.channels.render import Part, render, with_pages
from bot.channels.telegram.failures import send_error
from bot.channels.telegram.pace import Pace
from core.messages import Identity, QuickReply, Reply
from documents.rendering import File

DELIVERIES_REMEMBERED = 4096
CAPABILITIES = Capabilities(
    max_text=int(MessageLimit.MAX_TEXT_LENGTH), text_unit="utf16", buttons=8, files=True
)
NO_PREVIEW = LinkPreviewOptions(is_disabled=True)  # a quoted scam link gets no picture from us
TYPING_PATIENCE = 3.0

log = structlog.get_logger(__name__)


class TelegramChannel:
    """The way out to Telegram.

    Text goes without a parse mode, so nothing a citizen or a lawyer wrote can break a message.
    Which parts of a delivery went out is remembered in memory: a retry goes on where the last
    attempt stopped. An attempt that ended without an answer may have arrived all the same and
    is sent again, for the Bot API knows no idempotency key. ``base`` is where our pages' links begin.
    """

    def __init__(self, bot: Bot, *, pace: Pace | None = None, base: str = "") -> None:
        self._bot = bot
        self._base = base
        self._pace = pace or Pace()
        self._sent: OrderedDict[str, list[str]] = OrderedDict()

    @property
    def name(self) -> str:
        return "telegram"

    @property
    def capabilities(self) -> Capabilities:
        return CAPABILITIES

    async def send(self, outgoing: Outgoing) -> Sequence[str]:
        """Send what of the reply has not gone out yet, then its files; gives Telegram's ids.

        Raises ``SendError``; a reply that is empty or cannot be encoded is ``message_invalid``.
        """
        reply = with_pages(outgoing.reply, self._base)
        parts = _parts(reply)
        if len(reply.attachments) > len(outgoing.files):
            log.warning("telegram.attachments_unsent", delivery_id=outgoing.delivery_id)
        sent = self._progress(outgoing.delivery_id)
        pieces: tuple[Part | File, ...] = (*parts, *outgoing.files)
        for piece in pieces[len(sent) :]:
            sent.append(await self._send_piece(int(outgoing.to.user_id), piece))
        return tuple(sent)

    async def typing(self, to: Identity) -> None:
        """Show the dots for five seconds; a failure is nobody's loss."""
        try:
            async with asyncio.timeout(TYPING_PATIENCE):
                await self._bot.send_chat_action(int(to.user_id), ChatAction.TYPING)
        except (TelegramError, TimeoutError) as error:
            log.debug("telegram.typing_failed", error=type(error).__name__)

    async def _send_piece(self, chat: int, piece: Part | File) -> str:
        held = self._pace.held(chat)
        if held is not None:
            raise SendError(SendCode.THROTTLED, retry_after=held)
        await self._pace.turn(chat)
        try:
            message = await self._hand_over(chat, piece)
            return str(message.message_id)
        except TelegramError as error:
            failure = send_error(error)
        if failure.retry_after is not None:
            self._pace.hold(chat, failure.retry_after)
        # Outside the except block: the library's message may quote what must not be logged.
        raise failure

    async def _hand_over(self, chat: int, piece: Part | File) -> Message:
        if isinstance(piece, File):
            document = InputFile(piece.content, filename=piece.name)
            # Telegram would look into the file to tell its kind; we know it.
            return await self._bot.send_document(
                chat, document, disable_content_type_detection=True
            )
        return await self._bot.send_message(
            chat,
            piece.text,
            reply_markup=_keyboard(piece.buttons),
            link_preview_options=NO_PREVIEW,
        )

    def _progress(self, delivery_id: str) -> list[str]:
        sent = self._sent.setdefault(delivery_id, [])
        self._sent.move_to_end(delivery_id)
        if len(self._sent) > DELIVERIES_REMEMBERED:
            self._sent.popitem(last=False)
        return sent


def _parts(reply: Reply) -> Sequence[Part]:
    parts: Sequence[Part] = ()
    with suppress(UnicodeEncodeError):  # a lone surrogate, which nobody can send
        parts = render(reply, CAPABILITIES)
    if not parts:
        raise SendError(SendCode.MESSAGE_INVALID)
    return parts


def _keyboard(buttons: Sequence[QuickReply]) -> InlineKeyboardMarkup | None:
    """One button a row, so long titles stay readable; None without buttons."""
    fitting = [b for b in buttons if b.title and _fits(b.payload)]
    if len(fitting) < len(buttons):
        # Only how many: a payload may name a case.
        log.error("telegram.buttons_dropped", count=len(buttons) - len(fitting))
    rows = [[InlineKeyboardButton(b.title, callback_data=b.payload)] for b in fitting]
    return InlineKeyboardMarkup(rows) if rows else None


def _fits(payload: str) -> bool:
    least = InlineKeyboardButtonLimit.MIN_CALLBACK_DATA
    return least <= len(payload.encode()) <= InlineKeyboardButtonLimit.MAX_CALLBACK_DATA
