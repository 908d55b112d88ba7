"""Starts, holds, lengthens and stops the periods of a case, and shows the one that matters."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import bindparam, select
from sqlalchemy.ext.asyncio import AsyncSession

from cases.errors import BadOrder
from cases.kinds.machine import Basis, Binds, ClockRule, Machine
from cases.models import Case, CaseClock
from cases.wording import wording
from core.case_views import Deadline
from core.messages import Citation, InForce
from db.base import new_id
from timekeeping.periods import (
    Unit,
    count_between,
    day_of,
    earliest_last_day,
    is_over,
    last_day,
)

LONGEST = 366
# A promise of this service: there is a reminder while a fifth of the time is left.
LEFT_WHEN_WARNED = 5
SPAN = "/"
_CLOCKS = (
    select(CaseClock)
    .where(CaseClock.case_id.in_(bindparam("cases", expanding=True)))
    .order_by(CaseClock.id)
)


def start_clock(
    rule: ClockRule, *, case: Case, command: str, at: datetime, days: int | None = None
) -> CaseClock:
    """The period that begins with an event; ``at`` is when it happened.

    One that binds an authority runs to the day the rule counts, be it a rest day; one that binds
    the citizen to the earliest day that can be defended. ``days`` is its length where the step
    says how long; raises ``BadOrder`` where it should and does not.
    """
    start, length = day_of(at), rule.days or days
    if length is None or not 1 <= length <= LONGEST:
        raise BadOrder(f"this step sets a period of 1 to {LONGEST} days")
    due, provisional, moved = _counted(rule, start, length)
    words = wording()
    notes = moved + (words.provisional if provisional else "") + words.basis.get(rule.basis, "")
    return CaseClock(
        look_on=next_look(rule, start, due, after=start),
        id=new_id(),
        case_id=case.id,
        name=rule.name,
        binds=rule.binds,
        basis=rule.basis,
        law=rule.law,
        article=rule.article,
        quote=rule.quote,
        start_event=command,
        started_on=start,
        unit=rule.unit,
        days=length,
        due=due,
        computed=rule.computed.format(start=words.day(start, beside=due), days=length) + notes,
        provisional=provisional,
        pauses="",
        extended_by=0,
    )


def _counted(rule: ClockRule, start: date, length: int) -> tuple[date, bool, str]:
    """The last day, whether it may still move, and what is said if it is a day off."""
    if rule.binds is not Binds.CITIZEN:
        end = last_day(start, length, rule.unit)
        return end.day, end.provisional, ""
    earliest, words = earliest_last_day([start], length, rule.unit), wording()
    rest_day = words.rest_day if rule.basis is Basis.LAW else words.rest_day_policy
    provisional = earliest.provisional and rule.unit is Unit.WORKDAYS
    return earliest.day, provisional, rest_day if earliest.is_rest_day else ""


def extend_clock(
    clock: CaseClock,
    rule: ClockRule,
    *,
    days: int | None,
    at: datetime,
    approval: tuple[str, str],
) -> None:
    """Lengthen a running period once, before it is over; raises ``BadOrder`` otherwise.

    《信访工作条例》第三十四条 allows at most 30 days, with the approval of who is in charge;
    ``approval`` is that person and the sealed reason. An extension decided after the last day
    does not mend an overdue case.
    """
    if days is None or not 1 <= days <= rule.extend_by:
        raise BadOrder(f"an extension is of 1 to {rule.extend_by} days")
    if clock.extended_by:
        raise BadOrder("the period has been extended already")
    if is_paused(clock):
        raise BadOrder("the period is paused; let it go on first")
    if is_over(clock.due, at):
        raise BadOrder("the period is over; it can no longer be extended")
    words, first = wording(), clock.due
    end = last_day(first, days, Unit(clock.unit))
    clock.due, clock.provisional = end.day, clock.provisional or end.provisional
    clock.extended_by = days
    clock.look_on = next_look(rule, clock.started_on, clock.due, after=day_of(at))
    clock.approved_by, clock.extension_reason_sealed = approval
    clock.computed = words.extended.format(
        computed=clock.computed,
        first=words.day(first, beside=clock.due),
        days=days,
        unit=words.units[clock.unit],
    )


def pause_clock(clock: CaseClock, *, at: datetime) -> None:
    """Hold a period from the day of ``at`` on; raises ``BadOrder`` where it is held or over.

    《信访工作条例》第三十六条: the time a hearing takes is not counted.
    """
    if is_paused(clock):
        raise BadOrder("the period is paused already")
    if is_over(clock.due, at):
        raise BadOrder("the period is over; it can no longer be paused")
    clock.pauses = " ".join((*clock.pauses.split(), f"{day_of(at)}{SPAN}"))
    clock.look_on = None


def resume_clock(clock: CaseClock, rule: ClockRule, *, at: datetime) -> None:
    """Let a period go on: what was left of it when it was paused is counted from today.

    The first and the last day of the pause take nothing from it. Raises ``BadOrder`` where it runs.
    """
    if not is_paused(clock):
        raise BadOrder("the period is not paused")
    *earlier, open_span = clock.pauses.split()
    since, until, unit = (
        date.fromisoformat(open_span.removesuffix(SPAN)),
        day_of(at),
        Unit(clock.unit),
    )
    left = count_between(since, clock.due, unit)
    if left:
        end = last_day(until, left, unit)
        clock.due, clock.provisional = end.day, clock.provisional or end.provisional
    else:
        clock.due = max(clock.due, until)
    clock.look_on = next_look(rule, clock.started_on, clock.due, after=until)
    clock.pauses = " ".join((*earlier, f"{open_span}{until}"))
    words = wording()
    clock.computed = words.paused.format(
        computed=clock.computed,
        since=words.day(since, beside=clock.due),
        until=words.day(until, beside=clock.due),
    )


def next_look(rule: ClockRule, start: date, due: date, *, after: date) -> date | None:
    """The first day later than ``after`` on which a step is taken by itself, if there is one.

    A period of fewer than five days has no reminder but those its rule names.
    """
    days = []
    if rule.warn:
        fifth = due - timedelta(days=(due - start).days // LEFT_WHEN_WARNED)
        named = [start + timedelta(days=day) for day in rule.reminds] or [fifth]
        days += [day for day in named if day < due]
    if rule.over:
        days.append(due + timedelta(days=1 + rule.grace))
    return min((day for day in days if day > after), default=None)


def is_paused(clock: CaseClock) -> bool:
    """Whether time does not count for it now."""
    return clock.pauses.endswith(SPAN)


def is_overdue(clock: CaseClock, now: datetime) -> bool:
    """Whether its last day has passed; never while it is paused."""
    return not is_paused(clock) and is_over(clock.due, now)


async def all_clocks(session: AsyncSession, case: Case) -> Sequence[CaseClock]:
    """Every period of a case that ever ran, in the order they began."""
    query = select(CaseClock).where(CaseClock.case_id == case.id).order_by(CaseClock.id)
    return (await session.scalars(query)).all()


async def clocks_of(
    session: AsyncSession, cases: Iterable[Case]
) -> Mapping[str, Sequence[CaseClock]]:
    """Every period of several cases that ever ran, by the case's id, in the order they began."""
    found: defaultdict[str, list[CaseClock]] = defaultdict(list)
    for clock in await session.scalars(_CLOCKS, {"cases": [case.id for case in cases]}):
        found[clock.case_id].append(clock)
    return found


async def running_clocks(session: AsyncSession, case: Case) -> Sequence[CaseClock]:
    """The periods of a case that have not ended, the one due first at the head."""
    query = (
        select(CaseClock)
        .where(CaseClock.case_id == case.id, CaseClock.stopped_at.is_(None))
        .order_by(CaseClock.due, CaseClock.name)
    )
    return (await session.scalars(query)).all()


def shown_clock(clocks: Sequence[CaseClock]) -> CaseClock | None:
    """The period that ends next, of those that are not between authorities only.

    One that the law sets goes before one that somebody promised, and what can still be done
    (binding the citizen after the end) comes last.
    """
    shown = [c for c in clocks if c.binds != Binds.INTERNAL]
    return min(shown, key=lambda c: (c.basis != Basis.LAW, c.due), default=None)


def shown_deadline(
    clocks: Sequence[CaseClock], machine: Machine, now: datetime
) -> Deadline | None:
    """The next deadline the citizen should know, or None when none runs."""
    clock = shown_clock(clocks)
    return None if clock is None else deadline_of(clock, machine, now)


def deadline_of(clock: CaseClock, machine: Machine, now: datetime) -> Deadline:
    """A period as people read it; only one set by law cites an article."""
    rule = machine.clocks[clock.name]
    stands: InForce = True if rule.in_force else "attested"
    citation = Citation(law=clock.law, article=clock.article, quote=clock.quote, in_force=stands)
    return Deadline(
        what=rule.what,
        due=clock.due,
        computed=clock.computed,
        citation=citation if clock.basis == Basis.LAW else None,
        overdue=is_overdue(clock, now),
        paused=is_paused(clock),
        binds_citizen=clock.binds == Binds.CITIZEN,
    )
