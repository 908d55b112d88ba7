"""Hands documents over: once by their link, to a channel that sends files, or back to be mended."""

from __future__ import annotations

import asyncio

from core.clock import Clock
from core.knowledge import Written
from db.engine import Database
from documents.issuing import Link, State, find, last, purge, use
from documents.rendering import File, render


class DocumentDesk:
    """All that is done with documents after they were issued."""

    def __init__(self, db: Database, *, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    async def look(self, token: str) -> Link | None:
        """How a link stands, without using it up."""
        async with self._db.read() as session:
            return await find(session, self._db.vault, token, now=self._clock())

    async def take(self, token: str) -> File | None:
        """The document, once; None if the link is used up, expired or unknown.

        It is set first: a fault there leaves the link as it was.
        """
        link = await self.look(token)
        if link is None or link.state is not State.READY:
            return None
        file = await _set(link)
        async with self._db.write() as session:
            return file if await use(session, link.id, now=self._clock()) else None

    async def copy(self, token: str) -> File | None:
        """The document for a channel that sends it itself and may have to try again."""
        link = await self.look(token)
        ready = link is not None and link.state is State.READY
        return await _set(link) if link is not None and ready else None

    async def spend(self, token: str) -> None:
        """The channel has sent it: its link is used up."""
        link = await self.look(token)
        if link is not None:
            async with self._db.write() as session:
                await use(session, link.id, now=self._clock())

    async def last(self, kind: str | None, *, conversation_id: str) -> Written | None:
        """What was filled in for the newest document of a conversation, while it is kept."""
        async with self._db.read() as session:
            return await last(
                session, self._db.vault, conversation_id, kind=kind, now=self._clock()
            )

    async def purge(self) -> int:
        """Delete what has expired; gives how many links that were."""
        async with self._db.write() as session:
            return await purge(session, now=self._clock())


async def _set(link: Link) -> File:
    return await asyncio.to_thread(
        render,
        link.filled.kind,
        link.filled.values,
        as_format=link.format,
        at=link.created_at,
    )
