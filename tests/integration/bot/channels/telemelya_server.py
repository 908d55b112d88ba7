"""Runs telemelya, a Bot API emulator of other people's making, on a free port it prints.

Its Redis is fakeredis, its file store is left out; everything else is as it comes.
"""

from __future__ import annotations

import asyncio
import socket
import sys

import fakeredis
import uvicorn
from telemelya.server.app import app
from telemelya.server.media import media_manager
from telemelya.server.state import state_manager


async def main() -> None:
    async def connect_state() -> None:
        state_manager._redis = fakeredis.FakeAsyncRedis(decode_responses=True)

    async def without_files() -> None:
        return None

    state_manager.connect = connect_state
    media_manager.connect = without_files
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        sys.stdout.write(f"{listening.getsockname()[1]}\n")
        sys.stdout.flush()
        config = uvicorn.Config(app, log_level="warning", access_log=False)
        await uvicorn.Server(config).serve(sockets=[listening])


if __name__ == "__main__":
    asyncio.run(main())
