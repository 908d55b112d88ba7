"""Work-injury grants: by grade, within bounds."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.calculators.amounts import Reason, WrongInput
from actions.calculators.injury_grant import MONTHS, DeathGrant, InjuryGrant
from tests.unit.actions.calculators.strategies import BELOW_ZERO, WAGES

GRADES = st.sampled_from(sorted(MONTHS))


@given(WAGES)
def test_a_graver_grade_is_never_paid_less(wage: Decimal) -> None:
    totals = [InjuryGrant(grade=g, monthly_wage=wage).worked()["total"] for g in sorted(MONTHS)]

    assert totals == sorted(totals, reverse=True)


@given(GRADES, WAGES, WAGES)
def test_the_wage_stays_between_the_bounds(grade: int, wage: Decimal, average: Decimal) -> None:
    told = InjuryGrant(grade=grade, monthly_wage=wage, local_average=average).worked()

    assert Decimal("0.6") * average <= told["wage"] <= 3 * average
    inside = Decimal("0.6") * average <= wage <= 3 * average
    assert (told["wage"] == wage) == inside


@pytest.mark.parametrize("grade", [0, 11, -1])
def test_there_are_ten_grades(grade: int) -> None:
    with pytest.raises(WrongInput) as caught:
        InjuryGrant(grade=grade, monthly_wage=Decimal(8000)).worked()
    assert caught.value.reason is Reason.RANGE


@given(WAGES)
def test_the_family_gets_twenty_incomes(income: Decimal) -> None:
    assert DeathGrant(income=income).worked()["total"] == income * 20


@given(BELOW_ZERO)
def test_nothing_is_below_zero(less: Decimal) -> None:
    with pytest.raises(WrongInput):
        InjuryGrant(grade=1, monthly_wage=less).worked()
    with pytest.raises(WrongInput):
        DeathGrant(income=less).worked()
