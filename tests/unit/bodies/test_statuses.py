"""A body's word becomes the steps that are still to be taken."""

from __future__ import annotations

import pytest

from bodies.contract import Status
from bodies.statuses import statuses, steps_for
from cases.errors import StepNotPossible
from cases.kinds.catalogue import machines
from cases.models import Case


def case(kind: str, state: str, sub_kind: str = "claim") -> Case:
    return Case(kind=kind, state=state, sub_kind=sub_kind)


@pytest.mark.parametrize(
    ("kind", "state", "status", "steps"),
    [
        ("XF", "submitted", Status.ACCEPTED, ("register", "accept")),
        ("XF", "registered", Status.ACCEPTED, ("accept",)),
        ("XF", "transferred", Status.ACCEPTED, ("accept",)),
        ("XF", "submitted", Status.RESOLVED, ("register", "accept", "reply")),
        ("XF", "accepted", Status.RESOLVED, ("reply",)),
        ("XF", "submitted", Status.RECEIVED, ()),
        ("YH", "submitted", Status.ASSIGNED, ("accept", "assign")),
        ("YH", "verified", Status.ASSIGNED, ("assign",)),
        ("YH", "passed", Status.CLOSED, ("close",)),
    ],
)
def test_steps_already_taken_are_left_out(
    kind: str, state: str, status: Status, steps: tuple[str, ...]
) -> None:
    sub_kind = "claim" if kind == "XF" else "fire"
    assert tuple(steps_for(case(kind, state, sub_kind), status)) == steps


@pytest.mark.parametrize(
    ("kind", "state", "status"),
    [
        ("XF", "withdrawn", Status.ACCEPTED),
        ("XF", "accepted", Status.CLOSED),
        ("XF", "accepted", Status.ACCEPTED),
        ("YH", "submitted", Status.CLOSED),
    ],
)
def test_where_no_way_leads_it_is_not_possible(kind: str, state: str, status: Status) -> None:
    with pytest.raises(StepNotPossible):
        steps_for(case(kind, state), status)


def test_every_kind_has_an_answer_to_every_word_but_a_refusal_it_does_not_know() -> None:
    for machine in machines():
        assert {*Status} - statuses().of(machine.kind).keys() <= {Status.REFUSED}
        assert set(statuses().of(machine.kind)) <= set(Status)


def test_where_words_are_needed_there_are_some() -> None:
    for machine in machines():
        for status, chain in statuses().of(machine.kind).items():
            wants = [m for (_, c), m in machine.moves.items() if chain and c == chain[-1]]
            if any(m.words for m in wants) and status is not Status.REFUSED:
                assert statuses().sentence(status, "甲单位").startswith("甲单位")
