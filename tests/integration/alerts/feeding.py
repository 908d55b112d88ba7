"""Sends what is approved on a database until nobody waits, to be killed at any moment."""

from __future__ import annotations

import asyncio
import sys

from alerts.sending import AlertSender
from benchmarks.alert_crowd import NOW
from db.encryption import Vault
from db.engine import open_database

# The tests' own, without what their conftest brings along: this is started many times.
VAULT = Vault({"k1": b"\x01" * 32}, current="k1")


async def main(url: str) -> None:
    db = open_database(url, VAULT)
    print("begun", flush=True)  # noqa: T201
    sender = AlertSender(db, clock=lambda: NOW, room=10**9, batch=40)
    while await sender.once():
        pass
    await db.close()
    print("done", flush=True)  # noqa: T201


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
