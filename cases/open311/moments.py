"""Moments as Open311 writes them: W3C date and time, always with a zone."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from core.clock import SUZHOU

_FORM = re.compile(
    r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?(?:[Zz]|[+-]\d\d:?\d\d)", re.ASCII
)
# A plus that was not escaped in an address arrives as a blank.
_LOST_PLUS = re.compile(r" (?=\d\d:?\d\d$)")
# Far enough from the ends of the calendar that a window fits and no zone leads over them.
_YEARS = range(1970, 9000)
SECOND = timedelta(seconds=1)


def read_moment(text: str) -> datetime | None:
    """The moment, or None for what is none or names no zone."""
    text = _LOST_PLUS.sub("+", text.strip())
    if not _FORM.fullmatch(text):
        return None
    try:
        moment = datetime.fromisoformat(text.upper())
    except ValueError:
        return None
    return moment if moment.year in _YEARS else None


def written(moment: datetime) -> str:
    """To the second, in Suzhou's time: ``2026-11-30T13:10:00+08:00``."""
    return moment.astimezone(SUZHOU).isoformat(timespec="seconds")
