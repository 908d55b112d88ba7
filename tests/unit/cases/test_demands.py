from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from cases.clocks import start_clock
from cases.demands import check_order, check_photo, check_time
from cases.errors import BadOrder, NotOverdue, StepNotPossible, TooLate
from cases.kinds.hazard import hazard
from cases.kinds.legal_aid import legal_aid
from cases.kinds.machine import Actor, Move
from cases.kinds.petition import petition
from cases.models import Case, CaseAttachment
from cases.orders import Order

AT = datetime(2026, 10, 20, 3, tzinfo=UTC)
ORDER = Order(command="x", actor=Actor.OFFICER, at=AT, text="说明")
BY = frozenset(Actor)


@pytest.fixture
def moved(case: Case) -> Case:
    case.state, case.updated_at = "accepted", AT
    return case


@pytest.mark.parametrize(
    ("move", "order"),
    [
        (Move(by=BY), replace(ORDER, at=AT - timedelta(microseconds=1))),
        (Move(by=BY, joins=True), ORDER),
        (Move(by=BY), replace(ORDER, into="XF1")),
        (Move(by=BY, words=True), replace(ORDER, text=" \n")),
        (Move(by=BY, approved=True), replace(ORDER, approver=" ")),
        (Move(by=BY, reasons="refusal"), ORDER),
        (Move(by=BY, reasons="refusal"), replace(ORDER, reason="because")),
        (Move(by=BY), replace(ORDER, reason="ended")),
        (Move(by=BY, classifies=True), ORDER),
        (Move(by=BY, classifies=True), replace(ORDER, sub_kind="nonsense")),
        (Move(by=BY), replace(ORDER, sub_kind="claim")),
        (Move(by=BY, rates=True), ORDER),
        (Move(by=BY, rates=True), replace(ORDER, score=0)),
        (Move(by=BY, rates=True), replace(ORDER, score=6)),
        (Move(by=BY), replace(ORDER, score=3)),
        (Move(by=BY, publishes=True), ORDER),
        (Move(by=BY), replace(ORDER, show=frozenset({"a"}))),
    ],
)
def test_an_order_that_lacks_or_exceeds_is_refused(moved: Case, move: Move, order: Order) -> None:
    with pytest.raises(BadOrder):
        check_order(petition(), move, moved, order)


@pytest.mark.parametrize(
    ("move", "order"),
    [
        (Move(by=BY), replace(ORDER, text="")),
        (Move(by=BY, reasons="refusal"), replace(ORDER, reason="ended")),
        (Move(by=BY, classifies=True), replace(ORDER, sub_kind="suggestion")),
        (Move(by=BY, rates=True), replace(ORDER, score=5)),
        (Move(by=BY, approved=True), replace(ORDER, approver="局长")),
    ],
)
def test_an_order_with_what_is_wanted_passes(moved: Case, move: Move, order: Order) -> None:
    check_order(petition(), move, moved, order)


def test_a_citizen_keeps_to_the_period_and_an_officer_may_write_down_what_came_late(
    moved: Case,
) -> None:
    clock = start_clock(petition().clocks["ask_review"], case=moved, command="reply", at=AT)
    move, late = Move(by=BY, needs="ask_review"), replace(ORDER, at=AT + timedelta(days=31))
    by_citizen = replace(late, actor=Actor.CITIZEN)

    check_time(petition(), move, moved, late, [clock])
    check_time(petition(), move, moved, replace(by_citizen, at=AT), [clock])
    with pytest.raises(TooLate):
        check_time(petition(), move, moved, by_citizen, [clock])
    with pytest.raises(StepNotPossible):
        check_time(petition(), move, moved, by_citizen, [])


def test_supervision_for_being_overdue_needs_something_overdue(moved: Case) -> None:
    clock = start_clock(petition().clocks["handling"], case=moved, command="accept", at=AT)
    order = replace(ORDER, reason="overdue")

    with pytest.raises(NotOverdue):
        check_time(petition(), Move(by=BY), moved, order, [clock])
    check_time(petition(), Move(by=BY), moved, replace(order, at=AT + timedelta(days=61)), [clock])


def test_a_picture_of_the_stage_is_wanted() -> None:
    move = hazard().moves["rectifying", "report_done"]

    with pytest.raises(BadOrder):
        check_photo(move, [CaseAttachment(stage="before")], ORDER)
    check_photo(move, [CaseAttachment(stage="after")], ORDER)


def test_silence_is_taken_as_an_answer_only_once_the_time_is_over(moved: Case) -> None:
    rule = legal_aid().clocks["supplementing"]
    clock = start_clock(rule, case=moved, command="ask", at=AT, days=10)
    move = legal_aid().moves["supplement_asked", "lapse"]
    last = datetime(2026, 10, 30, 15, 59, 59, tzinfo=UTC)

    with pytest.raises(NotOverdue):
        check_time(legal_aid(), move, moved, replace(ORDER, at=last), [clock])
    over = replace(ORDER, at=last + timedelta(seconds=1))
    check_time(legal_aid(), move, moved, over, [clock])
