"""Sends what is approved on a database until nobody waits, to be killed at any moment."""

from __future__ import annotations

import asyncio
import sys

from db.engine import open_database
from tests.conftest import VAULT
from tests.integration.alerts.town import sender


async def main(url: str) -> None:
    db = open_database(url, VAULT)
    print("begun", flush=True)  # noqa: T201
    while await sender(db, room=10**9, batch=40).once():
        pass
    await db.close()
    print("done", flush=True)  # noqa: T201


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
