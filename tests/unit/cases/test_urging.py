from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from cases.clocks import start_clock
from cases.kinds.petition import petition
from cases.kinds.wage_complaint import wage_complaint
from cases.models import Case, CaseClock
from cases.urging import urging
from core.case_views import UrgeState, Urging

AT = datetime(2026, 10, 20, 3, tzinfo=UTC)
LATE = AT + timedelta(days=61)


@pytest.fixture
def accepted(case: Case) -> Case:
    case.state = "accepted"
    return case


def clock(case: Case, name: str, at: datetime = AT) -> CaseClock:
    return start_clock(petition().clocks[name], case=case, command="x", at=at)


def test_not_before_the_last_day_has_passed(accepted: Case) -> None:
    running = [clock(accepted, "handling")]

    assert urging(accepted, petition(), running, AT) == Urging(
        state=UrgeState.NOT_DUE, until=date(2026, 12, 19)
    )
    assert urging(accepted, petition(), running, LATE) == Urging(state=UrgeState.YES)


def test_not_twice_before_an_answer_is_due(accepted: Case) -> None:
    running = [clock(accepted, "handling"), clock(accepted, "urge_reply", LATE)]

    assert urging(accepted, petition(), running, LATE) == Urging(
        state=UrgeState.ASKED, until=date(2026, 12, 25)
    )
    later = LATE + timedelta(days=7)
    assert urging(accepted, petition(), running, later) == Urging(state=UrgeState.YES)


def test_what_binds_the_citizen_or_nobody_outside_is_no_ground(accepted: Case) -> None:
    running = [clock(accepted, "ask_review"), clock(accepted, "objection")]

    assert urging(accepted, petition(), running, LATE).state is UrgeState.NOTHING_RUNS


def test_what_was_rated_bad_can_be_urged(accepted: Case) -> None:
    accepted.rating = 3
    assert urging(accepted, petition(), [], AT).state is UrgeState.NOTHING_RUNS
    accepted.rating = 2
    assert urging(accepted, petition(), [], AT).state is UrgeState.YES


def test_what_is_over_is_not_urged(case: Case) -> None:
    case.state = "concluded"

    assert urging(case, petition(), [], LATE).state is UrgeState.CLOSED


def test_what_the_other_side_has_not_done_in_time_can_be_urged(case: Case) -> None:
    case.state = "ordered"
    rule = wage_complaint().clocks["payment"]
    running = [start_clock(rule, case=case, command="order", at=AT, days=15)]

    assert urging(case, wage_complaint(), running, AT) == Urging(
        state=UrgeState.NOT_DUE, until=date(2026, 11, 4)
    )
    late = AT + timedelta(days=16)
    assert urging(case, wage_complaint(), running, late).state is UrgeState.YES
