"""A crowd can be told: every one of it once."""

from __future__ import annotations

from benchmarks.alert_crowd import crowd
from benchmarks.surges import _told
from db.engine import Database
from tests.integration.alerts.town import approved, sender, totals


async def test_everybody_of_a_crowd_is_told_once(database: Database) -> None:
    await crowd(database, 130)
    await approved(database)

    assert await sender(database, room=1000).once() == 130
    assert await totals(database) == [130] * 5


async def test_the_alert_is_measured(database_url: str, database: Database) -> None:
    figures = await _told(database_url, 50)

    assert 0 < figures["listed_s"] <= figures["queued_s"]
