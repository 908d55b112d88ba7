"""A lawyer who serves the other side is not assigned; whoever books hears nothing of it, staff do."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from cases.appointments.booking import book, citizens, rebook
from cases.appointments.models import AppointmentSlot
from cases.counsel.models import CaseSide
from cases.desk import Sheet, StaffDesk
from cases.errors import BadOrder, ConflictOfInterest
from cases.kinds.machine import Actor
from cases.listing import Wanted
from cases.opening import open_case
from cases.orders import Filing, Order
from cases.persons import Party, erase_persons
from cases.reader import CaseDesk
from cases.records import find, verify
from cases.references import Kind
from conversations.threads import Snapshot
from core.case_views import CaseView
from db.engine import Database
from tests.integration.cases.appointments.bookings import (
    LATER,
    NOW,
    SLOT,
    citizen,
    heard,
    offer,
    step,
    wish,
)

LAWYER = "张律师"
TENANT, LANDLORD = "王小明", "李建国"


async def aid(db: Database, own: str, other: str) -> str:
    """A request for legal aid that waits for its lawyer."""
    filing = Filing(
        kind=Kind.LEGAL_AID,
        sub_kind="other",
        title="押金",
        district="320508",
        at=NOW,
        persons=(Party(block={"who": own}),),
        details={"other": other},
    )
    async with db.write() as session:
        reference = (await open_case(session, db.vault, filing)).case.reference
    for command in ("receive", "grant"):
        await step(db, reference, command, NOW)
    return reference


async def give(db: Database, reference: str, lawyer: str = LAWYER) -> Sheet:
    order = Order(command="assign", actor=Actor.OFFICER, at=NOW, lawyer=lawyer)
    return await StaffDesk(db, lambda: NOW).take(reference, lambda _: order)


async def sheet(db: Database, reference: str) -> Sheet:
    return await StaffDesk(db, lambda: NOW).look_at(reference)


async def test_who_serves_the_other_side_is_not_assigned(database: Database) -> None:
    theirs = await aid(database, f"房东{LANDLORD}", TENANT)
    ours = await aid(database, TENANT, f"{LANDLORD}，电话 13812345678")
    await give(database, theirs)

    with pytest.raises(ConflictOfInterest) as found:
        await give(database, ours)

    assert found.value.others == (theirs,)
    assert (await sheet(database, ours)).state == "已决定援助，待指派"
    assert (await sheet(database, ours)).counsel == ()
    assert (await give(database, ours, "陈律师")).state == "已指派，待联系"


async def test_the_same_side_and_strangers_are_no_conflict(database: Database) -> None:
    for own, other in ((TENANT, LANDLORD), (TENANT, "赵六"), ("", "房东"), ("房东", "王某")):
        given = await give(database, await aid(database, own, other))
        assert [(c.lawyer, c.finding, c.serves) for c in given.counsel] == [
            (LAWYER, "clear", True)
        ]


async def test_staff_who_looked_may_assign_and_the_record_says_why(database: Database) -> None:
    await give(database, await aid(database, LANDLORD, TENANT))
    ours = await aid(database, TENANT, LANDLORD)
    desk = StaffDesk(database, lambda: NOW)
    note = Order(command="note", actor=Actor.OFFICER, at=NOW, text="同名，身份证号不同")

    with pytest.raises(BadOrder):
        await desk.clear(ours, LAWYER, replace(note, text=" "))
    await desk.clear(ours, LAWYER, note)
    given = await give(database, ours)

    assert given.counsel[0].finding == "cleared"
    [told] = [entry for entry in given.entries if entry.command == "note"]
    assert (told.text, told.public) == ("核过张律师没有利益冲突：同名，身份证号不同", False)
    async with database.read() as session:
        await verify(session, await find(session, ours))


async def test_staff_say_which_lawyer(database: Database) -> None:
    reference = await aid(database, TENANT, LANDLORD)

    with pytest.raises(BadOrder):
        await give(database, reference, "")
    nobody = Order(command="note", actor=Actor.OFFICER, at=NOW, text="好", lawyer=LAWYER)
    with pytest.raises(BadOrder):
        await StaffDesk(database, lambda: NOW).take(reference, lambda _: nobody)


async def _book(db: Database, slot: AppointmentSlot, seen: Snapshot, own: str, other: str) -> str:
    wanted = replace(wish(slot, seen), person={"who": own}, details={"other": other})
    async with db.write() as session:
        return (await book(session, db.vault, wanted)).receipt.reference


async def _view(db: Database, seen: Snapshot) -> CaseView:
    [view] = await CaseDesk(db, lambda: NOW).mine(seen.contact_id)
    return view


async def test_of_a_time_that_is_booked_staff_are_told_and_the_citizen_is_not(
    database: Database,
) -> None:
    mine = replace(SLOT, lawyer=LAWYER)
    first, second, other = await offer(
        database,
        mine,
        replace(LATER, lawyer=LAWYER),
        replace(LATER, place="别处", lawyer="陈律师"),
    )
    theirs = await _book(database, first, await citizen(database), LANDLORD, TENANT)
    seen = await citizen(database, "u-2")
    ours = await _book(database, second, seen, TENANT, LANDLORD)

    desk = StaffDesk(database, lambda: NOW)
    assert [row.reference for row in await desk.list_cases(Wanted(doubted=True))] == [ours]
    [counsel] = (await sheet(database, ours)).counsel
    assert (counsel.finding, counsel.others) == ("doubted", (theirs,))
    hidden = (await sheet(database, ours)).entries[-1]
    assert not hidden.public
    assert theirs in hidden.text
    assert await heard(database, seen) == []
    assert [s.label for s in (await _view(database, seen)).steps] == ["约好了"]

    # With another lawyer there is none, and the first has nothing to do with it any more.
    async with database.write() as session:
        case = await find(session, ours)
        await rebook(session, database.vault, case, other.id, citizens(NOW))
    assert [c.lawyer for c in (await sheet(database, ours)).counsel] == ["陈律师"]
    assert await desk.list_cases(Wanted(doubted=True)) == []


async def test_an_appointment_that_came_to_nothing_binds_nobody(database: Database) -> None:
    first, second = await offer(
        database, replace(SLOT, lawyer=LAWYER), replace(LATER, lawyer=LAWYER)
    )
    gone = await _book(database, first, await citizen(database), LANDLORD, TENANT)
    await step(database, gone, "cancel_by_office", NOW + timedelta(minutes=1), text="停电。")

    ours = await _book(database, second, await citizen(database, "u-2"), TENANT, LANDLORD)

    assert (await sheet(database, ours)).counsel[0].finding == "clear"


async def test_names_are_kept_as_digests_and_go_with_their_people(database: Database) -> None:
    reference = await aid(database, TENANT, LANDLORD)
    async with database.write() as session:
        case = await find(session, reference)
        kept = (await session.scalars(select(CaseSide.digest))).all()
        assert len(kept) == 2
        assert not any(name in "".join(kept) for name in (TENANT, LANDLORD))
        await erase_persons(session, [case.id], now=NOW)
        assert await session.scalar(select(func.count()).select_from(CaseSide)) == 0


async def test_where_no_lawyer_serves_nothing_is_kept(database: Database) -> None:
    [slot] = await offer(database, replace(SLOT, service="counselling", place="某咨询室"))
    await _book(database, slot, await citizen(database), TENANT, LANDLORD)

    async with database.read() as session:
        assert await session.scalar(select(func.count()).select_from(CaseSide)) == 0
