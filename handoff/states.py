"""The states of a handoff and the only ways between them."""

from __future__ import annotations

from enum import StrEnum


class HandoffState(StrEnum):
    """Waiting, being served, ended, or given up by the citizen."""

    QUEUED = "queued"
    ASSIGNED = "assigned"
    CLOSED = "closed"
    ABANDONED = "abandoned"


OPEN = (HandoffState.QUEUED, HandoffState.ASSIGNED)

WAYS: dict[HandoffState, frozenset[HandoffState]] = {
    HandoffState.QUEUED: frozenset(
        {HandoffState.ASSIGNED, HandoffState.ABANDONED, HandoffState.CLOSED}
    ),
    # To a colleague it stays assigned.
    HandoffState.ASSIGNED: frozenset(
        {
            HandoffState.ASSIGNED,
            HandoffState.QUEUED,
            HandoffState.CLOSED,
            HandoffState.ABANDONED,
        }
    ),
    HandoffState.CLOSED: frozenset(),
    HandoffState.ABANDONED: frozenset(),
}
