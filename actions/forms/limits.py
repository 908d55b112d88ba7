"""What a value cannot be: below zero, in the future, before another; told kindly, asked again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from actions.forms.dates import first_day, last_day
from actions.forms.quantities import DAYS_A_YEAR, MONTHS_A_YEAR, months_and_days


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """The bounds of a number (``least``, ``most``; a period's in years) or of a day.

    ``earliest`` is the first day that makes sense; ``past`` days cannot lie ahead, unless another
    slot has one of the values in ``ahead``; ``after`` names the slot whose day comes first.
    """

    least: Decimal | None = None
    most: Decimal | None = None
    earliest: date | None = None
    past: bool = False
    ahead: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    after: str | None = None


def broken(limits: Limits, value: str, slots: Mapping[str, str], today: date) -> str | None:
    """The name of the bound that a value breaks, None if it may be right.

    ``value`` is as slots keep it: a decimal number, an ISO period, day or month, or words.
    """
    if limits.least is not None or limits.most is not None:
        return _number(limits, _read(value))
    end = last_day(value)
    if end is None:
        return None
    start = first_day(value) or end
    if limits.earliest is not None and end < limits.earliest:
        return "early"
    ahead = any(slots.get(name) in values for name, values in limits.ahead.items())
    if limits.past and not ahead and start > today:
        return "future"
    before = first_day(slots.get(limits.after or "", ""))
    return "order" if before is not None and end < before else None


def _read(value: str) -> Decimal:
    if not value.startswith("P"):
        return Decimal(value)
    months, days = months_and_days(value)
    return Decimal(months) / MONTHS_A_YEAR + Decimal(days) / DAYS_A_YEAR


def _number(limits: Limits, number: Decimal) -> str | None:
    if number < 0:
        return "negative"
    if limits.least is not None and number < limits.least:
        return "zero" if number == 0 else "low"
    return "high" if limits.most is not None and number > limits.most else None
