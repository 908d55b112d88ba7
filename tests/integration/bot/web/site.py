"""The web application as a citizen's browser meets it, and a reader of its event stream."""

from __future__ import annotations

import asyncio
import io
import json
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.background import background
from bot.channels.web import WebChannel
from bot.inbox import Inbox
from bot.relay import Relay
from bot.web.app import Serving, build
from bot.web.health import Health
from cases.uploads import UploadDesk
from conversations.bus import MemoryBus
from core.clock import utc_now
from core.messages import Reply
from db.engine import Database
from db.store import FolderStore
from tests.integration.talk import Shelf, make_engine

POST = "/api/chat/messages"
ATTACH = "/api/chat/attachments"
EVENTS = "/api/chat/events"
HISTORY = "/api/chat/history"
FORGET = "/api/chat/forget"

Json = dict[str, Any]  # Any: JSON


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One server-sent event."""

    name: str
    data: Json
    id: str | None = None


class Stream:
    """The events of an open stream, one after the other."""

    def __init__(self, response: aiohttp.ClientResponse) -> None:
        self.response = response

    async def next(self, name: str | None = None) -> Event:
        """The next event (of that name), within five seconds."""
        async with asyncio.timeout(5):
            while True:
                event = await self._read()
                if name in {None, event.name}:
                    return event

    async def messages(self, count: int) -> list[Json]:
        """The data of the next messages."""
        return [(await self.next("message")).data for _ in range(count)]

    async def ended(self) -> bool:
        """Whether nothing comes any more, waiting at most five seconds for that."""
        async with asyncio.timeout(5):
            rest = await self.response.content.read()
        return b"event:" not in rest

    async def _read(self) -> Event:
        fields: dict[str, str] = {}
        while True:
            line = (await self.response.content.readline()).decode()
            if not line:
                raise EOFError
            name, _, value = line.rstrip("\r\n").partition(": ")
            if name:
                fields[name] = value
            elif "event" in fields:
                data = json.loads(fields["data"])
                return Event(name=fields["event"], data=data, id=fields.get("id"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Visitor:
    """A browser with cookies of its own."""

    session: aiohttp.ClientSession

    async def post(self, text: str | None = None, **body: object) -> tuple[int, Json]:
        """Post a message; gives the status and the answer."""
        body = {"client_id": "client-0001", **({} if text is None else {"text": text}), **body}
        async with self.session.post(POST, json=body) as answer:
            return answer.status, await answer.json()

    async def attach(self, content: bytes, name: str = "photo.jpg") -> tuple[int, Json]:
        """Send a file as a browser's form does; gives the status and the answer."""
        form = aiohttp.FormData()
        form.add_field("file", io.BytesIO(content), filename=name, content_type="image/jpeg")
        async with self.session.post(ATTACH, data=form) as answer:
            return answer.status, await answer.json()

    async def get(self, path: str, **headers: str) -> tuple[int, Json]:
        """The status of an address and its JSON."""
        async with self.session.get(path, headers=headers) as answer:
            return answer.status, await answer.json()

    @asynccontextmanager
    async def stream(self, query: str = "", **headers: str) -> AsyncIterator[Stream]:
        """An open event stream."""
        async with self.session.get(EVENTS + query, headers=headers) as response:
            assert response.status == 200
            yield Stream(response)

    @property
    def name(self) -> str:
        """What the cookie says."""
        return next((c.value for c in self.session.cookie_jar if c.key == "visitor"), "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """The served application with what stands behind it."""

    db: Database
    bus: MemoryBus
    inbox: Inbox
    app: web.Application
    server: TestServer

    @asynccontextmanager
    async def visitor(self) -> AsyncIterator[Visitor]:
        """A browser that was never here."""
        jar = aiohttp.CookieJar(unsafe=True)
        base = self.server.make_url("/")
        async with aiohttp.ClientSession(base_url=base, cookie_jar=jar) as session:
            yield Visitor(session=session)


def folder_of(db: Database) -> Path:
    """A folder for files beside the test's database file."""
    return Path(db.engine.url.database or "").with_name("attachments")


async def fine() -> bool:
    return True


@asynccontextmanager
async def open_site(
    db: Database,
    *,
    more: Sequence[web.RouteDef] = (),
    **options: Any,  # as Serving has it
) -> AsyncIterator[Site]:
    """Serve on a free port; answers come by rules alone, and one article is known."""
    bus = MemoryBus()
    relay = Relay(db, {"web": WebChannel(bus)}, clock=utc_now)
    engine = make_engine(db, bus=bus, committed=relay.wake, attests=True)
    inbox = Inbox(db, bus, engine.answer, clock=utc_now)
    serving: dict[str, Any] = {  # Any: as Serving has it
        "db": db,
        "inbox": inbox,
        "bus": bus,
        "clock": utc_now,
        "library": Shelf,
        "uploads": UploadDesk(db, FolderStore(folder_of(db)), clock=utc_now),
        "health": Health(database=fine, others={}),
        "ticks": lambda: 0.0,  # no minute turns while a test counts
        **options,
    }
    app = build(Serving(**serving), more)
    server = TestServer(app)
    await server.start_server(shutdown_timeout=0.5)
    try:
        async with background(relay.run()):
            yield Site(db=db, bus=bus, inbox=inbox, app=app, server=server)
    finally:
        await server.close()
        await inbox.close()


def said(text: str) -> Reply:
    """A reply in words."""
    return Reply(text=text)
