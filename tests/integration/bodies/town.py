"""Us and a body's platform, both on loopback, with faults on the way between them."""

from __future__ import annotations

import asyncio
import base64
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta

import aiohttp
from aiohttp import web
from aiohttp.test_utils import TestServer
from sqlalchemy import select

from bodies.adapters.http import HttpAdapter
from bodies.connections import Connection
from bodies.courier import Courier
from bodies.desk import BodyDesk
from bodies.reference import Platform
from bot.web.bodies import setup
from bot.web.keys import CLOCK
from bot.web.middleware import errors
from cases.delivery import CaseDelivery
from cases.models import Case
from cases.orders import Filing
from cases.routing import routing
from core.clock import Clock
from db.engine import Database
from tests.integration.cases.filings import FRESH, officer, opened
from tests.integration.talk import NOON, Hands

KEY = b"k" * 32
SECRET = "whsec_" + base64.b64encode(KEY).decode()
BODY = "gusu"
DEADLINE = 0.4
FILED = replace(FRESH, agency="", at=NOON - timedelta(hours=1))

# Three events of which the body hears first.
PASSED_ON = (officer("register", FILED.at), officer("transfer", FILED.at))
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass(slots=True)
class Faults:
    """What goes wrong with the next requests, one each: 500, hang, lose, garbage, or a status."""

    coming: list[str] = field(default_factory=list)
    seen: int = 0

    @web.middleware
    async def middleware(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        self.seen += 1
        fault = self.coming.pop(0) if self.coming else ""
        if fault == "hang":
            await asyncio.sleep(DEADLINE * 1.5)
        elif fault.isdigit():
            return web.Response(status=int(fault), headers={"Retry-After": "120"})
        elif fault == "garbage":
            return web.Response(text="<html>维护中</html>", content_type="text/html")
        answer = await handler(request)
        if fault == "lose":
            # It was done, and we shall never hear of it.
            assert request.transport is not None
            request.transport.abort()
        return answer


@dataclass(kw_only=True)
class Town:
    """Everything between a citizen's case and a platform."""

    db: Database
    hands: Hands
    platform: Platform
    faults: Faults
    http: aiohttp.ClientSession
    desk: BodyDesk
    courier: Courier
    adapter: HttpAdapter
    url: str

    async def file(self, filing: Filing = FILED) -> str:
        """A petition that staff have passed on."""
        return (await opened(self.db, filing, PASSED_ON)).case.reference

    async def deliver(self) -> None:
        await self.courier.once(patience=5)

    async def until_there(self, *, hours: int = 48) -> None:
        """Let time pass until nothing waits any more, or so long."""
        for _ in range(hours * 6):
            await self.deliver()
            if not await self.waiting():
                return
            self.hands.pass_by(minutes=10)

    async def waiting(self) -> list[str]:
        async with self.db.read() as session:
            query = select(CaseDelivery.state).where(CaseDelivery.state.in_(["queued", "failed"]))
            return list(await session.scalars(query))

    async def delivery(self, reference: str) -> CaseDelivery:
        async with self.db.read() as session:
            query = (
                select(CaseDelivery)
                .join(Case, Case.id == CaseDelivery.case_id)
                .where(Case.reference == reference, CaseDelivery.released.is_(False))
            )
            return (await session.scalars(query)).one()

    async def case(self, reference: str) -> Case:
        async with self.db.read() as session:
            return (await session.scalars(select(Case).where(Case.reference == reference))).one()


@asynccontextmanager
async def open_town(
    db: Database, hands: Hands, *, body: str = BODY, numbering: str = "GS-{:05d}"
) -> AsyncIterator[Town]:
    async with AsyncExitStack() as stack:
        platform = Platform(key=KEY, numbering=numbering, clock=hands)
        faults = Faults()
        theirs = platform.application()
        theirs.middlewares.append(faults.middleware)
        there = TestServer(theirs)
        await stack.enter_async_context(there)
        found = routing().bodies[body]
        url = str(there.make_url("")).rstrip("/")
        connection = Connection(body=found, name=found.name, url=url, keys=(KEY,))
        http = await stack.enter_async_context(aiohttp.ClientSession())
        desk = BodyDesk(db, {body: connection}, clock=hands)
        adapter = HttpAdapter(connection, http, clock=hands, deadline_seconds=DEADLINE)
        ours = web.Application(middlewares=[errors])
        clock: Clock = hands
        ours[CLOCK] = clock
        setup(ours, desk)
        here = TestServer(ours)
        await stack.enter_async_context(here)
        platform.updates_url = str(here.make_url(f"/bodies/{body}/updates"))
        courier = Courier(db, {body: adapter}, clock=hands)
        yield Town(
            db=db,
            hands=hands,
            platform=platform,
            faults=faults,
            http=http,
            desk=desk,
            courier=courier,
            adapter=adapter,
            url=url,
        )
