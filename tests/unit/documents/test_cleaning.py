"""What is typed becomes fit for paper and stays what was said."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.cleaning import clean, on_one_line
from tests.unit.documents.samples import HOSTILE


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("  欠我三万元。 ", "欠我三万元。"),
        ("一\r\n\r\n\r\n二\u2028三\r四", "一\n二\n三\n四"),
        (HOSTILE["controls"], "甲乙丙[31m丁戊"),
        (HOSTILE["bidi"], "卡号6543收款人"),
        (HOSTILE["emoji"], "我很生气他打人"),
        (HOSTILE["rare"], "冯䶮、𠮷野家、㐂"),
        ("e\u0301", "\u00e9"),
        ("①℃→※〇《》￥100", "①℃→※〇《》￥100"),
        (HOSTILE["markup"], HOSTILE["markup"]),
        ("", ""),
        ("\u200b\u202e", ""),
    ],
)
def test_only_what_prints_stays(text: str, cleaned: str) -> None:
    assert clean(text) == cleaned


def test_a_line_stays_a_line() -> None:
    assert on_one_line("平江路 8 号\n\n二楼") == "平江路 8 号 二楼"


@given(st.text())
def test_nothing_invisible_is_left_and_cleaning_again_changes_nothing(text: str) -> None:
    cleaned = clean(text)

    assert clean(cleaned) == cleaned
    assert {unicodedata.category(c) for c in cleaned if c != "\n"} & {"Cc", "Cf", "Cs"} == set()
