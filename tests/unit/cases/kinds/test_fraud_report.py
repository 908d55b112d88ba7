from __future__ import annotations

from datetime import date

import pytest

from antifraud.typology import load_typology
from cases.kinds.fraud_report import fraud_report
from cases.kinds.machine import Actor, Basis, Money
from cases.models import Case
from tests.unit.cases.kinds.walking import by_basis, last_moments, walk

DUES = {
    "handover": ("2026-09-30", "2026-10-08"),
    "receipt": ("2026-10-08", "2026-10-12"),
    "ask_review": ("2026-09-26", "2026-10-03"),
    "review": ("2026-09-01", "2026-10-01"),
    "ask_recheck": ("2026-12-25", "2027-01-01"),
    "recheck": ("2026-09-05", "2026-10-05"),
    "urge_reply": ("2026-10-09", "2026-10-10"),
    "supervise_reply": ("2026-12-30", "2027-01-05"),
    "reopening": ("2026-09-01", "2026-10-01"),
}


def test_the_course_to_money_returned() -> None:
    steps = ("hand_off", "receive", "file", "refund", "close")

    assert walk(fraud_report(), steps, sub_kind="brush") == [
        "submitted", "handed_off", "received", "investigating", "refunding", "closed",
    ]  # fmt: skip


def test_a_refusal_can_be_reconsidered_and_then_reviewed() -> None:
    steps = ("receive", "refuse", "request_review", "decide_review", "request_recheck")
    machine = fraud_report()

    assert walk(machine, (*steps, "decide_recheck"), sub_kind="brush")[-1] == "final"
    assert walk(machine, (*steps, "overturn"), sub_kind="brush")[-1] == "investigating"


def test_what_becomes_of_money_is_never_a_citizens_word() -> None:
    machine = fraud_report()
    follows = [m for m in machine.moves.values() if m.money is Money.FOLLOWS]

    assert follows
    assert all(Actor.CITIZEN not in move.by for move in follows)
    assert machine.opening[1].money is Money.ADDS


def test_nobody_is_told_that_something_was_stopped() -> None:
    assert "不能止付" in fraud_report().received
    assert "110" in fraud_report().received


def test_its_sorts_are_those_of_the_typology() -> None:
    kinds = {kind.key: kind.title for kind in load_typology().main}
    labels = dict(fraud_report().sub_kind_labels)

    assert labels.pop("other") == "其他或说不清"
    assert labels == kinds


def test_only_reconsideration_and_review_are_law() -> None:
    assert by_basis(fraud_report(), Basis.LAW) == {
        "ask_review",
        "review",
        "ask_recheck",
        "recheck",
    }


@pytest.mark.parametrize("name", DUES)
def test_a_period_ends_with_its_last_day(case: Case, name: str) -> None:
    start, due = map(date.fromisoformat, DUES[name])

    assert last_moments(fraud_report(), case, name, start) == (due, False, True)


def test_every_period_was_counted() -> None:
    assert set(DUES) == set(fraud_report().clocks)
