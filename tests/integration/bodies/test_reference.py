"""Ten districts, each as it works, go through the same contract; each story is one YAML file."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest
import yaml

from bodies.contract import Status
from bodies.reference import Letter
from bodies.reporting import Scope
from cases.districts import districts
from cases.kinds.machine import Actor
from cases.orders import Filing, Order
from cases.records import find, verify
from cases.references import Kind
from cases.routing import ROUTING, routing
from db.engine import Database
from tests.integration.bodies.town import FILED, PASSED_ON, Town, open_town
from tests.integration.cases.filings import opened, take
from tests.integration.talk import Hands

FIXTURES = sorted((ROUTING.parent.parent / "bodies" / "fixtures").glob("*.yml"))
Story = dict[str, Any]


def read(path: Path) -> Story:
    story: Story = yaml.safe_load(path.read_text(encoding="utf-8"))
    return story


def test_there_is_one_for_each_of_the_ten() -> None:
    stories = [read(path) for path in FIXTURES]

    assert {s["case"]["district"] for s in stories} == districts().keys() - {"320500"}
    assert [path.stem for path in FIXTURES] == [s["body"] for s in stories]
    for path, story in zip(FIXTURES, stories, strict=True):
        assert "演示数据" in path.read_text(encoding="utf-8").splitlines()[1]
        assert story["case"]["title"].startswith("演示数据·")
        assert all(not u["text"] or u["text"].startswith("演示：") for u in story["updates"])
        assert all(not u["unit"] or u["unit"].startswith("演示") for u in story["updates"])


@pytest.mark.parametrize("path", FIXTURES, ids=lambda p: p.stem)
async def test_a_district_keeps_the_contract(path: Path, db: Database, hands: Hands) -> None:
    story = read(path)
    async with open_town(db, hands, body=story["body"], numbering=story["numbering"]) as town:
        reference = await _filed(town, story)
        # The worst of ways there: an error, silence, and an answer that never came.
        town.faults.coming = ["500", "hang", "lose"]
        await town.until_there()
        held = town.platform.held[reference]
        assert len(town.platform.held) == 1
        assert (await town.delivery(reference)).number == held.number.replace("-", "")

        letters = [_noted(town, reference, update) for update in story["updates"]]
        await _send(town, letters, story["comes"])
        case = await town.case(reference)
        assert (case.state, case.delivery) == (story["ends"], "acknowledged")
        assert (await town.delivery(reference)).heard == len(letters)
        async with db.read() as session:
            await verify(session, await find(session, reference))

        [line] = await town.adapter.standing()
        assert (line.number, line.seq) == (held.number, len(letters))
        done = await town.desk.reconcile(story["body"], town.adapter)
        assert (done.lines, done.found) == (1, ())


async def test_a_district_that_assesses_its_units_sees_them_apart(town: Town) -> None:
    reference = await town.file()
    await town.deliver()
    for status in (Status.ACCEPTED, Status.RESOLVED):
        letter = town.platform.note(reference, status, "演示", unit="演示·考核单位甲")
        await town.platform.send(town.http, letter)
    rated = Order(command="rate", actor=Actor.CITIZEN, at=town.hands.now, score=4)
    await take(town.db, await town.case(reference), rated)
    lines = await town.desk.compare(Scope(since=FILED.at, until=town.hands.now))

    assert [(x.unit, x.cases, x.accepted, x.rating) for x in lines] == [
        ("", 1, 1, 4),
        ("演示·考核单位甲", 1, 1, 4),
    ]
    assert lines[0].body == routing().bodies["gusu"].name


async def _filed(town: Town, story: Story) -> str:
    kind = Kind(story["case"]["kind"])
    filing = Filing(
        kind=kind,
        sub_kind=story["case"]["sub_kind"],
        title=story["case"]["title"],
        district=story["case"]["district"],
        at=FILED.at,
        words=story["case"]["title"],
    )
    steps = PASSED_ON if kind is Kind.PETITION else ()
    return (await opened(town.db, filing, steps)).case.reference


def _noted(town: Town, reference: str, update: Story) -> Letter:
    more = {key: update[key] for key in ("unit", "days") if key in update}
    return town.platform.note(reference, Status(update["status"]), update["text"], **more)


async def _send(town: Town, letters: list[Letter], comes: str) -> None:
    order = list(letters)
    if comes == "shuffled":
        random.Random(7).shuffle(order)
        assert order != letters
    for letter in order:
        for _ in range(2 if comes == "twice" else 1):
            assert await town.platform.send(town.http, letter) in {200, 202}


async def test_letters_wait_until_they_arrive(town: Town) -> None:
    reference = await town.file()
    await town.deliver()
    town.platform.note(reference, Status.ACCEPTED, "演示")
    url, town.platform.updates_url = town.platform.updates_url, f"{town.url}/nowhere"
    await town.platform.tell(town.http)
    assert len(town.platform.letters) == 1
    town.platform.updates_url = url
    await town.platform.tell(town.http)

    assert town.platform.letters == []
    assert (await town.case(reference)).state == "accepted"
