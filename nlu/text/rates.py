"""Rates as percent with their time: 年利率12% → 12%/Y, 月息一分 → 1%/M, 每天万分之五 → 0.05%/D.

A 分 of interest is one percent a month, or ten a year where the year is named; a 厘 is a tenth of
it. Where no time is told the value ends with the percent sign.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from nlu.text.mentions import Mention
from nlu.text.numbers import HAN_COUNTS, HAN_DIGITS, HAN_UNITS, read
from nlu.text.vocabulary import any_of

NAME = "rate"
MOST = Decimal(100_000)
_HUNDRED = Decimal(100)
_TENTH = Decimal("0.1")
_REACH = 8
_OF = {"百": Decimal(1), "千": Decimal("0.1"), "万": Decimal("0.01")}
_NUMBER = rf"(?:[0-9]+(?:\.[0-9]+)?|[{HAN_DIGITS}{HAN_UNITS}]+(?:点[{HAN_DIGITS}]+)?)"
_SHARE = re.compile(
    rf"(?<![0-9.])(?P<percent>[0-9]+(?:\.[0-9]+)?) ?(?P<sign>[%‰])"
    rf"|(?P<of>[百千万])分之(?P<share>{_NUMBER})"
)
_HAN_COUNT = rf"[1-9{HAN_COUNTS}]"
# 分 and 厘 count interest only beside a word that says so: 月息一分五, 一分二的利, 五厘利.
_FEN = re.compile(
    rf"(?P<word>{any_of('interest_before')})?[是为按:算 ]{{0,2}}(?<![0-9{HAN_DIGITS}{HAN_UNITS}])"
    rf"(?P<count>{_HAN_COUNT}(?:点[{HAN_DIGITS}]+|\.[0-9]+)?)(?P<unit>分|厘)"
    rf"(?P<half>半)?(?P<tail>{_HAN_COUNT}(?!分))?(?P<after>的?{any_of('interest_after')})?"
)
_TIMES = {"Y": "a_year", "M": "a_month", "D": "a_day"}


def find_rates(text: str, day: date) -> Iterator[Mention]:
    """The rates of a plain text, in order."""
    found = [*map(_share, _SHARE.finditer(text)), *map(_interest, _FEN.finditer(text))]
    yield from sorted((m for m in found if m is not None), key=lambda m: m.start)


def _share(match: re.Match[str]) -> Mention | None:
    if match["percent"]:
        value = Decimal(match["percent"]) * (1 if match["sign"] == "%" else _TENTH)
    else:
        said = _value(match["share"])
        if said is None:
            return None
        value = said * _OF[match["of"]]
    return _mention(match, match.start(), value, _time(match.string, match.start(), match.end()))


def _interest(match: re.Match[str]) -> Mention | None:
    if not (match["word"] or match["after"]):
        return None
    count = _value(match["count"])
    if count is None:
        return None
    if match["half"]:
        count += Decimal("0.5")
    elif match["tail"]:
        count += (_value(match["tail"]) or 0) * _TENTH
    time = _time(match.string, match.start("count"), match.end()) or "M"
    value = count * (_TENTH if match["unit"] == "厘" else 1) * (10 if time == "Y" else 1)
    return _mention(match, match.start("count"), value, time)


def _value(said: str) -> Decimal | None:
    whole, point, decimals = said.partition("点")
    value = read(whole)
    if value is None or not point:
        return value
    digits = [read(character) for character in decimals]
    return value + Decimal("0." + "".join(str(d) for d in digits))


def _time(text: str, start: int, end: int) -> str | None:
    """The time named last before the rate, else first after it, within a few characters."""
    before = re.split(r"[，。！？；,!?;\n]", text[max(0, start - _REACH) : start])[-1]
    after = re.split(r"[，。！？；,!?;\n ]", text[end : end + 4])[0]
    named = {letter: re.compile(any_of(kind)) for letter, kind in _TIMES.items()}
    said = [(m.end(), letter) for letter, p in named.items() for m in p.finditer(before)]
    if said:
        return max(said)[1]
    told = [letter for letter, p in named.items() if p.match(after.lstrip("/"))]
    return told[0] if told else None


def _mention(match: re.Match[str], start: int, value: Decimal, time: str | None) -> Mention | None:
    if not 0 < value < MOST:
        return None
    said = format(value.normalize(), "f")
    return Mention(
        name=NAME,
        value=f"{said}%/{time}" if time else f"{said}%",
        start=start,
        end=match.end(),
    )
