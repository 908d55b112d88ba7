"""Rates: what people say of interest and penalties, read as percent with their time."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlu.text.characters import plain
from nlu.text.rates import find_rates

DAY = date(2026, 11, 23)


def rates(text: str) -> list[str]:
    return [m.value for m in find_rates(plain(text), DAY)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("年利率12%", "12%/Y"),
        ("借12万年利率10%,借了14个月", "10%/Y"),
        ("年化百分之十三", "13%/Y"),
        ("百分之三点五", "3.5%"),
        ("月息1%", "1%/M"),
        ("月息一分", "1%/M"),
        ("月息一分五", "1.5%/M"),
        ("月息两分半", "2.5%/M"),
        ("一分五的利", "1.5%/M"),
        ("五厘利", "0.5%/M"),
        ("年息六厘", "6%/Y"),
        ("年利率一分二", "12%/Y"),
        ("合同写每天万分之二", "0.02%/D"),
        ("日万分之一", "0.01%/D"),
        ("一日千分之三", "0.3%/D"),
        ("千分之一每天", "0.1%/D"),
        ("5‰", "0.5%"),
        ("按每天总价千分之一", "0.1%/D"),
    ],
)
def test_a_rate_is_read_with_its_time(text: str, value: str) -> None:
    assert rates(text) == [value]


@pytest.mark.parametrize(
    "text", ["扣了六分", "考了九十分", "三分之一", "一分钱", "0%", "五分钟", "十分"]
)
def test_what_is_no_rate_is_left_alone(text: str) -> None:
    assert rates(text) == []


@settings(deadline=None)
@given(st.text(alphabet="月息年利率一二三分厘半点五百千万之%0123456789. ，", max_size=30))
def test_any_text_is_read_without_a_fault(text: str) -> None:
    for mention in find_rates(text, DAY):
        assert 0 <= mention.start < mention.end <= len(text)
        assert float(mention.value.partition("%")[0]) > 0
