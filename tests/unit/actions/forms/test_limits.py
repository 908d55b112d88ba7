"""Values that cannot be, and what is said to be wrong with them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from actions.forms.limits import Limits, broken

TODAY = date(2026, 11, 23)
WAGE = Limits(least=Decimal(100), most=Decimal(1_000_000))
SERVICE = Limits(least=Decimal("0.002"), most=Decimal(60))
HOURS = Limits(least=Decimal(0), most=Decimal(744))
DAY = Limits(earliest=date(1950, 1, 1), past=True, after="start")
DUE = Limits(past=True, ahead={"matter": ("limitation",)})


@pytest.mark.parametrize(
    ("limits", "value", "bound"),
    [
        (WAGE, "9500", None),
        (WAGE, "100", None),
        (WAGE, "99.99", "low"),
        (WAGE, "0", "zero"),
        (WAGE, "-5000", "negative"),
        (WAGE, "1000000.01", "high"),
        (HOURS, "0", None),
        (HOURS, "-1", "negative"),
        (SERVICE, "P3Y8M", None),
        (SERVICE, "P1D", None),
        (SERVICE, "P80Y", "high"),
        (DAY, "2026-11-23", None),
        (DAY, "2026-11-24", "future"),
        (DAY, "2026-11", None),
        (DAY, "2026-12", "future"),
        (DAY, "1890-03-01", "early"),
        (Limits(), "anything at all", None),
        (DAY, "anything at all", None),
    ],
)
def test_a_bound_is_named(limits: Limits, value: str, bound: str | None) -> None:
    assert broken(limits, value, {}, TODAY) == bound


@pytest.mark.parametrize(
    ("value", "bound"),
    [("2024-03-14", "order"), ("2024-03-15", None), ("2024-03", None), ("2024-02", "order")],
)
def test_one_day_comes_after_another(value: str, bound: str | None) -> None:
    assert broken(DAY, value, {"start": "2024-03-15"}, TODAY) == bound


def test_some_days_may_lie_ahead() -> None:
    assert broken(DUE, "2027-03-01", {"matter": "limitation"}, TODAY) is None
    assert broken(DUE, "2027-03-01", {"matter": "appeal"}, TODAY) == "future"
