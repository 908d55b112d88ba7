"""Doors side by side are one."""

from __future__ import annotations

from aiohttp import web

from bot.door import Door, side_by_side


async def test_routes_and_checks_of_all() -> None:
    async def handle(request: web.Request) -> web.Response:
        return web.Response()

    async def well() -> bool:
        return True

    one = Door(routes=[web.get("/a", handle)], checks={"a": well})
    both = side_by_side(one, Door(), Door(routes=[web.get("/b", handle)], checks={"b": well}))

    assert [route.path for route in both.routes] == ["/a", "/b"]
    assert set(both.checks) == {"a", "b"}
