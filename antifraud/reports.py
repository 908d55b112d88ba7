"""Reports of what fraudsters use: noted once a person, reviewed by staff, appealed, run out.

A report by itself changes nobody's check. A thousand against one honest number in an hour are one
line in the list that staff look at, marked as hurried.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from functools import cache

from sqlalchemy import String, and_, bindparam, delete, func, or_, select, text, update
from sqlalchemy.ext.asyncio import AsyncSession

from antifraud.errors import NoReason, NoSuchThing
from antifraud.models import ReportedThing, ThingReport
from antifraud.things import Sort, Thing, ThingReader
from core.clock import SUZHOU, Clock
from core.knowledge import ListedThing
from db.base import UtcDateTime
from db.encryption import Vault
from db.engine import Database

PURPOSE = "reported-thing"
REPORTER = "thing-reporter"
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
# What one person reports in a day beyond this is thanked for and passed over.
A_DAY = 20
# So many people's reports of one thing are kept; more of them say nothing new.
MOST_KEPT = 500
# So many within an hour look organised: staff are told to look twice.
HURRIED = 20
# Numbers are given to others: what was confirmed holds for half a year, then it is looked at anew.
LISTED_FOR = timedelta(days=180)
# What staff dismissed does not come back to them sooner, however often it is reported.
RESTS = timedelta(days=30)
LONGEST = 300

_NOTE = text(
    "INSERT INTO reported_things"
    " (sort, digest, key_sealed, state, reporters, hurried, first_at, last_at, decided_by, reason)"
    " VALUES (:sort, :digest, :sealed, 'new', 0, 0, :now, :now, '', '')"
    " ON CONFLICT (sort, digest) DO NOTHING"
).bindparams(bindparam("now", type_=UtcDateTime), bindparam("sort", type_=String))
_SIGN = text(
    "INSERT INTO thing_reports (thing, reporter, at) VALUES (:thing, :reporter, :at)"
    " ON CONFLICT (thing, reporter) DO NOTHING RETURNING thing"
).bindparams(bindparam("at", type_=UtcDateTime))


class State(StrEnum):
    """Where a thing stands: to be looked at, confirmed, or found to be nothing."""

    NEW = "new"
    LISTED = "listed"
    DISMISSED = "dismissed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A reported thing as staff see it; ``is_hurried`` where its reports look organised."""

    number: int
    sort: str
    key: str
    state: str
    reporters: int
    is_hurried: bool
    first_at: datetime
    last_at: datetime
    expires_at: datetime | None
    decided_by: str
    reason: str
    appeal: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What staff decide of a thing, why, and who."""

    listed: bool
    by: str
    reason: str


class ReportDesk:
    """Implements ``core.ports.Watchlist``, and what staff do with reports."""

    def __init__(self, db: Database, *, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    def named(self, text: str) -> Sequence[str]:
        """What can be reported of all that a text names."""
        return tuple(thing.key for thing in reader().find(text))

    async def listed(self, text: str) -> Sequence[ListedThing]:
        """Those that staff have confirmed, as long as that holds."""
        things = reader().find(text)
        if not things:
            return ()
        found = []
        async with self._db.read() as session:
            for thing in things:
                row = await _row(session, self._db.vault, thing)
                if row is not None and _acts(row, self._clock()) and row.decided_at:
                    on = row.decided_at.astimezone(SUZHOU).date()
                    found.append(ListedThing(sort=thing.sort, quote=thing.key, on=on))
        return tuple(found)

    async def listing(self, state: str = "") -> Sequence[Sheet]:
        """Things of a state, or all that wait for staff: appeals first, then what most reported."""
        wanted = (
            ReportedThing.state == state
            if state
            else or_(ReportedThing.state == State.NEW, ReportedThing.appealed_at.is_not(None))
        )
        query = (
            select(ReportedThing)
            .where(wanted)
            .order_by(
                ReportedThing.appealed_at.is_(None),
                ReportedThing.reporters.desc(),
                ReportedThing.number,
            )
            .limit(100)
        )
        async with self._db.read() as session:
            return tuple(_sheet(self._db.vault, row) for row in await session.scalars(query))

    async def decide(self, number: int, decision: Decision) -> Sheet:
        """Put a thing on the list or off it; raises ``NoSuchThing``, ``NoReason``."""
        if not decision.reason.strip() or len(decision.reason) > LONGEST:
            raise NoReason
        now = self._clock()
        state = State.LISTED if decision.listed else State.DISMISSED
        async with self._db.write() as session:
            moved = await session.execute(
                update(ReportedThing)
                .where(ReportedThing.number == number)
                .values(
                    state=state,
                    decided_at=now,
                    decided_by=decision.by,
                    reason=decision.reason.strip(),
                    expires_at=now + LISTED_FOR if decision.listed else None,
                    appeal_sealed=None,
                    appealed_at=None,
                )
                .returning(ReportedThing.number)
            )
            if moved.first() is None:
                raise NoSuchThing
            row = await session.get_one(ReportedThing, number, populate_existing=True)
            return _sheet(self._db.vault, row)


async def report(
    session: AsyncSession, vault: Vault, told: str, *, contact_id: str, now: datetime
) -> int:
    """Note what a text names in the caller's commit, once a person; gives how many were new of them."""
    reporter = vault.digest(REPORTER, contact_id)
    today = select(func.count()).where(
        ThingReport.reporter == reporter, ThingReport.at > now - DAY
    )
    left = A_DAY - (await session.scalar(today) or 0)
    noted = 0
    for thing in _in_order(told)[: max(left, 0)]:
        noted += await _note(session, vault, thing, reporter, now)
    return noted


async def appeal(
    session: AsyncSession, vault: Vault, told: str, *, why: str, now: datetime
) -> int:
    """Keep what the owner of a listed thing says; it stays listed until staff have looked again."""
    heard = 0
    for thing in _in_order(told):
        row = await _row(session, vault, thing, locked=True)
        if row is not None and _acts(row, now):
            row.appeal_sealed, row.appealed_at = vault.seal(why), now
            heard += 1
    return heard


async def forget(session: AsyncSession, vault: Vault, contact_id: str) -> None:
    """Take a person's name off their reports; what staff have seen of the things stays."""
    reporter = vault.digest(REPORTER, contact_id)
    await session.execute(delete(ThingReport).where(ThingReport.reporter == reporter))


@cache
def reader() -> ThingReader:
    """Read once: it keeps nothing of what it looks at."""
    return ThingReader.load()


def _in_order(told: str) -> Sequence[Thing]:
    """The things of a text in one order for everybody, so that two commits never wait for each other."""
    return sorted(reader().find(told), key=lambda thing: (thing.sort, thing.key))


async def _note(
    session: AsyncSession, vault: Vault, thing: Thing, reporter: str, now: datetime
) -> int:
    fields = {"sort": str(thing.sort), "digest": _digest(vault, thing), "now": now}
    await session.execute(_NOTE, {**fields, "sealed": vault.seal(thing.key)})
    row = await _row(session, vault, thing, locked=True)
    if row is None or row.reporters >= MOST_KEPT:
        return 0
    signed = await session.execute(_SIGN, {"thing": row.number, "reporter": reporter, "at": now})
    if signed.first() is None:
        return 0
    lately = select(func.count()).where(
        and_(ThingReport.thing == row.number, ThingReport.at > now - HOUR)
    )
    row.reporters += 1
    row.hurried = max(row.hurried, await session.scalar(lately) or 0)
    row.last_at = now
    if _comes_back(row, now):
        row.state = State.NEW
    await session.flush()
    return 1


def _comes_back(row: ReportedThing, now: datetime) -> bool:
    """Whether a new report brings it before staff once more."""
    rested = row.decided_at is not None and now - row.decided_at >= RESTS
    over = row.expires_at is not None and row.expires_at <= now
    return (row.state == State.DISMISSED and rested) or (row.state == State.LISTED and over)


def _acts(row: ReportedThing, now: datetime) -> bool:
    return row.state == State.LISTED and row.expires_at is not None and row.expires_at > now


async def _row(
    session: AsyncSession, vault: Vault, thing: Thing, *, locked: bool = False
) -> ReportedThing | None:
    query = select(ReportedThing).where(
        ReportedThing.sort == thing.sort, ReportedThing.digest == _digest(vault, thing)
    )
    found: ReportedThing | None = await session.scalar(
        query.with_for_update() if locked else query
    )
    return found


def _digest(vault: Vault, thing: Thing) -> str:
    return vault.digest(PURPOSE, f"{thing.sort}\0{thing.key}")


def _sheet(vault: Vault, row: ReportedThing) -> Sheet:
    return Sheet(
        number=row.number,
        sort=Sort(row.sort),
        key=vault.open(row.key_sealed),
        state=row.state,
        reporters=row.reporters,
        is_hurried=row.hurried >= HURRIED,
        first_at=row.first_at,
        last_at=row.last_at,
        expires_at=row.expires_at,
        decided_by=row.decided_by,
        reason=row.reason,
        appeal=vault.open(row.appeal_sealed) if row.appeal_sealed else None,
    )
