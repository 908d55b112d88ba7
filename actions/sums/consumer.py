"""Tells what a cheated buyer may ask for beside the price."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from actions.calculators.consumer_damages import LOSS_TIMES, TIMES, ConsumerDamages, Wrong
from actions.sums.lines import Filled, Line, money

LAWS = {Wrong.FRAUD: "fraud", Wrong.FOOD: "food", Wrong.DRUG: "drug"}


def told(filled: Filled) -> list[Line]:
    """The lines of the answer."""
    return list(_lines(filled))


def _lines(filled: Filled) -> Iterator[Line]:
    kind = Wrong(filled.said("kind") or Wrong.FRAUD)
    loss = filled.number("loss") or Decimal(0)
    sum_ = ConsumerDamages(kind=kind, price=filled.needed("price"), loss=loss)
    worked = sum_.worked()
    times, least = TIMES[kind]
    by_loss = kind is not Wrong.FRAUD and loss * LOSS_TIMES > sum_.price * times
    values = {
        "price": money(sum_.price),
        "loss": money(loss),
        "times": str(times),
        "product": money(loss * LOSS_TIMES if by_loss else sum_.price * times),
        "least": money(Decimal(least)),
        "damages": money(worked["damages"]),
        "total": money(worked["total"]),
    }
    key = "calc_consumer_by_loss" if by_loss else "calc_consumer_by_price"
    yield Line(key=key, laws=(LAWS[kind],), values=values)
    if worked["damages"] == least:
        yield Line(key="calc_consumer_least", laws=(LAWS[kind],), values=values)
    yield Line(key="calc_consumer_total", values=values)
    if kind is Wrong.FRAUD:
        yield Line(key="calc_consumer_fraud_changes", laws=("fraud",), aside=True)
    else:
        yield Line(key="calc_consumer_food_changes", laws=("reasonable",), aside=True)
    yield Line(key="calc_consumer_end", laws=("limitation",))
