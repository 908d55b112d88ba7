"""Numbers with a unit: what a citizen says of hours, money or interest as the number a slot keeps."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cache
from pathlib import Path

import yaml

from core.messages import Entity

FILE = Path(__file__).with_name("quantities.yml")
HOURS_A_DAY = 8
HOURS_ROUND = 24
DAYS_A_YEAR = 365
MONTHS_A_YEAR = 12
DAYS_A_MONTH = 30
MINUTES_AN_HOUR = 60
PERCENT = 100
PERIOD = re.compile(r"P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?)?")
RATE = re.compile(r"([\d.]+)%(?:/([YMD]))?")
# How long a span is: in days of the calendar (an hour of work is an eighth), in months.
DAYS = {
    "hours": Decimal(1) / HOURS_A_DAY,
    "days": Decimal(1),
    "weeks": Decimal(7),
    "months": Decimal(DAYS_A_MONTH),
    "years": Decimal(DAYS_A_YEAR),
}
MONTHS = {"months": 1, "years": MONTHS_A_YEAR}
LETTERS = {"days": "D", "months": "M", "years": "Y"}
TIMES_A_YEAR = {"Y": 1, "M": MONTHS_A_YEAR, "D": DAYS_A_YEAR, None: 1}
BARE = re.compile(r"\D{0,4}?(\d+(?:,\d{3})*(?:\.\d+)?)\D{0,4}")
# 15年 in answer to “how long” is no year.
FEW_YEARS = re.compile(r"(\d{1,2})年")


class Unit(StrEnum):
    """What a number counts: yuan, hours, days, years; percent a year; ten-thousandths a day; things.

    A ``PERIOD`` stays as it was said, in years, months and days.
    """

    YUAN = "yuan"
    HOURS = "hours"
    DAYS = "days"
    YEARS = "years"
    PERIOD = "period"
    YEARLY = "yearly"
    DAILY = "daily"
    COUNT = "count"


def quantity(unit: Unit, text: str, entity: Entity) -> str | None:
    """What an entity of a text counts in that unit, None if it counts something else."""
    said = text[entity.start : entity.end]
    sign = "-" if _is_negative(text[: entity.start]) else ""
    match entity.name, unit:
        case "amount", Unit.YUAN:
            return sign + entity.value
        case "period", Unit.PERIOD:
            return entity.value if any(months_and_days(entity.value)) else None
        case "date", Unit.PERIOD | Unit.YEARS if found := FEW_YEARS.fullmatch(said):
            return f"P{found[1]}Y" if unit is Unit.PERIOD else found[1]
        case "period", Unit.HOURS | Unit.DAYS | Unit.YEARS:
            return sign + _told(_counted(entity.value, unit))
        case "rate", Unit.YEARLY | Unit.DAILY:
            return sign + _told(_rate(entity.value, unit))
        case _:
            return None


def bare(unit: Unit, text: str) -> str | None:
    """The number that a short answer is: “46”, “大概46个”, “四十六”, “1天”, None if it is none."""
    answer = text.strip(_words().idle)
    for sign in _words().foreign.get(unit, ()):
        if sign in answer:
            return None
    lasting = _words().lasting.fullmatch(answer)
    if lasting is not None:
        number = _words().numbers.get(lasting["number"]) or lasting["number"]
        return _lasting(unit, Decimal(number), _words().spans[lasting["span"]])
    said = _words().numbers.get(answer)
    found = BARE.fullmatch(answer)
    if unit is Unit.PERIOD or (said is None and found is None):
        return None
    if found is None:
        return said
    number = Decimal(found[1].replace(",", ""))
    # “3 万” with a blank in it is no amount to the entities, and never 3.
    behind = answer[found.end(1) :].strip()[:1].lower()
    number *= _words().times.get(behind, 1) if unit is Unit.YUAN else 1
    return _told(-number if _is_negative(answer[: found.start(1)]) else number)


def months_and_days(period: str) -> tuple[int, int]:
    """An ISO period in whole months and days beside them."""
    years, months, days, *_ = _parts(period)
    return years * MONTHS_A_YEAR + months, days


def _lasting(unit: Unit, number: Decimal, span: str) -> str | None:
    """So many hours, days, months or years in a slot's unit; one that counts no time is None."""
    if unit is Unit.PERIOD:
        whole = number == number.to_integral_value() and span != "hours"
        if span == "weeks":
            number, span = number * DAYS[span], "days"
        return f"P{number:.0f}{LETTERS[span]}" if whole else None
    if unit not in {Unit.HOURS, Unit.DAYS, Unit.YEARS}:
        return None
    days = number * DAYS[span]
    if unit is Unit.YEARS:
        months = Decimal(MONTHS[span]) if span in MONTHS else Decimal(0)
        return _told(number * months / MONTHS_A_YEAR if months else days / DAYS_A_YEAR)
    return _told(days * HOURS_A_DAY if unit is Unit.HOURS else days)


def _counted(period: str, unit: Unit) -> Decimal:
    years, months, days, hours, minutes = _parts(period)
    if unit is Unit.YEARS:
        return Decimal(years) + Decimal(months) / MONTHS_A_YEAR + Decimal(days) / DAYS_A_YEAR
    whole = Decimal(years * DAYS_A_YEAR + months * DAYS_A_MONTH + days)
    clock = Decimal(hours) + Decimal(minutes) / MINUTES_AN_HOUR
    # 一天半 is told as a day and twelve hours, and means half a day's work.
    worked = clock * HOURS_A_DAY / HOURS_ROUND if whole else clock
    return whole + worked / HOURS_A_DAY if unit is Unit.DAYS else whole * HOURS_A_DAY + worked


def _rate(value: str, unit: Unit) -> Decimal:
    found = RATE.fullmatch(value)
    if found is None:
        raise ValueError(value)
    percent, time = Decimal(found[1]), found[2]
    if unit is Unit.YEARLY:
        return percent * TIMES_A_YEAR[time]
    a_day = percent if time in {"D", None} else percent * TIMES_A_YEAR[time] / DAYS_A_YEAR
    return a_day * PERCENT


def _parts(period: str) -> tuple[int, int, int, int, int]:
    found = PERIOD.fullmatch(period)
    if found is None:
        raise ValueError(period)
    years, months, days, hours, minutes = (int(part or 0) for part in found.groups())
    return years, months, days, hours, minutes


def _told(number: Decimal) -> str:
    rounded = round(number, 4)
    return format(rounded.normalize() if rounded else Decimal(0), "f")


def _is_negative(before: str) -> bool:
    """Whether a sign stands before: a dash after a word (工资-9500) only parts the two."""
    return re.search(r"(?:^|[\s是为：:])[-−—]\s?$|负\s?$", before) is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Words:
    """How bare numbers are said: numerals below a hundred, spans of time, what may stand around.

    ``foreign`` are signs by unit that show that the number counts something else.
    """

    numbers: Mapping[str, str]
    spans: Mapping[str, str]
    lasting: re.Pattern[str]
    foreign: Mapping[Unit, str]
    times: Mapping[str, int]
    idle: str


@cache
def _words() -> _Words:
    document = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    numbers = _numerals(document["digits"], document["ten"])
    numbers |= {alias: str(value) for alias, value in document["aliases"].items()}
    spans: dict[str, str] = document["spans"]
    number = "|".join(sorted(map(re.escape, numbers), key=len, reverse=True))
    span = "|".join(sorted(spans, key=len, reverse=True))
    about = document["about"]
    return _Words(
        numbers=numbers,
        spans=spans,
        lasting=re.compile(
            rf"(?:{about})?(?P<number>\d+(?:\.\d+)?|{number})个?(?P<span>{span})(?:{about})?"
        ),
        foreign={Unit(unit): signs for unit, signs in document["foreign"].items()},
        times=document["times"],
        idle=document["idle"],
    )


@cache
def numerals() -> Mapping[str, str]:
    """Numbers below a hundred as they are written, 零 to 九十九, with their other names."""
    return _words().numbers


def _numerals(digits: str, ten: str) -> dict[str, str]:
    """零 to 九十九."""
    known = {digit: str(value) for value, digit in enumerate(digits)}
    for tens in range(1, len(digits)):
        head = ("" if tens == 1 else digits[tens]) + ten
        known |= {head + (digits[n] if n else ""): str(tens * 10 + n) for n in range(len(digits))}
    return known
