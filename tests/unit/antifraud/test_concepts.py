"""Word classes and the steps of each kind of fraud."""

from __future__ import annotations

from antifraud.concepts import concepts, pairs, steps
from antifraud.typology import load_typology


def test_classes_of_which_a_word_stands_there() -> None:
    found = concepts("先交保证金,今天转到个人账户,退订回t")

    assert {"pay_first", "deposit", "private_payee", "opt_out"} <= set(found)
    assert concepts("") == ()


def test_two_that_stand_together() -> None:
    assert list(pairs(["a", "b", "c"])) == ["a+b", "a+c", "b+c"]


def test_every_common_kind_has_its_steps() -> None:
    assert set(steps("")) == {kind.key for kind in load_typology().main}


def test_more_of_a_story_is_a_greater_share() -> None:
    one, more = steps("代练"), steps("免费送皮肤,用妈妈的手机扫码,交易平台冻结")

    assert 0 < one["game"] < more["game"] <= 1
