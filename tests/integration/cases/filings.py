"""Petitions and a hazard for tests: how each is filed, and the steps of its course."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from cases.kinds.machine import Actor
from cases.models import Case
from cases.opening import open_case
from cases.orders import Filing, KeptFile, Opened, Order, Place
from cases.persons import Party
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


HAZARD = replace(
    FRESH,
    kind=Kind.HAZARD,
    sub_kind="fire",
    title="消防通道堵了，住 301 的王某说的",
    words="王某 13900000000",
    place=Place(words="桂花新村 12 幢东侧消防通道"),
    persons=(Party(block={"phone": "13900000000"}),),
)
PHOTOS = tuple(
    KeptFile(
        address=stage[0] * 64,
        digest=stage,
        mime="image/jpeg",
        size=9,
        name="a.jpg",
        key="k",
        stage=stage,
    )
    for stage in ("before", "after")
)
RECTIFIED = (
    officer("accept", RECEIVED, "属实。"),
    replace(officer("assign", RECEIVED, "限 7 日。"), days=7, agency="桂花新村物业"),
    officer("list", RECEIVED, "市级挂牌督办。"),
    replace(officer("report_done", RECEIVED + timedelta(days=3), "已清理。"), files=PHOTOS),
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
