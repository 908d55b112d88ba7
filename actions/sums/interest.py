"""Tells the interest of a loan and what of it a court protects."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from actions.calculators.loan_interest import (
    CAP_SINCE,
    LPR_TIMES,
    Length,
    LoanInterest,
    days_between,
)
from actions.forms.quantities import Unit
from actions.forms.values import measured
from actions.sums.lines import Filled, Known, Line, day, money, number


def told(filled: Filled) -> list[Line]:
    """The lines of the answer."""
    return [*_lines(filled), Line(key="calc_interest_end", laws=("limitation",))]


def _lines(filled: Filled) -> Iterator[Line]:
    principal, rate = filled.needed("principal"), filled.number("rate")
    if not rate:
        yield Line(key="calc_interest_free", laws=("no_interest",))
        yield Line(key="calc_interest_late", laws=("loan_late",))
        return
    start = filled.first("start")
    old = start is not None and start < CAP_SINCE
    lpr = None if old else filled.figure("lpr", "lpr_1y", start)
    sum_ = LoanInterest(
        principal=principal,
        annual_rate=rate,
        length=_length(filled, start),
        lpr=lpr.amount if lpr else None,
    )
    worked = sum_.worked()
    values = {
        "principal": money(principal),
        "rate": number(worked["rate"]),
        "length": _told_length(filled, start),
        "interest": money(worked["interest"]),
        "total": money(worked["total"]),
    }
    yield Line(key="calc_interest_sum", values=values)
    yield _cap(sum_, lpr, old=old)
    yield Line(key="calc_interest_changes", laws=("loan_principal", "loan_total"), aside=True)


def _cap(sum_: LoanInterest, lpr: Known | None, *, old: bool) -> Line:
    if old:
        return Line(key="calc_interest_old", laws=("loan_before_2020",))
    if lpr is None:
        return Line(key="calc_interest_uncapped", laws=("loan_cap",))
    most = LPR_TIMES * lpr.amount
    over = sum_.annual_rate > most
    values = {
        "lpr": number(lpr.amount),
        "source": lpr.source,
        "most": number(most),
        "agreed": number(sum_.annual_rate),
        "asked": money(sum_.worked()["asked"]),
    }
    key = "calc_interest_over" if over else "calc_interest_within"
    return Line(key=key, laws=("loan_cap",), values=values)


def _end(filled: Filled) -> date:
    return filled.first("end") or filled.today


def _length(filled: Filled, start: date | None) -> Length:
    if start is not None:
        return days_between(start, _end(filled))
    months, days = filled.length("length")
    return Length(months=months, days=days)


def _told_length(filled: Filled, start: date | None) -> str:
    if start is None:
        return measured(Unit.PERIOD, filled.said("length") or "P")
    days = Decimal(_length(filled, start).days)
    return f"{measured(Unit.DAYS, str(days))}（{day(start)}–{day(_end(filled))}）"
