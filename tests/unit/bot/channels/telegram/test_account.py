"""The account: which tokens are taken, and that none of them shows."""

from __future__ import annotations

import logging
import os

import pytest

from bot.channels.telegram.account import Account, TokenMalformed, open_bot, prepare_library

TOKEN = "123456:AAE-secret_secret"


def test_the_bot_is_known_by_the_number_in_its_token() -> None:
    assert Account(token=TOKEN).id == 123456


@pytest.mark.parametrize("token", ["", "abc", "123456", "123456:", "x:AAE-s", "1:a/b", "1:ab\n"])
def test_a_malformed_token_is_refused_without_being_named(token: str) -> None:
    with pytest.raises(TokenMalformed) as caught:
        Account(token=token)

    assert str(caught.value) == (
        "A Telegram token reads like 123456:AbC-dEf; this setting does not."
    )


async def test_the_token_shows_in_no_repr() -> None:
    account = Account(token=TOKEN)

    async with open_bot(account) as bot:
        shown = f"{account!r} {bot!r} {bot}"

    assert "secret" not in shown
    assert "TelegramBot[123456]" in shown


def test_the_loggers_that_print_urls_and_bodies_are_quiet(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("PTB_TIMEDELTA", raising=False)
    for name in ("httpx", "httpcore", "telegram"):
        monkeypatch.setattr(logging.getLogger(name), "level", logging.NOTSET)

    prepare_library()

    assert [
        logging.getLogger(name).getEffectiveLevel()
        for name in ("httpx", "httpcore.connection", "telegram.Bot", "telegram.request.X")
    ] == [logging.WARNING, logging.WARNING, logging.CRITICAL, logging.CRITICAL]
    assert os.environ["PTB_TIMEDELTA"] == "true"
