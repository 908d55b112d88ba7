from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from cases.clocks import pause_clock, start_clock
from cases.errors import BadOrder, StepNotPossible, TooLate
from cases.kinds.machine import Actor, Move
from cases.kinds.petition import petition
from cases.models import Case, CaseClock
from cases.orders import Order
from cases.timing import begun, end, revive, time_passes

AT = datetime(2026, 10, 20, 3, tzinfo=UTC)
ORDER = Order(command="x", actor=Actor.OFFICER, at=AT, text="复杂", days=30, approver=" 局长 ")
BY = frozenset(Actor)


def clock(case: Case, name: str) -> CaseClock:
    return start_clock(petition().clocks[name], case=case, command="reply", at=AT)


def test_a_period_begins_for_the_classes_it_is_for(case: Case) -> None:
    move = Move(by=BY, starts=("notice", "handling"))
    assert [c.name for c in begun(petition(), move, case, ORDER)] == ["notice", "handling"]
    case.sub_kind = "suggestion"
    assert [c.name for c in begun(petition(), move, case, ORDER)] == ["notice"]


def test_a_step_lengthens_holds_and_lets_go(case: Case) -> None:
    handling, recheck = clock(case, "handling"), clock(case, "recheck")
    running = [handling, recheck]
    time_passes(petition(), Move(by=BY, extends="handling"), ORDER, running, "k1:r")
    assert (handling.due, handling.approved_by) == (date(2027, 1, 18), "局长")
    time_passes(petition(), Move(by=BY, pauses="recheck"), ORDER, running, "")
    assert recheck.pauses == "2026-10-20/"
    later = replace(ORDER, at=AT + timedelta(days=3))
    time_passes(petition(), Move(by=BY, resumes="recheck"), later, running, "")
    assert recheck.due == date(2026, 11, 22)
    for move in (Move(by=BY, pauses="review"), Move(by=BY, extends="review")):
        with pytest.raises(BadOrder):
            time_passes(petition(), move, ORDER, running, "")


def test_what_ends_while_it_is_paused_goes_on_first(case: Case) -> None:
    recheck = clock(case, "recheck")
    pause_clock(recheck, at=AT)
    end(petition(), [recheck], replace(ORDER, at=AT + timedelta(days=5)))

    assert recheck.pauses == "2026-10-20/2026-10-25"
    assert (recheck.stopped_at, recheck.stopped_by) == (AT + timedelta(days=5), "x")


def test_only_what_the_closing_ended_runs_again(case: Case) -> None:
    own, earlier = clock(case, "ask_review"), clock(case, "placement")
    end(petition(), [earlier], replace(ORDER, at=AT - timedelta(days=1)))
    end(petition(), [own], ORDER)
    revive(petition(), [own, earlier], closed_at=AT, at=AT + timedelta(days=30))

    assert own.stopped_at is None
    assert earlier.stopped_at is not None


def test_it_is_too_late_or_there_is_nothing_to_ask_for(case: Case) -> None:
    own, theirs = clock(case, "ask_review"), clock(case, "handling")
    end(petition(), [own, theirs], ORDER)

    with pytest.raises(TooLate):
        revive(petition(), [own, theirs], closed_at=AT, at=AT + timedelta(days=31))
    with pytest.raises(StepNotPossible):
        revive(petition(), [theirs], closed_at=AT, at=AT)
    with pytest.raises(StepNotPossible):
        revive(petition(), [own], closed_at=None, at=AT)
