from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import func, select

from cases.demo import load_demo
from cases.models import Case, CaseEvent
from cases.reader import CaseDesk
from cases.records import find, verify
from core.case_views import CaseView, LookupState
from core.clock import SUZHOU
from db.engine import Database

NOW = datetime(2026, 11, 23, 10, tzinfo=SUZHOU)


async def views(db: Database, now: datetime = NOW) -> dict[str, CaseView]:
    loaded = await load_demo(db, now)
    desk = CaseDesk(db, lambda: now)
    found = {}
    for reference, code, title in loaded:
        lookup = await desk.look_up(reference, code, contact_id="a")
        assert lookup.state is LookupState.FOUND
        assert lookup.case is not None
        assert lookup.case.title == title
        found[code] = lookup.case
    return found


async def test_the_case_of_the_tour(db: Database) -> None:
    view = (await views(db))["7QK2M9XD"]

    assert (view.reference, view.state) == ("XF3205082610120001236", "办理中")
    assert (view.district, view.agency) == ("姑苏区", "姑苏区住建部门")
    days = {step.label: step.at.astimezone(SUZHOU).date() for step in view.steps}
    assert (days["收到"], days["受理"]) == (date(2026, 10, 12), date(2026, 10, 20))
    assert view.steps[-1].text == "正在调查核实。"
    assert view.deadline is not None
    assert (view.deadline.due, view.deadline.overdue) == (date(2026, 12, 19), False)


async def test_the_demo_shows_every_situation(db: Database) -> None:
    found = (await views(db)).values()
    told = {
        (view.state, view.deadline and (view.deadline.what, view.deadline.overdue))
        for view in found
    }

    assert told == {
        ("办理中", ("办结", False)),
        ("办理中", ("办结", True)),
        ("已登记，待转送", ("登记并转送、交办", False)),
        ("已转送，待受理", ("书面告知接收情况和处理途径", False)),
        ("已答复", ("不服答复，请求复查", False)),
        ("复查中", ("提出复查意见", False)),
        ("已办结", None),
    }
    assert any("经批准延长 30 日" in view.deadline.computed for view in found if view.deadline)
    assert len({view.district for view in found}) == len(found) == 8


async def test_demo_data_is_marked(db: Database) -> None:
    found = (await views(db)).values()

    assert all(view.demo and view.title.startswith("演示数据·") for view in found)


async def test_it_holds_in_another_year(db: Database) -> None:
    found = await views(db, datetime(2028, 3, 1, 10, tzinfo=SUZHOU))

    relative = [view for view in found.values() if view.reference[8:10] != "26"]
    assert len(relative) == 5
    assert not any(view.deadline is None or view.deadline.overdue for view in relative)


async def test_loading_again_loads_nothing(db: Database) -> None:
    first = await load_demo(db, NOW)
    again = await load_demo(db, datetime(2026, 12, 24, 10, tzinfo=SUZHOU))

    async with db.read() as session:
        count = await session.scalar(select(func.count()).select_from(Case))
    assert (again, count) == ([], len(first))


async def test_every_demo_record_is_whole_and_past(db: Database) -> None:
    loaded = await load_demo(db, NOW)

    async with db.read() as session:
        for reference, _, _ in loaded:
            await verify(session, await find(session, reference))
        latest = await session.scalar(select(func.max(CaseEvent.at)))
    assert latest is not None
    assert latest < NOW
