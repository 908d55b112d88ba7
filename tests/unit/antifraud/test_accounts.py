"""Accounts that money is to go to."""

from __future__ import annotations

import pytest

from antifraud.accounts import find_accounts


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("打到6200 0000 0000 0000", "account_card"),
        ("卡号6200000000000000000,户名王某某", "account_card"),
        ("充到 t" + "9x0" * 11, "account_wallet"),
        ("0x" + "0" * 40, "account_wallet"),
        ("bc1qexampleexampleexampleexample0", "account_wallet"),
    ],
)
def test_marks(text: str, mark: str) -> None:
    assert [account.mark for account in find_accounts(text)] == [mark]


@pytest.mark.parametrize("text", ["尾号0000", "单号30000000000000000000", "13800000000", "t9x"])
def test_other_numbers_are_left_out(text: str) -> None:
    assert find_accounts(text) == ()
