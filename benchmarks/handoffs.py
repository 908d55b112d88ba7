"""Fifty agents who take a thousand waiting chats at once, on both databases.

Each looks at the head of the queue again and again and takes one of the first chats it shows, as
people do who click what they see; whoever is too late takes another. A claim is timed from the click
to its commit, also one that comes too late. Before, the queue's page is read as it is with all of them waiting.
"""

from __future__ import annotations

import asyncio
import random
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

from sqlalchemy import insert, select

from benchmarks.cases import SERVER, VAULT, postgresql
from benchmarks.figures import SEED, percentile
from benchmarks.result import Limit, Result
from bot.preparation import migrate
from console import waiting
from console.accounts import Account
from console.models import Role
from conversations.models import Contact, Conversation, MessageRecord
from core.messages import Direction, Reply
from db.base import new_id
from db.engine import Database, open_database
from handoff import steps
from handoff.errors import AlreadyTaken, NoSuchHandoff, Outdated
from handoff.models import Handoff
from handoff.queue import ORDER
from handoff.states import HandoffState
from handoff.steps import Step

CHATS, AGENTS, LINES = 1_000, 50, 20
# How far down people look.
SEEN = 20
PAGES = 10
NOW = datetime(2026, 11, 30, 2, tzinfo=UTC)
BOUNDS = {"sqlite": 150.0, "postgresql": 50.0}
TOO_LATE = (AlreadyTaken, NoSuchHandoff, Outdated)
Say = Callable[[str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rush:
    """What came of one: claims that succeeded, chats taken and taken twice, each claim's seconds.

    ``cpu`` is the processor's seconds of this process: they tell how much a busy machine added.
    """

    succeeded: int
    taken: int
    twice: int
    seconds: float
    cpu: float
    claims: tuple[float, ...]
    pages: tuple[float, ...]


async def measure(say: Say) -> Result:
    """One rush a database."""
    found: dict[str, Rush] = {}
    with tempfile.TemporaryDirectory() as folder:
        say("SQLite")
        found["sqlite"] = await rush(f"sqlite+aiosqlite:///{Path(folder) / 'handoffs.db'}")
    try:
        async with postgresql() as url:
            say("PostgreSQL")
            found["postgresql"] = await rush(url)
    except OSError:
        say(f"no PostgreSQL server answers at {SERVER}: only SQLite is measured")
    return compose(found)


def compose(found: Mapping[str, Rush]) -> Result:
    """The result with its bounds."""
    figures = {name: _figures(one) for name, one in found.items()}
    limits = [
        limit
        for name, one in found.items()
        for limit in (
            Limit(name=f"{name}: chats taken twice", value=one.twice, bound=0),
            Limit(name=f"{name}: chats taken", value=one.taken, bound=CHATS, at_least=True),
            Limit(
                name=f"{name}: claim p99, ms",
                value=figures[name]["claim_p99_ms"],
                bound=BOUNDS[name],
            ),
        )
    ]
    told = [
        f"{name}: claim p99 {one['claim_p99_ms']:g} ms, page {one['page_p50_ms']:g} ms"
        for name, one in figures.items()
    ]
    return Result(
        configuration={"chats": CHATS, "agents": AGENTS, "nodes": 2, "messages_a_chat": LINES},
        figures=dict(figures),
        limits=limits,
        headline="; ".join(told),
    )


async def rush(url: str, *, chats: int = CHATS, agents: int = AGENTS) -> Rush:
    """Have so many agents take so many chats from an empty database at that address."""
    nodes = [open_database(url, VAULT) for _ in range(2)]
    try:
        await migrate(nodes[0])
        await _fill(nodes[0], chats)
        pages = tuple([await _page(nodes[n % 2]) for n in range(PAGES)])
        begun, worked = time.perf_counter(), time.process_time()
        tried = await asyncio.gather(
            *(_agent(nodes[n % 2], f"agent-{n}", random.Random(SEED + n)) for n in range(agents))
        )
        seconds, cpu = time.perf_counter() - begun, time.process_time() - worked
        async with nodes[0].read() as session:
            rows = list(await session.scalars(select(Handoff)))
    finally:
        for node in nodes:
            await node.close()
    taken = Counter(number for numbers, _ in tried for number in numbers)
    return Rush(
        succeeded=taken.total(),
        taken=sum(row.state == HandoffState.ASSIGNED for row in rows),
        # Also a second one that no agent heard of: each step counts the version up.
        twice=sum(taken[row.number] > 1 or row.version > 1 for row in rows),
        seconds=seconds,
        cpu=cpu,
        claims=tuple(wait for _, waits in tried for wait in waits),
        pages=pages,
    )


async def _agent(db: Database, name: str, chance: random.Random) -> tuple[list[int], list[float]]:
    """Take chats until none waits; gives their numbers, and each click's seconds."""
    mine: list[int] = []
    waits: list[float] = []
    while seen := await _head(db):
        number = chance.choice(seen)
        begun = time.perf_counter()
        try:
            async with db.write() as session:
                step = Step(number=number, agent=name, at=NOW, seen=0)
                await steps.claim(session, db.vault, step, _told)
            mine.append(number)
        except TOO_LATE:
            pass
        waits.append(time.perf_counter() - begun)
    return mine, waits


async def _head(db: Database) -> list[int]:
    query = select(Handoff.number).where(Handoff.state == HandoffState.QUEUED)
    async with db.read() as session:
        return list(await session.scalars(query.order_by(*ORDER).limit(SEEN)))


async def _page(db: Database) -> float:
    begun = time.perf_counter()
    await waiting.queue(db, Account(id="a", name="agent-0", role=Role.AGENT), now=NOW)
    return time.perf_counter() - begun


async def _fill(db: Database, chats: int) -> None:
    text = db.vault.seal("老板欠我三个月工资，一直说下个月给，我该怎么办？")
    people = [(new_id(), new_id()) for _ in range(chats)]
    async with db.write() as session:
        await session.execute(
            insert(Contact), [{"id": person, "created_at": NOW} for person, _ in people]
        )
        await session.execute(
            insert(Conversation), [_conversation(person, talk) for person, talk in people]
        )
        for begin in range(0, chats, 100):
            rows = [
                _message(talk, n, text)
                for _, talk in people[begin : begin + 100]
                for n in range(LINES)
            ]
            await session.execute(insert(MessageRecord), rows)
        await session.execute(
            insert(Handoff),
            [_handoff(talk, number) for number, (_, talk) in enumerate(people, start=1)],
        )


def _conversation(contact_id: str, talk: str) -> dict[str, object]:
    return {
        "id": talk,
        "contact_id": contact_id,
        "channel": "web",
        "status": "queued",
        "last_seq": LINES,
        "last_activity_at": NOW,
        "created_at": NOW,
    }


def _message(talk: str, n: int, text: str) -> dict[str, object]:
    return {
        "id": new_id(),
        "conversation_id": talk,
        "channel": "web",
        "external_id": new_id(),
        "seq": n + 1,
        "direction": Direction.INCOMING,
        "author": "citizen",
        "text_sealed": text,
        "sent_at": NOW,
        "created_at": NOW,
        "handled_at": NOW,
    }


def _handoff(talk: str, number: int) -> dict[str, object]:
    return {
        "id": new_id(),
        "conversation_id": talk,
        "number": number,
        "reason": "citizen",
        "urgent": number % 20 == 0,
        "state": HandoffState.QUEUED,
        "requested_at": NOW,
    }


def _told(language: str) -> Reply:
    return Reply(text="工作人员来了", language=language)


def _figures(one: Rush) -> dict[str, float]:
    return {
        "succeeded": one.succeeded,
        "clicks": len(one.claims),
        "seconds": round(one.seconds, 2),
        "cpu_ms_a_click": round(one.cpu / len(one.claims) * 1000, 1),
        "claim_p50_ms": round(median(one.claims) * 1000, 1),
        "claim_p99_ms": round(percentile(one.claims, 0.99) * 1000, 1),
        "page_p50_ms": round(median(one.pages) * 1000, 1),
    }
