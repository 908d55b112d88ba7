"""Moments as they are told."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from actions.moments import told_moment
from actions.phrases import speaking


@pytest.mark.parametrize(
    ("language", "told"),
    [("zh", "12月7日（周一）10:00"), ("en", "Monday 7 December, 10:00")],
)
def test_a_moment_is_told_by_suzhous_clock(language: str, told: str) -> None:
    with speaking(language):
        assert told_moment(datetime(2026, 12, 7, 2, 0, tzinfo=UTC)) == told
