"""Everything that runs between us and the connected bodies, put together."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass

import aiohttp

from bodies.adapters.base import Adapter
from bodies.adapters.folder import FolderAdapter
from bodies.adapters.http import HttpAdapter
from bodies.connections import Connection
from bodies.courier import Courier
from bodies.desk import BodyDesk
from bodies.nightly import Night
from bodies.statuses import statuses
from core.clock import Clock
from db.engine import Database


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """The desk, the courier and the night, with the adapters they share."""

    desk: BodyDesk
    courier: Courier
    night: Night
    adapters: Mapping[str, Adapter]


@asynccontextmanager
async def open_network(
    db: Database, connections: Mapping[str, Connection], *, clock: Clock
) -> AsyncIterator[Network]:
    """Adapters for every connection, on one pool of HTTP connections each body of its own."""
    # A faulty table stops the start, not the first update that needs it.
    statuses()
    async with aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()) as http:
        adapters = {
            body: adapter_of(connection, http, clock=clock)
            for body, connection in connections.items()
        }
        desk = BodyDesk(db, connections, clock=clock)
        courier = Courier(db, adapters, clock=clock)
        night = Night(desk, courier, adapters, clock=clock)
        yield Network(desk=desk, courier=courier, night=night, adapters=adapters)


def adapter_of(connection: Connection, http: aiohttp.ClientSession, *, clock: Clock) -> Adapter:
    """How a connected body is spoken to."""
    if connection.folder is not None:
        return FolderAdapter(connection.folder, clock=clock)
    return HttpAdapter(connection, http, clock=clock)
