"""The lists of words: read, explained, and each used."""

from __future__ import annotations

import json
import re

from nlu.text.vocabulary import FILE, any_of, either, pattern_of, words

KINDS = json.loads(FILE.read_text(encoding="utf-8"))


def test_the_longest_word_is_matched() -> None:
    assert re.findall(either(["园区", "工业园区", "a.b"]), "工业园区 a.b axb") == [
        "工业园区",
        "a.b",
    ]
    match = pattern_of("after_place_name").match("东路口")
    assert match is not None
    assert match.group() == "东路"
    assert re.match(any_of("per"), "小时") is not None


def test_every_kind_says_what_it_is_for_and_holds_no_word_twice() -> None:
    for kind, listed in KINDS.items():
        assert listed["what"], kind
        assert len(set(words(kind))) == len(listed["words"]) > 0, kind


def test_every_kind_is_used() -> None:
    code = "".join(p.read_text(encoding="utf-8") for p in FILE.parent.glob("*.py"))

    assert [kind for kind in KINDS if not re.search(rf"[\"']{kind}[\"']", code)] == []


def test_what_stands_before_something_is_one_character() -> None:
    """Python looks back a fixed width only."""
    before = [w for kind in KINDS if kind.startswith("not_before_") for w in words(kind)]

    assert {len(word) for word in before} == {1}
