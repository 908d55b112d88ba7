from __future__ import annotations

import pytest

from knowledge_base.aliases import aliases, full_name


@pytest.mark.parametrize(
    ("law", "name"),
    [
        ("民典", "民法典"),
        ("中华人民共和国民法典", "民法典"),
        ("《消保法》", "消费者权益保护法"),
        ("婚姻法", "婚姻法"),
    ],
)
def test_full_name(law: str, name: str) -> None:
    assert full_name(law, {"民法典", "消费者权益保护法"}) == name


def test_a_law_of_its_own_is_no_alias() -> None:
    assert full_name("民典", {"民典"}) == "民典"


def test_repealed_laws_are_no_aliases_because_their_numbers_mean_something_else() -> None:
    repealed = {"婚姻法", "继承法", "合同法", "物权法", "侵权责任法", "担保法", "收养法", "环保法"}
    assert repealed & set(aliases()) == set()
