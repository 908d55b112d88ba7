"""The table of ways."""

from __future__ import annotations

from handoff.states import OPEN, WAYS, HandoffState


def test_every_state_has_its_ways_and_only_open_ones_lead_on() -> None:
    assert set(WAYS) == set(HandoffState)
    assert {state for state, ways in WAYS.items() if ways} == set(OPEN)


def test_what_has_ended_does_not_begin_again() -> None:
    assert all(not WAYS[state] for state in set(HandoffState) - set(OPEN))


def test_only_who_was_being_served_can_come_back_to_the_queue() -> None:
    assert {s for s, ways in WAYS.items() if HandoffState.QUEUED in ways} == {
        HandoffState.ASSIGNED
    }
