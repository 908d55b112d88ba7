"""A plan as two weeks of days that people can read."""

from __future__ import annotations

from datetime import datetime

from console.rosters import roster
from core.clock import SUZHOU
from handoff.duty.plan import read_plan

PLAN = """
teams:
  - {name: 综合岗, hours: [工作日 09:00-12:00 13:30-17:30]}
  - {name: 夜班, takes: [crisis], hours: [周三 休息, 每天 20:30-08:30]}
"""
ROTA = """
people: {wang: {mail: wang@example.com}, li: {mail: li@example.com}}
rota:
  - {when: 工作日 08:00-24:00, call: [wang, [wang, li]]}
"""
# The Wednesday before National Day 2026.
START = datetime(2026, 9, 30, 12, 30, tzinfo=SUZHOU)


def test_each_day_says_when_each_team_is_there() -> None:
    days = roster(read_plan(PLAN), START).days

    assert len(days) == 14
    assert (days[0].told, days[0].mark) == ("9月30日 周三", "")
    assert days[0].hours == ("09:00–12:00，13:30–17:30", "休息")
    assert (days[1].told, days[1].mark) == ("10月1日 周四", "holiday")
    assert days[1].hours == ("休息", "20:30–次日 08:30")


def test_a_saturday_that_is_worked_is_marked() -> None:
    [saturday] = [d for d in roster(read_plan(PLAN), START).days if d.told == "10月10日 周六"]

    assert saturday.mark == "made_up"
    assert saturday.hours[0] == "09:00–12:00，13:30–17:30"


def test_a_team_in_its_break_says_when_it_is_back() -> None:
    office, night = roster(read_plan(PLAN), START).teams

    assert (office.is_open, office.opens) == (False, "9月30日 13:30")
    assert (night.is_open, night.opens) == (False, "10月1日 20:30")
    [open_office, _] = roster(read_plan(PLAN), START.replace(hour=14)).teams
    assert (open_office.is_open, open_office.opens) == (True, "")


def test_who_is_called_now_and_when_nobody_is() -> None:
    found = roster(read_plan(PLAN + ROTA), START)

    assert found.has_rota
    assert found.called == ("wang", "wang、li")
    assert found.gaps[0] == "10月1日 00:00 – 10月8日 08:00"
    assert not roster(read_plan(PLAN), START).has_rota


def test_a_year_without_published_holidays_is_named() -> None:
    far = START.replace(year=2040)

    assert roster(read_plan(PLAN), START).guessed == ()
    assert roster(read_plan(PLAN), far).guessed == (2040,)


def test_midnight_belongs_to_the_day_before_it() -> None:
    plan = read_plan("teams: [{name: 全天, hours: [每天 00:00-24:00]}]")

    assert roster(plan, START).days[0].hours == ("00:00–24:00",)
