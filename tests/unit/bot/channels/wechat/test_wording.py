"""Every sentence is there in every language; Chinese stands in for others."""

from __future__ import annotations

from bot.channels.wechat.wording import _wording, words


def test_languages_have_the_same_sentences() -> None:
    assert {frozenset(told) for told in _wording().values()} == {
        frozenset({"option", "pick", "more"})
    }


def test_chinese_stands_in() -> None:
    assert words("pick", "de") == words("pick", "zh") != words("pick", "en")
    assert words("option", "zh", number="①", title="好") == "① 好"
