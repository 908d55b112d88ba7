"""Lengths of time as ISO 8601 durations: 三年八个月 → P3Y8M, 两天 → P2D, 一个礼拜 → P7D.

Half a month counts as 15 days (三个半月 → P3M15D), half a year as six months, half a day as
twelve hours. An approximate length is read as the least it says.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from nlu.text.mentions import HIDDEN, MONEY, Mention
from nlu.text.numbers import HAN_COUNTS, HAN_DIGITS, HAN_UNITS, read
from nlu.text.vocabulary import pattern_of, words

NAME = "period"
MOST_YEARS = 150
WEEK = 7

_TENS = rf"[{HAN_COUNTS}几]{{0,2}}[十廿][{HAN_COUNTS}几]{{0,2}}"
_HUNDREDS = rf"[{HAN_COUNTS}几]{{0,2}}百(?:零?[{HAN_COUNTS}]|{_TENS})?"
_COUNT = rf"(?:[0-9]+(?:\.[0-9])?|{_HUNDREDS}|{_TENS}|[{HAN_COUNTS}]{{1,2}}|[俩仨])"
_ABOUT = "[多余来]?"
_UNITS = "年|月|号头|星期|礼拜|周|天|日|小时|钟头|分钟"


def _part(units: str) -> str:
    """A count with its unit, half before or after it: 两个半月, 三年半, 半个小时."""
    return (
        rf"(?:(?P<count>{_COUNT}){_ABOUT}(?P<counter>个?){_ABOUT}|(?=半))"
        rf"(?P<half>半)?个?多?(?P<unit>{units})(?P<more>半)?(?:多(?!少))?"
    )


def _then(*parts: str) -> str:
    """One part after the other, all but the first may be missing; no groups."""
    first, *others = (re.sub(r"\?P<\w+>", "?:", _part(units)) for units in parts)
    return first + "".join(f"(?:[零又]?{part})?" for part in others)


_PART = re.compile(_part(_UNITS))
_RUN = re.compile(
    rf"(?<![0-9.第前每/:{HAN_DIGITS}{HAN_UNITS}点-])(?:(?P<low>{_COUNT})(?:-|~|到|至))?(?:"
    + "|".join(
        (
            _then("年", "月", "天"),
            _then("月|号头", "天"),
            _then("小时|钟头", "分钟"),
            _then("星期|礼拜|周"),
            _then("天|日"),
            _then("分钟"),
        )
    )
    + ")"
)
_OTHER_WORD = {
    "年": "not_after_year",
    "月": "not_after_month",
    "周": "not_after_week",
    "天": "not_after_day",
}
_FEW = {"俩": Decimal(2), "仨": Decimal(3)}
# 日 is a length only where a deadline says so, 15日内, or what lasts so long, 拘留15日.
_DEADLINE = re.compile(r"以?之?[内后]|起|期限|拘留|以上|届满")
_HELD_FOR = re.compile(r"(?:拘留|羁押|留置|为期|期限|延长|停产|停业|不少于|不超过|超过|满)了?$")
_ONE = re.compile(rf"[一1]个?(?:{_UNITS})")
_RATE_BEFORE = re.compile(rf"{MONEY}[/每]?$|[上下这那]$|[有哪某另]$|[同头]$|最后$")
_RATE_AFTER = re.compile(rf"[^，。,;；!！?？ {HIDDEN}]{{0,4}} ?{MONEY}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Duration:
    """A length of calendar time; ``str()`` writes it as ISO 8601."""

    years: int = 0
    months: int = 0
    days: int = 0
    minutes: int = 0

    def __str__(self) -> str:
        hours, minutes = divmod(self.minutes, 60)
        dated = _written((self.years, "Y"), (self.months, "M"), (self.days, "D"))
        timed = _written((hours, "H"), (minutes, "M"))
        return f"P{dated}T{timed}" if timed else f"P{dated}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A length as it stands in a text."""

    start: int
    end: int
    length: Duration


def find_periods(text: str, day: date) -> Iterator[Mention]:
    """The lengths of time a plain text tells, rates such as 一个月3000 left out."""
    for run in find_runs(text):
        if not _is_rate(text, run):
            yield Mention(name=NAME, value=str(run.length), start=run.start, end=run.end)


def find_runs(text: str) -> Iterator[Run]:
    """Everything written like a length of time."""
    for match in _RUN.finditer(text):
        begins = match.end("low") + 1 if match["low"] else match.start()
        parts = list(_PART.finditer(text, begins, match.end()))
        length = _length(parts, match["low"])
        if length and all(_is_length(part) for part in parts):
            yield Run(start=match.start(), end=match.end(), length=length)


def _is_length(part: re.Match[str]) -> bool:
    text, unit = part.string, part["unit"]
    if unit == "日":
        held = _HELD_FOR.search(text[max(0, part.start() - 4) : part.start()])
        return held is not None or _DEADLINE.match(text, part.end()) is not None
    if unit == "月" and not (part["counter"] or part["half"] or part["count"] in _FEW):
        return False
    if part["half"] and not part["count"] and unit in {"天", "日", "周"}:
        # 半天 is how people say "for long".
        return False
    return unit not in _OTHER_WORD or not pattern_of(_OTHER_WORD[unit]).match(text, part.end())


def _length(parts: list[re.Match[str]], low: str | None) -> Duration | None:
    total = dict.fromkeys(("years", "months", "days", "minutes"), Decimal(0))
    for part in parts:
        count = _count(low if low and part is parts[0] else part["count"])
        if count is None:
            return None
        halves = Decimal("0.5") if part["half"] or part["more"] else Decimal(0)
        _add(total, part["unit"], count + halves)
    whole = Duration(**{name: int(value) for name, value in total.items()})
    return whole if whole != Duration() and whole.years <= MOST_YEARS else None


def _count(numeral: str | None) -> Decimal | None:
    if numeral is None:
        return Decimal(0)
    return _FEW[numeral] if numeral in _FEW else read(numeral)


def _add(total: dict[str, Decimal], unit: str, count: Decimal) -> None:
    whole, part = divmod(count, 1)
    if unit == "年":
        total["years"] += whole
        total["months"] += part * 12
    elif unit in {"月", "号头"}:
        total["months"] += whole
        total["days"] += part * 30
    elif unit in {"周", "星期", "礼拜"}:
        total["days"] += count * WEEK
    elif unit in {"天", "日"}:
        total["days"] += whole
        total["minutes"] += part * 24 * 60
    else:
        total["minutes"] += count * (1 if unit == "分钟" else 60)


def _is_rate(text: str, run: Run) -> bool:
    """一天三百 says how much a day; one of a unit is a length only if something says it lasts."""
    if not _ONE.fullmatch(text, run.start, run.end):
        return False
    before = text[max(0, run.start - 4) : run.start]
    if before.endswith(words("lasted")):
        return False
    if _RATE_BEFORE.search(before) or _RATE_AFTER.match(text, run.end):
        return True
    return not text.startswith(words("lasts"), run.end)


def _written(*counts: tuple[int, str]) -> str:
    return "".join(f"{n}{letter}" for n, letter in counts if n)
