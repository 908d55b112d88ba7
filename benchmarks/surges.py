"""Surges planted in simulated years, and an alert to a hundred thousand subscribers.

Found is a surge whose alert is drafted by the end of its third hour. False is an alert of a cell in which
nothing was planted. The queue is measured twice: until everybody stands on the list, which is when the
alert can no longer be lost, and until the last message is in the outbox, with the pace taken off.
"""

from __future__ import annotations

import tempfile
import time
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import numpy as np
from sqlalchemy import func, select

from alerts.baseline import fit
from alerts.detection import FALSE_RATE, WINDOWS, surges
from alerts.models import Alert, AlertRecipient
from alerts.sending import AlertSender
from alerts.states import AlertState
from alerts.watching import LEARNS_FROM, QUIET
from alerts.wording import drafted
from antifraud.checker import Checker
from benchmarks.alert_crowd import NOW, crowd
from benchmarks.cases import SERVER, VAULT, postgresql
from benchmarks.figures import SEED
from benchmarks.result import Limit, Result
from benchmarks.surge_data import AREAS, EXTRA, HOURS, Planted, Year, year
from bot.alert_names import names
from bot.preparation import prepare_store
from bot.settings import Settings
from conversations.models import DeliveryRecord
from db.base import new_id
from db.engine import Database, open_database

LEARNED = LEARNS_FROM // timedelta(hours=1)
APART = QUIET // timedelta(hours=1)
DAY, MONTH = 24, 730
IN_TIME = 3
# Sightings an hour, on average over a year: a small pilot, and a city.
VOLUMES = (10.0, 40.0)
# Surges of at least so many more an hour are held to the bound; smaller ones are reported beside.
HELD_FROM = 6.0
FOUND, FALSE = 0.9, 1.0
SUBSCRIBERS = 100_000
QUEUED_SECONDS = 30.0
Say = Callable[[str], None]
Figures = dict[str, float]


async def measure(say: Say) -> Result:
    """Both volumes, then both databases."""
    found = {}
    for volume in VOLUMES:
        say(f"a year with {volume:g} sightings an hour")
        found[f"{volume:g}_an_hour"] = watched(year(SEED, an_hour=volume, after=LEARNED))
    sent = await _sent(say)
    limits = [limit for name, figures in found.items() for limit in _limits(name, figures)]
    limits += [
        Limit(name=f"{name}: {what}, s", value=figures[what], bound=QUEUED_SECONDS)
        for name, figures in sent.items()
        for what in ("listed_s", "queued_s")
    ]
    return Result(
        configuration={
            "types": 12, "areas": len(AREAS), "hours": HOURS, "learned_hours": LEARNED,
            "false_rate": FALSE_RATE, "extra_an_hour": list(EXTRA), "subscribers": SUBSCRIBERS,
        },
        figures={"surges": found, "alert": sent},
        limits=limits,
        headline=_headline(found, sent),
    )  # fmt: skip


def watched(told: Year) -> Figures:
    """Look at every hour of a year once it is over, as the service does; what is usual is learned daily."""
    hits: dict[Planted, int] = {}
    false: Counter[int] = Counter()
    drafted_at: dict[tuple[int, int], int] = {}
    for hour in range(LEARNED, HOURS):
        if (hour - LEARNED) % DAY == 0:
            past = slice(hour - LEARNED, hour)
            usual = fit(told.counts[past], told.slots[past])
        recent = slice(hour + 1 - max(WINDOWS), hour + 1)
        expected = usual.expected[told.slots[recent]]
        for surge in surges(told.counts[recent], expected, usual.dispersion):
            cell = (surge.kind, surge.area)
            if hour - drafted_at.get(cell, -APART) < APART:
                continue
            drafted_at[cell] = hour
            planted = _behind(told, cell, hour)
            if planted is None:
                false[surge.area] += 1
            else:
                hits.setdefault(planted, hour - planted.start + 1)
    return _figures(told, hits, [false[area] for area in range(len(AREAS))])


def _behind(told: Year, cell: tuple[int, int], hour: int) -> Planted | None:
    """What was planted in the cell and still shows in its last hours."""
    return next(
        (
            one
            for one in told.planted
            if (one.kind, one.area) == cell
            and one.start <= hour < one.start + one.hours + max(WINDOWS) - 1
        ),
        None,
    )


def _figures(told: Year, hits: dict[Planted, int], false: list[int]) -> Figures:
    months = (HOURS - LEARNED) / MONTH
    figures = {
        "false_a_month_worst_area": round(max(false) / months, 2),
        "false_a_month_mean_area": round(float(np.mean(false)) / months, 3),
    }
    for extra in EXTRA:
        planted = [one for one in told.planted if one.extra == extra]
        soon = sum(hits.get(one, HOURS) <= IN_TIME for one in planted)
        figures[f"found_in_3h_{extra:g}_extra"] = round(soon / len(planted), 3)
        figures[f"found_at_all_{extra:g}_extra"] = round(
            sum(one in hits for one in planted) / len(planted), 3
        )
    held = [one for one in told.planted if one.extra >= HELD_FROM]
    figures["found_in_3h"] = round(sum(hits.get(o, HOURS) <= IN_TIME for o in held) / len(held), 3)
    return figures


def _limits(name: str, figures: Figures) -> list[Limit]:
    false = figures["false_a_month_worst_area"]
    return [
        Limit(name=f"{name}: false alerts a month, worst area", value=false, bound=FALSE),
        Limit(
            name=f"{name}: found in 3 h", value=figures["found_in_3h"], bound=FOUND, at_least=True
        ),
    ]


async def _sent(say: Say) -> dict[str, Figures]:
    sent: dict[str, Figures] = {}
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "alerts.db"
        say(f"sqlite: an alert to {SUBSCRIBERS:,}")
        sent["sqlite"] = await _told(f"sqlite+aiosqlite:///{file}", SUBSCRIBERS)
    try:
        async with postgresql() as url:
            say(f"postgresql: an alert to {SUBSCRIBERS:,}")
            sent["postgresql"] = await _told(url, SUBSCRIBERS)
    except OSError:
        say(f"no PostgreSQL server answers at {SERVER}: only SQLite is measured")
    return sent


async def _told(url: str, subscribers: int) -> Figures:
    db = open_database(url, VAULT)
    try:
        await prepare_store(db, Settings(database_url=url, demo=False))
        await crowd(db, subscribers)
        await _approved(db)
        begun, spent = time.perf_counter(), time.process_time()
        await AlertSender(db, clock=lambda: NOW, room=0).once()
        listed = time.perf_counter() - begun
        await AlertSender(db, clock=lambda: NOW, room=subscribers).once()
        queued = time.perf_counter() - begun
        # Ours without the server's: on a busy machine this is what stays the same.
        spent = time.process_time() - spent
        assert await _counted(db) == (subscribers, subscribers)
    finally:
        await db.close()
    return {"listed_s": round(listed, 2), "queued_s": round(queued, 2), "cpu_s": round(spent, 2)}


async def _approved(db: Database) -> None:
    checker = Checker.load()
    async with db.write() as session:
        alert = Alert(
            id=new_id(), number=1, area="320508", fraud_type="brush", hour=NOW, hours=1, count=12,
            expected=1.0, chance=1e-6, state=AlertState.APPROVED, drafted_at=NOW, decided_at=NOW,
        )  # fmt: skip
        alert.texts = drafted(alert, names(checker))
        session.add(alert)


async def _counted(db: Database) -> tuple[int, int]:
    """Recipients with a message of their own, and deliveries."""
    async with db.read() as session:
        told = await session.scalar(select(func.count(AlertRecipient.message_id.distinct())))
        sent = await session.scalar(select(func.count(DeliveryRecord.message_id.distinct())))
    return told or 0, sent or 0


def _headline(found: dict[str, Figures], sent: dict[str, Figures]) -> str:
    lines = [
        f"{name}: {figures['found_in_3h']:.0%} of surges found in 3 h, "
        f"{figures['false_a_month_worst_area']:g} false a month in the worst area"
        for name, figures in found.items()
    ]
    lines += [
        f"{name}: {SUBSCRIBERS:,} listed in {figures['listed_s']:.1f} s, "
        f"queued in {figures['queued_s']:.1f} s"
        for name, figures in sent.items()
    ]
    return "; ".join(lines)
