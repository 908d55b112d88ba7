"""Hours as a supervisor writes them: breaks, holidays, make-up days, nights, exceptions."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.clock import SUZHOU
from timekeeping.opening import BadHours, OpeningHours

OFFICE = OpeningHours.read(
    ["工作日 09:00-12:00 13:30-17:30", "周六 09:00-12:00"],
    ["2026-11-25 休息", "2026-11-26..2026-11-27 10:00-11:00"],
)
NIGHT = OpeningHours.read(["每天 20:30-08:30"])
moments = st.datetimes(datetime(2026, 9, 1), datetime(2026, 12, 31)).map(  # noqa: DTZ001
    lambda at: at.replace(tzinfo=SUZHOU)
)


def at(told: str) -> datetime:
    return datetime.fromisoformat(told).replace(tzinfo=SUZHOU)


@pytest.mark.parametrize(
    ("moment", "is_open"),
    [
        ("2026-11-23 08:59", False),
        ("2026-11-23 09:00", True),
        ("2026-11-23 12:00", False),
        ("2026-11-23 13:00", False),
        ("2026-11-23 13:30", True),
        ("2026-11-23 17:30", False),
        ("2026-11-28 10:00", True),
        ("2026-11-28 14:00", False),
        ("2026-11-29 10:00", False),
    ],
    ids=str,
)
def test_a_week_with_a_lunch_break(moment: str, *, is_open: bool) -> None:
    assert OFFICE.is_open(at(moment)) is is_open


def test_holidays_are_closed_and_make_up_days_are_worked() -> None:
    # National Day 2026: 1 to 7 October off, Sunday 20 September and Saturday 10 October worked.
    assert not OFFICE.is_open(at("2026-10-01 10:00"))
    assert not OFFICE.is_open(at("2026-10-07 10:00"))
    assert OFFICE.is_open(at("2026-10-08 10:00"))
    assert OFFICE.is_open(at("2026-09-20 16:00"))
    # Worked as a workday, though a line for Saturdays follows.
    assert OFFICE.is_open(at("2026-10-10 16:00"))


def test_exceptions_go_before_all_lines() -> None:
    assert not OFFICE.is_open(at("2026-11-25 10:00"))
    assert [OFFICE.is_open(at(f"2026-11-{day} 10:30")) for day in (26, 27)] == [True, True]
    assert not OFFICE.is_open(at("2026-11-27 09:30"))


def test_the_first_line_that_fits_a_day_counts() -> None:
    hours = OpeningHours.read(["周三 14:00-16:00", "工作日 09:00-10:00"])

    assert not hours.is_open(at("2026-11-18 09:30"))
    assert hours.is_open(at("2026-11-19 09:30"))


def test_a_night_belongs_to_the_day_it_begins_on() -> None:
    assert NIGHT.is_open(at("2026-11-23 23:59"))
    assert NIGHT.is_open(at("2026-11-24 08:29"))
    assert not NIGHT.is_open(at("2026-11-24 08:30"))
    friday = OpeningHours.read(["周五 22:00-02:00"])
    assert friday.is_open(at("2026-11-28 01:00"))
    assert not friday.is_open(at("2026-11-27 01:00"))


def test_round_the_clock_has_no_gap_at_midnight() -> None:
    always = OpeningHours.read(["每天 00:00-24:00"])

    assert always.is_open(at("2026-11-24 00:00"))
    assert always.is_open(at("2026-11-23 23:59"))


@pytest.mark.parametrize(
    ("moment", "opens"),
    [
        ("2026-11-23 10:00", "2026-11-23 10:00"),
        ("2026-11-23 12:30", "2026-11-23 13:30"),
        ("2026-11-23 18:00", "2026-11-24 09:00"),
        ("2026-09-30 18:00", "2026-10-03 09:00"),
    ],
)
def test_when_it_opens_next(moment: str, opens: str) -> None:
    assert OFFICE.opens(at(moment)) == at(opens)


@pytest.mark.parametrize(
    ("moment", "minutes", "reached"),
    [
        ("2026-11-23 10:00", 60, "2026-11-23 11:00"),
        ("2026-11-23 11:30", 60, "2026-11-23 14:00"),
        ("2026-11-23 11:00", 60, "2026-11-23 12:00"),
        ("2026-11-23 20:00", 60, "2026-11-24 10:00"),
        # Wednesday is closed, Thursday and Friday have one hour each.
        ("2026-11-24 17:00", 90, "2026-11-26 11:00"),
        ("2026-11-24 17:00", 91, "2026-11-27 10:01"),
    ],
)
def test_time_runs_only_while_it_is_open(moment: str, minutes: int, reached: str) -> None:
    assert OFFICE.after(at(moment), timedelta(minutes=minutes)) == at(reached)


def test_what_never_opens_is_never_reached() -> None:
    never = OpeningHours.read(["每天 休息"])

    assert (
        never.opens(at("2026-11-23 10:00")),
        OpeningHours.read([]).spans(at("2026-11-23 10:00").date()),
    ) == (None, [])
    assert never.after(at("2026-11-23 10:00"), timedelta(minutes=1)) is None


@given(moments)
def test_it_is_open_exactly_when_it_opens_now(moment: datetime) -> None:
    for hours in (OFFICE, NIGHT):
        assert hours.is_open(moment) == (hours.opens(moment) == moment)


@given(moments, st.integers(1, 300), st.integers(1, 300))
def test_open_time_adds_up(moment: datetime, first: int, second: int) -> None:
    for hours in (OFFICE, NIGHT):
        part = hours.after(moment, timedelta(minutes=first))
        assert part is not None
        whole = hours.after(moment, timedelta(minutes=first + second))
        assert hours.after(part, timedelta(minutes=second)) == whole


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("工作天 09:00-12:00", "day"),
        ("工作日", "no_hours"),
        ("", "no_hours"),
        ("工作日 9点到12点", "time"),
        ("工作日 09:00-25:00", "time"),
        ("工作日 24:00-25:00", "time"),
        ("工作日 09:00-12:00 11:00-13:00", "overlap"),
        ("工作日 13:00-14:00 09:00-12:00", "overlap"),
        ("工作日 08:00-12:00 20:00-09:00", "overlap"),
        ("工作日 09:00-12:00 休息", "time"),
    ],
)
def test_a_line_that_cannot_be_read_is_refused(line: str, why: str) -> None:
    with pytest.raises(BadHours) as refused:
        OpeningHours.read([line])

    assert (refused.value.line, refused.value.why) == (line, why)


@pytest.mark.parametrize(
    "line",
    [
        "2026-02-30 休息",
        "12月31日 休息",
        "2026-12-31..2026-12-01 休息",
        "2026-01-01..2029-01-01 休息",
    ],
)
def test_a_day_that_is_none_is_refused(line: str) -> None:
    with pytest.raises(BadHours) as refused:
        OpeningHours.read(["每天 09:00-12:00"], [line])

    assert refused.value.why == "date"


def test_dashes_as_people_type_them_are_read() -> None:
    read = OpeningHours.read(["工作日 9:00–12:00 13:30~17:30"])

    assert read.is_open(at("2026-11-23 09:00"))
