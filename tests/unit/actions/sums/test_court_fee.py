"""Court fees as they are told."""

from __future__ import annotations

import pytest

from actions.calculators.court_fee import FeeKind
from actions.sums.court_fee import LAWS, NAMES, told
from tests.unit.actions.sums.saying import cited, said


def test_brackets_are_shown_one_by_one() -> None:
    text = said(told, kind="property", amount="200000")

    assert "案件受理费 4,300 元" in text
    assert "50 + 90,000×2.5% + 100,000×2%" in text
    assert "减半：2,150 元" in text


def test_a_range_is_told_as_one() -> None:
    text = said(told, kind="divorce", also="2000000")

    assert "9,050–9,300 元" in text
    assert "4,525–4,650 元" in text


def test_an_application_is_not_halved() -> None:
    for kind in ("preservation", "payment_order", "enforcement"):
        assert "减半" not in said(told, kind=kind, amount="50000", also="50000")
    assert "不用先交" in said(told, kind="enforcement", also="176000")


@pytest.mark.parametrize("kind", list(FeeKind))
def test_every_kind_is_told_with_its_law(kind: FeeKind) -> None:
    assert "诉讼费用交纳办法" in " ".join(cited(told, kind=kind.value, amount="50000"))
    assert set(LAWS) == set(NAMES) == set(FeeKind)
