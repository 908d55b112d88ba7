"""The console lives in another application without minding its templates or its pages."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import aiohttp_jinja2
import jinja2
from aiohttp import web

from console.app import setup
from console.passwords import Passwords
from db.engine import Database
from tests.integration.console.conftest import Client, MovableClock


async def test_each_application_shows_its_own_templates(
    database: Database,
    passwords: Passwords,
    clock: MovableClock,
    aiohttp_client: Callable[[web.Application], Awaitable[Client]],
) -> None:
    async def own(request: web.Request) -> web.Response:
        return aiohttp_jinja2.render_template("login.html", request, {})

    app = web.Application()
    aiohttp_jinja2.setup(app, loader=jinja2.DictLoader({"login.html": "the outer page"}))
    app.router.add_get("/", own)
    setup(app, db=database, clock=clock, passwords=passwords)
    client = await aiohttp_client(app)

    outer, inner = await client.get("/"), await client.get("/console")

    assert await outer.text() == "the outer page"
    assert "/console/login" in await inner.text()
