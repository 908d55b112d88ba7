"""Starts, stops and lengthens the periods of a case, and shows the one that matters."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from cases.errors import BadOrder
from cases.kinds.machine import Binds, ClockRule, Machine
from cases.models import Case, CaseClock
from cases.wording import wording
from core.knowledge import Deadline
from core.messages import Citation
from timekeeping.periods import (
    Unit,
    add_days,
    day_of,
    earliest_last_day,
    is_over,
    last_day,
)


def start_clock(rule: ClockRule, *, case: Case, command: str, at: datetime) -> CaseClock:
    """The period that begins with an event; ``at`` is when it happened.

    One that binds an authority runs to the day the rule counts, be it a rest day; one that binds
    the citizen to the earliest day that can be defended.
    """
    start, words = day_of(at), wording()
    computed = rule.computed.format(start="{start}", days=rule.days)
    if rule.binds is Binds.CITIZEN:
        earliest = earliest_last_day([start], rule.days, rule.unit)
        due, provisional = earliest.day, earliest.provisional and rule.unit is Unit.WORKDAYS
        computed += words.rest_day if earliest.is_rest_day else ""
    else:
        end = last_day(start, rule.days, rule.unit)
        due, provisional = end.day, end.provisional
    computed += words.provisional if provisional else ""
    return CaseClock(
        case_id=case.id,
        name=rule.name,
        binds=rule.binds,
        law=rule.law,
        article=rule.article,
        quote=rule.quote,
        start_event=command,
        started_on=start,
        unit=rule.unit,
        days=rule.days,
        due=due,
        computed=computed.format(start=words.day(start, beside=due)),
        provisional=provisional,
        extended_by=0,
    )


def extend_clock(
    clock: CaseClock, rule: ClockRule, *, days: int | None, at: datetime, reason_sealed: str
) -> None:
    """Lengthen a running period once, before it is over; raises ``BadOrder`` otherwise.

    《信访工作条例》第三十四条 allows at most 30 days; an extension decided after the last day does
    not mend an overdue case.
    """
    if days is None or not 1 <= days <= rule.extend_by:
        raise BadOrder(f"an extension is of 1 to {rule.extend_by} days")
    if clock.extended_by:
        raise BadOrder("the period has been extended already")
    if is_over(clock.due, at):
        raise BadOrder("the period is over; it can no longer be extended")
    words, first = wording(), clock.due
    clock.due = add_days(first, days)
    clock.extended_by = days
    clock.extension_reason_sealed = reason_sealed
    clock.computed = words.extended.format(
        computed=clock.computed, first=words.day(first, beside=clock.due), days=days
    )


async def running_clocks(session: AsyncSession, case: Case) -> Sequence[CaseClock]:
    """The periods of a case that have not ended, the one due first at the head."""
    query = (
        select(CaseClock)
        .where(CaseClock.case_id == case.id, CaseClock.stopped_at.is_(None))
        .order_by(CaseClock.due, CaseClock.name)
    )
    return (await session.scalars(query)).all()


def shown_clock(clocks: Sequence[CaseClock]) -> CaseClock | None:
    """The period that ends next, of those that are not between authorities only."""
    return next((c for c in clocks if c.binds != Binds.INTERNAL), None)


def shown_deadline(
    clocks: Sequence[CaseClock], machine: Machine, now: datetime
) -> Deadline | None:
    """The next deadline the citizen should know, or None when none runs."""
    clock = shown_clock(clocks)
    if clock is None:
        return None
    return Deadline(
        what=machine.clocks[clock.name].what,
        due=clock.due,
        computed=clock.computed,
        citation=Citation(
            law=clock.law, article=clock.article, quote=clock.quote, in_force="attested"
        ),
        overdue=is_over(clock.due, now),
    )
