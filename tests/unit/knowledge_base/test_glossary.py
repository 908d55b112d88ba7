from __future__ import annotations

from collections import Counter

from knowledge_base.glossary import glossary, legal_words


def test_lay_words_become_the_statutes_words() -> None:
    assert "出租人" in legal_words("房東不退錢")


def test_words_already_said_are_not_repeated() -> None:
    assert "出租人" not in legal_words("房东就是出租人吗")


def test_a_text_without_lay_words_gets_none() -> None:
    assert list(legal_words("地役权的设立")) == []


def test_no_lay_word_stands_on_two_lines() -> None:
    said = Counter(word for term in glossary() for word in term.said)
    assert [word for word, count in said.items() if count > 1] == []
