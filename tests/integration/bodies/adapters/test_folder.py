"""A night with a body that has no interface: one sheet out, what it put in is heard."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
import pytest_asyncio
from openpyxl import load_workbook

from bodies.adapters.folder import FolderAdapter
from bodies.connections import Connection
from bodies.contract import Parcel, Receipt, Status
from bodies.errors import PushError
from bodies.network import Network, open_network
from cases.records import find
from cases.routing import routing
from db.engine import Database
from tests.integration.bodies.town import FILED, PASSED_ON
from tests.integration.cases.filings import officer, opened
from tests.integration.talk import NOON, Hands

OFFICE = "petition_office"
BACK = "编号,对方编号,办到哪,说明,承办科室\n"


@pytest_asyncio.fixture
async def network(database: Database, hands: Hands, tmp_path: Path) -> AsyncIterator[Network]:
    body = routing().bodies[OFFICE]
    connections = {OFFICE: Connection(body=body, name=body.name, folder=tmp_path)}
    async with open_network(database, connections, clock=hands) as opened_network:
        yield opened_network


async def handed(db: Database) -> str:
    given = replace(officer("reassign", NOON, "交办"), agency="市信访部门")
    return (await opened(db, FILED, (*PASSED_ON, given))).case.reference


def out(tmp_path: Path) -> list[list[str]]:
    """The references in each sheet that went out."""
    return [
        [str(row[0]) for row in load_workbook(path).worksheets[0].iter_rows(2, values_only=True)]
        for path in sorted((tmp_path / "out").glob("*.xlsx"))
    ]


async def a_night(network: Network, hands: Hands) -> tuple[int, tuple[str, ...]]:
    hands.pass_by(days=1)
    [done] = await network.night.once()
    return done.applied, tuple(found.what for found in done.found)


async def test_what_is_not_answered_is_in_the_next_nights_sheet(
    network: Network, database: Database, hands: Hands, tmp_path: Path
) -> None:
    reference = await handed(database)
    await network.courier.once()
    assert out(tmp_path) == []
    assert await a_night(network, hands) == (0, ())
    assert out(tmp_path) == [[reference]]
    assert await a_night(network, hands) == (0, ("missing",))
    assert out(tmp_path) == [[reference]] * 2

    (tmp_path / "in").mkdir()
    back = f"{BACK}{reference},信-7,已受理,已经受理,演示科\n"
    (tmp_path / "in" / "1.csv").write_text(back, encoding="utf-8")
    assert await a_night(network, hands) == (1, ())
    assert await a_night(network, hands) == (0, ())
    async with database.read() as session:
        case = await find(session, reference)
    assert (case.state, case.agency, case.delivery) == ("accepted", "演示科", "acknowledged")
    assert len(out(tmp_path)) == 2


async def test_the_last_sheet_has_the_last_word(
    network: Network, database: Database, hands: Hands, tmp_path: Path
) -> None:
    one, two = await handed(database), await handed(database)
    (tmp_path / "in").mkdir()
    for name, text in {
        "2.csv": f"{BACK}{one},1,已受理,,\n",
        "1.csv": f"{BACK}{one},1,已办结,,\n{two},2,办理中,,\n坏的,,,,\n",
    }.items():
        (tmp_path / "in" / name).write_text(text, encoding="utf-8")
    lines = await network.adapters[OFFICE].standing()

    assert {line.reference: line.status for line in lines} == {
        one: Status.ACCEPTED,
        two: Status.PROGRESS,
    }


async def test_two_sheets_of_one_second_are_two(tmp_path: Path, hands: Hands) -> None:
    adapter = FolderAdapter(tmp_path, clock=hands)
    parcels = [Parcel(reference="XF3205082610120001236", revision=1)]
    assert [await adapter.push(parcels) for _ in range(3)] == [[Receipt()]] * 3

    assert len(out(tmp_path)) == 3


async def test_a_folder_that_cannot_be_used_is_tried_again(tmp_path: Path, hands: Hands) -> None:
    (tmp_path / "out").write_text("no folder")
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "1.xlsx").write_text("no workbook")
    adapter = FolderAdapter(tmp_path, clock=hands)
    [end] = await adapter.push([Parcel(reference="R", revision=1)])

    assert isinstance(end, PushError)
    assert end.retryable
    with pytest.raises(PushError):
        await adapter.standing()
