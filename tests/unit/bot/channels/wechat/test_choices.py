"""Numbers, signs and words by which citizens choose one of the options before them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.wechat.choices import chosen
from core.messages import QuickReply

OPTIONS = tuple(QuickReply(title=f"选项{n}", payload=f"p{n}") for n in range(1, 13))
SAID = {
    "1": 1,
    "①": 1,
    "第一个": 1,
    "一": 1,
    "１": 1,
    " 2。": 2,
    "2.": 2,
    "(3)": 3,
    "（3）": 3,
    "三、": 3,
    "第3项": 3,
    "第 4 个": 4,
    "选5": 5,
    "我选五": 5,
    "选第六个": 6,
    "⑫": 12,
    "十二": 12,
    "第十个": 10,
    "选项7": 7,
}
NOT_SAID = ["0", "13", "⑳", "1个月", "1万", "一共", "第一次", "12345", "110", "", "个", "第个"]


@pytest.mark.parametrize("said", SAID)
def test_meant(said: str) -> None:
    option = chosen(said, OPTIONS, numbers=True)

    assert option == OPTIONS[SAID[said] - 1]


@pytest.mark.parametrize("said", NOT_SAID)
def test_not_meant(said: str) -> None:
    assert chosen(said, OPTIONS, numbers=True) is None


@pytest.mark.parametrize("said", ["1", "１", "一", "2.", "（3）"])
def test_a_number_may_be_the_answer(said: str) -> None:
    assert chosen(said, OPTIONS, numbers=False) is None


@pytest.mark.parametrize("said", ["①", "第一个", "选1", "选项1"])
def test_but_not_what_can_only_be_a_choice(said: str) -> None:
    assert chosen(said, OPTIONS, numbers=False) == OPTIONS[0]


@given(st.text(max_size=12) | st.text("第选一二三十①1２个.。、()", max_size=6))
def test_any_text_is_one_of_them_or_none(said: str) -> None:
    assert chosen(said, OPTIONS, numbers=True) in {None, *OPTIONS}
    assert chosen(said, (), numbers=True) is None
