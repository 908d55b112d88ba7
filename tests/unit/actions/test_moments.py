"""Moments as they are told."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from actions.moments import told_moment, told_wait
from actions.phrases import speaking


@pytest.mark.parametrize(
    ("language", "told"),
    [("zh", "12月7日（周一）10:00"), ("en", "Monday 7 December, 10:00")],
)
def test_a_moment_is_told_by_suzhous_clock(language: str, told: str) -> None:
    with speaking(language):
        assert told_moment(datetime(2026, 12, 7, 2, 0, tzinfo=UTC)) == told


@pytest.mark.parametrize(
    ("seconds", "told"),
    [
        (0, "很快就到您"),
        (180, "很快就到您"),
        (181, "大约要等 5 分钟"),
        (5 * 60 + 1, "大约要等 10 分钟"),
        (12 * 60, "大约要等 15 分钟"),
        (21 * 60, "大约要等 30 分钟"),
        (60 * 60, "大约要等 60 分钟"),
        (60 * 60 + 1, "要等一个小时以上"),
    ],
)
def test_a_wait_is_told_in_round_words(seconds: int, told: str) -> None:
    assert told_wait(timedelta(seconds=seconds)) == f"，{told}"
