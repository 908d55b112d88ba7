"""Whatever a body's system does, the citizen's case gets there once, or is seen not to."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from bodies.adapters.base import End
from bodies.circuit import THRESHOLD
from bodies.contract import Parcel, Receipt, Standing
from bodies.courier import Courier
from bodies.errors import PushCode
from bodies.outbox import MOST_TRIES, arrived, claim, give_up, lock
from cases.delivery import CaseDelivery, deliveries_of, queue_erasure
from cases.kinds.machine import Actor
from cases.orders import Order
from cases.persons import Party, erase_persons
from db.engine import Database
from tests.integration.bodies.town import FILED, PASSED_ON, Town
from tests.integration.cases.filings import officer, opened, take
from tests.integration.talk import NOON, Hands

SECRET = replace(FILED, words="王某来反映", persons=(Party(block={"who": "王某"}),))


async def test_a_case_gets_there_with_the_bodys_number(town: Town) -> None:
    reference = await town.file()
    assert (await town.case(reference)).delivery == "queued"
    await town.deliver()

    row, case = await town.delivery(reference), await town.case(reference)
    assert (row.state, row.number, row.told, row.tries) == ("acknowledged", "GS00001", 3, 0)
    assert case.delivery == "acknowledged"
    assert town.platform.held[reference].parcel.title == FILED.title


@pytest.mark.parametrize("fault", ["500", "hang", "lose", "garbage", "429", "401"])
async def test_after_a_fault_the_case_is_there_once(town: Town, fault: str) -> None:
    town.faults.coming = [fault]
    reference = await town.file()
    await town.deliver()

    row = await town.delivery(reference)
    assert (row.state, row.tries) == ("failed", 1)
    assert row.next_try_at > town.hands.now
    await town.until_there()
    row = await town.delivery(reference)
    assert (row.state, row.number, row.error) == ("acknowledged", "GS00001", "")
    assert len(town.platform.held) == 1
    assert (await town.case(reference)).state == "transferred"


async def test_a_body_says_when_to_come_again(town: Town) -> None:
    town.faults.coming = ["429"]
    reference = await town.file()
    await town.deliver()

    row = await town.delivery(reference)
    assert (row.error, row.next_try_at) == ("throttled", town.hands.now + timedelta(seconds=120))


async def test_what_is_rejected_is_given_up_and_seen(town: Town) -> None:
    town.faults.coming = ["422"]
    reference = await town.file()
    await town.until_there()

    assert (await town.delivery(reference)).error == "rejected"
    assert (await town.case(reference)).delivery == "dead"
    [seen] = await town.desk.list_deliveries(state="dead")
    assert (seen.reference, seen.error) == (reference, "rejected")
    assert [row.dead for row in await town.desk.list_bodies() if row.id == "gusu"] == [1]
    assert await town.desk.retry(reference) == 1
    await town.deliver()
    assert (await town.case(reference)).delivery == "acknowledged"


async def test_a_body_that_never_comes_back_is_given_up_on(town: Town) -> None:
    town.faults.coming = ["500"] * 1000
    reference = await town.file()
    await town.until_there(hours=24)

    row = await town.delivery(reference)
    assert (row.state, row.tries, row.error) == ("dead", MOST_TRIES, "server_error")
    assert town.faults.seen == MOST_TRIES


async def test_steps_taken_meanwhile_are_told_in_one(town: Town) -> None:
    reference = await town.file()
    await town.deliver()
    case = await town.case(reference)
    said = Order(command="supplement", actor=Actor.CITIZEN, at=NOON, words="又坏了")
    await take(town.db, case, said, replace(said, words="还是坏的"))
    assert (await town.case(reference)).delivery == "queued"
    await town.deliver()

    held = town.platform.held[reference].parcel
    assert (held.revision, [s.words for s in held.steps]) == (
        5,
        ["", "", "", "又坏了", "还是坏的"],
    )
    assert town.faults.seen == 2
    assert (await town.delivery(reference)).told == 5


async def test_a_case_handed_on_is_taken_from_one_and_given_to_the_other(town: Town) -> None:
    reference = await town.file()
    await town.deliver()
    case = await town.case(reference)
    elsewhere = Order(
        command="reassign", actor=Actor.OFFICER, at=NOON, agency="市信访部门", text="换个单位"
    )
    await take(town.db, case, elsewhere)
    await town.deliver()

    held = town.platform.held[reference].parcel
    assert (held.released, held.title, held.steps) == (True, "", ())
    rows = {r.body: r.state for r in await town.desk.list_deliveries()}
    assert rows == {"gusu": "acknowledged", "petition_office": "queued"}
    assert (await town.case(reference)).delivery == "queued"


async def erased(town: Town, reference: str) -> None:
    """Its filer asks to be forgotten, once the case is over."""
    case = await town.case(reference)
    async with town.db.write() as session:
        await erase_persons(session, [case.id], now=town.hands.now)
        await queue_erasure(session, [case.id], now=town.hands.now)


async def test_who_is_erased_here_is_erased_there(town: Town) -> None:
    reference = await town.file(SECRET)
    await town.deliver()
    assert "王某" in town.platform.held[reference].parcel.model_dump_json()
    town.faults.coming = ["500", "lose"]
    await erased(town, reference)
    await town.until_there()

    held = town.platform.held[reference]
    assert (held.number, held.parcel.erased, held.parcel.person) == ("GS-00001", True, {})
    assert "王某" not in held.parcel.model_dump_json()
    row = await town.delivery(reference)
    assert (row.state, row.number, row.error) == ("acknowledged", "GS00001", "")


async def test_an_erasure_while_the_case_is_on_its_way_is_told_afterwards(town: Town) -> None:
    reference = await town.file(SECRET)
    await town.deliver()
    await take(town.db, await town.case(reference), officer("note", NOON, "有新情况"))
    async with town.db.write() as session:
        [one] = await claim(session, town.db.vault, "gusu", now=town.hands.now)
    await erased(town, reference)
    async with town.db.write() as session:
        await arrived(session, town.db.vault, one, "", now=town.hands.now)
    await town.deliver()

    assert town.platform.held[reference].parcel.erased
    assert (await town.delivery(reference)).state == "acknowledged"


async def test_who_gave_a_case_back_hears_of_it_too_and_it_stays_given_back(town: Town) -> None:
    reference = await town.file(SECRET)
    await town.deliver()
    async with town.db.write() as session:
        case = await lock(session, (await town.case(reference)).id)
        [row] = await deliveries_of(session, case)
        await give_up(session, case, row, PushCode.RETURNED)
    await erased(town, reference)
    await town.deliver()

    assert town.platform.held[reference].parcel.erased
    row = await town.delivery(reference)
    assert (row.state, row.error, (await town.case(reference)).delivery) == (
        "dead",
        "returned",
        "dead",
    )


async def test_nobody_is_told_of_demo_data(town: Town) -> None:
    reference = await town.file(replace(FILED, demo=True))
    await town.deliver()

    assert (town.faults.seen, (await town.case(reference)).delivery) == (0, "none")


async def test_a_crash_between_sending_and_noting_sends_again(town: Town) -> None:
    from bodies.outbox import LEASE

    reference = await town.file()
    async with town.db.write() as session:
        [claimed] = await claim(session, town.db.vault, "gusu", now=town.hands.now)
    await town.adapter.push([claimed.parcel])
    await town.deliver()
    assert town.faults.seen == 1
    town.hands.now += LEASE + timedelta(seconds=1)
    await town.deliver()

    assert (await town.delivery(reference)).number == "GS00001"
    assert (town.faults.seen, len(town.platform.held)) == (2, 1)


async def test_the_circuit_leaves_a_failing_body_alone(town: Town) -> None:
    town.faults.coming = ["500"] * THRESHOLD
    for _ in range(THRESHOLD):
        await town.file()
    assert town.courier.reaches("gusu")
    await town.deliver()
    assert town.faults.seen == THRESHOLD
    later = await town.file()
    await town.deliver()
    assert town.faults.seen == THRESHOLD
    assert (await town.delivery(later)).tries == 0
    assert not town.courier.reaches("gusu")

    await town.until_there()
    assert len(town.platform.held) == THRESHOLD + 1
    assert town.courier.reaches("gusu")


class Slow:
    """A body that takes its time."""

    nightly = False

    def __init__(self) -> None:
        self.go = asyncio.Event()
        self.given: list[str] = []

    async def push(self, parcels: Sequence[Parcel]) -> Sequence[End]:
        await self.go.wait()
        self.given += [p.reference for p in parcels]
        return [Receipt(number="1") for _ in parcels]

    async def standing(self) -> Sequence[Standing]:
        return ()


async def until(courier: Courier, done: Callable[[], bool]) -> None:
    for _ in range(100):
        await courier.once()
        if done():
            return
    raise AssertionError("it did not come to that")


class Buggy(Slow):
    async def push(self, parcels: Sequence[Parcel]) -> Sequence[End]:
        raise ZeroDivisionError


async def test_a_body_that_hangs_holds_up_nobody(db: Database, hands: Hands) -> None:
    slow, quick = Slow(), Slow()
    quick.go.set()
    courier = Courier(db, {"gusu": slow, "wuzhong": quick}, clock=hands)
    await opened(db, FILED, PASSED_ON)
    await opened(db, replace(FILED, district="320506"), PASSED_ON)
    await until(courier, lambda: len(quick.given) == 1)
    assert slow.given == []
    await opened(db, replace(FILED, district="320506"), PASSED_ON)
    await until(courier, lambda: len(quick.given) == 2)
    assert slow.given == []
    slow.go.set()
    await courier.once(patience=5)
    assert len(slow.given) == 1


async def test_an_adapters_bug_is_a_failure_of_its_body_alone(db: Database, hands: Hands) -> None:
    quick = Slow()
    quick.go.set()
    courier = Courier(db, {"gusu": Buggy(), "wuzhong": quick}, clock=hands)
    await opened(db, FILED, PASSED_ON)
    await opened(db, replace(FILED, district="320506"), PASSED_ON)
    await courier.once(patience=5)

    assert len(quick.given) == 1


async def test_a_petition_leaves_us_when_staff_pass_it_on(town: Town) -> None:
    made = await opened(town.db, FILED, PASSED_ON[:1])
    await town.deliver()
    assert (town.faults.seen, (await town.case(made.case.reference)).delivery) == (0, "none")
    await take(town.db, made.case, PASSED_ON[1])
    await town.deliver()
    assert town.faults.seen == 1
    back = Order(command="object", actor=Actor.OFFICER, at=NOON, text="重新转送")
    await take(town.db, made.case, back)
    await town.deliver()

    assert town.platform.held[made.case.reference].parcel.released
    assert (await town.case(made.case.reference)).delivery == "none"


async def test_what_turns_out_to_be_an_accusation_is_taken_back(town: Town) -> None:
    reference = await town.file()
    await town.deliver()
    order = Order(command="classify", actor=Actor.OFFICER, at=NOON, sub_kind="accusation")
    await take(town.db, await town.case(reference), order)
    await town.deliver()

    assert town.platform.held[reference].parcel.released
    assert (await town.case(reference)).delivery == "none"


async def test_an_office_that_is_no_body_is_a_unit_of_whoever_has_it(town: Town) -> None:
    reference = await town.file()
    to = Order(command="reassign", actor=Actor.OFFICER, at=NOON, agency="市信访部门", text="交")
    unit = replace(to, agency="演示科", text="再交")
    await take(town.db, await town.case(reference), to, unit)
    rows = {r.body: r.state for r in await town.desk.list_deliveries()}

    assert rows.keys() == {"gusu", "petition_office"}
    async with town.db.read() as session:
        released = await session.scalars(
            select(CaseDelivery.body).where(CaseDelivery.released.is_(True))
        )
        assert released.all() == ["gusu"]


async def test_an_accusation_goes_to_no_platform(town: Town) -> None:
    await opened(town.db, replace(FILED, sub_kind="accusation"), PASSED_ON)
    await town.deliver()

    assert town.faults.seen == 0
