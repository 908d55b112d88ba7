"""Petitions for tests: one filing and the steps of its course."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from cases.kinds.machine import Actor
from cases.models import Case
from cases.opening import open_case
from cases.orders import Filing, Opened, Order
from cases.references import Kind, Reference
from cases.service import apply
from core.clock import SUZHOU
from db.engine import Database

RECEIVED = datetime(2026, 10, 12, 9, 20, tzinfo=SUZHOU)
ACCEPTED = datetime(2026, 10, 20, 11, tzinfo=SUZHOU)

PETITION = Filing(
    kind=Kind.PETITION,
    sub_kind="claim",
    title="电梯停用三周",
    district="320508",
    agency="姑苏区信访部门",
    at=RECEIVED,
    text="材料已收到。",
    reference=Reference.parse("XF3205082610120001236"),
    code="7QK2M9XD",
)
FRESH = replace(PETITION, reference=None, code=None)


def officer(command: str, at: datetime, text: str = "") -> Order:
    return Order(command=command, actor=Actor.OFFICER, at=at, text=text)


UNTIL_ACCEPTED = (
    officer("register", RECEIVED + timedelta(days=1), "已登记。"),
    officer("transfer", RECEIVED + timedelta(days=3), "已转送。"),
    officer("accept", ACCEPTED, "已受理。"),
)


async def opened(db: Database, filing: Filing = PETITION, steps: tuple[Order, ...] = ()) -> Opened:
    async with db.write() as session:
        made = await open_case(session, db.vault, filing)
        for step in steps:
            await apply(session, db.vault, made.case, step)
    return made


async def take(db: Database, case: Case, *steps: Order) -> Case:
    async with db.write() as session:
        current = await session.get_one(Case, case.id)
        for step in steps:
            await apply(session, db.vault, current, step)
    return current
