"""Answers to the questions of a service."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from cases.open311.answers import Answered, read_answers
from cases.open311.offers import catalogue

NEEDED = {"attribute[district]": ["320508"], "attribute[sort]": ["fire"]}


def answered(
    more: Mapping[str, list[str]], known: Mapping[str, str] | None = None, code: str = "hazard"
) -> Answered:
    offer = catalogue().by_code(code)
    assert offer is not None
    return read_answers(offer, NEEDED | dict(more), known or {})


def faults(told: Answered) -> list[tuple[str, object]]:
    return [(fault.name, fault.values["name"]) for fault in told.faults]


def test_the_choices_every_case_needs_stand_apart() -> None:
    told = answered({"attribute[people]": ["12"]})

    assert told.faults == []
    assert told.chosen == {"district": "320508", "sort": "fire"}
    assert told.details == {"district": "320508", "sort": "fire", "people": "12"}


def test_a_moment_is_kept_in_suzhous_time() -> None:
    told = answered({"attribute[seen_at]": ["2026-11-20T04:00:00Z"]})

    assert told.details["seen_at"] == "2026-11-20T12:00:00+08:00"


def test_of_several_the_names_are_kept_once_each() -> None:
    told = answered(
        {"attribute[at_risk]": ["children"], "attribute[at_risk][]": ["elderly", "children"]}
    )

    assert told.details["at_risk"] == "小孩、老人"


def test_what_is_of_the_person_stands_apart() -> None:
    told = answered({"attribute[home]": ["某某新村"]}, code="petition")

    assert told.of_person == {"home": "某某新村"}
    assert "home" not in told.details


def test_what_is_only_shown_or_never_asked_is_ignored() -> None:
    told = answered({"attribute[danger]": ["x"], "attribute[colour]": ["red"], "colour": ["red"]})

    assert set(told.details) == {"district", "sort"}
    assert told.faults == []


def test_what_is_known_otherwise_answers_only_what_was_not_answered() -> None:
    known = {"district": "320583"}

    assert answered({"attribute[district]": [" "]}, known).chosen["district"] == "320583"
    assert answered({}, known).chosen["district"] == "320508"


@pytest.mark.parametrize(
    ("name", "given", "fault"),
    [
        ("district", [], "missing"),
        ("district", ["320100"], "not_listed"),
        ("sort", ["fire", "gas"], "one_only"),
        ("at_risk", ["children", "ghosts"], "not_listed"),
        ("people", ["about 3"], "not_a_number"),
        ("people", ["１２"], "not_a_number"),
        ("seen_at", ["2026-11-20"], "not_a_moment"),
    ],
)
def test_what_is_wrong_is_named(name: str, given: list[str], fault: str) -> None:
    assert faults(answered({f"attribute[{name}]": given})) == [(fault, f"attribute[{name}]")]


def test_what_is_too_long_is_named_with_the_most() -> None:
    assert answered({"attribute[unit]": ["某" * 200]}, code="petition").faults == []
    [fault] = answered({"attribute[unit]": ["某" * 201]}, code="petition").faults

    assert (fault.name, dict(fault.values)) == (
        "too_long",
        {"name": "attribute[unit]", "most": 200},
    )
