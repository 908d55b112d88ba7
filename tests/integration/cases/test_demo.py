from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path

import pytest
from sqlalchemy import delete, func, select

from cases.demo import demo_cases, load_demo
from cases.models import Case, CaseAttachment, CaseClock, CaseEvent
from cases.public import Asked, states
from cases.publishing import PublicDesk
from cases.reader import CaseDesk
from cases.records import find, verify
from core.case_views import CaseView, LookupState
from core.clock import SUZHOU
from db.engine import Database
from db.store import FolderStore

NOW = datetime(2026, 11, 23, 10, tzinfo=SUZHOU)
NEW_YEAR = datetime(2028, 1, 3, 10, tzinfo=SUZHOU)


@pytest.fixture
def store(tmp_path: Path) -> FolderStore:
    return FolderStore(tmp_path / "attachments")


async def views(db: Database, store: FolderStore, now: datetime = NOW) -> dict[str, CaseView]:
    loaded = await load_demo(db, store, now)
    desk = CaseDesk(db, lambda: now)
    found = {}
    for reference, code, title in loaded:
        lookup = await desk.look_up(reference, code, contact_id="a")
        assert lookup.state is LookupState.FOUND
        assert lookup.case is not None
        assert lookup.case.title == title
        found[code] = lookup.case
    return found


def of_kind(found: Mapping[str, CaseView], kind: str) -> list[CaseView]:
    return [view for view in found.values() if view.kind == kind]


async def test_the_case_of_the_tour(db: Database, store: FolderStore) -> None:
    view = (await views(db, store))["7QK2M9XD"]

    assert (view.reference, view.state) == ("XF3205082610120001236", "办理中")
    assert (view.district, view.agency) == ("姑苏区", "姑苏区住建部门")
    days = {step.label: step.at.astimezone(SUZHOU).date() for step in view.steps}
    assert (days["收到"], days["受理"]) == (date(2026, 10, 12), date(2026, 10, 20))
    assert view.steps[-1].text == "正在调查核实。"
    assert view.deadline is not None
    assert (view.deadline.due, view.deadline.overdue) == (date(2026, 12, 19), False)


async def test_the_demo_shows_every_situation(db: Database, store: FolderStore) -> None:
    found = of_kind(await views(db, store), "XF")
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


async def test_every_other_kind_is_on_its_way_too(db: Database, store: FolderStore) -> None:
    found = await views(db, store)

    told = {
        kind: [
            (view.state, view.deadline and (view.deadline.what, view.deadline.overdue))
            for view in of_kind(found, kind)
        ]
        for kind in ("TJ", "FY", "QX")
    }
    assert told == {
        "TJ": [("调解中", ("调解完", False))],
        "FY": [("已指派，待联系", ("法律援助人员联系您", False))],
        "QX": [("已责令付清", ("单位付清工资", False))],
    }


async def test_hazards_are_in_many_districts_and_in_every_public_state(
    db: Database, store: FolderStore
) -> None:
    found = of_kind(await views(db, store), "YH")

    assert {view.state for view in found} == {"已报告，待核实", *states("YH").values()}
    assert {view.supervision for view in found} == {"none", "supervised", "listed"}
    assert len({view.district for view in found}) == len(found) == 8
    assert [v.district for v in found if any(d.overdue for d in v.deadlines)] == ["吴江区"]


async def test_the_public_list_and_its_filter_show_something(
    db: Database, store: FolderStore
) -> None:
    await load_demo(db, store, NOW)
    desk = PublicDesk(db, store, lambda: NOW, demo=True)

    page = await desk.cases(Asked(kind="YH"))
    assert (page.total, page.demos) == (0, 7)
    assert all(case.demo and case.place for case in page.cases)
    for state in ("open", "listed", *states("YH")):
        assert (await desk.cases(Asked(kind="YH", state=state))).demos
    [closed] = (await desk.cases(Asked(kind="YH", state="closed"))).cases
    for picture in (*closed.before, *closed.after):
        drawn = await desk.picture("YH", closed.reference, picture)
        assert drawn.startswith(b"\xff\xd8")
    assert (len(closed.before), len(closed.after)) == (1, 1)


async def test_without_demo_data_nothing_of_it_is_public(db: Database, store: FolderStore) -> None:
    await load_demo(db, store, NOW)

    page = await PublicDesk(db, store, lambda: NOW).cases(Asked(kind="YH"))

    assert (page.cases, page.total, page.demos) == ((), 0, 0)


async def test_demo_data_is_marked(db: Database, store: FolderStore) -> None:
    found = (await views(db, store)).values()

    assert all(view.demo and view.title.startswith("演示数据·") for view in found)


@pytest.mark.parametrize("now", [datetime(2028, 3, 1, 10, tzinfo=SUZHOU), NEW_YEAR], ids=str)
async def test_it_holds_in_another_year(db: Database, store: FolderStore, now: datetime) -> None:
    found = await views(db, store, now)

    relative = [view for view in found.values() if view.reference[8:10] != "26"]
    late = [view for view in relative if any(d.overdue for d in view.deadlines)]
    assert len(relative) == 5 + 8 + 3
    # The one that is meant to be.
    assert [view.supervision for view in late] == ["supervised"]
    assert [v.state for v in relative if v.deadline is None] == ["验收合格，待销号"]


async def test_loading_again_loads_nothing(db: Database, store: FolderStore) -> None:
    first = await load_demo(db, store, NOW)
    again = await load_demo(db, store, datetime(2026, 12, 24, 10, tzinfo=SUZHOU))

    async with db.read() as session:
        count = await session.scalar(select(func.count()).select_from(Case))
    assert (again, count) == ([], len(first))
    assert await demo_cases(db) == first


async def test_kinds_that_came_later_are_loaded_beside_what_is_there(
    db: Database, store: FolderStore
) -> None:
    first = await load_demo(db, store, NOW)
    async with db.write() as session:
        aid = (await session.scalars(select(Case).where(Case.kind == "FY"))).one()
        for table in (CaseClock, CaseAttachment, CaseEvent):
            await session.execute(delete(table).where(table.case_id == aid.id))
        await session.execute(delete(Case).where(Case.id == aid.id))

    loaded = await load_demo(db, store, NOW)

    assert [(one.code, one.title) for one in loaded] == [
        (one.code, one.title) for one in first if one.reference.startswith("FY")
    ]
    assert await demo_cases(db) == first


async def test_every_demo_record_is_whole_and_past(db: Database, store: FolderStore) -> None:
    loaded = await load_demo(db, store, NOW)

    async with db.read() as session:
        for reference, _, _ in loaded:
            await verify(session, await find(session, reference))
        latest = await session.scalar(select(func.max(CaseEvent.at)))
    assert latest is not None
    assert latest < NOW
