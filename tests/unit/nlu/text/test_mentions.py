"""What was found is hidden, so that it is not found twice."""

from __future__ import annotations

from nlu.text.mentions import HIDDEN, MONEY, Mention, cover


def test_mentions_are_covered_and_money_can_be_told() -> None:
    found = [
        Mention(name="date", value="2026-11-22", start=0, end=2),
        Mention(name="amount", value="5", start=3, end=5),
    ]

    assert cover("昨天欠五块整", found) == HIDDEN * 2 + "欠" + MONEY * 2 + "整"
