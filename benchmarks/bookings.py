"""How many of 200 who book at once get one of 20 places, and how long that takes, on both databases.

Each booking is the whole of it: the place kept for the form, then in a second transaction, at the other
node, the case with its number and first event, and the seat. A PostgreSQL server is taken where ``TEST_POSTGRESQL`` says, else on loopback;
without one SQLite alone is measured.
"""

from __future__ import annotations

import asyncio
import os
import secrets
import tempfile
import time
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median

import asyncpg

from benchmarks.result import Limit, Result
from bot.preparation import migrate
from cases.appointments.booking import Wish, book
from cases.appointments.holding import Who, hold_seat
from cases.appointments.models import AppointmentSlot
from cases.appointments.slots import NewSlot, add_slots, free
from cases.errors import SlotTaken
from conversations.models import Contact, Conversation
from core.clock import SUZHOU
from db.encryption import Vault
from db.engine import Database, open_database

CITIZENS, PLACES, ROUNDS = 200, 20, 3
NOW = datetime(2026, 11, 30, 10, tzinfo=SUZHOU)
SERVER = os.environ.get("TEST_POSTGRESQL", "postgresql://postgres@127.0.0.1:5432")
Say = Callable[[str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """One rush: how many got a place, what the counter says, seconds, and each booking's wait."""

    succeeded: int
    taken: int
    seconds: float
    waits: tuple[float, ...]


async def measure(say: Say) -> Result:
    """Three rushes a database."""
    found: dict[str, list[Round]] = {}
    with tempfile.TemporaryDirectory() as folder:
        say("SQLite")
        url = f"sqlite+aiosqlite:///{Path(folder) / 'bookings.db'}"
        found["sqlite"] = [await _rush(url, number) for number in range(ROUNDS)]
    async with _postgresql() as server:
        if server is None:
            say("no PostgreSQL server answers")
        else:
            say("PostgreSQL")
            found["postgresql"] = [await _rush(server, number) for number in range(ROUNDS)]
    return compose(found)


def compose(found: Mapping[str, list[Round]]) -> Result:
    """The result with its bounds: exactly as many as there are places, each time."""
    figures: dict[str, object] = {
        name: {
            "succeeded": [r.succeeded for r in rounds],
            "taken": [r.taken for r in rounds],
            "seconds": [round(r.seconds, 2) for r in rounds],
            "wait_p50_ms": round(median(w for r in rounds for w in r.waits) * 1000, 1),
            "wait_max_ms": round(max(w for r in rounds for w in r.waits) * 1000, 1),
        }
        for name, rounds in found.items()
    }
    most = [r.succeeded for rounds in found.values() for r in rounds]
    counted = [r.taken for rounds in found.values() for r in rounds]
    limits = [
        Limit(name="most places given", value=max(most), bound=PLACES),
        Limit(name="fewest places given", value=min(most), bound=PLACES, at_least=True),
        Limit(
            name="counters that differ",
            value=sum(a != b for a, b in zip(most, counted, strict=True)),
            bound=0,
        ),
    ]
    slowest = {name: max(r.seconds for r in rounds) for name, rounds in found.items()}
    told = ", ".join(f"{name} {seconds:.2f} s" for name, seconds in slowest.items())
    return Result(
        configuration={"citizens": CITIZENS, "places": PLACES, "rounds": ROUNDS, "nodes": 2},
        figures=figures,
        limits=limits,
        headline=f"{CITIZENS} at once for {PLACES} places: {min(most)} to {max(most)} given; {told}",
    )


async def _rush(url: str, number: int) -> Round:
    vault = Vault({"k1": b"\x01" * 32}, current="k1")
    nodes = [open_database(url, vault) for _ in range(2)]
    try:
        await migrate(nodes[0])
        slot_id, everybody = await _prepared(nodes[0], number)
        begun = time.perf_counter()
        tried = await asyncio.gather(
            *(
                _book(nodes[n % 2], nodes[1 - n % 2], slot_id, who)
                for n, who in enumerate(everybody)
            )
        )
        seconds = time.perf_counter() - begun
        async with nodes[0].read() as session:
            taken = (await session.get_one(AppointmentSlot, slot_id)).taken
    finally:
        for node in nodes:
            await node.close()
    return Round(
        succeeded=sum(got for got, _ in tried),
        taken=taken,
        seconds=seconds,
        waits=tuple(wait for _, wait in tried),
    )


async def _book(db: Database, other: Database, slot_id: str, who: Who) -> tuple[bool, float]:
    begun = time.perf_counter()
    try:
        async with db.write() as session:
            await hold_seat(session, slot_id, who, now=NOW)
        async with other.write() as session:
            wish = Wish(slot_id=slot_id, text="a question", contact_id=who.contact_id, at=NOW)
            await book(session, other.vault, wish)
    except SlotTaken:
        return False, time.perf_counter() - begun
    return True, time.perf_counter() - begun


async def _prepared(db: Database, number: int) -> tuple[str, list[Who]]:
    start = NOW + timedelta(days=1 + number)
    slot = NewSlot(
        service="lawyer_police",
        area="320508",
        place="benchmark",
        starts_at=start,
        ends_at=start + timedelta(minutes=30),
        capacity=PLACES,
    )
    everybody = [Who(f"{number}-{n}", f"{number}-{n}-talk") for n in range(CITIZENS)]
    at = datetime.now(UTC)
    async with db.write() as session:
        session.add_all(Contact(id=who.contact_id, created_at=at) for who in everybody)
        await session.flush()
        session.add_all(
            Conversation(
                id=who.conversation_id,
                contact_id=who.contact_id,
                channel="web",
                last_activity_at=at,
                created_at=at,
            )
            for who in everybody
        )
        await add_slots(session, [slot], now=NOW)
        [found] = [s for s in await free(session, [slot.service], now=NOW) if not s.taken]
    return found.id, everybody


@asynccontextmanager
async def _postgresql() -> AsyncIterator[str | None]:
    """A database of this run's own, or None where no server answers."""
    name = f"sufatong_bench_{secrets.token_hex(6)}"
    try:
        await _administer(f"CREATE DATABASE {name}")
    except (OSError, TimeoutError):
        yield None
        return
    try:
        yield f"{SERVER.replace('postgresql://', 'postgresql+asyncpg://')}/{name}"
    finally:
        await _administer(f"DROP DATABASE {name} WITH (FORCE)")


async def _administer(statement: str) -> None:
    server = await asyncpg.connect(f"{SERVER}/postgres", timeout=5)
    try:
        await server.execute(statement)
    finally:
        await server.close()
