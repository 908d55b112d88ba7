"""Tells what a court asks for."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from actions.calculators.court_fee import CourtFee, FeeKind
from actions.sums.lines import Filled, Line, money, number

LAWS = {
    FeeKind.PROPERTY: "fee",
    FeeKind.DIVORCE: "fee_divorce",
    FeeKind.PERSONALITY: "fee_personality",
    FeeKind.OTHER: "fee_other",
    FeeKind.LABOUR: "fee_labour",
    FeeKind.ADMINISTRATIVE: "fee_administrative",
    FeeKind.PRESERVATION: "fee_preservation",
    FeeKind.PAYMENT_ORDER: "fee_payment_order",
    FeeKind.ENFORCEMENT: "fee_enforcement",
}
NAMES = {
    FeeKind.PROPERTY: "calc_fee_property",
    FeeKind.DIVORCE: "calc_fee_divorce",
    FeeKind.PERSONALITY: "calc_fee_personality",
    FeeKind.OTHER: "calc_fee_other",
    FeeKind.LABOUR: "calc_fee_labour",
    FeeKind.ADMINISTRATIVE: "calc_fee_administrative",
    FeeKind.PRESERVATION: "calc_fee_preservation",
    FeeKind.PAYMENT_ORDER: "calc_fee_payment_order",
    FeeKind.ENFORCEMENT: "calc_fee_enforcement",
}
# What is asked for an application; the rest is asked for a suit, and halved where it is short.
APPLICATIONS = {FeeKind.PRESERVATION, FeeKind.PAYMENT_ORDER, FeeKind.ENFORCEMENT}


def told(filled: Filled) -> list[Line]:
    """The lines of the answer."""
    return list(_lines(filled))


def _lines(filled: Filled) -> Iterator[Line]:
    kind = FeeKind(filled.said("kind") or FeeKind.PROPERTY)
    amount = filled.number("amount")
    amount = filled.number("also") if amount is None else amount
    fee = CourtFee(kind=kind, amount=amount)
    values = {"amount": money(amount or Decimal(0)), "fee": _shown(fee)}
    yield Line(key=NAMES[kind], laws=(LAWS[kind],), values=values)
    parts = fee.parts()
    if len(parts) > 1:
        shares = (f"{money(p.amount)}×{number(p.percent)}%" for p in parts[1:])
        pieces = " + ".join([money(parts[0].fee), *shares])
        yield Line(key="calc_fee_parts", values={"pieces": pieces})
    if kind in APPLICATIONS:
        end = "calc_fee_enforcement_end" if kind is FeeKind.ENFORCEMENT else "calc_fee_apply_end"
        laws = ("fee_enforcement_when",) if kind is FeeKind.ENFORCEMENT else ()
        yield Line(key=end, laws=laws)
        return
    half = _shown(CourtFee(kind=kind, amount=amount, halved=True))
    yield Line(key="calc_fee_half", laws=("fee_simple", "fee_settled"), values={"half": half})
    yield Line(key="calc_fee_end", laws=("fee_when", "fee_loser"))


def _shown(fee: CourtFee) -> str:
    worked = fee.worked()
    if "total" in worked:
        return money(worked["total"])
    return f"{money(worked['from'])}–{money(worked['to'])}"
