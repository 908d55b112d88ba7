"""Kinds of offices by the words that citizens and tables use."""

from __future__ import annotations

import pytest

from knowledge_base.offices.kinds import kind_in, kind_named, kinds


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("姑苏区法律援助中心在哪", "legal_aid"),
        ("昆山哪里有公证处", "notary"),
        ("園區勞動仲裁院地址", "labour_arbitration"),
        ("人民调解委员会", "mediation"),
        ("公共法律服务中心几点开门", "service_point"),
        ("有律师的派出所", "police_lawyer"),
        ("派出所", "police"),
        ("今天天气", None),
    ],
)
def test_the_longest_word_tells_the_kind(text: str, key: str | None) -> None:
    found = kind_in(text)

    assert (found.key if found else None) == key


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("公证处", "notary"),
        (" notary ", "notary"),
        ("法援中心", "legal_aid"),
        ("公证处旁边", None),
    ],
)
def test_a_table_names_a_kind_exactly(text: str, key: str | None) -> None:
    assert kind_named(text) == key


def test_no_word_means_two_kinds_and_every_kind_has_phones() -> None:
    words = [word for row in kinds().values() for word in row.words]

    assert len(words) == len(set(words))
    assert all(row.kind.phones for row in kinds().values())
    assert all(kind_in(row.title) == row.kind for row in kinds().values())
