"""The table of ways."""

from __future__ import annotations

from handoff.states import OPEN, WAYS, HandoffState


def test_every_state_has_its_ways_and_only_open_ones_lead_on() -> None:
    assert set(WAYS) == set(HandoffState)
    assert {state for state, ways in WAYS.items() if ways} == set(OPEN)


def test_nothing_leads_back() -> None:
    def reachable(state: HandoffState) -> set[HandoffState]:
        return {state}.union(*(reachable(s) for s in WAYS[state])) if WAYS[state] else {state}

    for state, ways in WAYS.items():
        assert not any(state in reachable(following) for following in ways)
        assert ways or state not in OPEN
