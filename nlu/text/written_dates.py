"""Dates told by the calendar: 3月5号, 去年三月, 2024年6月, 十月底, 上个月15号, 2024-03-15.

A part of a month or year is told by its beginning: 十月底 → the 21st, 下半年 → July.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from functools import cache

from nlu.text.mentions import MONEY, Mention
from nlu.text.numbers import HAN_COUNTS, HAN_DIGITS, HAN_UNITS, read
from nlu.text.vocabulary import any_of, either, pattern_of, words
from nlu.text.years import TIME, first_day, year_of, year_source, year_without

NAME = "date"
_MONTHS = 12
_RELATIVE = {
    **dict.fromkeys(("上上个月", "上上月"), -2),
    **dict.fromkeys(("上个月", "上月"), -1),
    **dict.fromkeys(("这个月", "这月", "本月", "当月"), 0),
    **dict.fromkeys(("下个月", "下月"), 1),
    **dict.fromkeys(("下下个月", "下下月"), 2),
}
_PARTS = {"初": 1, "上旬": 1, "中旬": 11, "下旬": 21, "底": 21, "末": 21}
_SEASONS = {
    **dict.fromkeys(("初", "年初", "上半年"), 1),
    **dict.fromkeys(("春", "春天", "春季"), 3),
    **dict.fromkeys(("夏", "夏天", "夏季", "年中"), 6),
    **dict.fromkeys(("下半年",), 7),
    **dict.fromkeys(("秋", "秋天", "秋季"), 9),
    **dict.fromkeys(("冬", "冬天", "冬季", "底", "末", "年底", "年末"), 12),
}
_TOLD_ALONE = ("上半年", "下半年", "年初", "年底", "年末")
_NUMERIC = re.compile(
    r"(?<![0-9a-z./-])(?P<year>(?:19|20)[0-9]{2})"
    r"(?:([-/.])(?P<month>1[0-2]|0?[1-9])(?:\2(?P<day>3[01]|[12][0-9]|0?[1-9]))?(?!\2?[0-9])月?"
    r"|(?P<mm>1[0-2]|0[1-9])(?P<dd>3[01]|[12][0-9]|0[1-9])(?![0-9a-z.]))(?![元块万千])",
    re.IGNORECASE,
)
_RANGE = re.compile(r"[到至~-]")
_PER_MONTH = re.compile(rf"[^，。 ]{{0,3}}{MONEY}")
_MAY_COUNT = frozenset("1234567") | {"一", "二"}
_CLAUSE_BEGINS = re.compile(r"(?:^|[在从于自]|[到至]|[ ，。,;；])$")

# What was matched, today, and the first day of a range that this ends → an ISO value.
Resolver = Callable[["re.Match[str]", date, "date | None"], "str | None"]


def find_numeric(text: str, day: date) -> Iterator[Mention]:
    """2024-03-15, 2024.3.15, 2024/03, 20240315."""
    for match in _NUMERIC.finditer(text):
        month, of_month = match["month"] or match["mm"], match["day"] or match["dd"] or 0
        value = _iso(int(match["year"]), int(month), int(of_month))
        if value:
            yield Mention(name=NAME, value=value, start=match.start(), end=match.end())


def find_written(text: str, day: date) -> Iterator[Mention]:
    """Months, days, years and their parts in words; the end of a range takes its year from it."""
    before: Mention | None = None
    for match, resolve in _candidates(text):
        follows = before is not None and _RANGE.fullmatch(text, before.end, match.start())
        since = first_day(before.value) if before and follows else None
        value = resolve(match, day, since)
        if value:
            before = Mention(name=NAME, value=value, start=match.start(), end=match.end())
            yield before


def _candidates(text: str) -> Iterator[tuple[re.Match[str], Resolver]]:
    """What looks like a date, from left to right, of two at one place the longer."""
    found = [(m, resolve) for pattern, resolve in _forms() for m in pattern.finditer(text)]
    end = 0
    for match, resolve in sorted(found, key=lambda f: (f[0].start(), -f[0].end())):
        if match.start() >= end:
            end = match.end()
            yield match, resolve


def _month_of_year(match: re.Match[str], day: date, _: date | None) -> str | None:
    return _in_month(match, year_of(match, day) or day.year, _number(match["month"]))


def _month(match: re.Match[str], day: date, since: date | None) -> str | None:
    if match.group() == "一月" and _PER_MONTH.match(match.string, match.end()):
        # 一月四千八 is pay a month.
        return None
    month, of_month = _number(match["month"]), _number(match["day"] or match["bare"])
    return _in_month(match, year_without(month, of_month or 1, day, since=since), month)


def _relative_month(match: re.Match[str], day: date, _: date | None) -> str | None:
    months = day.year * _MONTHS + day.month - 1 + _RELATIVE[match["relative"]]
    return _in_month(match, months // _MONTHS, months % _MONTHS + 1)


def _in_month(match: re.Match[str], year: int, month: int) -> str | None:
    of_month = _number(match["day"] or match["bare"])
    return _iso(year, month, _PARTS[match["part"]] if match["part"] else of_month)


def _part_of_month(match: re.Match[str], day: date, _: date | None) -> str | None:
    return _iso(day.year, day.month, _PARTS[match["part"]])


def _part_of_year(match: re.Match[str], day: date, _: date | None) -> str | None:
    return f"{day.year}-{_SEASONS[match['season']]:02d}"


def _year(match: re.Match[str], day: date, _: date | None) -> str | None:
    """A year alone; 23年 may be a length, and is a year only where a clause begins with it."""
    year = year_of(match, day)
    if match["season"]:
        return f"{year}-{_SEASONS[match['season']]:02d}"
    if match["short"] and match["short"][0] in _MAY_COUNT:
        lasts = pattern_of("after_length").match(match.string, match.end())
        if lasts or not _CLAUSE_BEGINS.search(match.string[: match.start()]):
            return None
    return str(year)


def _day_of_month(match: re.Match[str], day: date, since: date | None) -> str | None:
    """3号 is a date at the end of a range, or where the words around it do not number a house."""
    if since is None and (match["sign"] == "日" or not _is_day(match)):
        return None
    month = since or day
    return _iso(month.year, month.month, _number(match["day"]))


def _is_day(match: re.Match[str]) -> bool:
    before = match.string[: match.start()].rstrip(" ")
    if before.endswith((*words("house_number_before"), *"0123456789#-", "不是")):
        return False
    told = match.string.startswith(words("day_after"), match.end())
    return told or not before or before.endswith(words("day_before"))


def _number(numeral: str | None) -> int:
    return int(read(numeral) or 0) if numeral else 0


def _iso(year: int, month: int, of_month: int) -> str | None:
    """An ISO day, or a month where the day is 0; None if there is no such day."""
    try:
        told = date(year, month, of_month or 1)
    except ValueError:
        return None
    return told.isoformat() if of_month else f"{told:%Y-%m}"


@cache
def _forms() -> tuple[tuple[re.Pattern[str], Resolver], ...]:
    """The ways to tell a date and who reads them."""
    year, other = year_source(), rf"(?!{any_of('after_part')})"
    number = rf"(?P<month>1[0-2]|0?[1-9]|十[一二]?|[{HAN_COUNTS}])"
    month = rf"{number}月(?!{any_of('after_month')})份?"
    of_month = rf"(?P<day>3[01]|[12][0-9]|0?[1-9]|[{HAN_COUNTS}十廿]{{1,3}})(?P<sign>[日号])"
    # 九月十八前: the sign may be missing after a month.
    bare = rf"(?P<bare>[{HAN_COUNTS}]?[十廿][{HAN_COUNTS}]?)(?={any_of('day_after')}|[ ，。]|$)"
    part = rf"(?P<part>{either(_PARTS)}){other}"
    rest = rf"(?:{of_month}|{bare}|{part})?{TIME}"
    season = rf"(?P<season>{either(_SEASONS)}){other}"
    relative = rf"(?P<relative>{either(_RELATIVE)})(?!{any_of('after_month')})份?"
    relative = rf"(?<!{any_of('not_before_last_month')}){relative}"
    no_number = rf"(?<![0-9{HAN_DIGITS}{HAN_UNITS}.])(?<!{any_of('not_before_month')})"
    return (
        (re.compile(rf"{year}的?{month}{rest}"), _month_of_year),
        (re.compile(rf"{no_number}{month}{rest}"), _month),
        (re.compile(rf"{relative}(?:的(?=[0-9{HAN_COUNTS}十]))?{rest}"), _relative_month),
        (re.compile(rf"(?<![0-9{HAN_COUNTS}十个每])月{part}"), _part_of_month),
        (re.compile(rf"{year}(?:的?{season})?"), _year),
        (re.compile(rf"(?<!每)(?P<season>{either(_TOLD_ALONE)}){other}"), _part_of_year),
        (
            re.compile(rf"{no_number}{of_month}(?!{any_of('house_number_after')}){TIME}"),
            _day_of_month,
        ),
    )
