"""What a citizen may do with a case, when, and with whose."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from cases.citizens import REVIEW, due_of, mine, reach, steps_open, take
from cases.clocks import all_clocks
from cases.errors import CaseNotFound, NotOverdue, StepNotAllowed, StepNotPossible, TooLate
from cases.kinds.machine import Actor
from cases.models import Case, CaseEvent
from cases.orders import Order
from cases.reader import CaseDesk
from cases.records import events, find, verify
from conversations.models import Contact
from core.case_views import CaseView, UrgeState, Urging
from core.clock import SUZHOU
from db.engine import Database
from tests.integration.cases.filings import ACCEPTED, PETITION, UNTIL_ACCEPTED, officer, opened
from tests.integration.cases.filings import take as officer_takes

REFERENCE, CODE = "XF3205082610120001236", "7QK2M9XD"
DUE = datetime(2026, 12, 19, 12, tzinfo=SUZHOU)
REPLIED = (*UNTIL_ACCEPTED, officer("reply", ACCEPTED + timedelta(days=10), "已答复。"))
REPLIED_AT = REPLIED[-1].at


async def step(db: Database, case: Case, command: str, at: datetime, **more: object) -> CaseEvent:
    order = Order(command=command, actor=Actor.CITIZEN, at=at, **more)  # type: ignore[arg-type]
    async with db.write() as session:
        current = await session.get_one(Case, case.id)
        return await take(session, db.vault, current, order)


async def view(db: Database, at: datetime) -> CaseView:
    found = await CaseDesk(db, lambda: at).look_up(REFERENCE, CODE, contact_id="a")
    assert found.case is not None
    return found.case


async def offered(db: Database, case: Case, at: datetime) -> set[str]:
    async with db.read() as session:
        current = await session.get_one(Case, case.id)
        return set(steps_open(current, await all_clocks(session, current), at))


async def test_urging_waits_for_the_last_day_to_pass_and_is_answered_by_a_day_of_its_own(
    db: Database,
) -> None:
    case = (await opened(db, PETITION, UNTIL_ACCEPTED)).case
    assert (await view(db, DUE)).urging == Urging(
        state=UrgeState.NOT_DUE, until=date(2026, 12, 19)
    )
    with pytest.raises(NotOverdue):
        await step(db, case, "urge", DUE)

    late = DUE + timedelta(days=1)
    assert (await view(db, late)).urging == Urging(state=UrgeState.YES)
    event = await step(db, case, "urge", late)
    async with db.read() as session:
        assert await due_of(session, case, event) == date(2026, 12, 25)
    assert (await view(db, late)).urging == Urging(state=UrgeState.ASKED, until=date(2026, 12, 25))
    with pytest.raises(NotOverdue):
        await step(db, case, "urge", late)

    unanswered = datetime(2026, 12, 26, 9, tzinfo=SUZHOU)
    await step(db, case, "urge", unanswered)
    told = await view(db, unanswered)
    replies = [d for d in told.deadlines if d.what == "回复催办"]
    assert [(d.due, d.overdue) for d in replies] == [
        (date(2026, 12, 25), True),
        (date(2027, 1, 4), False),
    ]
    assert all("不是法律规定" in d.computed and d.citation is None for d in replies)


async def test_an_answer_ends_the_reminder_and_says_what_was_said(db: Database) -> None:
    case = (await opened(db, PETITION, UNTIL_ACCEPTED)).case
    late = DUE + timedelta(days=1)
    await step(db, case, "urge", late)
    async with db.read() as session:
        assert (await session.get_one(Case, case.id)).supervision == "reminded"
    answered = await officer_takes(db, case, officer("answer", late, "正在等检测报告。"))

    assert answered.supervision == "none"
    told = await view(db, late)
    assert told.steps[-1].text == "正在等检测报告。"
    assert [d.what for d in told.deadlines] == ["办结"]


async def test_a_reminder_takes_nothing_from_supervision(db: Database) -> None:
    case = (await opened(db, PETITION, UNTIL_ACCEPTED)).case
    late = DUE + timedelta(days=1)
    supervised = replace(officer("supervise", late), reason="shirking")
    await officer_takes(db, case, supervised)
    await step(db, case, "urge", late)

    async with db.read() as session:
        found = await session.get_one(Case, case.id)
    assert found.supervision == "supervised"
    told = await view(db, late)
    assert "推诿" in told.steps[-2].text
    assert {d.what for d in told.deadlines} == {"办结", "回复催办", "回复督办"}


async def test_bad_handling_can_be_urged_too(db: Database) -> None:
    case = (await opened(db, PETITION, REPLIED)).case
    assert (await view(db, REPLIED_AT)).urging.state is UrgeState.NOTHING_RUNS
    await step(db, case, "rate", REPLIED_AT, score=2, words="没有人来看过")

    assert (await view(db, REPLIED_AT)).urging.state is UrgeState.YES


async def test_a_rating_can_be_thought_over_for_a_week(db: Database) -> None:
    case = (await opened(db, PETITION, REPLIED)).case
    await step(db, case, "rate", REPLIED_AT, score=4)
    await step(db, case, "rate", REPLIED_AT + timedelta(days=7), score=5)
    with pytest.raises(TooLate):
        await step(db, case, "rate", REPLIED_AT + timedelta(days=7, minutes=1), score=1)

    assert (await view(db, REPLIED_AT)).rating == 5


async def test_review_is_asked_for_in_its_thirty_days(db: Database) -> None:
    case = (await opened(db, PETITION, REPLIED)).case
    last = datetime(2026, 11, 29, 23, 59, tzinfo=SUZHOU)

    assert "request_review" in await offered(db, case, last)
    assert "request_review" not in await offered(db, case, last + timedelta(minutes=1))
    with pytest.raises(TooLate):
        await step(db, case, REVIEW, last + timedelta(minutes=1))
    await step(db, case, REVIEW, last, words="没有查清楚")

    told = await view(db, last)
    assert told.state == "复查中"
    assert told.deadline is not None
    assert (told.deadline.due, told.deadline.citation and told.deadline.citation.article) == (
        date(2026, 12, 29),
        "第三十五条",
    )


async def test_what_came_late_to_the_screen_an_officer_writes_down(db: Database) -> None:
    case = (await opened(db, PETITION, REPLIED)).case
    paper = officer("request_review", REPLIED_AT + timedelta(days=40), "11 月 25 日寄到。")

    assert (await officer_takes(db, case, paper)).state == "under_review"


async def test_the_whole_line_to_its_end_which_is_explained(db: Database) -> None:
    case = (await opened(db, PETITION, REPLIED)).case
    at = REPLIED_AT + timedelta(days=1)
    await step(db, case, REVIEW, at)
    await officer_takes(db, case, officer("decide_review", at, "维持。"))
    await step(db, case, REVIEW, at)
    hearing = at + timedelta(days=10)
    await officer_takes(db, case, officer("begin_hearing", hearing, "11 月 10 日听证。"))
    held = (await view(db, hearing + timedelta(days=60))).deadline
    assert held is not None
    assert (held.paused, held.overdue) == (True, False)
    resumed = hearing + timedelta(days=5)
    await officer_takes(db, case, officer("end_hearing", resumed))
    counted = (await view(db, resumed)).deadline
    assert counted is not None
    assert (counted.due, counted.paused) == (date(2026, 12, 5), False)
    await officer_takes(db, case, officer("decide_recheck", resumed, "维持。"))
    assert "rate" in (await view(db, resumed)).steps_open
    await step(db, case, "conclude", resumed)

    told = await view(db, resumed)
    assert (told.state, told.closed, told.steps_open) == ("程序已终结", True, ("rate",))
    assert "不再受理（《信访工作条例》第三十六条）" in told.explained
    with pytest.raises(StepNotPossible):
        await step(db, case, "reopen", resumed)
    async with db.read() as session:
        await verify(session, await find(session, REFERENCE))


async def test_what_was_closed_early_opens_again_while_review_can_be_asked_for(
    db: Database,
) -> None:
    case = (await opened(db, PETITION, REPLIED)).case
    await step(db, case, "conclude", REPLIED_AT)
    last = datetime(2026, 11, 29, 23, 59, tzinfo=SUZHOU)
    assert (await view(db, last)).steps_open == ("rate", "reopen")
    assert "reopen" not in await offered(db, case, last + timedelta(minutes=1))
    with pytest.raises(TooLate):
        await step(db, case, "reopen", last + timedelta(minutes=1))
    await step(db, case, "reopen", last)

    told = await view(db, last)
    assert (told.state, told.closed) == ("已答复", False)
    assert "request_review" in told.steps_open
    assert told.deadline is not None
    assert told.deadline.due == date(2026, 11, 29)


async def test_a_suggestion_once_closed_has_nothing_to_ask_for(db: Database) -> None:
    case = (await opened(db, replace(PETITION, sub_kind="suggestion"), REPLIED)).case
    await step(db, case, "conclude", REPLIED_AT)

    with pytest.raises(StepNotPossible):
        await step(db, case, "reopen", REPLIED_AT)


async def test_what_was_withdrawn_opens_again_within_the_promised_days(db: Database) -> None:
    case = (await opened(db, PETITION, UNTIL_ACCEPTED)).case
    await step(db, case, "withdraw", ACCEPTED)
    assert (await view(db, ACCEPTED)).steps_open == ("reopen",)
    with pytest.raises(TooLate):
        await step(db, case, "reopen", ACCEPTED + timedelta(days=31))
    await step(db, case, "reopen", ACCEPTED + timedelta(days=30))

    told = await view(db, ACCEPTED + timedelta(days=30))
    assert told.state == "已登记，待转送"
    assert told.deadline is not None
    assert told.deadline.due == date(2026, 12, 4)


async def test_what_they_add_is_for_staff_not_for_the_timeline(db: Database) -> None:
    case = (await opened(db, PETITION, UNTIL_ACCEPTED)).case
    await step(db, case, "supplement", ACCEPTED, words="补两张照片，电话 13900000000")

    told = await view(db, ACCEPTED)
    assert (told.steps[-1].label, told.steps[-1].text) == ("您补充了材料", "")
    async with db.read() as session:
        last = (await events(session, case))[-1]
    assert last.words_sealed is not None


async def test_a_citizen_takes_no_officers_step(db: Database) -> None:
    case = (await opened(db, PETITION, UNTIL_ACCEPTED)).case

    with pytest.raises(StepNotAllowed):
        await step(db, case, "reply", ACCEPTED)


async def test_a_case_is_reached_by_its_owner_or_its_code(db: Database) -> None:
    async with db.write() as session:
        session.add_all(Contact(id=c, created_at=ACCEPTED) for c in ("a", "b"))
    await opened(db, replace(PETITION, contact_id="a"))
    nobodys = await opened(db, replace(PETITION, reference=None, code=None))
    async with db.read() as session:
        for contact, code in (("a", None), ("a", "22222222"), ("b", CODE), ("b", "7qk2-m9xd")):
            found = await reach(session, db.vault, REFERENCE, contact_id=contact, code=code)
            assert found.reference == REFERENCE
        for contact, code in (("b", None), ("b", ""), ("b", "22222222"), ("", None)):
            with pytest.raises(CaseNotFound):
                await reach(session, db.vault, REFERENCE, contact_id=contact, code=code)
        with pytest.raises(CaseNotFound):
            await reach(session, db.vault, nobodys.case.reference, contact_id="a", code=CODE)


async def test_my_cases_are_those_in_hand_first(db: Database) -> None:
    async with db.write() as session:
        session.add_all(Contact(id=c, created_at=ACCEPTED) for c in ("a", "b"))
    fresh = replace(PETITION, reference=None, code=None, contact_id="a")
    over = (await opened(db, fresh, (officer("withdraw", fresh.at),))).case
    first = (await opened(db, fresh)).case
    later = (await opened(db, replace(fresh, at=fresh.at + timedelta(days=1)))).case
    await opened(db, replace(fresh, contact_id="b"))

    async with db.read() as session:
        found = [case.reference for case in await mine(session, "a")]
    assert found == [later.reference, first.reference, over.reference]
    told = await CaseDesk(db, lambda: ACCEPTED).mine("a")
    assert [view.reference for view in told] == found
