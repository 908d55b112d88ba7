"""Loads demo cases, so that a fresh installation has something to look up."""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any, NamedTuple

import yaml
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from cases.attachments import Upload, lay
from cases.codes import code_digest
from cases.filing import BEFORE
from cases.kinds.machine import Actor
from cases.models import Case
from cases.opening import open_case
from cases.orders import Filing, KeptFile, Order, Place
from cases.records import attachments_of
from cases.references import Kind, Reference
from cases.service import apply
from core.clock import SUZHOU
from db.encryption import Vault
from db.engine import Database
from db.store import Store
from timekeeping.periods import day_of

DEMO = Path(__file__).with_name("demo.yml")
PUBLISH = "publish"

Row = Mapping[str, Any]  # Any: YAML


class Shown(NamedTuple):
    """What somebody needs who wants to look a demo case up."""

    reference: str
    code: str
    title: str


async def load_demo(db: Database, store: Store, now: datetime) -> list[Shown]:
    """Load the demo cases of each kind of which there are none yet; gives those loaded.

    ``now`` is what their relative dates count back from; ``store`` gets their pictures, which are drawn.
    """
    async with db.read() as session:
        missing = await _missing(session)
    pictures = {row["code"]: await _pictures(store, row) for row in missing}
    async with db.write() as session:
        # Looked at again: another node may have come first.
        for row in missing if missing == await _missing(session) else ():
            await _load(session, db.vault, row, pictures[row["code"]], now)
        loaded = {row["code"] for row in missing}
        return [shown for shown in await _shown(session, db.vault) if shown.code in loaded]


async def demo_cases(db: Database) -> list[Shown]:
    """The demo cases that are there, whenever they were loaded."""
    async with db.read() as session:
        return await _shown(session, db.vault)


def _rows() -> list[Row]:
    rows: list[Row] = yaml.safe_load(DEMO.read_text(encoding="utf-8"))
    return rows


async def _missing(session: AsyncSession) -> list[Row]:
    there = set(await session.scalars(select(Case.kind).where(Case.demo).distinct()))
    return [row for row in _rows() if row["kind"] not in there]


async def _shown(session: AsyncSession, vault: Vault) -> list[Shown]:
    """In the order of the file; a case is known by its code."""
    cases = (await session.scalars(select(Case).where(Case.demo))).all()
    return [
        Shown(case.reference, row["code"], row["title"])
        for row in _rows()
        for case in cases
        if hmac.compare_digest(case.code_digest, code_digest(vault, case.reference, row["code"]))
    ]


async def _pictures(store: Store, row: Row) -> dict[str, KeptFile]:
    """The pictures that a row and its steps name, laid into the store."""
    stages = {part["photo"] for part in (row, *row["steps"]) if "photo" in part}
    return {stage: await _picture(store, stage) for stage in sorted(stages)}


async def _picture(store: Store, stage: str) -> KeptFile:
    file = DEMO.with_name(f"demo_{stage}.png")
    told = Upload(
        content=file.read_bytes(), name=file.name, stage=stage, from_citizen=stage == BEFORE
    )
    return await lay(store, told)


async def _load(
    session: AsyncSession, vault: Vault, row: Row, pictures: Mapping[str, KeptFile], now: datetime
) -> None:
    opened = await open_case(session, vault, _filing(row, pictures, now))
    for step in row["steps"]:
        shown = await attachments_of(session, opened.case) if step["step"] == PUBLISH else ()
        order = _order(step, pictures, frozenset(file.id for file in shown), now)
        await apply(session, vault, opened.case, order)


def _filing(row: Row, pictures: Mapping[str, KeptFile], now: datetime) -> Filing:
    at = _moment(row["received"], now)
    kind, area = Kind(row["kind"]), row["district"]
    return Filing(
        kind=kind,
        sub_kind=row["sub_kind"],
        title=row["title"],
        district=area,
        agency=row["agency"],
        at=at,
        text=row.get("text", ""),
        place=Place(words=row.get("place", "")),
        files=_named(row, pictures),
        demo=True,
        reference=Reference(kind=kind, area=area, day=day_of(at), sequence=row["sequence"]),
        code=row["code"],
    )


def _order(
    step: Row, pictures: Mapping[str, KeptFile], show: frozenset[str], now: datetime
) -> Order:
    return Order(
        command=step["step"],
        actor=Actor(step.get("by", Actor.OFFICER)),
        at=_moment(step["at"], now),
        text=step.get("text", ""),
        agency=step.get("agency"),
        days=step.get("days"),
        approver=step.get("approver", ""),
        reason=step.get("reason", ""),
        files=_named(step, pictures),
        show=show,
    )


def _named(part: Row, pictures: Mapping[str, KeptFile]) -> tuple[KeptFile, ...]:
    return (pictures[part["photo"]],) if "photo" in part else ()


def _moment(written: str, now: datetime) -> datetime:
    # "2026-10-12 09:20" is that moment; "-25 09:20" is 25 days before the day of loading.
    day, clock = written.split()
    before = day.startswith("-")
    on = day_of(now) + timedelta(days=int(day)) if before else date.fromisoformat(day)
    return datetime.combine(on, time.fromisoformat(clock), tzinfo=SUZHOU)
