"""Tells severance pay: the sum, twice as much, and what would change it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from actions.calculators.service import HALF_A_YEAR, MONTHS_A_YEAR, Service, between, lasting
from actions.calculators.severance import COUNTED_FROM, Severance
from actions.forms.quantities import Unit
from actions.forms.values import measured
from actions.phrases import words
from actions.sums.lines import Filled, Line, day, length, money, number


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """The service that counts, and the whole of it with that before 2008."""

    counted: Service
    whole: Service

    @property
    def is_older(self) -> bool:
        """Whether some of it is not counted for severance pay."""
        return self.whole.months > self.counted.months


def told(filled: Filled) -> list[Line]:
    """The lines of the answer."""
    if filled.said("reason") == "fault":
        return [Line(key="calc_severance_fault", laws=("fault", "severance_due")), _end()]
    return [*_lines(filled), _end()]


def _lines(filled: Filled) -> Iterator[Line]:
    served = _served(filled)
    average = filled.figure("average", "average_wage")
    sum_ = Severance(
        monthly_wage=filled.needed("wage"),
        counted=served.counted,
        whole=served.whole,
        local_average=average.amount if average else None,
    )
    yield from (
        _unlawful(filled, served, sum_) if _is_unlawful(filled) else _lawful(filled, served, sum_)
    )
    if average is not None:
        key = "calc_severance_capped" if sum_.is_capped else "calc_severance_not_capped"
        values = {"average": money(average.amount), "source": average.source}
        yield Line(key=key, laws=("severance_cap",), values=values, aside=True)
    if served.is_older:
        yield Line(key="calc_severance_older", laws=("severance_since",), aside=True)
    if filled.said("start") and not (filled.is_whole("start") and filled.is_whole("end")):
        yield Line(key="calc_rough_days", values=_days(filled), aside=True)
    yield Line(key="calc_severance_changes", laws=("severance_wage", "fault"), aside=True)


def _lawful(filled: Filled, served: Served, sum_: Severance) -> Iterator[Line]:
    worked = sum_.worked()
    values = {
        "served": _shown(filled, served.counted),
        "rounding": _rounding(served.counted),
        "months": number(worked["months"]),
        "wage": money(worked["wage"]),
        "pay": money(worked["pay"]),
    }
    yield Line(key="calc_severance_sum", laws=("severance",), values=values)
    with_notice = {"total": money(worked["with_notice"])}
    yield Line(key="calc_severance_notice", laws=("notice",), values=with_notice)
    damages = {"damages": money(worked["damages"])}
    since = ("damages", "damages_since") if served.is_older else ("damages",)
    yield Line(key="calc_severance_damages", laws=since, values=damages)


def _unlawful(filled: Filled, served: Served, sum_: Severance) -> Iterator[Line]:
    worked = sum_.worked()
    values = {
        "served": _shown(filled, served.whole),
        "rounding": _rounding(served.whole),
        "months": number(worked["whole_months"]),
        "wage": money(worked["wage"]),
        "damages": money(worked["damages"]),
    }
    yield Line(key="calc_severance_unlawful", laws=("severance", "damages"), values=values)
    yield Line(key="calc_severance_no_both", laws=("damages_since",))


def _end() -> Line:
    return Line(key="calc_severance_end", laws=("labour_limit",))


def _is_unlawful(filled: Filled) -> bool:
    return filled.said("reason") == "unlawful"


def _served(filled: Filled) -> Served:
    start, end = filled.first("start"), filled.last("end")
    if start is not None and end is not None:
        counted = Service(months=0)
        if end >= COUNTED_FROM:
            counted = between(max(start, COUNTED_FROM), end)
        return Served(counted=counted, whole=between(start, end))
    whole = lasting(*filled.length("service"))
    # Without dates the job is taken to end today.
    most = between(COUNTED_FROM, filled.today)
    return Served(counted=whole if whole.months <= most.months else most, whole=whole)


def _shown(filled: Filled, service: Service) -> str:
    own = filled.said("service")
    if (
        own is not None
        and filled.said("start") is None
        and lasting(*filled.length("service")) == service
    ):
        return measured(Unit.PERIOD, own)
    return length(service.months, 0) or words("calc_less_than_a_month")


def _rounding(service: Service) -> str:
    months = service.months % MONTHS_A_YEAR
    if months >= HALF_A_YEAR:
        return words("calc_rounding_up")
    return words("calc_rounding_half" if months or service.rest else "calc_rounding_none")


def _days(filled: Filled) -> dict[str, str]:
    start, end = filled.first("start"), filled.last("end")
    return {"start": day(start) if start else "", "end": day(end) if end else ""}
