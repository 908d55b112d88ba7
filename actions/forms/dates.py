"""Days and months as slots keep them: ``2024-03-15`` or, where no day was said, ``2024-03``."""

from __future__ import annotations

import calendar
import re
from datetime import date

DATE = re.compile(r"(\d{4})-(\d{2})(?:-(\d{2}))?")


def first_day(value: str) -> date | None:
    """The day told, or the first of the month told; None where the value is no date."""
    return _day(value, last=False)


def last_day(value: str) -> date | None:
    """The day told, or the last of the month told; None where the value is no date."""
    return _day(value, last=True)


def is_whole(value: str) -> bool:
    """Whether a day is told, not only its month."""
    return first_day(value) == last_day(value) is not None


def _day(value: str, *, last: bool) -> date | None:
    found = DATE.fullmatch(value)
    if found is None:
        return None
    year, month = int(found[1]), int(found[2])
    try:
        end = calendar.monthrange(year, month)[1] if last else 1
        return date(year, month, int(found[3] or end))
    except ValueError:
        return None
