"""Loads demo petitions, so that a fresh installation has something to look up."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import yaml
from sqlalchemy import select

from cases.kinds.machine import Actor
from cases.models import Case
from cases.opening import open_case
from cases.orders import Filing, Order
from cases.references import Kind, Reference
from cases.service import apply
from core.clock import SUZHOU
from db.engine import Database
from timekeeping.periods import day_of

DEMO = Path(__file__).with_name("demo.yml")

Row = Mapping[str, Any]  # Any: YAML


async def load_demo(db: Database, now: datetime) -> list[tuple[str, str, str]]:
    """Load the demo petitions as (reference, query code, title) of each; once, then nothing.

    ``now`` is what their relative dates count back from.
    """
    rows: list[Row] = yaml.safe_load(DEMO.read_text(encoding="utf-8"))
    async with db.write() as session:
        if await session.scalar(select(Case.id).where(Case.demo).limit(1)):
            return []
        loaded = []
        for row in rows:
            opened = await open_case(session, db.vault, _filing(row, now))
            for step in row["steps"]:
                await apply(session, db.vault, opened.case, _order(step, now))
            loaded.append((opened.case.reference, opened.code, row["title"]))
        return loaded


def _filing(row: Row, now: datetime) -> Filing:
    at = _moment(row["received"], now)
    area = row["district"]
    return Filing(
        kind=Kind.PETITION,
        sub_kind=row["sub_kind"],
        title=row["title"],
        district=area,
        agency=row["agency"],
        at=at,
        text=row["text"],
        demo=True,
        reference=Reference(
            kind=Kind.PETITION, area=area, day=day_of(at), sequence=row["sequence"]
        ),
        code=row["code"],
    )


def _order(step: Row, now: datetime) -> Order:
    return Order(
        command=step["step"],
        actor=Actor(step.get("by", Actor.OFFICER)),
        at=_moment(step["at"], now),
        text=step.get("text", ""),
        agency=step.get("agency"),
        days=step.get("days"),
        approver=step.get("approver", ""),
    )


def _moment(written: str, now: datetime) -> datetime:
    # "2026-10-12 09:20" is that moment; "-25 09:20" is 25 days before the day of loading.
    day, clock = written.split()
    before = day.startswith("-")
    on = day_of(now) + timedelta(days=int(day)) if before else date.fromisoformat(day)
    return datetime.combine(on, time.fromisoformat(clock), tzinfo=SUZHOU)
