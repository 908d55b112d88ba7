"""Tells the one-off grants of work-injury insurance."""

from __future__ import annotations

from collections.abc import Iterator

from actions.calculators.injury_grant import DeathGrant, InjuryGrant
from actions.sums.lines import Filled, Line, money, number

DEATH = "death"
TOTALLY, PARTLY = 4, 6


def told(filled: Filled) -> list[Line]:
    """The lines of the answer."""
    return list(_death(filled) if filled.said("grade") == DEATH else _grade(filled))


def _grade(filled: Filled) -> Iterator[Line]:
    grade = int(filled.said("grade") or 0)
    average = filled.figure("average", "average_wage")
    sum_ = InjuryGrant(
        grade=grade,
        monthly_wage=filled.needed("wage"),
        local_average=average.amount if average else None,
    )
    worked = sum_.worked()
    law = _law(grade)
    values = {
        "grade": str(grade),
        "wage": money(worked["wage"]),
        "months": number(worked["months"]),
        "total": money(worked["total"]),
        "allowance": money(worked["allowance"]),
    }
    yield Line(key="calc_injury_sum", laws=(law,), values=values)
    if grade <= TOTALLY:
        yield Line(key="calc_injury_monthly", laws=(law,), values=values)
    else:
        key = "calc_injury_monthly_or_leave" if grade <= PARTLY else "calc_injury_leave"
        yield Line(key=key, laws=(law,), values=values)
    if average is None:
        yield Line(key="calc_injury_unbounded", laws=("injury_wage",), aside=True)
    else:
        bounds = {"average": money(average.amount), "source": average.source}
        yield Line(key="calc_injury_bounded", laws=("injury_wage",), values=bounds, aside=True)
    yield Line(key="calc_injury_end", laws=("uninsured", "grading_again"))


def _death(filled: Filled) -> Iterator[Line]:
    income = filled.figure("income", "national_income")
    if income is None:
        yield Line(key="calc_injury_death_unknown", laws=("death",))
    else:
        total = DeathGrant(income=income.amount).worked()["total"]
        values = {
            "income": money(income.amount),
            "source": income.source,
            "total": money(total),
        }
        yield Line(key="calc_injury_death", laws=("death",), values=values)
    yield Line(key="calc_injury_death_end", laws=("uninsured", "injury_claim"))


def _law(grade: int) -> str:
    if grade <= TOTALLY:
        return "grade_1_to_4"
    return "grade_5_to_6" if grade <= PARTLY else "grade_7_to_10"
