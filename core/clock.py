"""Time as the project sees it: stored in UTC, told to people in Suzhou's zone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone

SUZHOU = timezone(timedelta(hours=8), "Asia/Shanghai")

AWAKE = range(8, 21)
"""The hours of Suzhou's clock in which nobody is woken by what was not asked for."""

Clock = Callable[[], datetime]
"""Gives the present moment, aware, in UTC."""


def utc_now() -> datetime:
    """The present moment by the machine's clock."""
    return datetime.now(UTC)
