"""What somebody has to expect, worked out by hand."""

from __future__ import annotations

from datetime import timedelta

import pytest

from handoff.pace import Pace

MINUTE = timedelta(minutes=1)
TWELVE = 12 * MINUTE


@pytest.mark.parametrize(
    ("busy", "ahead", "staff", "minutes"),
    [
        # One at the desk, and busy: a chat's length for each that goes before, and one's own turn.
        (1, 0, 1, 12),
        (1, 4, 1, 60),
        # Three of them end a chat every four minutes.
        (3, 0, 3, 4),
        (3, 4, 3, 20),
        # Whoever is free takes the first ones at once.
        (0, 0, 1, 0),
        (1, 1, 3, 0),
        (1, 2, 3, 4),
        # Somebody has gone who is still noted as serving.
        (5, 0, 2, 6),
    ],
)
def test_a_wait_follows_from_pace_place_and_staff(
    busy: int, ahead: int, staff: int, minutes: int
) -> None:
    assert Pace(handling=TWELVE, busy=busy).wait(ahead, staff) == minutes * MINUTE


def test_what_nobody_can_know_is_not_told() -> None:
    assert Pace(handling=None, busy=0).wait(0, 3) is None
    assert Pace(handling=TWELVE, busy=0).wait(0, 0) is None
