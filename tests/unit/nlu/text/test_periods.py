"""Lengths of time become ISO 8601 durations; rates, ordinals and other words do not."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlu.text.mentions import MONEY
from nlu.text.periods import Duration, Run, find_periods, find_runs
from tests.unit.nlu.text.written_numbers import written

DAY = date(2026, 11, 23)


def found(text: str) -> list[tuple[str, str]]:
    """Words and values."""
    return [(text[m.start : m.end], m.value) for m in find_periods(text, DAY)]


@given(st.integers(2, 99), st.integers(1, 11))
def test_any_years_and_months(years: int, months: int) -> None:
    value = f"P{years}Y{months}M"

    for said in (f"{years}年{months}个月", f"{written(years)}年零{written(months)}个月"):
        assert found(f"干了{said}，走了") == [(said, value)]


@given(st.integers(2, 199))
def test_any_days_and_hours(count: int) -> None:
    assert found(f"等了{written(count)}天") == [(f"{written(count)}天", f"P{count}D")]
    assert found(f"等了{count}个小时") == [(f"{count}个小时", f"PT{count}H")]


@pytest.mark.parametrize(
    ("text", "said", "value"),
    [
        ("三个半月没发", "三个半月", "P3M15D"),
        ("行政拘留10日", "10日", "P10D"),
        ("扣我一礼拜工资", "一礼拜", "P7D"),
        ("半年没发", "半年", "P6M"),
        ("半个多月了", "半个多月", "P15D"),
        ("离婚两年半", "两年半", "P2Y6M"),
        ("1.5年的班", "1.5年", "P1Y6M"),
        ("2.5个月", "2.5个月", "P2M15D"),
        ("等了一个半小时", "一个半小时", "PT1H30M"),
        ("半个钟头", "半个钟头", "PT30M"),
        ("40分钟", "40分钟", "PT40M"),
        ("两天半", "两天半", "P2DT12H"),
        ("两个礼拜", "两个礼拜", "P14D"),
        ("三个月零九天", "三个月零九天", "P3M9D"),
        ("三个号头", "三个号头", "P3M"),
        ("拖俺仨月", "仨月", "P3M"),
        ("三年多没来", "三年多", "P3Y"),
        ("二十来天", "二十来天", "P20D"),
        ("十几年没来往", "十几年", "P10Y"),
        ("七八天", "七八天", "P7D"),
        ("3-5天到货", "3-5天", "P3D"),
        ("15日内上诉", "15日", "P15D"),
        ("98天产假", "98天", "P98D"),
        ("三年期合同", "三年", "P3Y"),
        ("一百二十天", "一百二十天", "P120D"),
        ("拖了一年", "一年", "P1Y"),
        ("一年没发", "一年", "P1Y"),
        ("试用期一个月", "一个月", "P1M"),
    ],
)
def test_a_length_is_found(text: str, said: str, value: str) -> None:
    assert found(text) == [(said, value)]


@pytest.mark.parametrize(
    "text",
    [
        f"一天{MONEY}",
        f"{MONEY}一个月",
        f"一个月工资{MONEY}",
        "一天工作",
        "最后一天了",
        "10日开庭",
        "这一年",
        "有一天",
        "第三天",
        "前两天",
        "每两周一次",
        "三年级",
        "三周岁",
        "三天然气",
        "三个月饼",
        "5个工作日",
        "几天",
        "等了半天",
        "三月",
        "15日",
        "六几年",
        "200年",
        "一个月多少钱",
    ],
)
def test_what_is_no_length(text: str) -> None:
    assert found(text) == []


def test_lengths_side_by_side_are_not_added_up() -> None:
    assert found("一天十二小时") == [("十二小时", "PT12H")]
    assert found("三十天一天五十") == [("三十天", "P30D")]


def test_runs_are_found_even_where_they_are_rates() -> None:
    assert list(find_runs("一天工作")) == [Run(start=0, end=2, length=Duration(days=1))]


@pytest.mark.parametrize(
    ("length", "written_as"),
    [
        (Duration(years=3, months=8), "P3Y8M"),
        (Duration(minutes=90), "PT1H30M"),
        (Duration(days=1, minutes=720), "P1DT12H"),
        (Duration(months=18), "P18M"),
    ],
)
def test_iso_8601(length: Duration, written_as: str) -> None:
    assert str(length) == written_as
