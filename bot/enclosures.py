"""Documents on their way out by a channel that sends files: fetched before, used up afterwards."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

import structlog

from bot.channels.base import Channel, Outgoing
from documents.links import token_of
from documents.rendering import File

log = structlog.get_logger(__name__)


class Files(Protocol):
    """Where documents are kept."""

    async def copy(self, token: str) -> File | None: ...

    async def spend(self, token: str) -> None: ...


class Enclosures:
    """Puts documents into what is sent; channels that show links get it as it is."""

    def __init__(self, files: Files | None) -> None:
        self._files = files

    async def send(self, channel: Channel, outgoing: Outgoing) -> Sequence[str]:
        """Send with its documents; raises what the channel raises, and then nothing is used up.

        A document that has expired meanwhile stays out; its words go all the same.
        """
        tokens = [t for a in outgoing.reply.attachments if (t := token_of(a.url)) is not None]
        if self._files is None or not tokens or not channel.capabilities.files:
            return await channel.send(outgoing)
        found = [await self._files.copy(token) for token in tokens]
        files = tuple(file for file in found if file is not None)
        if len(files) < len(tokens):
            log.warning("documents_gone", delivery=outgoing.delivery_id)
        sent = await channel.send(replace(outgoing, files=files))
        for token in tokens:
            await self._files.spend(token)
        return sent
