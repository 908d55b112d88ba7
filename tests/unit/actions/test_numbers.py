"""Numbers of other systems are found in what people type, and lead to whoever gave them."""

from __future__ import annotations

import pytest

from actions.numbers import answered, is_own, mentioned, where_to_ask
from core.messages import Entity


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("GS-2026-00123", "GS-2026-00123"),
        ("gs00123456", "GS00123456"),
        ("20261120123456", "20261120123456"),
        ("编号是GS00123456", "GS00123456"),
        ("我的工单号：20261120123456。", "20261120123456"),
        ("（2026）苏0508民初123号", "（2026）苏0508民初123号"),
        ("苏信访〔2026〕12号", "苏信访〔2026〕12号"),
    ],
)
def test_an_answer_that_is_a_number_is_taken(text: str, number: str) -> None:
    assert answered(text) == number


@pytest.mark.parametrize(
    "text",
    [
        "", "找不到了", "12345", "我2026年10月交的", "是去年的3号窗口", "XF3205082610120001230",
        "xf320508", "7QK2M", "没有编号怎么办",
    ],
)  # fmt: skip
def test_anything_else_is_not(text: str) -> None:
    assert answered(text) is None


def test_what_was_recognised_as_something_else_is_no_number() -> None:
    code = Entity(name="query_code", value="22345679", start=0, end=8)
    beside = Entity(name="query_code", value="7QK2M9XD", start=14, end=22)

    assert answered("22345679", (code,)) is None
    assert answered("GS-2026-00123 7QK2M9XD", (beside,)) == "GS-2026-00123"


def test_a_number_is_found_in_a_sentence() -> None:
    assert mentioned("帮我查下 12345 的工单 GD20261120123456 到哪了") == "GD20261120123456"
    assert mentioned("我的隐患查得怎么样了") is None
    assert mentioned("XF3205082610120001236 到哪了") is None
    assert is_own("xf320508")
    assert not is_own("GS320508")


@pytest.mark.parametrize(
    ("number", "system", "said"),
    [
        ("20261120123456", "", "12309"),
        ("GS00001", "演示平台", "演示平台的编号"),
        ("（2026）苏0508民初123号", "", "12368"),
        ("苏园劳人仲案字〔2026〕第12号", "", "12333"),
        ("苏信访〔2026〕12号", "", "12345"),
    ],
)
def test_whom_to_ask_is_said(number: str, system: str, said: str) -> None:
    told = where_to_ask(number, system).text

    assert told.startswith("没有查到")
    assert said in told
