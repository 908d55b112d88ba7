from __future__ import annotations

from cases.kinds.hazard import hazard
from cases.kinds.machine import Actor, Basis, Supervision

COURSE = (
    ("accept", "verified"),
    ("assign", "rectifying"),
    ("list", "rectifying"),
    ("report_done", "rectified"),
    ("fail", "rectifying"),
    ("report_done", "rectified"),
    ("pass", "passed"),
    ("close", "closed"),
)


def test_the_course_from_report_to_being_struck_off() -> None:
    state, visited = str(hazard().opening[1].to), []
    for command, _ in COURSE:
        move = hazard().step(state, command, sub_kind="fire", actor=Actor.OFFICER)
        state = move.to or state
        visited.append(state)

    assert visited == [state for _, state in COURSE]


def test_the_public_list_is_no_state() -> None:
    machine = hazard()
    listing = [m for (_, command), m in machine.moves.items() if command == "list"]

    assert machine.public
    assert {(m.to, m.supervision) for m in listing} == {(None, Supervision.LISTED)}
    assert machine.moves["passed", "close"].supervision is Supervision.NONE


def test_no_law_sets_its_periods_and_none_is_cited() -> None:
    assert {rule.basis for rule in hazard().clocks.values()} == {Basis.POLICY, Basis.DECISION}


def test_being_put_right_needs_a_picture_of_afterwards() -> None:
    assert hazard().moves["rectifying", "report_done"].photo == "after"


def test_a_citizen_can_say_that_it_is_back() -> None:
    move = hazard().step("closed", "reopen", sub_kind="fire", actor=Actor.CITIZEN)

    assert (move.to, move.needs) == ("submitted", "reopening")
