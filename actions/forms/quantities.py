"""Numbers with a unit: what a citizen says of hours, money or interest as the number a slot keeps."""

from __future__ import annotations

import re
from collections.abc import Mapping
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
TIMES_A_YEAR = {"Y": 1, "M": MONTHS_A_YEAR, "D": DAYS_A_YEAR, None: 1}
BARE = re.compile(r"\D{0,4}?(\d+(?:,\d{3})*(?:\.\d+)?)\D{0,4}")
# 15年 in answer to “how long” is no year.
FEW_YEARS = re.compile(r"(\d{1,2})年")


class Unit(StrEnum):
    """What a number counts: yuan, hours, days, years; percent a year; ten-thousandths a day.

    A ``PERIOD`` stays as it was said, in years, months and days.
    """

    YUAN = "yuan"
    HOURS = "hours"
    DAYS = "days"
    YEARS = "years"
    PERIOD = "period"
    YEARLY = "yearly"
    DAILY = "daily"


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
    """The number that an answer is when it names no unit: “46”, “大概46个”, “四十六”, “没有”."""
    said = _words().get(text.strip(" 。.，,了吧呢啊"))
    if said is not None:
        return said if unit is not Unit.PERIOD else None
    found = BARE.fullmatch(text)
    if found is None or unit is Unit.PERIOD:
        return None
    number = Decimal(found[1].replace(",", ""))
    return _told(-number if _is_negative(text[: found.start(1)]) else number)


def months_and_days(period: str) -> tuple[int, int]:
    """An ISO period in whole months and days beside them."""
    years, months, days, *_ = _parts(period)
    return years * MONTHS_A_YEAR + months, days


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


@cache
def _words() -> Mapping[str, str]:
    """Numbers said in a word: nought to ninety-nine, and what means none."""
    document = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    digits, ten = document["digits"], document["ten"]
    known = {digit: str(value) for value, digit in enumerate(digits)}
    known |= {alias: str(value) for alias, value in document["aliases"].items()}
    for tens in range(1, len(digits)):
        head = ("" if tens == 1 else digits[tens]) + ten
        known |= {head + (digits[n] if n else ""): str(tens * 10 + n) for n in range(len(digits))}
    return known
