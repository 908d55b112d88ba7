"""Lines of a sum: values, the law behind each, numbers for people."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

import pytest

from actions.forms.spec import SKIPPED
from actions.phrases import phrases
from actions.sums.lines import Filled, Line, day, length, money, number, texts

TODAY = date(2026, 11, 23)
PLACED = re.compile(r"\$law(\d)")


def test_a_law_is_not_named_twice_in_a_row() -> None:
    total = {"total": "1"}
    lines = [
        Line(key="calc_severance_notice", laws=("notice",), values=total),
        Line(key="calc_severance_damages", laws=("damages",), values={"damages": "2"}),
        Line(key="calc_overtime_total", laws=("overtime",), values=total),
        Line(key="calc_severance_damages", laws=("damages",), values={"damages": "2"}),
    ]

    assert ["《" in text for text in texts(lines)] == [True, False, True, True]


def test_laws_in_places_of_their_own_are_named_in_their_order() -> None:
    line = Line(key="calc_severance_changes", laws=("severance_wage", "fault"))

    assert "（《劳动合同法实施条例》第二十七条）" in line.text()
    assert "（《劳动合同法》第三十九条）" in line.text()
    assert [c.article for c in line.citations] == ["第二十七条", "第三十九条"]


def test_no_place_for_a_law_is_left_out() -> None:
    for key, phrase in phrases().items():
        places = sorted({int(n) for n in PLACED.findall(phrase.text)})
        if key.startswith("calc_"):
            assert places == list(range(1, len(places) + 1)), key
            assert not (places and re.search(r"\$law(?!\d)", phrase.text)), key


def test_a_form_is_read_as_numbers_and_days() -> None:
    filled = Filled(
        slots={"wage": "9500", "start": "2024-02", "lpr": SKIPPED, "service": "P1Y2M3D"},
        today=TODAY,
    )

    assert filled.needed("wage") == 9500
    assert filled.number("lpr") is None
    assert filled.said("lpr") is None
    assert (filled.first("start"), filled.last("start")) == (
        date(2024, 2, 1),
        date(2024, 2, 29),
    )
    assert not filled.is_whole("start")
    assert filled.length("service") == (14, 3)
    with pytest.raises(KeyError):
        filled.needed("price")


def test_what_the_citizen_says_of_a_figure_is_named_as_such() -> None:
    known = Filled(slots={"lpr": "3.1"}, today=TODAY).figure("lpr", "lpr_1y")

    assert known is not None
    assert known.amount == Decimal("3.1")
    assert known.source == "您说的"
    assert Filled(slots={}, today=TODAY).figure("average", "average_wage") is None


@pytest.mark.parametrize(
    ("amount", "told"),
    [("38000", "38,000"), ("545.98", "545.98"), ("0", "0"), ("1000000.5", "1,000,000.50")],
)
def test_money_is_told_with_fen_only_where_there_are_any(amount: str, told: str) -> None:
    assert money(Decimal(amount)) == told


def test_numbers_days_and_lengths_are_told_for_people() -> None:
    assert number(Decimal("1.50")) == "1.5"
    assert number(Decimal(2000)) == "2,000"
    assert number(Decimal(0)) == "0"
    assert day(date(2026, 11, 18)) == "2026年11月18日"
    assert length(44, 0) == "3 年 8 个月"
    assert length(12, 5) == "1 年 5 天"
