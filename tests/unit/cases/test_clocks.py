from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.clocks import (
    extend_clock,
    is_overdue,
    is_paused,
    next_look,
    pause_clock,
    resume_clock,
    shown_clock,
    shown_deadline,
    start_clock,
)
from cases.errors import BadOrder
from cases.kinds.hazard import hazard
from cases.kinds.machine import Basis
from cases.kinds.petition import petition
from cases.models import Case, CaseClock
from core.clock import SUZHOU
from core.messages import Citation
from timekeeping.periods import Unit, count_between, day_of, is_over

ACCEPTED = datetime(2026, 10, 20, 11, tzinfo=SUZHOU)
RULES = petition().clocks


def handling(case: Case, at: datetime = ACCEPTED) -> CaseClock:
    return start_clock(RULES["handling"], case=case, command="accept", at=at)


def test_sixty_days_as_the_rule_counts_them(case: Case) -> None:
    clock = handling(case)

    assert (clock.started_on, clock.due) == (date(2026, 10, 20), date(2026, 12, 19))
    assert clock.computed == "从 10 月 20 日受理次日起算第 60 日"
    assert (clock.provisional, clock.start_event) == (False, "accept")


def test_the_start_is_the_day_in_suzhou(case: Case) -> None:
    late = datetime(2026, 10, 19, 16, 30, tzinfo=UTC)

    assert handling(case, late).started_on == date(2026, 10, 20)


def test_a_deadline_in_another_year_tells_the_year_of_its_start(case: Case) -> None:
    clock = handling(case, datetime(2026, 12, 1, 9, tzinfo=SUZHOU))

    assert clock.computed == "从 2026 年 12 月 1 日受理次日起算第 60 日"


def test_workdays_into_a_year_not_yet_published_say_so(case: Case) -> None:
    at = datetime(2026, 12, 30, 9, tzinfo=SUZHOU)
    clock = start_clock(RULES["objection"], case=case, command="transfer", at=at)

    assert clock.provisional
    assert clock.computed == (
        "从 2026 年 12 月 30 日转送次日起算第 5 个工作日；放假安排公布后可能调整"
    )


def test_a_citizens_rest_day_is_not_moved_but_explained(case: Case) -> None:
    at = datetime(2026, 9, 1, 9, tzinfo=SUZHOU)
    clock = start_clock(RULES["ask_review"], case=case, command="reply", at=at)

    assert clock.due == date(2026, 10, 1)
    assert clock.computed == (
        "从 9 月 1 日答复次日起算第 30 日；实际收到得晚，从收到次日起算"
        "；这一天是休息日，条例没有写可以顺延，请在这之前办"
    )


def test_an_extension_is_added_to_the_first_end(case: Case) -> None:
    clock = handling(case)
    extend_clock(
        clock,
        RULES["handling"],
        days=30,
        at=ACCEPTED + timedelta(days=50),
        approval=("住建局负责人", "k1:r"),
    )

    assert clock.due == date(2027, 1, 18)
    assert (clock.extended_by, clock.extension_reason_sealed) == (30, "k1:r")
    assert clock.approved_by == "住建局负责人"
    assert clock.computed == (
        "从 10 月 20 日受理次日起算第 60 日（2026 年 12 月 19 日），经批准延长 30 日"
    )


@pytest.mark.parametrize("days", [None, 0, -1, 31])
def test_an_extension_is_of_one_to_thirty_days(case: Case, days: int | None) -> None:
    with pytest.raises(BadOrder):
        extend_clock(
            handling(case),
            RULES["handling"],
            days=days,
            at=ACCEPTED,
            approval=("住建局负责人", "k1:r"),
        )


def test_a_period_is_extended_once(case: Case) -> None:
    clock = handling(case)
    extend_clock(clock, RULES["handling"], days=10, at=ACCEPTED, approval=("住建局负责人", "k1:r"))

    with pytest.raises(BadOrder):
        extend_clock(
            clock, RULES["handling"], days=10, at=ACCEPTED, approval=("住建局负责人", "k1:r")
        )


def test_what_is_overdue_is_not_mended_by_an_extension(case: Case) -> None:
    in_time = datetime(2026, 12, 19, 23, 59, tzinfo=SUZHOU)
    late = in_time + timedelta(minutes=1)

    extend_clock(
        handling(case), RULES["handling"], days=1, at=in_time, approval=("住建局负责人", "k1:r")
    )
    with pytest.raises(BadOrder):
        extend_clock(
            handling(case), RULES["handling"], days=1, at=late, approval=("住建局负责人", "k1:r")
        )


def test_the_deadline_shown_cites_its_article(case: Case) -> None:
    shown = shown_deadline([handling(case)], petition(), ACCEPTED)

    assert shown is not None
    assert (shown.what, shown.due, shown.overdue) == ("办结", date(2026, 12, 19), False)
    assert shown.citation == Citation(
        law="信访工作条例",
        article="第三十四条",
        quote="应当自受理之日起60日内办结",
        in_force="attested",
    )


def test_it_is_overdue_from_the_day_after(case: Case) -> None:
    last_minute = datetime(2026, 12, 19, 23, 59, 59, tzinfo=SUZHOU)

    on_the_day = shown_deadline([handling(case)], petition(), last_minute)
    after = shown_deadline([handling(case)], petition(), last_minute + timedelta(seconds=1))

    assert (on_the_day and on_the_day.overdue, after and after.overdue) == (False, True)


def test_what_runs_between_authorities_is_not_shown(case: Case) -> None:
    clock = start_clock(RULES["objection"], case=case, command="transfer", at=ACCEPTED)

    assert shown_deadline([clock], petition(), ACCEPTED) is None


def recheck(case: Case, at: datetime) -> CaseClock:
    return start_clock(RULES["recheck"], case=case, command="request_recheck", at=at)


def test_a_hearing_takes_nothing_from_the_period(case: Case) -> None:
    start = datetime(2026, 10, 12, 9, tzinfo=SUZHOU)
    clock = recheck(case, start)
    pause_clock(clock, at=start + timedelta(days=10))

    assert (clock.due, is_paused(clock)) == (date(2026, 11, 11), True)
    assert not is_overdue(clock, start + timedelta(days=90))
    resume_clock(clock, RULES["recheck"], at=start + timedelta(days=14))
    assert (clock.due, is_paused(clock)) == (date(2026, 11, 15), False)
    assert clock.pauses == "2026-10-22/2026-10-26"
    assert clock.computed.endswith("；10 月 22 日到 10 月 26 日不计算在内")
    assert is_overdue(clock, datetime(2026, 11, 16, tzinfo=SUZHOU))


def test_a_period_is_paused_and_let_go_in_turn(case: Case) -> None:
    clock = recheck(case, ACCEPTED)
    with pytest.raises(BadOrder):
        resume_clock(clock, RULES["recheck"], at=ACCEPTED)
    pause_clock(clock, at=ACCEPTED)
    with pytest.raises(BadOrder):
        pause_clock(clock, at=ACCEPTED)
    resume_clock(clock, RULES["recheck"], at=ACCEPTED)
    with pytest.raises(BadOrder):
        pause_clock(clock, at=ACCEPTED + timedelta(days=31))


@given(
    unit=st.sampled_from(Unit),
    length=st.integers(1, 60),
    before=st.integers(0, 90),
    pauses=st.lists(st.tuples(st.integers(0, 20), st.integers(0, 40)), max_size=3),
)
def test_a_pause_never_shortens_and_no_time_no_change(
    unit: Unit, length: int, before: int, pauses: list[tuple[int, int]]
) -> None:
    case = Case(id="c")
    rule = replace(RULES["recheck"], unit=unit, days=length)
    start = ACCEPTED - timedelta(days=before)
    clock, at = start_clock(rule, case=case, command="x", at=start), start
    for running, held in pauses:
        at += timedelta(days=running)
        due = clock.due
        if is_over(due, at):
            break
        left = count_between(day_of(at), due, unit)
        pause_clock(clock, at=at)
        at += timedelta(days=held)
        resume_clock(clock, rule, at=at)
        assert clock.due >= due
        if held == 0:
            assert clock.due == due
        assert count_between(day_of(at), clock.due, unit) == left


def test_a_step_sets_the_length_where_the_rule_leaves_it_open(case: Case) -> None:
    rule = hazard().clocks["rectify"]
    clock = start_clock(rule, case=case, command="assign", at=ACCEPTED, days=7)

    assert (clock.days, clock.due) == (7, date(2026, 10, 27))
    assert clock.computed == (
        "从 10 月 20 日交办次日起算第 7 日；这是经办单位定的，不是法律规定的期限"
    )
    for days in (None, 0, 367):
        with pytest.raises(BadOrder):
            start_clock(rule, case=case, command="assign", at=ACCEPTED, days=days)


def test_a_promise_is_marked_as_one_and_cites_nothing(case: Case) -> None:
    clock = start_clock(RULES["urge_reply"], case=case, command="urge", at=ACCEPTED)
    shown = shown_deadline([clock], petition(), ACCEPTED)

    assert clock.due == date(2026, 10, 27)
    assert shown is not None
    assert shown.citation is None
    assert shown.computed.endswith("；这是本服务自己定的，不是法律规定的期限")


def test_the_laws_deadline_goes_before_a_promise(case: Case) -> None:
    urged = start_clock(RULES["urge_reply"], case=case, command="urge", at=ACCEPTED)
    law = handling(case)

    assert shown_clock([urged, law]) is law


# Each period of a kind that is built, over a boundary: the National Day week of 2026 (1 to 7
# October, Saturday 10 October worked), new year, the end of February.
BOUNDARIES = [
    ("placement", "2026-09-16", "2026-10-01", False),
    ("notice", "2026-09-20", "2026-10-05", False),
    ("objection", "2026-09-30", "2026-10-13", False),
    ("objection", "2026-10-08", "2026-10-14", False),
    ("objection", "2026-12-30", "2027-01-07", True),
    ("handling", "2026-12-01", "2027-01-30", False),
    ("ask_review", "2026-09-01", "2026-10-01", False),
    ("review", "2027-01-30", "2027-03-01", False),
    ("ask_recheck", "2026-12-02", "2027-01-01", False),
    ("recheck", "2028-01-30", "2028-02-29", False),
    ("urge_reply", "2026-09-30", "2026-10-13", False),
    ("supervise_reply", "2026-09-28", "2026-10-16", False),
]


@pytest.mark.parametrize(("name", "start", "due", "provisional"), BOUNDARIES)
def test_where_a_period_ends(
    case: Case, name: str, start: str, due: str, *, provisional: bool
) -> None:
    at = datetime.combine(date.fromisoformat(start), time(23, 59), tzinfo=SUZHOU)
    clock = start_clock(RULES[name], case=case, command="x", at=at)

    assert (clock.due, clock.provisional) == (date.fromisoformat(due), provisional)


def test_every_period_set_by_law_has_a_boundary() -> None:
    assert {name for name, *_ in BOUNDARIES} >= {
        name for name, rule in RULES.items() if rule.basis is Basis.LAW
    }


@given(start=st.dates(date(2026, 1, 1), date(2026, 12, 31)), length=st.integers(1, 400))
def test_a_reminder_comes_while_a_fifth_is_left_and_the_end_a_day_after(
    start: date, length: int
) -> None:
    rule, due = RULES["handling"], start + timedelta(days=length)
    first = next_look(rule, start, due, after=start)
    assert first is not None
    second = next_look(rule, start, due, after=first)

    if length < 5:
        assert (first, second) == (due + timedelta(days=1), None)
        return
    assert start < first < due
    assert abs((due - first).days - length / 5) < 1
    assert second == due + timedelta(days=1)


def test_where_nothing_happens_by_itself_nobody_looks() -> None:
    day = date(2026, 11, 1)

    assert next_look(RULES["urge_reply"], day, day + timedelta(days=9), after=day) is None
