"""A sum as it is told: lines of the wording with their values, and the law behind each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from actions.calculators.amounts import yuan
from actions.calculators.laws import cited, labels
from actions.figures import figures
from actions.forms.dates import first_day, is_whole, last_day
from actions.forms.quantities import Unit, months_and_days
from actions.forms.spec import SKIPPED
from actions.forms.values import measured
from actions.phrases import words
from core.messages import Citation


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line: a phrase of the wording, its values, and names of ``laws.yml``.

    The phrase says the law as ``$law`` or, where each has its own place, ``$law1``, ``$law2``. An
    ``aside`` says what would change the sum; it stands apart where all is too long for a screen.
    """

    key: str
    laws: tuple[str, ...] = ()
    values: Mapping[str, str] = field(default_factory=dict)
    aside: bool = False

    def text(self, after: str = "") -> str:
        """The line in the language spoken; ``after`` is the law that was named last."""
        each, last = {}, after
        for place, citation in enumerate(map(_cited, self.laws), 1):
            each[f"law{place}"] = labels([citation], after=last)
            last = citation.law
        return words(self.key, law=labels(self.citations, after=after), **each, **self.values)

    @property
    def citations(self) -> tuple[Citation, ...]:
        """What it rests on."""
        return cited(self.laws)


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A figure that changes, with where it is from: the table, or what the citizen said."""

    amount: Decimal
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """What a form holds, read as numbers and days; what was skipped is not there."""

    slots: Mapping[str, str]
    today: date

    def said(self, name: str) -> str | None:
        """The value as the slot keeps it."""
        value = self.slots.get(name)
        return None if value in (None, SKIPPED) else value

    def number(self, name: str) -> Decimal | None:
        """A quantity as a number."""
        value = self.said(name)
        return Decimal(value) if value is not None else None

    def needed(self, name: str) -> Decimal:
        """A quantity that the form cannot be without; raises ``KeyError``."""
        number = self.number(name)
        if number is None:
            raise KeyError(name)
        return number

    def first(self, name: str) -> date | None:
        """The day told, or the first of the month told."""
        return first_day(self.slots.get(name, ""))

    def last(self, name: str) -> date | None:
        """The day told, or the last of the month told."""
        return last_day(self.slots.get(name, ""))

    def is_whole(self, name: str) -> bool:
        """Whether a day was told and not only its month."""
        return is_whole(self.slots.get(name, ""))

    def length(self, name: str) -> tuple[int, int]:
        """A period in whole months and days beside them."""
        return months_and_days(self.slots.get(name, "P"))

    def figure(self, slot: str, name: str, on: date | None = None) -> Known | None:
        """A figure: as the citizen says it, else as the table has it on that day."""
        own = self.number(slot)
        if own is not None:
            return Known(amount=own, source=words("calc_source_yours"))
        value = figures()[name].on(on or self.today, today=self.today)
        if value is None:
            return None
        source = words("calc_source_table", source=value.source, day=day(value.checked_on))
        return Known(amount=value.amount, source=source)


def texts(lines: Iterable[Line]) -> list[str]:
    """The lines one after the other; a law is not named twice in a row."""
    told, last = [], ""
    for line in lines:
        told.append(line.text(last))
        last = line.citations[-1].law if line.citations else last
    return told


def _cited(name: str) -> Citation:
    return cited([name])[0]


Sum = Callable[[Filled], Sequence[Line]]
"""How one calculator tells what a form holds."""


def money(amount: Decimal) -> str:
    """Yuan for people: 38,000 and 545.98; no decimals where there are none."""
    whole = amount == amount.to_integral_value()
    return f"{amount:,.0f}" if whole else f"{yuan(amount):,f}"


def number(value: Decimal) -> str:
    """A number without idle zeros."""
    return f"{value.normalize():,f}" if value else "0"


def day(moment: date) -> str:
    """A day in words."""
    return words("day_long").format(moment)


def length(months: int, days: int) -> str:
    """A length of time in words."""
    years, rest = divmod(months, 12)
    return measured(Unit.PERIOD, f"P{years}Y{rest}M{days}D")
