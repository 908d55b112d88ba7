"""Another system at the endpoint: it asks in both formats, and reads XML by the Spark rule."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from typing import Any
from xml.etree.ElementTree import Element

import aiohttp
from aiohttp import web
from aiohttp.test_utils import TestServer
from defusedxml.ElementTree import fromstring

from bot.bootstrap import area_in
from bot.web.app import MAX_BODY
from bot.web.middleware import errors, same_origin
from bot.web.open311.app import BASE, Serving, setup
from bot.web.open311.formats import MEMBERS
from bot.web.open311.keys import About
from cases.desk import Sheet, StaffDesk
from cases.kinds.machine import Actor
from cases.open311 import api_keys
from cases.orders import KeptFile, Order
from cases.records import attachments_of, find
from cases.service import apply
from db.engine import Database
from tests.integration.talk import Hands

Json = Any  # whatever JSON holds

FIELDS = {
    "service_code": "hazard",
    "lat": "31.3117",
    "long": "120.6212",
    "address_string": "某某新村 12 幢东侧楼梯口",
    "attribute[district]": "320508",
    "attribute[sort]": "fire",
    "description": "楼道里堆了纸箱，消防栓打不开。",
}
PETITION = {
    "service_code": "petition",
    "attribute[district]": "320508",
    "description": "小区电梯停用三周，物业一直没有修。",
    "last_name": "王",
    "first_name": "小明",
    "phone": "13900000000",
}
UPDATE = {
    "update_id": "u-1",
    "status": "OPEN",
    "updated_datetime": "2026-11-20T12:00:00+08:00",
    "description": "又堆了新的纸箱。",
}
AFTER = KeptFile(
    address="a" * 64, digest="after", mime="image/jpeg", size=9, name="a.jpg", key="k",
    stage="after",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came back."""

    status: int
    mime: str
    text: str

    @property
    def json(self) -> Json:
        return json.loads(self.text)

    @property
    def spark(self) -> Json:
        """The XML as JSON, every value a text."""
        return spark(fromstring(self.text.encode()))


@dataclass(frozen=True, slots=True, kw_only=True)
class System:
    """Another system with its key."""

    http: aiohttp.ClientSession
    url: str
    key: str

    async def get(self, path: str, **asked: str) -> Answer:
        async with self.http.get(f"{self.url}/{path}", params=asked) as answer:
            return await _read(answer)

    async def both(self, path: str, **asked: str) -> Json:
        """The same in both formats, which must agree; gives the JSON."""
        as_json, as_xml = [await self.get(f"{path}.{e}", **asked) for e in ("json", "xml")]
        assert (as_json.status, as_xml.status) == (200, 200), as_json.text
        assert as_xml.spark == texts(as_json.json)
        return as_json.json

    async def post(
        self, fields: Mapping[str, str | Sequence[str]], *, path: str = "requests.json"
    ) -> Answer:
        form = [
            (name, value)
            for name, given in {"api_key": self.key, **fields}.items()
            for value in ([given] if isinstance(given, str) else given)
        ]
        data = aiohttp.FormData(form)
        async with self.http.post(f"{self.url}/{path}", data=data) as answer:
            return await _read(answer)

    async def filed(self, fields: Mapping[str, str | Sequence[str]] = FIELDS) -> Json:
        """The one request that a report became."""
        answer = await self.post({**fields, "extensions": "true"})
        assert answer.status == 200, answer.text
        [request] = answer.json
        return request


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """The served endpoint with what stands behind it."""

    db: Database
    clock: Hands
    system: System

    async def other(self, name: str) -> System:
        """One more system with a key of its own."""
        key = await api_keys.issue(self.db, name, now=self.clock())
        return replace(self.system, key=key)

    async def take(self, reference: str, *commands: str) -> None:
        """Steps of an officer, now."""
        async with self.db.write() as session:
            for command in commands:
                case = await find(session, reference)
                await apply(session, self.db.vault, case, officer(command, self.clock))

    async def publish(self, reference: str) -> str:
        """Let staff make the one picture of a case public; gives its id."""
        async with self.db.write() as session:
            case = await find(session, reference)
            [file] = await attachments_of(session, case)
            order = replace(officer("publish", self.clock), show=frozenset({file.id}))
            await apply(session, self.db.vault, case, order)
        return file.id

    async def sheet(self, reference: str) -> Sheet:
        """The case as staff see it."""
        return await StaffDesk(self.db, self.clock).look_at(reference)


def officer(command: str, clock: Hands) -> Order:
    order = Order(command=command, actor=Actor.OFFICER, at=clock(), text="请王先生留意。")
    if command == "assign":
        return replace(order, days=7)
    return replace(order, files=(AFTER,)) if command == "report_done" else order


def spark(element: Element) -> Json:
    """XML by the Spark rule, as its reader would do it: no root, no singular layer."""
    children = list(element)
    if element.tag in MEMBERS:
        return [spark(child) for child in children]
    if not children:
        return element.text or ""
    return {child.tag: spark(child) for child in children}


def texts(value: Json) -> Json:
    """JSON as XML can tell it: nothing is empty, numbers are text."""
    if isinstance(value, dict):
        return {name: texts(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [texts(inner) for inner in value]
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value)


@asynccontextmanager
async def open_endpoint(
    db: Database,
    clock: Hands,
    **options: Any,  # Any: as Serving has it
) -> AsyncIterator[Endpoint]:
    """Serve on a free port, as the whole service does."""
    app = web.Application(middlewares=[errors, same_origin], client_max_size=MAX_BODY)
    about = About(
        url="https://example.org/open311/v2", site="https://example.org", contact="", live=False
    )
    serving: dict[str, Any] = {  # Any: as Serving has it
        "db": db,
        "clock": clock,
        "area_in": area_in,
        "about": about,
        "ticks": lambda: 0.0,  # no minute turns while a test counts
        **options,
    }
    setup(app, Serving(**serving))
    server = TestServer(app)
    await server.start_server(shutdown_timeout=0.5)
    key = await api_keys.issue(db, "district-1", now=clock())
    try:
        async with aiohttp.ClientSession() as http:
            url = str(server.make_url(BASE))
            yield Endpoint(db=db, clock=clock, system=System(http=http, url=url, key=key))
    finally:
        await server.close()


async def _read(answer: aiohttp.ClientResponse) -> Answer:
    return Answer(
        status=answer.status, mime=answer.headers["Content-Type"], text=await answer.text()
    )
