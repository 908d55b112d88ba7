"""Dates told from today: 昨天, 大后天, 上周三, 礼拜天, 三天前, 两个月前.

A week begins on Monday and is told by it; a weekday without a week is this week's. Months ago
name a month, years ago a year, half a year ago the sixth month before.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache

from nlu.text.mentions import Mention
from nlu.text.numbers import HAN_DIGITS, HAN_UNITS
from nlu.text.periods import WEEK, Duration, find_runs
from nlu.text.vocabulary import any_of, pattern_of
from nlu.text.written_dates import NAME
from nlu.text.years import TIME

_DAYS = {"大前": -3, "前": -2, "昨": -1, "今": 0, "明": 1, "后": 2, "大后": 3}
_WEEKS = {"上上": -2, "上": -1, "这": 0, "本": 0, "下": 1, "下下": 2, None: 0}
_WEEKDAYS = {"一": 0, "二": 1, "三": 2, "四": 3, "五": 4, "六": 5, "末": 5, "日": 6, "天": 6}
_MONTHS = 12
_AGO = re.compile("之前|以前|前")


def find_relative(text: str, day: date) -> Iterator[Mention]:
    """Days, weeks and lengths of time counted from the day."""
    for match in _days().finditer(text):
        # 夜儿个 is yesterday in Henan.
        told = day + timedelta(days=_DAYS[match["which"] or "昨"])
        yield Mention(name=NAME, value=told.isoformat(), start=match.start(), end=match.end())
    for pattern in _weeks():
        for match in pattern.finditer(text):
            told = _of_week(match, day)
            yield Mention(name=NAME, value=told.isoformat(), start=match.start(), end=match.end())
    yield from _ago(text, day)


def _of_week(match: re.Match[str], day: date) -> date:
    monday = day - timedelta(days=day.weekday())
    weeks = _WEEKS[match["week"]] if "week" in match.groupdict() else 0
    return monday + timedelta(days=weeks * WEEK + _WEEKDAYS.get(match["weekday"], 0))


def _ago(text: str, day: date) -> Iterator[Mention]:
    for run in find_runs(text):
        ago = _AGO.match(text, run.end)
        other = ago and pattern_of("after_ago").match(text, ago.end())
        value = _before(day, run.length) if ago and not other else None
        if ago and value:
            yield Mention(name=NAME, value=value, start=run.start, end=ago.end())


def _before(day: date, length: Duration) -> str | None:
    """A day, month or year ago, as exact as it was told; hours ago are no date."""
    months = day.year * _MONTHS + day.month - 1 - length.years * _MONTHS - length.months
    year, month = months // _MONTHS, months % _MONTHS + 1
    if length.days:
        of_month = min(day.day, monthrange(year, month)[1])
        return (date(year, month, of_month) - timedelta(days=length.days)).isoformat()
    if length.months:
        return f"{year}-{month:02d}"
    return str(year) if length.years else None


@cache
def _days() -> re.Pattern[str]:
    before = rf"(?<!{any_of('not_before_qian')})前(?=天|日)"
    after = rf"(?<!{any_of('not_before_hou')})后(?=天|日)"
    return re.compile(
        rf"(?:(?P<which>大[前后]|{before}|{after}|[昨今明](?=天|日|晚|早|夜|晨|朝|儿|黑))"
        r"(?:天|日|晚上?|早上?|夜里?|晨|朝|儿|黑里)(?!天|头条)(?:个|儿|仔)?"
        rf"|夜儿个){TIME}"
    )


@cache
def _weeks() -> tuple[re.Pattern[str], ...]:
    weekday = rf"(?P<weekday>一|二|三|四|五|六|日|天|末(?!{any_of('after_weekend')}))"
    weekday += rf"(?!{any_of('after_weekday')}){TIME}"
    number, days = f"0-9{HAN_DIGITS}{HAN_UNITS}", "".join(_WEEKDAYS)
    return (
        re.compile(
            rf"(?<!{any_of('not_before_last_week')})(?P<week>上上|下下|[上下这本])(?:一个|一|个)?"
            rf"(?:周|星期|礼拜)(?:{weekday}|(?!{any_of('after_week')}))"
        ),
        re.compile(
            rf"(?<![{days}][到至~-])(?<![{number}])(?<!{any_of('not_before_weekday')})"
            rf"(?:周|星期|礼拜){weekday}(?![到至~-](?:周|星期|礼拜)?[{days}])"
        ),
    )
