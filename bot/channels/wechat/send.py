"""Sends replies by the customer-service API, as many as WeChat allows; the rest waits."""

from __future__ import annotations

from collections.abc import Sequence

import structlog

from bot.channels.base import Capabilities, Outgoing, SendCode, SendError
from bot.channels.wechat.api import Api
from bot.channels.wechat.ledger import Ledger
from bot.channels.wechat.pieces import CAPABILITIES, parts, with_notice
from bot.channels.wechat.receive import NAME
from core.messages import Identity

log = structlog.get_logger(__name__)


class WeChatChannel:
    """The way out to WeChat beside the passive reply; ``base`` is where our links begin.

    WeChat knows no idempotency key: an attempt that ended without an answer is made again and
    may arrive twice. How far a long reply has come is told to the relay, which keeps it.
    """

    def __init__(self, api: Api, ledger: Ledger, *, base: str = "") -> None:
        self._api = api
        self._ledger = ledger
        self._base = base

    @property
    def name(self) -> str:
        return NAME

    @property
    def capabilities(self) -> Capabilities:
        return CAPABILITIES

    async def send(self, outgoing: Outgoing) -> Sequence[str]:
        """Send what of the reply has not arrived yet; WeChat gives no ids.

        Raises ``SendError``: ``quota_spent`` and ``window_closed`` wait for the citizen's next word.
        """
        before = await self._ledger.offered(outgoing.conversation_id, outgoing.seq)
        texts = parts(outgoing.reply, before=before, base=self._base)
        if not texts:
            raise SendError(SendCode.MESSAGE_INVALID)
        for number in range(outgoing.parts_sent, len(texts)):
            try:
                await self._send_part(outgoing, texts, number)
            except SendError as error:
                raise SendError(
                    error.code, retry_after=error.retry_after, parts_sent=number
                ) from None
        return ()

    async def typing(self, to: Identity) -> None:
        """Show that somebody writes; a failure is nobody's loss."""
        try:
            await self._api.show_typing(to.user_id)
        except SendError as error:
            log.debug("wechat.typing_failed", code=error.code.value)

    async def _send_part(self, outgoing: Outgoing, texts: Sequence[str], number: int) -> None:
        talk, text = outgoing.conversation_id, texts[number]
        left = await self._ledger.left(talk)
        if left == 1 and await self._goes_on(outgoing, texts, number):
            text = with_notice(text, outgoing.reply.language)
        try:
            await self._api.send_text(outgoing.to.user_id, text)
        except SendError as error:
            if error.waits:
                await self._ledger.refused(talk)
            raise
        await self._ledger.spent(talk)

    async def _goes_on(self, outgoing: Outgoing, texts: Sequence[str], number: int) -> bool:
        if number + 1 < len(texts):
            return True
        return await self._ledger.follows(outgoing.conversation_id, outgoing.seq)
