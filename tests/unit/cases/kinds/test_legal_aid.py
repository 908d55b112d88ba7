from __future__ import annotations

from datetime import date

import pytest

from cases.errors import StepNotAllowed, StepNotPossible
from cases.kinds.legal_aid import legal_aid
from cases.kinds.machine import Actor, Basis, Binds
from cases.models import Case
from tests.unit.cases.kinds.walking import by_basis, last_moments, told, walk

DUES = {
    "handover": ("2026-10-09", "2026-10-10"),  # a Saturday that is worked
    "decision": ("2026-09-26", "2026-10-03"),  # “日” are days of the calendar, holidays too
    "assignment": ("2026-09-30", "2026-10-03"),
    "contact": ("2026-09-30", "2026-10-10"),
    "objection": ("2026-09-28", "2026-10-03"),
    "redecision": ("2026-12-28", "2027-01-04"),
    "reconsideration": ("2026-08-03", "2026-10-02"),
    "urge_reply": ("2026-06-17", "2026-06-23"),
    "supervise_reply": ("2026-09-18", "2026-09-24"),  # a Sunday that is worked
    "reopening": ("2026-09-05", "2026-10-05"),
}
LAW = {
    "decision": (7, "第四十三条"),
    "assignment": (3, "第四十三条"),
    "objection": (5, "第四十九条"),
    "reconsideration": (60, "第二十条"),
}


def test_the_course_to_aid_given() -> None:
    steps = ("receive", "grant", "assign", "begin", "finish")

    assert walk(legal_aid(), steps, sub_kind="wages") == [
        "submitted", "reviewing", "granted", "assigned", "in_service", "finished",
    ]  # fmt: skip


def test_what_is_missing_is_asked_for_once() -> None:
    machine = legal_aid()

    assert walk(machine, ("receive", "ask", "complete"), sub_kind="wages")[-1] == "complete"
    assert machine.moves["reviewing", "ask"].words
    with pytest.raises(StepNotPossible):
        machine.step("complete", "ask", sub_kind="wages", actor=Actor.OFFICER)


def test_silence_counts_as_withdrawn_only_once_the_time_is_over() -> None:
    move = legal_aid().moves["supplement_asked", "lapse"]

    assert (move.to, move.after) == ("lapsed", "supplementing")
    assert Actor.CITIZEN not in move.by
    assert "视为撤回申请" in legal_aid().explained["supplement_asked"]


def test_asking_for_more_stops_no_period_of_the_law() -> None:
    asked, complete = (
        legal_aid().moves[k] for k in (("reviewing", "ask"), ("supplement_asked", "complete"))
    )

    assert asked.keeps
    assert complete.keeps
    assert complete.stops == ("supplementing",)


def test_aid_can_come_before_the_papers() -> None:
    machine = legal_aid()

    for state in ("reviewing", "supplement_asked", "complete"):
        move = machine.moves[state, "provide"]
        assert (move.to, move.reasons, move.keeps) == ("provisional", "urgent", True)
    assert set(machine.reasons["urgent"]) == {"limitation", "preservation"}
    assert walk(machine, ("receive", "provide", "grant"), sub_kind="injury")[-1] == "granted"


@pytest.mark.parametrize("steps", [("receive", "refuse"), ("receive", "grant", "end")])
def test_a_citizen_may_object_to_a_refusal_and_to_an_end(steps: tuple[str, ...]) -> None:
    machine = legal_aid()
    state = walk(machine, steps, sub_kind="wages")[-1]
    move = machine.step(state, "contest", sub_kind="wages", actor=Actor.CITIZEN)

    assert (move.to, move.starts, move.needs) == ("under_objection", ("objection",), None)
    assert walk(machine, (*steps, "contest", "uphold"), sub_kind="wages")[-1] == "upheld"
    assert walk(machine, (*steps, "contest", "correct"), sub_kind="wages")[-1] == "complete"


def test_a_refusal_says_why() -> None:
    for state in ("reviewing", "complete", "provisional"):
        move = legal_aid().moves[state, "refuse"]
        assert (move.reasons, move.words) == ("refusal", True)
    with pytest.raises(StepNotAllowed):
        legal_aid().step("reviewing", "grant", sub_kind="wages", actor=Actor.CITIZEN)


def test_it_ends_only_for_what_the_law_names() -> None:
    ending = legal_aid().reasons["ending"]

    assert {(why.law, why.article) for why in ending.values()} == {("法律援助法", "第四十八条")}
    assert len(ending) == 7


def test_the_periods_are_those_of_the_law() -> None:
    machine = legal_aid()

    assert by_basis(machine, Basis.LAW) == set(LAW)
    assert {n: (machine.clocks[n].days, machine.clocks[n].article) for n in LAW} == LAW
    assert by_basis(machine, Basis.DECISION) == {"supplementing", "formalities"}
    assert machine.clocks["reconsideration"].binds is Binds.CITIZEN


def test_the_seven_days_begin_when_the_office_has_it_not_here() -> None:
    machine = legal_aid()

    assert machine.opening[1].starts == ("handover",)
    assert machine.moves["submitted", "receive"].starts == ("decision",)


def test_a_day_the_office_set_is_told_as_no_law(case: Case) -> None:
    shown = told(legal_aid(), case, "supplementing", date(2026, 11, 2), days=10)

    assert (shown.due, shown.citation, shown.binds_citizen) == (date(2026, 11, 12), None, True)
    assert "经办单位定的，不是法律规定的期限" in shown.computed


@pytest.mark.parametrize("name", DUES)
def test_a_period_ends_with_its_last_day(case: Case, name: str) -> None:
    start, due = map(date.fromisoformat, DUES[name])

    assert last_moments(legal_aid(), case, name, start) == (due, False, True)


def test_every_period_was_counted() -> None:
    assert {*DUES, "supplementing", "formalities"} == set(legal_aid().clocks)
