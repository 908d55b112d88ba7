"""A duty plan is read, or refused with a sentence for each fault."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from core.clock import SUZHOU
from handoff.duty.plan import EXAMPLE, LONGEST, gaps, read_plan
from handoff.duty.words import words
from handoff.errors import FaultyPlan

MONDAY = datetime(2026, 11, 23, 10, 0, tzinfo=SUZHOU)
TEAMS = """
teams:
  - {name: 综合岗, hours: [工作日 09:00-12:00 13:30-17:30]}
  - {name: 劳动岗, takes: [legal_labour, wage_complaint], hours: [工作日 09:00-11:00], answers_within: 120}
"""
ROTA = """
people:
  wang.min: {mail: wang.min@example.com}
  li.na: {sms: "13812345678"}
rota:
  - {when: 工作日 08:30-20:30, call: [wang.min, [wang.min, li.na]]}
  - {when: 每天 00:00-24:00, call: [[li.na]]}
"""


def faults(text: str) -> tuple[str, ...]:
    with pytest.raises(FaultyPlan) as refused:
        read_plan(text)
    return refused.value.faults


def test_a_reason_has_its_team_and_the_rest_goes_to_one() -> None:
    plan = read_plan(TEAMS)

    assert plan.team_for("wage_complaint").name == "劳动岗"
    assert plan.team_for("legal_labour").within == timedelta(hours=2)
    assert plan.team_for("citizen").name == "综合岗"
    assert plan.team_for("citizen").within == timedelta(hours=1)


def test_the_first_shift_that_runs_says_who_is_called() -> None:
    plan = read_plan(TEAMS + ROTA)

    by_day = [[person.name for person in step] for step in plan.on_call(MONDAY)]
    by_night = [[p.name for p in step] for step in plan.on_call(MONDAY + timedelta(hours=12))]

    assert by_day == [["wang.min"], ["wang.min", "li.na"]]
    assert by_night == [["li.na"]]
    assert plan.on_call(MONDAY)[0][0].mail == "wang.min@example.com"


def test_without_a_rota_nobody_is_called_and_nothing_is_a_gap() -> None:
    plan = read_plan(TEAMS)

    assert plan.on_call(MONDAY) == ()
    assert list(gaps(plan, MONDAY)) == []


def test_a_rota_that_is_round_the_clock_has_no_gap() -> None:
    assert list(gaps(read_plan(TEAMS + ROTA), MONDAY)) == []


def test_hours_without_anybody_on_call_are_found() -> None:
    rota = ROTA.replace("每天 00:00-24:00", "每天 20:30-08:30")

    found = list(gaps(read_plan(TEAMS + rota), MONDAY))

    # The weekends of the two weeks.
    assert found[0] == (
        MONDAY.replace(day=28, hour=8, minute=30),
        MONDAY.replace(day=28, hour=20, minute=30),
    )
    assert len(found) == 4


def test_the_example_is_right() -> None:
    assert read_plan(EXAMPLE.read_text(encoding="utf-8")).teams[0].name == "综合岗"


@pytest.mark.parametrize(
    ("text", "code", "values"),
    [
        ("teams: [", "not_yaml", {"line": 1}),
        ("- 1\n- 2", "wrong_value", {"place": words("whole")}),
        ("teams: []", "wrong_value", {"place": "teams"}),
        ("people: {}", "missing", {"place": "teams"}),
        (TEAMS.replace("hours", "hour", 1), "missing", {"place": "teams / 1 / hours"}),
        (TEAMS + "rotas: []", "extra_forbidden", {"place": "rotas"}),
        (TEAMS.replace("120", "2"), "wrong_value", {"place": "teams / 2 / answers_within"}),
        (
            TEAMS.replace("工作日 09:00-11:00", "工作日 9-11"),
            "hours_time",
            {"whose": "劳动岗", "line": "工作日 9-11"},
        ),
        (TEAMS.replace(", takes: [legal_labour, wage_complaint]", ""), "one_for_the_rest", {}),
        (TEAMS.replace("综合岗,", "综合岗, takes: [citizen],"), "one_for_the_rest", {}),
        (
            TEAMS + "  - {name: 又一个, takes: [legal_labour], hours: [每天 休息]}",
            "taken_twice",
            {"reason": "legal_labour"},
        ),
        ((TEAMS + ROTA).replace("[[li.na]]", "[[zhao]]"), "no_such_person", {"name": "zhao"}),
        ((TEAMS + ROTA).replace('{sms: "13812345678"}', "{}"), "no_address", {"name": "li.na"}),
        ("#" * (LONGEST + 1), "too_long", {"most": LONGEST}),
    ],
)
def test_a_fault_is_told_in_a_sentence(text: str, code: str, values: dict[str, object]) -> None:
    assert words(code, **values) in faults(text)


def test_what_is_no_number_or_address_is_not_repeated() -> None:
    found = faults((TEAMS + ROTA).replace("13812345678", "secret"))

    assert found == (words("wrong_value", place="people / li.na / sms"),)


def test_all_faults_are_told_at_once() -> None:
    broken = (
        (TEAMS + ROTA)
        .replace("工作日 09:00-11:00", "周八 09:00-11:00")
        .replace("[[li", "[[zhao, li")
    )

    assert len(faults(broken)) == 2
