"""The event stream of one visitor: every message once and in order, typing and status live."""

from __future__ import annotations

import asyncio
import json
from contextlib import suppress

import structlog
from aiohttp import web
from aiohttp_sse import EventSourceResponse

from bot.web.chat import as_json
from bot.web.keys import BUS, DATABASE
from bot.web.visitors import digest, remember, visitor
from conversations.bus import Changed
from conversations.history import PAGE, Said, after
from conversations.inbox import find_thread
from conversations.models import Conversation
from conversations.outbox import BOT
from core.messages import Direction
from db.engine import Database

LOOK_AGAIN_SECONDS = 10.0

log = structlog.get_logger(__name__)


class Streams(set[asyncio.Task[None]]):
    """The tasks that feed open event streams."""


STREAMS = web.AppKey("streams", Streams)


async def events(request: web.Request) -> web.StreamResponse:
    """Serve ``message``, ``typing`` and ``status`` events after ``Last-Event-ID``."""
    response = EventSourceResponse()
    visitor(request)
    remember(request, response)
    await response.prepare(request)
    async with response:
        task = asyncio.create_task(_follow(request, response))
        streams = request.app[STREAMS]
        streams.add(task)
        try:
            with suppress(asyncio.CancelledError, ConnectionResetError, TimeoutError):
                await task
        except Exception:  # a second answer would go out inside this one; the page comes back
            log.exception("stream_failed")
        finally:
            task.cancel()
            streams.discard(task)
    return response


async def close_streams(app: web.Application) -> None:
    """End every open stream, which would otherwise hold the shutdown up."""
    streams = app[STREAMS]
    for task in tuple(streams):
        task.cancel()


async def _follow(request: web.Request, response: EventSourceResponse) -> None:
    conversation_id = await _conversation(request)
    reading = Reading(request.app[DATABASE], response, conversation_id, seq=_since(request))
    async with request.app[BUS].subscribe(conversation_id) as changes:
        await reading.catch_up()
        # A page that was closed is noticed at the next look, not only when a ping fails.
        while request.transport is not None:
            await reading.tell(await _next(changes))


class Reading:
    """How far one open page has been told; every message once and in order."""

    def __init__(
        self, db: Database, response: EventSourceResponse, conversation_id: str, *, seq: int
    ) -> None:
        self._db = db
        self._response = response
        self._conversation_id = conversation_id
        self._seq = seq
        self._status: str | None = None

    async def tell(self, event: Changed | None) -> None:
        """Pass a change on; None means that nothing was heard for a while."""
        if event is not None and event.kind == "typing":
            await self._response.send("{}", event="typing")
        elif event is not None and event.kind == "status":
            await self.catch_up()
        elif event is not None and event.said is not None and event.said.seq == self._seq + 1:
            await self._send(event.said)
            if event.said.direction is Direction.OUTGOING and event.said.author != BOT:
                # Staff may have taken or closed the conversation in a process we do not hear.
                await self.catch_up()
        elif event is None or event.said is None or event.said.seq > self._seq:
            # Something was missed, or happened on a node that this bus does not hear.
            await self.catch_up()

    async def catch_up(self) -> None:
        """Send what the database holds beyond what was sent, and who answers if that changed."""
        full = True
        while full:
            async with self._db.read() as session:
                found = await session.get(Conversation, self._conversation_id)
                messages = await after(session, self._db.vault, self._conversation_id, self._seq)
            for said in messages:
                await self._send(said)
            full = len(messages) == PAGE
        await self._send_status(found)

    async def _send(self, said: Said) -> None:
        data = json.dumps(as_json(said), ensure_ascii=False)
        await self._response.send(data, id=str(said.seq), event="message")
        self._seq = said.seq

    async def _send_status(self, found: Conversation | None) -> None:
        if found is not None and found.status != self._status:
            self._status = found.status
            await self._response.send(json.dumps({"status": found.status}), event="status")


async def _conversation(request: web.Request) -> str:
    """The visitor's conversation; waits until they have one."""
    who = visitor(request)
    db = request.app[DATABASE]
    async with request.app[BUS].subscribe(digest(request, who)) as arrivals:
        while True:
            async with db.read() as session:
                thread = await find_thread(session, db.vault, who)
            if thread is not None:
                return thread.conversation_id
            await _next(arrivals)
            if request.transport is None:
                raise ConnectionResetError


async def _next(changes: asyncio.Queue[Changed]) -> Changed | None:
    try:
        async with asyncio.timeout(LOOK_AGAIN_SECONDS):
            return await changes.get()
    except TimeoutError:
        return None


def _since(request: web.Request) -> int:
    last = request.headers.get("Last-Event-ID") or request.query.get("since") or "0"
    return int(last) if last.isdecimal() and len(last) < 10 else 0  # noqa: PLR2004
