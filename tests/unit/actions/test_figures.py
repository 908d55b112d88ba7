"""Figures that change: told while they are valid and checked, else asked for."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from actions.figures import figures, read_figures

TABLE = """
rate:
  title: 利率
  unit: percent
  where: 某处
  values:
    - {from: 2026-01-01, to: 2026-01-31, value: "3.1", source: 公告一, checked_on: 2026-02-01, expires_on: 2027-02-01}
    - {from: 2026-02-01, value: "3.0", source: 公告二, checked_on: 2026-02-20, expires_on: 2026-05-01}
"""
TODAY = date(2026, 3, 1)


@pytest.fixture
def table(tmp_path: Path) -> Path:
    file = tmp_path / "figures.yml"
    file.write_text(TABLE, encoding="utf-8")
    return file


@pytest.mark.parametrize(
    ("day", "amount"),
    [
        (date(2025, 12, 31), None),
        (date(2026, 1, 1), "3.1"),
        (date(2026, 1, 31), "3.1"),
        (date(2026, 2, 1), "3.0"),
        (date(2026, 3, 1), "3.0"),
    ],
)
def test_a_value_is_that_of_the_day(table: Path, day: date, amount: str | None) -> None:
    found = read_figures(table)["rate"].on(day, today=TODAY)

    assert (found.amount if found else None) == (Decimal(amount) if amount else None)


def test_past_its_expiry_a_value_is_not_told(table: Path) -> None:
    figure = read_figures(table)["rate"]

    assert figure.on(TODAY, today=date(2026, 4, 30)) is not None
    assert figure.on(TODAY, today=date(2026, 5, 1)) is None


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("to: 2026-01-31", "to: 2026-02-15"),
        ('"3.1"', '"0"'),
        ("expires_on: 2027-02-01", "expires_on: 2026-01-01"),
        ("source: 公告一", 'source: ""'),
    ],
)
def test_a_value_that_cannot_be_is_refused(table: Path, old: str, new: str) -> None:
    table.write_text(TABLE.replace(old, new), encoding="utf-8")

    with pytest.raises(ValueError, match="rate"):
        read_figures(table)


def test_the_projects_table_names_where_each_figure_is_published() -> None:
    assert set(figures()) == {"lpr_1y", "average_wage", "minimum_wage", "national_income"}
    assert [f.name for f in figures().values() if not (f.title and f.where)] == []
