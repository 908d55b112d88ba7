"""An account is whole or refused, and tells no secret."""

from __future__ import annotations

import pytest

from bot.channels.wechat.account import Account, AccountMalformed, Mode, read_aes_key

KEY = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"


def account(**changed: object) -> Account:
    given: dict[str, object] = {
        "app_id": "wx0123456789abcdef",
        "secret": "very secret",
        "token": "webhookToken1",
        "aes_keys": (read_aes_key(KEY),),
    }
    return Account(**{**given, **changed})  # type: ignore[arg-type]


def test_modes_say_what_is_taken() -> None:
    taken = {m: (account(mode=m).takes_plain, account(mode=m).takes_sealed) for m in Mode}

    assert taken == {
        Mode.PLAIN: (True, False),
        Mode.COMPATIBLE: (True, True),
        Mode.SAFE: (False, True),
    }
    assert account(mode=Mode.PLAIN, aes_keys=()).takes_plain


@pytest.mark.parametrize(
    "changed",
    [
        {"app_id": "no id"},
        {"secret": ""},
        {"token": ""},
        {"token": "有汉字"},
        {"aes_keys": ()},
        {"aes_keys": (), "mode": Mode.COMPATIBLE},
    ],
    ids=str,
)
def test_what_is_missing_or_malformed_is_refused(changed: dict[str, object]) -> None:
    with pytest.raises(AccountMalformed):
        account(**changed)


def test_secrets_stay_out_of_the_repr() -> None:
    told = repr(account())

    assert "very secret" not in told
    assert "webhookToken1" not in told
    assert "aes_keys" not in told


def test_aes_keys_have_43_characters() -> None:
    assert len(read_aes_key(KEY)) == 32
    for wrong in ("", KEY[:-1], KEY + "=", KEY[:-1] + "-"):
        with pytest.raises(AccountMalformed):
            read_aes_key(wrong)
