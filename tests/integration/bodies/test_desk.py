"""The desk counts what is on its way and sends on again what was given up."""

from __future__ import annotations

import pytest

from bodies.contract import Status, Update
from bodies.errors import BodyUnknown
from bodies.reporting import Scope
from cases.errors import CaseNotFound
from tests.integration.bodies.town import FILED, Town
from tests.integration.talk import NOON


async def test_every_body_is_listed_with_what_is_on_its_way(town: Town) -> None:
    town.faults.coming = ["422"]
    for _ in range(2):
        await town.file()
    await town.deliver()
    await town.file()
    rows = {row.id: row for row in await town.desk.list_bodies()}

    assert len(rows) == 15
    gusu = rows["gusu"]
    assert (gusu.connected, gusu.waiting, gusu.acknowledged, gusu.dead) == (True, 1, 1, 1)
    assert not rows["wuzhong"].connected
    assert (rows["legal_aid"].adapter, rows["legal_aid"].waiting) == ("sheet", 0)


async def test_deliveries_are_told_apart_by_body_and_state(town: Town) -> None:
    reference = await town.file()
    await town.deliver()
    await town.file()

    assert [r.reference for r in await town.desk.list_deliveries(state="acknowledged")] == [
        reference
    ]
    assert len(await town.desk.list_deliveries(body="gusu")) == 2
    assert await town.desk.list_deliveries(body="wuzhong") == []


async def test_only_what_did_not_arrive_is_tried_again(town: Town) -> None:
    reference = await town.file()
    await town.deliver()

    assert await town.desk.retry(reference) == 0
    with pytest.raises(CaseNotFound):
        await town.desk.retry("XF3205082610120009999")


async def test_whoever_is_not_connected_tells_nothing(town: Town) -> None:
    update = Update(reference="R", seq=1, at=NOON, status=Status.ACCEPTED)
    with pytest.raises(BodyUnknown):
        await town.desk.receive("wuzhong", "m", update)
    with pytest.raises(BodyUnknown):
        await town.desk.hear("wuzhong", [])


async def test_the_desk_compares(town: Town) -> None:
    await town.file()
    lines = await town.desk.compare(Scope(since=FILED.at, until=NOON))

    assert [(line.body, line.cases) for line in lines] == [("姑苏区（区与新城合并）平台", 1)]
