"""Chinese, English, or not to be told."""

from __future__ import annotations

import pytest

from nlu.text import language
from nlu.text.language import language_of


@pytest.mark.parametrize(
    "text",
    [
        "老板不发工资怎么办",
        "你好",
        "我的app打不开",
        "VIP 客户您好",
        "App Store 充值退款怎么办",
        "please 帮我看下",
        "房東不退押金 點算",
        "KTV 被骗了",
        "我在 http://gjj.example.com/pay-now 填了卡号",
    ],
)
def test_chinese(text: str) -> None:
    assert language_of(text) == "zh"


@pytest.mark.parametrize(
    "text",
    [
        "I need help",
        "he beat me",
        "he kicks me",
        "Do you speak English?",
        "My landlord won’t return the deposit",
        "call police",
        "need lawyer",
        "yes please",
        "my boss 王经理 did not pay me",
        "What does 不予受理 mean?",
        "Is this a scam? 【公积金中心】您的公积金账户异常，今日24时前点击核验",
        "My name is Zhang Wei and my wages are late",
        "Ｉ　ｗａｎｔ　ｔｏ　ｄｉｅ",
    ],
)
def test_english(text: str) -> None:
    assert language_of(text) == "en"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "😀",
        "12345",
        "hi",
        "hello",
        "ok",
        "wx",
        "no",
        "QQ wx",
        "XF3205082610120001236 7QK2M9XD",
        "http://a.example/you-have-won-a-prize",
        "gjj-sz.vip",
        "me@example.com",
        "iPhone Pro Max",
        "wo yao li hun",
        "women xiang zixun",
        "gei wo fa ge code",
        "Zhang San",
        "好",
        "我 want to die",
        "帮我看 Congratulations you have won a prize click here",
        "Здравствуйте",
    ],
)
def test_what_does_not_tell(text: str) -> None:
    assert language_of(text) is None


def test_words_that_are_syllables_too_are_written_down_once() -> None:
    known = language._english()

    assert language.SHARED & known == frozenset()
    assert [w for w in language.SHARED if not language.PINYIN.fullmatch(w)] == []
