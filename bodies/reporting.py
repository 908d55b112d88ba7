"""Bodies and their units compared: how much they accepted, what is overdue, how they are rated."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from statistics import mean, median
from typing import Any

import yaml
from sqlalchemy import Select, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from cases.clocks import is_overdue
from cases.delivery import CaseDelivery, responsible
from cases.kinds.catalogue import machine_of
from cases.kinds.machine import Binds
from cases.models import Case, CaseClock, CaseEvent
from cases.tags import CaseTag
from knowledge_base.sheets.layout import Layout
from knowledge_base.sheets.xlsx_writing import workbook_bytes
from timekeeping.periods import day_of

FILE = Path(__file__).with_name("report.yml")
# The step that says the matter is taken on, in every kind that has one.
ACCEPTING = "accept"

Ids = Select[str]
"""A query for the ids of the cases that count."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """Which cases count: received from ``since`` to ``until``, of a kind, of a campaign."""

    since: datetime
    until: datetime
    kind: str = ""
    campaign: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A body, or one unit of it: ``days`` from receipt to acceptance are those of the middle case."""

    body: str
    unit: str
    cases: int
    accepted: int
    days: float | None
    overdue: int
    rated: int
    rating: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Fact:
    body: str
    unit: str
    days: int | None
    overdue: bool
    rating: int | None


async def compare(session: AsyncSession, scope: Scope, *, now: datetime) -> list[Line]:
    """A line a body and, below it, a line a unit; the most cases first. Demo data does not count."""
    facts = await _facts(session, scope, now)
    by_body: dict[str, list[_Fact]] = defaultdict(list)
    for fact in facts:
        by_body[fact.body].append(fact)
    lines = []
    for body, of_body in sorted(by_body.items(), key=lambda item: (-len(item[1]), item[0])):
        lines.append(_line(body, "", of_body))
        units: dict[str, list[_Fact]] = defaultdict(list)
        for fact in of_body:
            if fact.unit:
                units[fact.unit].append(fact)
        ordered = sorted(units.items(), key=lambda item: (-len(item[1]), item[0]))
        lines += [_line(body, unit, of_unit) for unit, of_unit in ordered]
    return lines


def report_bytes(lines: Iterable[Line]) -> bytes:
    """The comparison as a workbook."""
    names = ("sheet", "help_sheet", "intro", "columns")
    layout = Layout.model_validate({name: _raw()[name] for name in names})
    return workbook_bytes(layout, map(cells, lines))


def cells(line: Line) -> Mapping[str, str]:
    """A line as it is told, by column."""
    return {
        "body": line.body,
        "unit": line.unit,
        "cases": str(line.cases),
        "accepted": str(line.accepted),
        "acceptance": f"{line.accepted / line.cases:.0%}",
        "days": "" if line.days is None else f"{line.days:g}",
        "overdue": str(line.overdue),
        "overdue_share": f"{line.overdue / line.cases:.0%}",
        "rated": str(line.rated),
        "rating": "" if line.rating is None else f"{line.rating:.1f}",
    }


async def _facts(session: AsyncSession, scope: Scope, now: datetime) -> list[_Fact]:
    query = select(Case).where(
        Case.demo.is_(False), Case.created_at >= scope.since, Case.created_at < scope.until
    )
    if scope.kind:
        query = query.where(Case.kind == scope.kind)
    if scope.campaign:
        tagged = select(CaseTag.case_id).where(CaseTag.tag == scope.campaign)
        query = query.where(Case.id.in_(tagged))
    ids = query.with_only_columns(Case.id)
    accepted = await _accepted(session, ids)
    overdue = await _overdue(session, ids, now)
    holders = await _holders(session, ids)
    return [
        _fact(case, holders.get(case.id, ""), accepted.get(case.id), case.id in overdue)
        for case in await session.scalars(query)
    ]


async def _accepted(session: AsyncSession, ids: Ids) -> Mapping[str, date]:
    query = (
        select(CaseEvent.case_id, func.min(CaseEvent.at).label("at"))
        .where(CaseEvent.command == ACCEPTING, CaseEvent.case_id.in_(ids))
        .group_by(CaseEvent.case_id)
    )
    return {row.case_id: day_of(row.at) for row in await session.execute(query)}


async def _overdue(session: AsyncSession, ids: Ids, now: datetime) -> frozenset[str]:
    query = select(CaseClock).where(CaseClock.binds == Binds.AUTHORITY, CaseClock.case_id.in_(ids))
    return frozenset(
        clock.case_id
        for clock in await session.scalars(query)
        if is_overdue(clock, clock.stopped_at or now)
    )


async def _holders(session: AsyncSession, ids: Ids) -> Mapping[str, str]:
    query = select(CaseDelivery.case_id, CaseDelivery.body).where(
        CaseDelivery.released.is_(False), CaseDelivery.case_id.in_(ids)
    )
    return {row.case_id: row.body for row in await session.execute(query)}


def _fact(case: Case, holder: str, accepted: date | None, overdue: bool) -> _Fact:  # noqa: FBT001
    body = responsible(case, holder)
    names = {machine_of(case.kind).desk, body.name if body else ""}
    return _Fact(
        body=body.name if body else _raw()["nobody"],
        unit="" if case.agency in names else case.agency,
        days=None if accepted is None else (accepted - day_of(case.created_at)).days,
        overdue=overdue,
        rating=case.rating,
    )


def _line(body: str, unit: str, facts: Sequence[_Fact]) -> Line:
    days = [fact.days for fact in facts if fact.days is not None]
    ratings = [fact.rating for fact in facts if fact.rating is not None]
    return Line(
        body=body,
        unit=unit,
        cases=len(facts),
        accepted=len(days),
        days=median(days) if days else None,
        overdue=sum(fact.overdue for fact in facts),
        rated=len(ratings),
        rating=mean(ratings) if ratings else None,
    )


@cache
def _raw() -> dict[str, Any]:  # Any: YAML
    read: dict[str, Any] = yaml.safe_load(FILE.read_text(encoding="utf-8"))  # Any: likewise
    return read
