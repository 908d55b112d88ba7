"""Fetches a citizen's picture before its message is stored; one that cannot be had is left out."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import timedelta

import structlog

from bot.channels.base import SendError
from bot.channels.wechat.api import Api
from core.errors import AppError
from core.messages import Attachment, Identity, Message

log = structlog.get_logger(__name__)

Keep = Callable[[Identity, bytes, str], Awaitable[Attachment]]
"""Keeps a picture of somebody's under a name; raises ``AppError`` for one that is not taken."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pictures:
    """Where pictures come from and where they are kept.

    ``patience`` is short: WeChat waits for its answer meanwhile. The address beside a picture's
    number is never fetched, only the number is asked for.
    """

    api: Api
    keep: Keep
    patience: timedelta = timedelta(seconds=3)

    async def fetched(self, message: Message) -> Message:
        """The message with its picture kept; one that did not arrive stays without an upload."""
        files = [await self._fetched(message.sender, file) for file in message.attachments]
        return replace(message, attachments=tuple(files))

    async def _fetched(self, who: Identity, file: Attachment) -> Attachment:
        if file.kind != "image" or not file.file_id:
            return file
        try:
            async with asyncio.timeout(self.patience.total_seconds()):
                return await self.keep(who, await self.api.picture(file.file_id), "")
        except SendError as error:
            log.info("wechat.picture_missing", code=error.code.value)
        except (AppError, TimeoutError) as error:
            log.info("wechat.picture_refused", error=type(error).__name__)
        return file
