"""GeoReport v2 as an application of its own, mounted under ``/open311/v2``."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from aiohttp import web
from aiohttp.typedefs import Handler

from bot.web.limits import Limiter
from bot.web.open311 import handlers
from bot.web.open311.answering import answer, refusal
from bot.web.open311.formats import Body, Format
from bot.web.open311.keys import ABOUT, AREA_IN, CLOCK, DESK, LIMITER, About
from cases.open311.desk import Open311Desk
from cases.open311.offers import Catalogue, catalogue
from cases.open311.reports import AreaIn
from core.clock import Clock
from db.engine import Database

BASE = "/open311/v2"
# A district's system sends by the hand of people; a loop gone wild is stopped.
CALLS_A_MINUTE = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Serving:
    """What the endpoint needs.

    ``area_in`` finds the district that an address names; ``ticks`` are the seconds that the limit
    of a minute counts.
    """

    db: Database
    clock: Clock
    area_in: AreaIn
    about: About
    on_offer: Callable[[], Catalogue] = catalogue
    calls_a_minute: int = CALLS_A_MINUTE
    ticks: Callable[[], float] = time.monotonic


def setup(app: web.Application, serving: Serving) -> None:
    """Mount the endpoint in an application that refuses other sites' posts."""
    # A service that does not fit its kind stops the start, not the first request.
    serving.on_offer()
    endpoint = web.Application(middlewares=[answered])
    endpoint[DESK] = Open311Desk(serving.db, serving.clock, serving.on_offer)
    endpoint[CLOCK] = serving.clock
    endpoint[AREA_IN] = serving.area_in
    endpoint[ABOUT] = serving.about
    endpoint[LIMITER] = Limiter(now=serving.ticks, most=serving.calls_a_minute)
    endpoint.router.add_routes(
        [
            web.get("/discovery.{format}", _answering(handlers.discovery)),
            web.get("/services.{format}", _answering(handlers.services)),
            web.get("/services/{code}.{format}", _answering(handlers.service)),
            web.post("/requests.{format}", _answering(handlers.post_request)),
            web.get("/requests.{format}", _answering(handlers.requests)),
            web.get("/requests/{id}.{format}", _answering(handlers.one_request)),
            web.get("/tokens/{token}.{format}", _answering(handlers.token)),
            web.get("/servicerequestupdates.{format}", _answering(handlers.updates)),
            web.post("/servicerequestupdates.{format}", _answering(handlers.post_update)),
        ]
    )
    app.add_subapp(BASE, endpoint)


@web.middleware
async def answered(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Tell what went wrong in the format that was asked for."""
    try:
        return await handler(request)
    except Exception as error:  # noqa: BLE001  # the edge: every error has its answer
        return refusal(request, error)


def _answering(
    handler: Callable[[web.Request], Awaitable[Body]],
) -> Callable[[web.Request], Awaitable[web.Response]]:
    async def respond(request: web.Request) -> web.Response:
        if request.match_info["format"] not in set(Format):
            raise web.HTTPNotFound
        return answer(request, await handler(request))

    return respond
