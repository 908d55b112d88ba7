"""Every connection gets the adapter that its body speaks."""

from __future__ import annotations

from pathlib import Path

from bodies.adapters.folder import FolderAdapter
from bodies.adapters.http import HttpAdapter
from bodies.connections import Connection
from bodies.network import open_network
from cases.routing import routing
from db.engine import Database
from tests.integration.talk import Hands


async def test_adapters_are_by_connection(db: Database, hands: Hands, tmp_path: Path) -> None:
    bodies = routing().bodies
    connections = {
        "gusu": Connection(
            body=bodies["gusu"], name="", url="http://127.0.0.1:1", keys=(b"k" * 32,)
        ),
        "legal_aid": Connection(body=bodies["legal_aid"], name="", folder=tmp_path),
    }
    async with open_network(db, connections, clock=hands) as network:
        kinds = {body: type(adapter) for body, adapter in network.adapters.items()}
        assert kinds == {"gusu": HttpAdapter, "legal_aid": FolderAdapter}
        assert network.desk.connections == connections


async def test_nobody_connected_is_no_trouble(db: Database, hands: Hands) -> None:
    async with open_network(db, {}, clock=hands) as network:
        await network.courier.once()
        hands.pass_by(days=2)
        assert await network.night.once() == []
