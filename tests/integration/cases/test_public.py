"""What everybody may see: confirmed cases of public kinds, and nothing of whoever reported them."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from cases.errors import CaseNotFound
from cases.kinds.machine import Actor
from cases.models import Case, CaseAttachment
from cases.orders import KeptFile, Order, Place
from cases.public import (
    A_PAGE,
    Asked,
    PublicPage,
    find_public,
    public_cases,
    public_steps,
    public_view,
    states,
)
from cases.service import apply
from db.engine import Database
from tests.integration.cases.filings import (
    FRESH,
    HAZARD,
    RECEIVED,
    RECTIFIED,
    UNTIL_ACCEPTED,
    officer,
    opened,
    take,
)

HAZARDS = Asked(kind="YH")
NOW = RECEIVED + timedelta(days=4)


async def seen(db: Database, asked: Asked = HAZARDS) -> PublicPage:
    async with db.read() as session:
        return await public_cases(session, db.vault, asked, NOW)


async def test_the_public_list_tells_nothing_of_the_citizen(db: Database) -> None:
    made = await opened(db, HAZARD, RECTIFIED)
    await opened(db, HAZARD)  # nobody has looked at it yet
    await opened(db, replace(HAZARD, demo=True), RECTIFIED)

    page = await seen(db)

    [shown] = page.cases
    assert (page.total, page.pages) == (1, 1)
    assert (shown.reference, shown.sub_kind, shown.state) == (
        made.case.reference,
        "消防",
        "已整改，待验收",
    )
    assert (shown.listed, shown.agency, shown.place) == (True, "桂花新村物业", HAZARD.place.words)
    assert shown.deadline is not None
    assert (shown.deadline.what, shown.deadline.overdue) == ("验收", False)
    assert (shown.before, shown.after) == ((), ())
    assert "王某" not in str(shown)


async def test_a_telephone_number_in_the_place_is_masked(db: Database) -> None:
    place = Place(words="桂花新村门口，到了打 13900000000")
    await opened(db, replace(HAZARD, place=place), RECTIFIED)

    [shown] = (await seen(db)).cases

    assert shown.place == "桂花新村门口，到了打 139****0000"


async def test_photos_are_shown_once_staff_chose_them(db: Database) -> None:
    made = await opened(db, HAZARD, RECTIFIED)
    async with db.write() as session:
        case = await session.get_one(Case, made.case.id)
        files = {f.stage: f.id for f in await session.scalars(select(CaseAttachment))}
        at = case.updated_at
        publish = replace(officer("publish", at), show=frozenset(files.values()))
        await apply(session, db.vault, case, publish)
        await apply(session, db.vault, case, officer("pass", at, "合格。"))
        await apply(session, db.vault, case, officer("close", at, "销号。"))

    [shown] = (await seen(db)).cases
    assert (shown.before, shown.after) == ((files["before"],), (files["after"],))
    assert (shown.listed, shown.state) == (False, "已销号")
    assert shown.closed_at is not None


async def test_what_is_no_picture_is_not_among_the_photos(db: Database) -> None:
    steps = (*RECTIFIED[:-1], replace(RECTIFIED[-1], files=_as_mime("application/pdf")))
    made = await opened(db, HAZARD, steps)
    async with db.write() as session:
        case = await session.get_one(Case, made.case.id)
        files = frozenset(f.id for f in await session.scalars(select(CaseAttachment)))
        await apply(
            session, db.vault, case, replace(officer("publish", case.updated_at), show=files)
        )

    [shown] = (await seen(db)).cases
    assert (shown.before, shown.after) == ((), ())


def _as_mime(mime: str) -> tuple[KeptFile, ...]:
    return tuple(replace(file, mime=mime) for file in RECTIFIED[-1].files)


async def test_no_petition_is_on_a_public_list(db: Database) -> None:
    made = await opened(db, FRESH, UNTIL_ACCEPTED)

    assert (await seen(db, Asked(kind="XF"))).total == 0
    async with db.read() as session:
        for kind in ("XF", "YH"):
            with pytest.raises(CaseNotFound):
                await find_public(session, kind, made.case.reference)


async def test_the_list_is_narrowed_by_district_sort_and_state(db: Database) -> None:
    listed = (await opened(db, HAZARD, RECTIFIED)).case.reference
    gas = replace(HAZARD, sub_kind="gas", district="320506")
    confirmed = (await opened(db, gas, RECTIFIED[:1])).case.reference
    struck_off = (
        *RECTIFIED,
        officer("pass", NOW, "合格。"),
        officer("close", NOW, "销号。"),
    )
    closed = (await opened(db, HAZARD, struck_off)).case.reference

    async def found(district: str = "", sub_kind: str = "", state: str = "") -> set[str]:
        asked = Asked(kind="YH", district=district, sub_kind=sub_kind, state=state)
        page = await seen(db, asked)
        return {case.reference for case in page.cases}

    assert await found() == {listed, confirmed, closed}
    assert await found(district="320506") == {confirmed}
    assert await found(sub_kind="fire") == {listed, closed}
    assert await found(state="open") == {listed, confirmed}
    assert await found(state="listed") == {listed}
    assert await found(state="rectified") == {listed}
    assert await found(state="closed") == {closed}
    assert await found(district="320506", sub_kind="fire") == set()


async def test_pages_follow_each_other_and_lose_nothing(db: Database) -> None:
    made = {
        (await opened(db, replace(HAZARD, at=RECEIVED + timedelta(minutes=n)), ())).case.id
        for n in range(A_PAGE + 3)
    }
    async with db.write() as session:
        for case_id in made:
            case = await session.get_one(Case, case_id)
            await apply(session, db.vault, case, officer("accept", NOW, "属实。"))

    pages = [await seen(db, Asked(kind="YH", page=n)) for n in (1, 2, 3, 0)]

    assert [(p.page, p.pages, p.total) for p in pages] == [
        (1, 2, A_PAGE + 3),
        (2, 2, A_PAGE + 3),
        (2, 2, A_PAGE + 3),
        (1, 2, A_PAGE + 3),
    ]
    references = [case.reference for page in pages[:2] for case in page.cases]
    assert len(references) == len(set(references)) == A_PAGE + 3
    received = [case.received_at for page in pages[:2] for case in page.cases]
    assert received == sorted(received, reverse=True)


async def test_the_steps_between_office_and_citizen_stay_between_them(db: Database) -> None:
    made = await opened(db, HAZARD, RECTIFIED)
    citizen = Order(command="supplement", actor=Actor.CITIZEN, at=NOW, words="我是王某")
    await take(
        db,
        made.case,
        officer("ask", NOW, "王某，请补一张照片。"),
        citizen,
        officer("note", NOW, "打过 13900000000。"),
        replace(officer("note", NOW, "内部的"), public=False),
        replace(officer("supervise", NOW), reason="shirking"),
        officer("pass", NOW, "合格。"),
    )

    async with db.read() as session:
        case = await session.get_one(Case, made.case.id)
        steps = await public_steps(session, case)

    labels = ["收到", "核实属实", "交办整改", "挂牌督办", "整改完成", "督办", "验收合格"]
    assert [step.label for step in steps] == labels
    assert steps[-1].agency == "桂花新村物业"
    assert "王某" not in str(steps)


async def test_what_was_reopened_is_hidden_until_it_is_confirmed_again(db: Database) -> None:
    end = (officer("pass", NOW, "合格。"), officer("close", NOW, "销号。"))
    made = await opened(db, HAZARD, (*RECTIFIED, *end))
    back = Order(command="reopen", actor=Actor.CITIZEN, at=NOW, words="又堵了")
    await take(db, made.case, back)

    assert (await seen(db)).total == 0
    await take(db, made.case, officer("accept", NOW, "属实。"))
    assert (await seen(db)).total == 1


async def test_one_case_is_found_only_where_the_list_has_it(db: Database) -> None:
    shown = (await opened(db, HAZARD, RECTIFIED)).case.reference
    hidden = [
        (await opened(db, HAZARD)).case.reference,
        (await opened(db, replace(HAZARD, demo=True), RECTIFIED)).case.reference,
        (await opened(db, HAZARD, (officer("dismiss", RECEIVED, "没有。"),))).case.reference,
        "YH3205082610120999992",
    ]

    async with db.read() as session:
        case = await find_public(session, "YH", shown.lower())
        assert (await public_view(session, db.vault, case, NOW)).reference == shown
        for reference in hidden:
            with pytest.raises(CaseNotFound):
                await find_public(session, "YH", reference)


async def test_demo_cases_come_last_are_marked_and_are_not_counted(db: Database) -> None:
    made = (await opened(db, HAZARD, RECTIFIED)).case.reference
    later = replace(HAZARD, demo=True, at=RECEIVED + timedelta(hours=1))
    confirmed = officer("accept", later.at, "属实。")
    demo = (await opened(db, later, (confirmed,))).case.reference

    page = await seen(db, replace(HAZARDS, demo=True))

    assert [(case.reference, case.demo) for case in page.cases] == [(made, False), (demo, True)]
    assert (page.total, page.demos) == (1, 1)
    async with db.read() as session:
        assert (await find_public(session, "YH", demo, demo=True)).reference == demo


def test_states_that_can_be_asked_for_are_those_that_are_shown() -> None:
    assert list(states("YH")) == ["verified", "rectifying", "rectified", "passed", "closed"]
