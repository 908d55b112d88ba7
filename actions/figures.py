"""Figures that change (LPR, wages), in one dated table; what nobody has checked is not in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import yaml

FILE = Path(__file__).with_name("figures.yml")


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """One value of a figure: ``starts`` and ``ends`` are the first and last day it is valid.

    ``checked_on`` is when somebody read it in ``source``; from ``expires_on`` on it is to be
    checked again and not told any more.
    """

    amount: Decimal
    starts: date
    ends: date | None
    source: str
    checked_on: date
    expires_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A figure with all its values; ``where`` is who publishes it, ``unit`` what it counts."""

    name: str
    title: str
    unit: str
    where: str
    values: tuple[Value, ...]

    def on(self, day: date, *, today: date) -> Value | None:
        """The value that was valid on a day, if it may still be told today."""
        return next((v for v in self.values if _is_valid(v, day) and today < v.expires_on), None)


@cache
def figures() -> Mapping[str, Figure]:
    """The project's own table."""
    return read_figures(FILE)


def read_figures(file: Path) -> Mapping[str, Figure]:
    """A table of figures by name; raises ``ValueError`` for a value that cannot be."""
    document = yaml.safe_load(file.read_text(encoding="utf-8"))
    return {name: _figure(name, row) for name, row in document.items()}


def _is_valid(value: Value, day: date) -> bool:
    return value.starts <= day and (value.ends is None or day <= value.ends)


def _figure(name: str, row: dict[str, Any]) -> Figure:  # Any: YAML
    values = tuple(_value(name, value) for value in row["values"])
    by_start = sorted(values, key=lambda v: v.starts)
    for earlier, later in pairwise(by_start):
        if earlier.ends is None or earlier.ends >= later.starts:
            raise ValueError(f"{name}: two values on {later.starts}")
    return Figure(
        name=name, title=row["title"], unit=row["unit"], where=row["where"], values=values
    )


def _value(name: str, row: dict[str, Any]) -> Value:  # Any: YAML
    value = Value(
        amount=Decimal(row["value"]),
        starts=row["from"],
        ends=row.get("to"),
        source=row["source"],
        checked_on=row["checked_on"],
        expires_on=row["expires_on"],
    )
    if value.amount <= 0 or value.expires_on <= value.checked_on or not value.source:
        raise ValueError(f"{name}: a value from {value.starts} that cannot be")
    return value
