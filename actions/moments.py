"""Moments as people are told them, in the language spoken."""

from __future__ import annotations

from datetime import datetime, timedelta

from actions.phrases import words
from core.clock import SUZHOU

SOON = timedelta(minutes=3)
MINUTE = timedelta(minutes=1)
# Who reads “about 17 minutes” takes it for a measurement.
STEPS = ((20, 5), (60, 10))


def told_moment(at: datetime) -> str:
    """A day, its weekday and the time by Suzhou's clock: 12月7日（周一）10:00."""
    there = at.astimezone(SUZHOU)
    weekday = words("moment_weekdays").split()[there.weekday()]
    return words("moment").format(there, weekday=weekday)


def told_wait(wait: timedelta) -> str:
    """A wait in round words, to go on a sentence with: “，大约要等 10 分钟”."""
    if wait <= SOON:
        return words("wait_soon")
    minutes = -(-wait // MINUTE)
    step = next((step for most, step in STEPS if minutes <= most), 0)
    return (
        words("wait_minutes", minutes=-(-minutes // step) * step) if step else words("wait_long")
    )
