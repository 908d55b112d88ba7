"""Bodies and units side by side, over real cases with known dates."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from io import BytesIO

from openpyxl import load_workbook

from bodies.reporting import Line, Scope, cells, compare, report_bytes
from cases.kinds.machine import Actor
from cases.orders import Order
from cases.records import find
from cases.tags import put_tag
from db.engine import Database
from tests.integration.cases.filings import FRESH, RECEIVED, UNTIL_ACCEPTED, officer, opened, take

NOW = RECEIVED + timedelta(days=100)
ALL = Scope(since=RECEIVED, until=NOW)
GUSU, WUZHONG = "姑苏区（区与新城合并）平台", "吴中区指挥平台"
FILED = replace(FRESH, agency="")
# Accepted eight days after receipt, and answered within its sixty days.
ANSWERED = (
    *UNTIL_ACCEPTED[:2],
    replace(UNTIL_ACCEPTED[2], agency="演示单位甲"),
    officer("reply", RECEIVED + timedelta(days=30), "已答复。"),
)
RATED = Order(command="rate", actor=Actor.CITIZEN, at=RECEIVED + timedelta(days=31), score=2)


async def lines(db: Database, scope: Scope = ALL) -> list[Line]:
    async with db.read() as session:
        return await compare(session, scope, now=NOW)


async def town(db: Database) -> tuple[str, str]:
    """Gusu: one answered and rated, one that waits for acceptance; Wuzhong: one overdue."""
    good = await opened(db, FILED, (*ANSWERED, RATED))
    await opened(db, FILED, UNTIL_ACCEPTED[:2])
    late = await opened(db, replace(FILED, district="320506"), UNTIL_ACCEPTED)
    await opened(db, replace(FILED, demo=True), UNTIL_ACCEPTED)
    return good.case.reference, late.case.reference


async def test_bodies_and_their_units_are_compared(db: Database) -> None:
    await town(db)

    assert await lines(db) == [
        Line(body=GUSU, unit="", cases=2, accepted=1, days=8, overdue=1, rated=1, rating=2),
        Line(body=GUSU, unit="演示单位甲", cases=1, accepted=1, days=8, overdue=0, rated=1, rating=2),
        Line(body=WUZHONG, unit="", cases=1, accepted=1, days=8, overdue=1, rated=0, rating=None),
    ]  # fmt: skip


async def test_a_campaign_and_a_kind_narrow_it(db: Database) -> None:
    _, late = await town(db)
    async with db.write() as session:
        case = await find(session, late)
        await put_tag(session, case, "演示专项", author="staff:a", now=NOW)

    assert [x.body for x in await lines(db, replace(ALL, campaign="演示专项"))] == [WUZHONG]
    assert await lines(db, replace(ALL, campaign="别的")) == []
    assert await lines(db, replace(ALL, kind="YH")) == []
    assert await lines(db, replace(ALL, until=RECEIVED)) == []


async def test_a_case_nobody_outside_has_is_the_services_own(db: Database) -> None:
    made = await opened(db, replace(FILED, sub_kind="accusation"))
    await take(db, made.case, officer("register", RECEIVED + timedelta(days=1)))

    assert [(x.body, x.unit) for x in await lines(db)] == [("苏法通工作人员", "")]


async def test_the_workbook_says_the_same(db: Database) -> None:
    await town(db)
    told = await lines(db)
    sheet = load_workbook(BytesIO(report_bytes(told))).worksheets[0]
    rows = [[value or "" for value in row] for row in sheet.iter_rows(2, values_only=True)]

    assert rows == [list(cells(line).values()) for line in told]
    assert rows[0] == [GUSU, "", "2", "1", "50%", "8", "1", "50%", "1", "2.0"]
