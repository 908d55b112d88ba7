"""Tells what a late home costs its seller."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from actions.calculators.house_delay import HouseDelay, RentInstead
from actions.sums.lines import Filled, Line, day, money, number


def told(filled: Filled) -> list[Line]:
    """The lines of the answer."""
    return list(_lines(filled))


def _lines(filled: Filled) -> Iterator[Line]:
    days, rate = _days(filled), filled.number("rate")
    due = filled.first("due")
    if due is not None:
        until = filled.first("handed") or filled.today
        values = {"due": day(due), "until": day(until), "days": number(days)}
        yield Line(key="calc_house_counted", values=values)
    if rate:
        agreed = HouseDelay(paid=filled.needed("paid"), daily_rate=rate, days=days)
        worked = agreed.worked()
        values = {
            "paid": money(agreed.paid),
            "rate": number(rate),
            "days": number(days),
            "total": money(worked["total"]),
        }
        yield Line(key="calc_house_sum", laws=("penalty",), values=values)
    else:
        rent = RentInstead(rent=filled.needed("rent"), days=days)
        values = {
            "rent": money(rent.rent),
            "days": number(days),
            "total": money(rent.worked()["total"]),
        }
        yield Line(key="calc_house_rent_sum", laws=("rent",), values=values)
    yield Line(key="calc_house_changes", laws=("penalty_cut", "rescind"), aside=True)
    yield Line(key="calc_house_end", laws=("limitation",))


def _days(filled: Filled) -> Decimal:
    due = filled.first("due")
    if due is None:
        return filled.needed("days")
    return Decimal(((filled.first("handed") or filled.today) - due).days)
