"""Every example that was worked out by hand from the articles, against the calculators."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from actions.calculators.annual_leave import AnnualLeave, due_days, since_joining, until_leaving
from actions.calculators.consumer_damages import ConsumerDamages, Wrong
from actions.calculators.court_fee import CourtFee, FeeKind
from actions.calculators.deadlines import known_periods
from actions.calculators.house_delay import HouseDelay, RentInstead
from actions.calculators.injury_grant import DeathGrant, InjuryGrant
from actions.calculators.loan_interest import Length, LoanInterest, days_between
from actions.calculators.overtime import Overtime, Per
from actions.calculators.service import Service, between, lasting
from actions.calculators.severance import COUNTED_FROM, Severance
from actions.forms.quantities import months_and_days

FOLDER = Path(__file__).with_name("worked")
FEWEST = 150

Given = Mapping[str, Any]  # Any: YAML
Result = Mapping[str, object]


def money(given: Given, name: str, default: str = "0") -> Decimal:
    return Decimal(given.get(name, default))


def some(given: Given, name: str) -> Decimal | None:
    return Decimal(given[name]) if name in given else None


def severance(given: Given) -> Result:
    if "start" in given:
        start, end = given["start"], given["end"]
        whole, counted = between(start, end), between(max(start, COUNTED_FROM), end)
    else:
        whole = counted = lasting(*months_and_days(given["service"]))
    assert isinstance(whole, Service)
    return Severance(
        monthly_wage=money(given, "wage"),
        counted=counted,
        whole=whole,
        local_average=some(given, "average"),
        last_wage=some(given, "last_wage"),
    ).worked()


def overtime(given: Given) -> Result:
    return Overtime(
        wage=money(given, "wage"),
        per=Per(given["per"]),
        workday_hours=money(given, "workday"),
        restday_hours=money(given, "restday"),
        holiday_hours=money(given, "holiday"),
    ).worked()


def annual_leave(given: Given) -> Result:
    if "years" not in given:
        wage, due, taken = (money(given, name) for name in ("wage", "due", "taken"))
        return AnnualLeave(monthly_wage=wage, due=due, taken=taken).worked()
    share = (1, 1)
    if "joined" in given:
        share = since_joining(given["joined"])
    if "left" in given:
        share = until_leaving(given["left"])
    return {"due": due_days(money(given, "years"), share)}


def injury(given: Given) -> Result:
    if "income" in given:
        return DeathGrant(income=money(given, "income")).worked()
    return InjuryGrant(
        grade=given["grade"],
        monthly_wage=money(given, "wage"),
        local_average=some(given, "average"),
    ).worked()


def loan_interest(given: Given) -> Result:
    length = Length(months=given.get("months", 0), days=given.get("days", 0))
    if "start" in given:
        length = days_between(given["start"], given["end"])
    return LoanInterest(
        principal=money(given, "principal"),
        annual_rate=money(given, "rate"),
        length=length,
        lpr=some(given, "lpr"),
    ).worked()


def court_fee(given: Given) -> Result:
    return CourtFee(
        kind=FeeKind(given["kind"]),
        amount=some(given, "amount"),
        halved=given.get("halved", False),
    ).worked()


def consumer(given: Given) -> Result:
    return ConsumerDamages(
        kind=Wrong(given["kind"]), price=money(given, "price"), loss=money(given, "loss")
    ).worked()


def house_delay(given: Given) -> Result:
    if "rent" in given:
        return RentInstead(rent=money(given, "rent"), days=money(given, "days")).worked()
    paid, rate, days = (money(given, name) for name in ("paid", "rate", "days"))
    return HouseDelay(paid=paid, daily_rate=rate, days=days).worked()


def deadlines(given: Given) -> Result:
    ends = known_periods()[given["matter"]].ends(given["start"])
    return {"day": ends.day, "rolled": ends.rolled}


CALCULATORS: Mapping[str, Callable[[Given], Result]] = {
    f.__name__: f
    for f in (
        severance, overtime, annual_leave, injury, loan_interest, court_fee, consumer,
        house_delay, deadlines,
    )
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    calculator: str
    given: Given
    expected: Mapping[str, object]
    source: str


def examples() -> list[Example]:
    return [
        Example(calculator=path.stem, **row)
        for path in sorted(FOLDER.glob("*.yml"))
        for row in yaml.safe_load(path.read_text(encoding="utf-8"))
    ]


def value(expected: object) -> object:
    return expected if isinstance(expected, date) else Decimal(str(expected))


@pytest.mark.parametrize(
    "example", [pytest.param(e, id=f"{e.calculator}-{n}") for n, e in enumerate(examples())]
)
def test_an_example_comes_out_as_by_hand(example: Example) -> None:
    worked = CALCULATORS[example.calculator](example.given)

    expected = {name: value(v) for name, v in example.expected.items()}
    assert {name: worked[name] for name in expected} == expected, example.source


def test_there_are_enough_examples_and_each_tells_its_source() -> None:
    known = examples()

    assert len(known) >= FEWEST
    assert {e.calculator for e in known} == set(CALCULATORS)
    assert [e for e in known if not e.source or not e.expected] == []


def test_every_period_and_every_kind_of_fee_has_an_example() -> None:
    known = examples()

    assert {e.given.get("matter") for e in known} - {None} == set(known_periods())
    kinds = {e.given["kind"] for e in known if e.calculator == "court_fee"}
    assert kinds == {kind.value for kind in FeeKind}
