"""A call or a message told in one short sentence: known scripts are warned of, ordinary ones are not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from antifraud.checker import Checker
from antifraud.samples import development_set
from core.knowledge import ScamVerdict

FLAGGED = {ScamVerdict.SCAM, ScamVerdict.SUSPICIOUS}
TOLD: dict[str, dict[str, Any]] = yaml.safe_load(  # Any: YAML
    Path(__file__).with_name("short_told.yml").read_text(encoding="utf-8")
)
SCAMS = [
    (text, kind)
    for part in TOLD.values()
    for kind, texts in part["scams"].items()
    for text in texts
]
NORMAL = [text for part in TOLD.values() for text in part["normal"]]
# What is asked of all of them; a few are told in words that nothing learned or written knows.
WARNED, RIGHT_KIND, WARNED_IN_VAIN = 0.95, 0.88, 0.05


def test_none_of_them_was_learned_from() -> None:
    learned = {sample.text for sample in development_set()}

    assert learned.isdisjoint([text for text, _ in SCAMS])
    assert learned.isdisjoint(NORMAL)


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        ("警察打电话说我涉嫌洗钱是真的吗", "gov", "涉嫌"),
        ("收到短信说医保卡要停了", "gov", "医保卡要停"),
        ("有人冒充我儿子借钱", "boss", "冒充我儿子"),
    ],
)
def test_a_known_script_is_named_with_its_words(
    checker: Checker, text: str, kind: str, words: str
) -> None:
    check = checker.check(text)

    assert check.verdict in FLAGGED
    assert check.type is not None
    assert checker.family(check.type.key) == kind
    assert any(words in reason.quote for reason in check.reasons)


def test_known_scripts_are_warned_of_with_kind_and_reason(checker: Checker) -> None:
    checks = [(text, kind, checker.check(text)) for text, kind in SCAMS]
    warned = [(text, kind, c) for text, kind, c in checks if c.verdict in FLAGGED]
    right = [c for _, kind, c in warned if c.type and checker.family(c.type.key) == kind]

    assert len(warned) / len(checks) >= WARNED
    assert len(right) / len(checks) >= RIGHT_KIND
    assert [text for text, _, c in warned if not c.reasons] == []
    assert all(reason.quote in text for text, _, c in warned for reason in c.reasons)


def test_what_is_in_order_is_not_called_a_scam(checker: Checker) -> None:
    verdicts = [checker.check(text).verdict for text in NORMAL]

    assert ScamVerdict.SCAM not in verdicts
    assert sum(v in FLAGGED for v in verdicts) / len(verdicts) <= WARNED_IN_VAIN
