from __future__ import annotations

from cases.kinds.appointment import appointment
from cases.kinds.machine import Actor
from cases.translation import translation
from core.appointments import INTENT_OF, SERVICES

COURSE = (
    ("remind", Actor.SYSTEM, "reminded"),
    ("rebook", Actor.CITIZEN, "booked"),
    ("remind", Actor.SYSTEM, "reminded"),
    ("remind", Actor.SYSTEM, "reminded"),
    ("attend", Actor.OFFICER, "done"),
    ("no_show", Actor.OFFICER, "no_show"),
    ("attend", Actor.OFFICER, "done"),
)


def test_the_course_from_booking_to_the_meeting() -> None:
    state, visited = str(appointment().opening[1].to), []
    for command, actor, _ in COURSE:
        move = appointment().step(state, command, sub_kind="leader_day", actor=actor)
        state = move.to or state
        visited.append(state)

    assert visited == [state for *_, state in COURSE]


def test_what_can_be_booked_is_what_the_table_has() -> None:
    assert set(INTENT_OF) == set(appointment().sub_kind_labels)
    assert sum(map(len, SERVICES.values())) == len(INTENT_OF)


def test_no_law_sets_a_period() -> None:
    assert appointment().clocks == {}


def test_only_the_citizen_cancels_as_a_citizen() -> None:
    possible = appointment().possible("booked", sub_kind="counselling", actor=Actor.OFFICER)

    assert "cancel" not in possible
    assert "cancel_by_office" in possible


def test_all_of_it_is_said_in_english_too() -> None:
    words, table = translation("en").kinds["YY"], appointment()

    assert words.states.keys() == table.state_labels.keys()
    assert words.commands.keys() == table.command_labels.keys()
    assert words.sub_kinds.keys() == table.sub_kind_labels.keys()
    assert words.explained.keys() == table.explained.keys()
