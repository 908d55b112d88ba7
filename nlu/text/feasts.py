"""Holidays that a message names, as the day they fall on: 去年国庆, 大年初一, 端午.

``feasts.json`` lists the days of the lunar ones from 1990 to 2050.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from nlu.text.mentions import Mention
from nlu.text.numbers import HAN_COUNTS, HAN_DIGITS, HAN_UNITS, read
from nlu.text.vocabulary import any_of, either
from nlu.text.years import TIME, year_of, year_source, year_without

FILE = Path(__file__).with_name("feasts.json")
SPRING_FESTIVAL = "春节"
_NEW_YEARS_DAYS = (
    rf"(?:大年|正月|年)初(?P<early>[{HAN_COUNTS}十])|正月(?P<later>[二廿]?十[{HAN_COUNTS}]?|廿)"
)


def find_feasts(text: str, day: date) -> Iterator[Mention]:
    """The holidays named in a plain text."""
    for match in _pattern().finditer(text):
        told = _day(match, day)
        if told is not None:
            yield Mention(
                name="date", value=told.isoformat(), start=match.start(), end=match.end()
            )


def _day(match: re.Match[str], day: date) -> date | None:
    year = year_of(match, day)
    if year is None:
        this = _in_year(match, day.year)
        year = year_without(this.month, this.day, day, since=None) if this else day.year
    return _in_year(match, year)


def _in_year(match: re.Match[str], year: int) -> date | None:
    name = match["name"]
    if name in _fixed():
        return date.fromisoformat(f"{year}-{_fixed()[name]}")
    feast, after = _lunar().get(name, (SPRING_FESTIVAL, 0))
    counted = match["early"] or match["later"]
    if counted:
        after = int(read(counted) or 1) - 1
    begins = _lunar_day(feast, year)
    return None if begins is None else begins + timedelta(days=after)


def _lunar_day(feast: str, year: int) -> date | None:
    days = " ".join(_data()["days"][feast]).split()
    place = year - _data()["first_year"]
    return date.fromisoformat(f"{year}-{days[place]}") if 0 <= place < len(days) else None


@cache
def _pattern() -> re.Pattern[str]:
    names = either((*_fixed(), *_lunar()))
    # 周五一起 and 一块五一度 name no May Day.
    return re.compile(
        rf"(?:{year_source()}的?)?(?:{_NEW_YEARS_DAYS}"
        rf"|(?<![0-9{HAN_DIGITS}{HAN_UNITS}])(?<!{any_of('not_before_feast')})(?P<name>{names}))"
        rf"(?![0-9{HAN_DIGITS}{HAN_UNITS}]|{any_of('after_feast')}){TIME}"
    )


@cache
def _fixed() -> Mapping[str, str]:
    return {name: day for day, names in _data()["fixed"].items() for name in names}


@cache
def _lunar() -> Mapping[str, tuple[str, int]]:
    """Each name with the feast it belongs to and the days after it."""
    return {
        name: (feast, after)
        for feast, names in _data()["lunar"].items()
        for name, after in names.items()
    }


@cache
def _data() -> dict[str, Any]:  # Any: JSON
    data: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))  # Any: JSON
    return data
