"""Killed at any point while an alert is queued: nobody is lost, nobody is told twice."""

from __future__ import annotations

import asyncio
import random
import sys

from benchmarks.alert_crowd import crowd
from db.engine import Database
from nlu.training import ROOT
from tests.integration.alerts.town import approved, totals

CROWD = 2000
PATIENCE = 120


async def feed(url: str, *, kill_at: int | None, db: Database) -> bool:
    """Let another process send; kill it once so many recipients or messages are there. True if it ended."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.integration.alerts.feeding", url,
        cwd=ROOT, stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    assert process.stdout is not None
    await process.stdout.readline()
    async with asyncio.timeout(PATIENCE):
        while kill_at is not None and process.returncode is None:
            listed, queued, *_ = await totals(db)
            if listed + queued >= kill_at:
                process.kill()
                break
            await asyncio.sleep(random.uniform(0, 0.01))
        await process.communicate()
    return process.returncode == 0


async def test_killed_while_listing_and_while_queuing(
    database: Database, database_url: str
) -> None:
    await crowd(database, CROWD)
    await approved(database)
    seen = []
    # The first thousands are places on the list, the others messages.
    for kill_at in (1, CROWD + 1, CROWD + CROWD // 2):
        assert not await feed(database_url, kill_at=kill_at, db=database)
        listed, queued, messages, talks, deliveries = await totals(database)
        # What is committed is whole: a message for each who is noted as told, a delivery for each message.
        assert queued == messages == talks == deliveries
        seen.append((listed, queued))

    assert await feed(database_url, kill_at=None, db=database)

    assert seen[0][0] < CROWD
    assert 0 < seen[-1][1] < CROWD
    assert await totals(database) == [CROWD] * 5
