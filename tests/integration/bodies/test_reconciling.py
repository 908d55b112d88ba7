"""Comparing mends what is missing and tells what differs."""

from __future__ import annotations

import pytest

from bodies.contract import Page, Standing, Status
from bodies.errors import PushError
from bodies.hearing import Difference, Found
from bodies.outbox import MOST_TRIES
from cases.kinds.machine import Actor
from cases.orders import Order
from tests.integration.bodies.town import Town
from tests.integration.cases.filings import take
from tests.integration.talk import NOON


async def found(town: Town) -> list[tuple[str, str, str]]:
    done = await town.desk.reconcile("gusu", town.adapter)
    return [(f.what, f.ours, f.theirs) for f in done.found]


async def test_where_all_is_alike_nothing_is_found(town: Town) -> None:
    await town.file()
    await town.deliver()

    assert await found(town) == []


async def test_what_they_lost_is_told_again(town: Town) -> None:
    reference = await town.file()
    await town.deliver()
    del town.platform.held[reference]

    assert await found(town) == [(Difference.MISSING, "GS00001", "")]
    assert (await town.case(reference)).delivery == "queued"
    await town.deliver()
    assert await found(town) == []


async def test_what_was_given_up_on_is_tried_again_unless_they_did_not_want_it(
    town: Town,
) -> None:
    town.faults.coming = ["422"]
    unwanted = await town.file()
    await town.deliver()
    town.faults.coming = ["500"] * MOST_TRIES
    lost = await town.file()
    await town.until_there(hours=24)
    assert (await town.delivery(lost)).state == "dead"

    assert await found(town) == [(Difference.MISSING, "", "")]
    await town.until_there()
    assert (await town.delivery(lost)).state == "acknowledged"
    assert (await town.delivery(unwanted)).state == "dead"


async def test_what_they_have_at_an_older_step_is_told_again(town: Town) -> None:
    reference = await town.file()
    await town.deliver()
    held = town.platform.held[reference]
    held.parcel = held.parcel.model_copy(update={"revision": 1})

    assert await found(town) == [(Difference.BEHIND, "3", "1")]
    await town.deliver()
    assert held.parcel.revision == 3


async def test_a_number_whose_answer_was_lost_is_learned(town: Town) -> None:
    town.faults.coming = ["lose"]
    reference = await town.file()
    await town.deliver()
    assert (await town.delivery(reference)).number == ""

    assert await found(town) == []
    row = await town.delivery(reference)
    assert (row.number, row.state) == ("GS00001", "failed")


async def test_what_differs_is_told_and_left_as_it_is(town: Town) -> None:
    reference = await town.file()
    await town.deliver()
    letter = town.platform.note(reference, Status.ACCEPTED, "已受理。")
    await town.platform.send(town.http, letter)
    town.platform.held[reference].status = Status.CLOSED
    town.platform.held[reference].number = "GS-9"
    assert await found(town) == [
        (Difference.NUMBER, "GS00001", "GS-9"),
        (Difference.STATUS, "accepted", "closed"),
    ]
    town.platform.note(reference, Status.RESOLVED, "没有报出来的")

    assert (Difference.UPDATES, "1", "2") in await found(town)
    assert (await town.case(reference)).state == "accepted"


async def test_a_case_that_is_none_of_ours_is_told(town: Town) -> None:
    reference = await town.file()
    await town.deliver()
    town.platform.held["XF3205082610120001236"] = town.platform.held[reference]
    done = await town.desk.reconcile("gusu", town.adapter)

    assert done.found == (
        Found(what=Difference.UNKNOWN, reference="XF3205082610120001236", theirs="GS-00001"),
    )


async def test_what_is_closed_is_nobodys_business_any_more(town: Town) -> None:
    reference = await town.file()
    await town.deliver()
    back = Order(command="withdraw", actor=Actor.CITIZEN, at=NOON)
    await take(town.db, await town.case(reference), back)
    await town.deliver()
    town.platform.held.clear()

    assert await found(town) == []


async def test_long_lists_come_in_pages(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bodies.reference.MOST_LISTED", 2)
    for _ in range(5):
        await town.file()
    await town.deliver()

    assert len(await town.adapter.standing()) == 5
    assert await found(town) == []


@pytest.mark.parametrize("fault", ["500", "hang", "garbage", "403"])
async def test_a_body_that_does_not_list_changes_nothing(town: Town, fault: str) -> None:
    reference = await town.file()
    await town.deliver()
    town.faults.coming = [fault]
    with pytest.raises(PushError):
        await town.desk.reconcile("gusu", town.adapter)

    assert (await town.delivery(reference)).state == "acknowledged"


async def test_a_list_that_never_ends_is_left(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    async def forever(after: str) -> Page:
        return Page(cases=(Standing(reference="R"),), next=f"{after}x")

    monkeypatch.setattr(town.adapter, "_page", forever)
    monkeypatch.setattr("bodies.adapters.http.MOST_PAGES", 3)
    assert len(await town.adapter.standing()) == 3
