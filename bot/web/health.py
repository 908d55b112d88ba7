"""Whether the process is alive, and what it lacks."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field

from aiohttp import web

Check = Callable[[], Awaitable[bool]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """The database, without which nothing works, and what it can do without for a while.

    ``progress`` tells (done, total) of what is being computed behind.
    """

    database: Check
    others: Mapping[str, Check]
    progress: Mapping[str, Callable[[], tuple[int, int]]] = field(default_factory=dict)


async def livez(request: web.Request) -> web.Response:
    """200 while the process serves at all."""
    return web.json_response({"status": "ok"})


def readyz(health: Health) -> Callable[[web.Request], Awaitable[web.Response]]:
    """503 only without the database; else 200 with ``degraded`` naming what is missing."""

    async def handler(request: web.Request) -> web.Response:
        database = await health.database()
        states = {name: await check() for name, check in health.others.items()}
        degraded = [name for name, works in states.items() if not works]
        body = {
            "status": "ok" if database and not degraded else "degraded",
            "dependencies": {"database": database, **states},
            "degraded": degraded if database else ["database", *degraded],
            "progress": {name: list(tell()) for name, tell in health.progress.items()},
        }
        return web.json_response(body, status=200 if database else 503)

    return handler
