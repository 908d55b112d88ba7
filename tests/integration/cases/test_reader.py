from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import event

from cases.attempts import count_failure
from cases.delivery import deliveries_of
from cases.reader import CaseDesk
from core.case_views import CaseLookup, CaseView, Deadline, LookupState, UrgeState, Urging
from core.clock import SUZHOU
from core.messages import Citation
from core.ports import CaseReader
from db.engine import Database
from tests.integration.cases.appointments.bookings import SLOT, booked, citizen, offer
from tests.integration.cases.filings import ACCEPTED, PETITION, UNTIL_ACCEPTED, officer, opened

REFERENCE, CODE = "XF3205082610120001236", "7QK2M9XD"
NOW = datetime(2026, 11, 23, 10, tzinfo=SUZHOU)
# Locks and case, what opens its texts, its periods, its events.
LOOKUP_STATEMENTS = 3
WRONG = CaseLookup(state=LookupState.WRONG)


def desk(db: Database, now: datetime = NOW) -> CaseReader:
    return CaseDesk(db, lambda: now)


async def shown(db: Database, now: datetime = NOW) -> CaseView:
    found = await desk(db, now).look_up(REFERENCE, CODE, contact_id="a")
    assert found.state is LookupState.FOUND
    assert found.case is not None
    return found.case


async def test_the_owner_sees_the_case_and_how_the_day_was_counted(db: Database) -> None:
    steps = (*UNTIL_ACCEPTED[:-1], replace(UNTIL_ACCEPTED[-1], agency="姑苏区住建部门"))
    await opened(db, steps=steps)
    view = await shown(db)

    assert (view.reference, view.title, view.demo) == (REFERENCE, "电梯停用三周", False)
    assert (view.state, view.agency, view.district) == ("办理中", "姑苏区住建部门", "姑苏区")
    assert [step.label for step in view.steps] == ["收到", "登记", "转送", "受理"]
    assert view.deadline == Deadline(
        what="办结",
        due=date(2026, 12, 19),
        computed="从 10 月 20 日受理次日起算第 60 日",
        citation=Citation(
            law="信访工作条例",
            article="第三十四条",
            quote="应当自受理之日起60日内办结",
            in_force="attested",
        ),
        overdue=False,
        paused=False,
        binds_citizen=False,
    )
    assert view.deadlines == (view.deadline,)
    assert view.urging == Urging(state=UrgeState.NOT_DUE, until=date(2026, 12, 19))
    assert view.steps_open == ("note", "supplement", "withdraw")


async def test_overdue_begins_the_day_after(db: Database) -> None:
    await opened(db, steps=UNTIL_ACCEPTED)
    midnight = datetime(2026, 12, 20, tzinfo=SUZHOU)

    on_the_day = (await shown(db, midnight - timedelta(seconds=1))).deadline
    after = (await shown(db, midnight)).deadline

    assert (on_the_day and on_the_day.overdue, after and after.overdue) == (False, True)


async def test_between_authorities_the_citizens_own_period_is_shown(db: Database) -> None:
    await opened(db, steps=UNTIL_ACCEPTED[:-1])
    deadline = (await shown(db)).deadline

    assert deadline is not None
    assert deadline.citation is not None
    assert (deadline.citation.article, deadline.due) == ("第二十三条", date(2026, 10, 30))


async def test_an_ended_case_has_no_deadline(db: Database) -> None:
    end = replace(officer("redirect", ACCEPTED + timedelta(days=1)), reason="arbitration")
    await opened(db, steps=(*UNTIL_ACCEPTED[:-1], end))
    view = await shown(db)

    assert (view.state, view.deadline, view.closed) == ("已导入法定途径", None, True)
    assert "先仲裁" in view.steps[-1].text


@pytest.mark.parametrize(
    ("reference", "code"),
    [
        ("xf320508 261012 000123 6", "7qk2m9xd"),
        ("ＸＦ３２０５０８２６１０１２０００１２３６", "７ＱＫ２－Ｍ９ＸＤ"),
    ],
)
async def test_the_way_of_typing_does_not_matter(db: Database, reference: str, code: str) -> None:
    await opened(db)
    found = await desk(db).look_up(reference, code, contact_id="a")

    assert found.state is LookupState.FOUND


@pytest.mark.parametrize(
    ("reference", "code"),
    [
        (REFERENCE, "7QK2M9XE"),
        (REFERENCE, ""),
        ("XF3205082610120001244", CODE),  # a reference nobody has
        ("ZP3205082610120001230", CODE),  # of another kind
        ("XF3205082610120001237", CODE),  # wrong check character
        ("", ""),
        ("编号找不到了\x00\ud800", "🙂"),
    ],
)
async def test_every_wrong_answer_is_the_same(db: Database, reference: str, code: str) -> None:
    await opened(db)

    assert await desk(db).look_up(reference, code, contact_id="a") == WRONG


async def test_the_code_of_another_case_does_not_open_this_one(db: Database) -> None:
    await opened(db)
    other = await opened(db, replace(PETITION, reference=None, code="9FBD4KYV"))

    assert await desk(db).look_up(REFERENCE, "9FBD4KYV", contact_id="a") == WRONG
    assert await desk(db).look_up(other.case.reference, CODE, contact_id="a") == WRONG


@pytest.mark.parametrize("reference", [REFERENCE, "XF3205082610120001244"])
async def test_a_lock_holds_even_for_the_right_code_and_tells_until_when(
    db: Database, reference: str
) -> None:
    await opened(db)
    async with db.write() as session:
        for _ in range(5):
            await count_failure(session, db.vault, reference, "a", NOW)
    locked = CaseLookup(state=LookupState.LOCKED, until=NOW + timedelta(minutes=30))

    assert await desk(db).look_up(reference, CODE, contact_id="a") == locked
    assert (await desk(db).look_up(REFERENCE, CODE, contact_id="b")).state is LookupState.FOUND
    later = desk(db, NOW + timedelta(minutes=30))
    assert (await later.look_up(REFERENCE, CODE, contact_id="a")).state is LookupState.FOUND


async def test_looking_up_writes_nothing(db: Database) -> None:
    await opened(db)
    for _ in range(12):
        await desk(db).look_up(REFERENCE, "22222222", contact_id="a")

    assert (await desk(db).look_up(REFERENCE, CODE, contact_id="a")).state is LookupState.FOUND


async def test_it_is_told_in_english_but_for_what_the_office_wrote(db: Database) -> None:
    await opened(db, steps=UNTIL_ACCEPTED)
    found = await desk(db).look_up(REFERENCE, CODE, contact_id="a", language="en")

    assert found.case is not None
    assert (found.case.state, found.case.district) == ("Being handled", "Gusu District")
    assert found.case.agency == (await shown(db)).agency
    labels = [step.label for step in found.case.steps]
    assert labels == ["Received", "Registered", "Passed on", "Accepted"]
    assert found.case.deadline is not None
    assert found.case.deadline.what == "To be completed"
    assert found.case.deadline.computed == (
        "day 60 from the day after it was accepted on 20 October 2026"
    )
    assert found.case.deadline.due == date(2026, 12, 19)


async def test_an_ended_case_has_no_deadline_in_english_either(db: Database) -> None:
    end = replace(officer("redirect", ACCEPTED + timedelta(days=1)), reason="litigation")
    await opened(db, steps=(*UNTIL_ACCEPTED[:-1], end))
    found = await desk(db).look_up(REFERENCE, CODE, contact_id="a", language="en")

    assert found.case is not None
    assert (found.case.state, found.case.deadline) == (
        "Sent to the legal procedure that is meant for it",
        None,
    )


async def test_a_case_is_found_by_the_number_a_body_gave_it(db: Database) -> None:
    made = await opened(db, steps=UNTIL_ACCEPTED)
    async with db.write() as session:
        [row] = await deliveries_of(session, made.case)
        row.number = "GS00017"
    shapes = {re.compile("GS[0-9]{5}"): "演示平台"}
    asked = CaseDesk(db, lambda: NOW, shapes=shapes)
    found = await asked.look_up("gs-00017", CODE, contact_id="a")

    assert found.case is not None
    assert found.case.reference == REFERENCE
    # A wrong code and a number that nobody has are told alike, and whose it looks like.
    wrong = CaseLookup(state=LookupState.WRONG, system="演示平台")
    assert await asked.look_up("GS00017", "AAAA2222", contact_id="a") == wrong
    assert await asked.look_up("GS00018", CODE, contact_id="a") == wrong
    assert await asked.look_up("WZ00018", CODE, contact_id="a") == WRONG


async def test_one_number_of_two_bodies_is_told_apart_by_the_code(db: Database) -> None:
    made = [await opened(db, steps=UNTIL_ACCEPTED)]
    made.append(await opened(db, replace(PETITION, reference=None, code=None), UNTIL_ACCEPTED))
    async with db.write() as session:
        for one in made:
            [row] = await deliveries_of(session, one.case)
            row.number = "7"
    found = [await desk(db).look_up("7", one.code, contact_id="a") for one in made]

    assert [f.case and f.case.reference for f in found] == [m.case.reference for m in made]


async def test_the_number_of_statements_is_the_same_for_a_list_of_any_length(db: Database) -> None:
    await opened(db, steps=UNTIL_ACCEPTED)
    [first, other] = await offer(db, SLOT, replace(SLOT, service="counselling"))
    seen = await citizen(db)
    made = await booked(db, first, seen)
    asked = kept_statements(db)

    await desk(db).look_up(REFERENCE, CODE, contact_id="a")
    assert len(asked) == LOOKUP_STATEMENTS
    asked.clear()
    assert len(await desk(db).mine(seen.contact_id)) == 1
    for_one = len(asked)
    await booked(db, other, seen)
    asked.clear()
    found = await desk(db).mine(seen.contact_id)

    assert len(asked) == for_one
    assert made.receipt.reference in {view.reference for view in found}
    assert len(found) == len({view.reference for view in found}) == len([first, other])
    assert {view.explained for view in found} == {"约在 12月2日 周三 9:30–10:00，姑苏区某派出所。"}


def kept_statements(db: Database) -> list[str]:
    """What the database is asked from now on, without the beginnings of transactions."""
    asked: list[str] = []

    def keep(*executed: object) -> None:
        statement = str(executed[2])
        if not statement.startswith("BEGIN"):
            asked.append(statement)

    event.listen(db.engine.sync_engine, "before_cursor_execute", keep)
    return asked
