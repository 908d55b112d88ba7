"""When something happened, as people say it: a day with a clock, from now, or not at all."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.forms.moments import fixed, heard, is_ahead, is_alone, moment
from core.clock import SUZHOU

# Three in the afternoon in Suzhou.
NOW = datetime(2026, 11, 30, 7, 0, 40, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "day", "at", "precision"),
    [
        ("昨晚九点多", "2026-11-29", "2026-11-29 21:00", "hour"),
        ("今天下午 2 点 20 分", "2026-11-30", "2026-11-30 14:20", "minute"),
        ("11月28号14:05", "2026-11-28", "2026-11-28 14:05", "minute"),
        ("14：05", None, "2026-11-30 14:05", "minute"),
        ("半小时前", None, "2026-11-30 14:30", "hour"),
        ("两个半小时之前", None, "2026-11-30 12:30", "hour"),
        ("20 minutes ago", None, "2026-11-30 14:40", "hour"),
        ("一刻钟前", None, "2026-11-30 14:45", "hour"),
        ("刚才", None, "2026-11-30 15:00", "hour"),
        ("晚上十一点", None, "2026-11-29 23:00", "hour"),
        ("中午一点", "2026-11-30", "2026-11-30 13:00", "hour"),
        ("中午十二点半", "2026-11-30", "2026-11-30 12:30", "minute"),
        ("夜里十二点", "2026-11-30", "2026-11-30 00:00", "hour"),
        ("凌晨两点一刻", "2026-11-30", "2026-11-30 02:15", "minute"),
        ("两点", None, "2026-11-30 14:00", "hour"),
        ("四点", None, "2026-11-30 04:00", "hour"),
        ("11月28号", "2026-11-28", "2026-11-28 00:00", "day"),
    ],
)
def test_what_people_say_becomes_a_time_in_suzhou(
    text: str, day: str | None, at: str, precision: str
) -> None:
    value = heard(text, day)
    assert value is not None
    told = moment(fixed(value, NOW))

    assert told is not None
    assert (f"{told.at:%Y-%m-%d %H:%M}", told.precision) == (at, precision)
    assert told.at.tzinfo is SUZHOU


@pytest.mark.parametrize("text", ["记不清了", "下午二十五点", "三点九十分", "转给他了", ""])
def test_what_says_no_time_gives_none(text: str) -> None:
    assert heard(text, None) is None


def test_a_month_is_no_moment() -> None:
    assert heard("上个月", "2026-10") is None


def test_a_clock_of_today_that_is_still_to_come_lies_ahead() -> None:
    told = heard("今天晚上九点", "2026-11-30")

    assert told is not None
    assert is_ahead(fixed(told, NOW), NOW)
    assert not is_ahead("2026-11-30T15:00", NOW)


def test_what_only_says_when_is_told_from_what_says_more() -> None:
    assert is_alone("今天早上 9 点 40 分")
    assert is_alone("半个小时之前吧")
    assert not is_alone("早上九点我不想活了")
    assert not is_alone("昨天")


@given(minutes=st.integers(0, 60 * 24 * 3))
def test_what_is_told_from_now_is_never_ahead(minutes: int) -> None:
    assert not is_ahead(fixed(f"-{minutes}~", NOW), NOW)


@given(hour=st.integers(0, 23), minute=st.integers(0, 59), mark=st.sampled_from("tT"))
def test_a_bare_clock_is_the_last_that_was(hour: int, minute: int, mark: str) -> None:
    told = moment(fixed(f"{mark}{hour:02d}:{minute:02d}", NOW))

    assert told is not None
    assert timedelta(0) <= NOW - told.at < timedelta(hours=12 if mark == "t" else 24, minutes=1)
