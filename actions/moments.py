"""Moments as people are told them, in the language spoken."""

from __future__ import annotations

from datetime import datetime

from actions.phrases import words
from core.clock import SUZHOU


def told_moment(at: datetime) -> str:
    """A day, its weekday and the time by Suzhou's clock: 12月7日（周一）10:00."""
    there = at.astimezone(SUZHOU)
    weekday = words("moment_weekdays").split()[there.weekday()]
    return words("moment").format(there, weekday=weekday)
