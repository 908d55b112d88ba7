from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from cases.clocks import extend_clock, start_clock
from cases.errors import BadOrder
from cases.kinds.machine import Basis, Binds
from cases.kinds.wage_complaint import wage_complaint
from cases.models import Case
from cases.translation import translation
from core.clock import SUZHOU
from tests.unit.cases.kinds.walking import by_basis, last_moments, told, walk

DUES = {
    "handover": ("2026-09-30", "2026-10-08"),
    "filing": ("2026-09-19", "2026-09-24"),  # begins on a Saturday, the Sunday is worked
    "investigation": ("2026-07-20", "2026-10-16"),  # sixty workdays across both holidays
    "pursuit": ("2026-12-25", "2027-01-11"),
    "urge_reply": ("2026-12-30", "2027-01-05"),
    "supervise_reply": ("2026-05-08", "2026-05-14"),
    "reopening": ("2026-12-02", "2027-01-01"),
}
FILED = datetime(2026, 7, 20, 9, tzinfo=SUZHOU)


def test_the_course_to_wages_paid() -> None:
    steps = ("pass", "file", "order", "pay")

    assert walk(wage_complaint(), steps, sub_kind="site") == [
        "submitted", "passed", "investigating", "ordered", "paid",
    ]  # fmt: skip


def test_an_employer_that_does_not_pay_is_pursued() -> None:
    machine = wage_complaint()
    move = machine.moves["ordered", "default"]

    assert (move.to, move.reasons, move.after) == ("overdue", "pressing", "payment")
    assert machine.clocks["payment"].binds is Binds.OTHER
    assert set(machine.reasons["pressing"]) == {"penalty", "enforcement", "police"}


def test_what_is_in_arbitration_goes_on_there() -> None:
    elsewhere = wage_complaint().reasons["elsewhere"]

    assert set(elsewhere) == {"dispute", "pending"}
    assert {(w.law, w.article) for w in elsewhere.values()} == {("劳动保障监察条例", "第二十一条")}


def test_only_the_investigation_is_set_by_law() -> None:
    machine = wage_complaint()

    assert by_basis(machine, Basis.LAW) == {"investigation"}
    assert by_basis(machine, Basis.DECISION) == {"payment"}


def test_thirty_workdays_more_are_counted_in_workdays(case: Case) -> None:
    rule = wage_complaint().clocks["investigation"]
    clock = start_clock(rule, case=case, command="file", at=FILED)
    extend_clock(clock, rule, days=30, at=FILED + timedelta(days=60), approval=("负责人", ""))

    assert clock.due == date(2026, 11, 27)
    assert "延长 30 个工作日" in clock.computed
    english = translation("en").kinds["QX"].periods["investigation"].counted
    assert english.startswith("workday {days}")
    again = start_clock(rule, case=case, command="file", at=FILED)
    with pytest.raises(BadOrder):
        extend_clock(again, rule, days=31, at=FILED, approval=("负责人", ""))


def test_the_day_an_employer_has_to_pay_by_is_the_offices(case: Case) -> None:
    shown = told(wage_complaint(), case, "payment", date(2026, 11, 2), days=15)

    assert (shown.due, shown.citation, shown.binds_citizen) == (date(2026, 11, 17), None, False)


@pytest.mark.parametrize("name", DUES)
def test_a_period_ends_with_its_last_day(case: Case, name: str) -> None:
    start, due = map(date.fromisoformat, DUES[name])

    assert last_moments(wage_complaint(), case, name, start) == (due, False, True)


def test_a_count_into_a_year_without_a_holiday_plan_may_shift(case: Case) -> None:
    shown = told(wage_complaint(), case, "investigation", date(2026, 11, 30))

    assert shown.due == date(2027, 3, 1)
    assert "可能调整" in shown.computed


def test_every_period_was_counted() -> None:
    assert {*DUES, "payment"} == set(wage_complaint().clocks)
