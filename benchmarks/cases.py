"""The case database with a million cases: look-ups, a citizen's list, filing, what is overdue.

Measured at ten thousand and at a million on SQLite and on PostgreSQL; the peer is a bare read of
one row by its key on the same connection pool, so that the machine's share can be told.
"""

from __future__ import annotations

import os
import random
import secrets
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import asyncpg
from sqlalchemy import select, text

from benchmarks.case_data import CODE, NOW, contact_of, grow, reference_of
from benchmarks.figures import SEED, percentile
from benchmarks.result import Limit, Result
from bot.preparation import prepare_store
from bot.settings import Settings
from cases.filing import Told, file_case
from cases.listing import Wanted, listing
from cases.models import Case, CaseClock
from cases.reader import CaseDesk
from core.case_views import LookupState
from db.encryption import Vault
from db.engine import Database, open_database
from timekeeping.periods import day_of

SERVER = os.environ.get("TEST_POSTGRESQL", "postgresql://postgres@127.0.0.1:5432")
SMALL, LARGE = 10_000, 1_000_000
SAMPLES = 500
FILINGS = 200
VAULT = Vault({"k1": b"\x01" * 32}, current="k1")
Say = Callable[[str], None]
Figures = dict[str, float]
# p99 in milliseconds, at the larger size.
BOUNDS = {"lookup": 5.0, "own_list": 10.0, "filing": 20.0}
SWEEP_SECONDS = 2.0
GROWTH = 1.5


async def measure(say: Say) -> Result:
    """Both databases at both sizes."""
    figures: dict[str, dict[str, Figures]] = {}
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "cases.db"
        figures["sqlite"] = await _measured(f"sqlite+aiosqlite:///{file}", say)
    try:
        async with postgresql() as url:
            figures["postgresql"] = await _measured(url, say)
    except OSError:
        say(f"no PostgreSQL server answers at {SERVER}: only SQLite is measured")
    limits = [limit for name, found in figures.items() for limit in limits_of(name, found)]
    return Result(
        configuration={"cases": [SMALL, LARGE], "events_a_case": 8, "samples": SAMPLES},
        figures={name: dict(found) for name, found in figures.items()},
        ratios={name: growth(found) for name, found in figures.items()},
        limits=limits,
        headline="; ".join(_line(name, found) for name, found in figures.items()),
    )


def limits_of(name: str, found: dict[str, Figures]) -> list[Limit]:
    """The bounds that one database must keep."""
    large = found[str(LARGE)]
    limits = [
        Limit(name=f"{name}: {what} p99, ms", value=large[f"{what}_p99_ms"], bound=bound)
        for what, bound in BOUNDS.items()
    ]
    limits += [
        Limit(name=f"{name}: {what}, s", value=large[f"{what}_s"], bound=SWEEP_SECONDS)
        for what in ("overdue_list", "due_today")
    ]
    limits.append(
        Limit(name=f"{name}: growth of look-ups", value=growth(found)["lookup"], bound=GROWTH)
    )
    return limits


def growth(found: dict[str, Figures]) -> dict[str, float]:
    """How much slower the middle look-up and list are at the larger size."""
    small, large = found[str(SMALL)], found[str(LARGE)]
    return {
        what: round(large[f"{what}_p50_ms"] / small[f"{what}_p50_ms"], 2)
        for what in ("lookup", "own_list", "one_row")
    }


async def _measured(url: str, say: Say) -> dict[str, Figures]:
    settings = Settings(database_url=url, demo=False)
    db = open_database(url, VAULT)
    found: dict[str, Figures] = {}
    try:
        await prepare_store(db, settings)
        size = 0
        for wanted in (SMALL, LARGE):
            say(f"{db.engine.dialect.name}: growing to {wanted:,} cases")
            await grow(db, size, wanted, say)
            size = wanted
            async with db.engine.begin() as connection:
                await connection.execute(text("ANALYZE"))
            say(f"{db.engine.dialect.name}: measuring")
            found[str(wanted)] = await figures_of(db, size)
    finally:
        await db.close()
    return found


async def figures_of(db: Database, size: int) -> Figures:
    """Every figure at one size."""
    chance = random.Random(SEED)
    desk = CaseDesk(db, lambda: NOW)
    drawn = [chance.randrange(size) for _ in range(SAMPLES)]

    async def one_row(number: int) -> None:
        async with db.read() as session:
            query = select(Case.id).where(Case.reference == reference_of(number))
            assert await session.scalar(query)

    async def look_up(number: int) -> None:
        looked = await desk.look_up(reference_of(number), CODE, contact_id=contact_of(number))
        assert looked.state is LookupState.FOUND

    async def own_list(number: int) -> None:
        assert await desk.mine(contact_of(number))

    async def file(number: int) -> None:
        told = Told(
            kind="XF", sub_kind="claim", title="测试数据", text="测试数据：电梯停用三周" * 8,
            area="320508", contact_id=contact_of(number), at=NOW, person={"phone": "测试数据"},
        )  # fmt: skip
        async with db.write() as session:
            await file_case(session, db.vault, told)

    return {
        **await _timed("one_row", one_row, drawn),
        **await _timed("lookup", look_up, drawn),
        **await _timed("own_list", own_list, drawn),
        **await _timed("filing", file, drawn[:FILINGS]),
        **await _swept(db),
    }


async def _timed(name: str, work: Callable[[int], Awaitable[None]], numbers: list[int]) -> Figures:
    for number in numbers[:20]:
        await work(number)
    spent = []
    for number in numbers:
        begun = time.perf_counter()
        await work(number)
        spent.append(1000 * (time.perf_counter() - begun))
    return {
        f"{name}_p50_ms": round(percentile(spent, 0.5), 2),
        f"{name}_p99_ms": round(percentile(spent, 0.99), 2),
    }


async def _swept(db: Database) -> Figures:
    """The staff's list of what is overdue, and every period whose day has come."""
    async with db.read() as session:
        begun = time.perf_counter()
        rows = await listing(session, db.vault, Wanted(overdue=True), NOW)
        listed = time.perf_counter() - begun
        begun = time.perf_counter()
        query = select(CaseClock.id).where(CaseClock.look_on <= day_of(NOW))
        due = (await session.scalars(query)).all()
        swept = time.perf_counter() - begun
    assert rows
    return {
        "overdue_list_s": round(listed, 3),
        "due_today_s": round(swept, 3),
        "due_today": float(len(due)),
    }


def _line(name: str, found: dict[str, Figures]) -> str:
    large = found[str(LARGE)]
    return (
        f"{name}: look-up p99 {large['lookup_p99_ms']:.1f} ms, own list "
        f"{large['own_list_p99_ms']:.1f} ms, filing {large['filing_p99_ms']:.1f} ms, "
        f"overdue {large['overdue_list_s']:.2f} s, growth {growth(found)['lookup']:.2f}"
    )


@asynccontextmanager
async def postgresql() -> AsyncIterator[str]:
    """A database of its own on the server; raises ``OSError`` where none answers."""
    name = f"sufatong_bench_{secrets.token_hex(6)}"
    server = await asyncpg.connect(f"{SERVER}/postgres", timeout=5)
    try:
        await server.execute(f"CREATE DATABASE {name}")
        yield f"{SERVER.replace('postgresql://', 'postgresql+asyncpg://')}/{name}"
    finally:
        await server.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        await server.close()
