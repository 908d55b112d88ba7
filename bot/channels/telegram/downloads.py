"""Fetches the pictures of a Telegram message, before it is stored; what cannot be had is left out."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import timedelta

import structlog
from telegram import Bot
from telegram.error import BadRequest, InvalidToken, TelegramError

from core.errors import AppError
from core.messages import Attachment, Identity, Message

MOST_BYTES = 10 * 1024 * 1024
TRIES = 2

log = structlog.get_logger(__name__)

Keep = Callable[[Identity, bytes, str], Awaitable[Attachment]]
"""Keeps a picture of somebody's under a name; raises ``AppError`` for one that is not taken."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Downloads:
    """Where pictures come from and where they are kept.

    ``patience`` bounds one try, ``altogether`` all that is done before the message is stored.
    """

    bot: Bot
    keep: Keep
    patience: timedelta = timedelta(seconds=6)
    altogether: timedelta = timedelta(seconds=15)

    async def fetched(self, message: Message) -> Message:
        """The message with its pictures kept; one that did not arrive stays without an upload.

        Nothing is raised: the words count more than the picture.
        """
        files = list(message.attachments)
        with suppress(TimeoutError):
            async with asyncio.timeout(self.altogether.total_seconds()):
                for at, file in enumerate(files):
                    files[at] = await self._fetched(message.sender, file)
        return replace(message, attachments=tuple(files))

    async def _fetched(self, who: Identity, file: Attachment) -> Attachment:
        if file.kind != "image" or file.file_id is None or (file.size or 0) > MOST_BYTES:
            return file
        content = await self._content(file.file_id)
        if content is None:
            return file
        try:
            kept = await self.keep(who, content, "")
        except AppError as error:
            log.info("telegram.picture_refused", error=type(error).__name__)
            return file
        return replace(kept, caption=file.caption)

    async def _content(self, file_id: str) -> bytes | None:
        for _ in range(TRIES):
            try:
                async with asyncio.timeout(self.patience.total_seconds()):
                    return await self._download(file_id)
            except (BadRequest, InvalidToken) as error:
                # Another try gives the same answer.
                log.info("telegram.picture_missing", error=type(error).__name__)
                return None
            except (TelegramError, TimeoutError) as error:
                log.info("telegram.picture_failed", error=type(error).__name__)
        return None

    async def _download(self, file_id: str) -> bytes | None:
        file = await self.bot.get_file(file_id)
        if not file.file_path or (file.file_size or 0) > MOST_BYTES:
            return None
        return bytes(await file.download_as_bytearray())
