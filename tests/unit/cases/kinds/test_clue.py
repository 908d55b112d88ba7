"""The course of a clue; above all, that one about an official reaches nobody but who may hear it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from cases.demands import check_order
from cases.errors import BadOrder
from cases.kinds.clue import clue
from cases.kinds.machine import Actor, Basis
from cases.models import Case
from cases.orders import Order
from tests.unit.cases.conftest import RECEIVED

DISCIPLINE, PROCURATORATE = "纪检监察机关", "检察机关"
PUBLIC_INTEREST = {"food", "medicine", "cyber", "privacy", "environment"}


def refused(order: Order, sub_kind: str, state: str) -> bool:
    case = Case(sub_kind=sub_kind, state=state, updated_at=RECEIVED)
    move = clue().step(state, order.command, sub_kind=sub_kind, actor=Actor.OFFICER)
    try:
        check_order(clue(), move, case, order)
    except BadOrder:
        return True
    return False


def test_the_course_and_back_again() -> None:
    machine, state, visited = clue(), str(clue().opening[1].to), []
    course = (
        ("screen", Actor.OFFICER),
        ("ask", Actor.OFFICER),
        ("supplement", Actor.CITIZEN),
        ("screen", Actor.OFFICER),
        ("assign", Actor.OFFICER),
        ("verify", Actor.OFFICER),
        ("feed_back", Actor.OFFICER),
        ("supplement", Actor.CITIZEN),
        ("screen", Actor.OFFICER),
        ("refer", Actor.OFFICER),
    )
    for command, actor in course:
        state = machine.step(state, command, sub_kind="vice", actor=actor).to or state
        visited.append(state)

    assert visited == [
        "screening", "insufficient", "received", "screening", "assigned", "verifying", "fed_back",
        "fed_back", "screening", "not_ours",
    ]  # fmt: skip


def test_the_sender_can_write_whatever_has_become_of_it() -> None:
    machine = clue()

    for state in machine.state_labels:
        assert machine.possible(state, sub_kind="gangs", actor=Actor.CITIZEN) == ("supplement",)


def test_nobody_but_staff_sees_it_and_no_law_sets_its_period() -> None:
    assert not clue().public
    assert {rule.basis for rule in clue().clocks.values()} == {Basis.POLICY}


@given(st.text(min_size=1, max_size=20))
def test_what_is_told_of_an_official_goes_where_the_table_sends_it(agency: str) -> None:
    machine = clue()
    for state in machine.state_labels:
        for command in machine.possible(state, sub_kind="official", actor=Actor.OFFICER):
            order = Order(
                command=command, actor=Actor.OFFICER, at=RECEIVED, text="说明", agency=agency
            )
            assert refused(order, "official", state)


def test_only_discipline_inspection_is_handed_what_is_told_of_an_official() -> None:
    machine = clue()
    handing = {
        (command, machine.moves[state, command].agency)
        for state in machine.state_labels
        for command in machine.possible(state, sub_kind="official", actor=Actor.OFFICER)
        if machine.moves[state, command].to == "assigned"
    }

    assert handing == {("to_discipline", DISCIPLINE)}
    # Nor can it be made something else on the way.
    assert not any(
        "classify" in machine.possible(state, sub_kind="official", actor=Actor.OFFICER)
        for state in machine.state_labels
    )


def test_matters_of_public_interest_can_go_to_the_procuratorate() -> None:
    machine = clue()
    able = {
        kind
        for kind in machine.sub_kind_labels
        if "to_procuratorate" in machine.possible("screening", sub_kind=kind, actor=Actor.OFFICER)
    }

    assert able == PUBLIC_INTEREST
    assert machine.moves["screening", "to_procuratorate"].agency == PROCURATORATE


def test_other_clues_are_handed_to_whom_staff_choose() -> None:
    order = Order(command="assign", actor=Actor.OFFICER, at=RECEIVED, agency="市公安部门")

    assert not refused(order, "vice", "screening")
