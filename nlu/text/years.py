"""Years as they are told: 2024年, 二〇二三年, 24年, 去年; and the year of a day told without one."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import cache

from nlu.text.numbers import HAN_DIGITS, read_digits
from nlu.text.vocabulary import any_of, either

# 旧年 is last year in Suzhou.
OFFSETS = {
    **dict.fromkeys(("大前年",), -3),
    **dict.fromkeys(("前年",), -2),
    **dict.fromkeys(("去年", "旧年", "上一年"), -1),
    **dict.fromkeys(("今年", "本年"), 0),
    **dict.fromkeys(("明年",), 1),
    **dict.fromkeys(("后年",), 2),
}
_NO_DIGIT = rf"(?<![0-9{HAN_DIGITS}.])"
# 3月 told in November is this year's; told in January, 11月 is last year's.
_AHEAD = timedelta(days=183)
_OLDEST_SHORT = 80
TIME = "(?:大?清早|一早|早上|上午|中午|下午|傍晚|晚上|夜里|半夜|深夜|凌晨|夜间)?"
"""Pattern source for the time of a day that belongs to a date."""


@cache
def year_source() -> str:
    """Pattern source with the groups that ``year_of`` reads."""
    return (
        rf"(?:{_NO_DIGIT}(?P<year>(?:19|20)[0-9]{{2}}|[一二][{HAN_DIGITS}]{{3}})年"
        rf"|{_NO_DIGIT}(?P<short>[0-9]{{2}}|[九零〇一二][{HAN_DIGITS}])年"
        rf"|(?<!{any_of('not_before_year')})(?P<said>{either(OFFSETS)})(?![纪龄轻]))度?"
    )


def year_of(match: re.Match[str], day: date) -> int | None:
    """The year that a match of ``year_source`` names, seen from a day; None if it names none."""
    if match["said"]:
        return day.year + OFFSETS[match["said"]]
    short = read_digits(match["short"] or "")
    if short is not None:
        return short + (1900 if short >= _OLDEST_SHORT else 2000)
    return read_digits(match["year"] or "")


def year_without(month: int, day_of_month: int, day: date, *, since: date | None) -> int:
    """The year of a month and day told without one.

    After ``since`` (the beginning of a range) the next there is; else this calendar year's, or
    last year's if that lies more than half a year ahead.
    """
    if since is not None:
        return since.year + ((month, day_of_month) < (since.month, since.day))
    first = date(day.year, month, min(day_of_month, 28))
    return day.year - (first - day > _AHEAD)


def first_day(value: str) -> date:
    """The first day of an ISO day, month or year."""
    return date.fromisoformat(value + "-01-01"[len(value) - len("2026") :])
