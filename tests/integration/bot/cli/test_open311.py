"""`python -m bot open311 key …` as it is typed."""

from __future__ import annotations

import asyncio

import pytest

from bot.bootstrap import open_store
from bot.cli.speech import FAILED, USAGE, words
from bot.settings import Settings
from cases.open311.api_keys import PURPOSE, Peer, peer_of
from cases.open311.errors import WrongKey
from tests.integration.bot.cli.typed import complaint, run


def peer(key: str) -> Peer:
    async def work() -> Peer:
        db = open_store(Settings())
        try:
            async with db.read() as session:
                return await peer_of(session, db.vault.digest(PURPOSE, key))
        finally:
            await db.close()

    return asyncio.run(work())


def test_a_key_is_printed_once_and_works() -> None:
    made = run("open311", "key", "add", "kunshan-12345")

    assert made.exit_code == 0
    key = made.stdout.strip()
    assert peer(key).name == "kunshan-12345"
    assert key not in made.stderr
    listed = run("open311", "key", "list")
    assert "kunshan-12345" in listed.stdout
    assert key not in listed.stdout


def test_a_withdrawn_key_stays_on_the_list_and_opens_nothing() -> None:
    key = run("open311", "key", "add", "kunshan").stdout.strip()

    ended = run("open311", "key", "revoke", "kunshan")

    assert ended.stdout.strip() == words("open311_key_revoked", name="kunshan")
    assert "停用" in run("open311", "key", "list").stdout
    with pytest.raises(WrongKey):
        peer(key)


def test_what_cannot_be_done_says_why() -> None:
    run("open311", "key", "add", "kunshan")
    taken = run("open311", "key", "add", "kunshan")
    bad = run("open311", "key", "add", "a b")
    unknown = run("open311", "key", "revoke", "nobody")

    assert (taken.exit_code, bad.exit_code, unknown.exit_code) == (FAILED, USAGE, FAILED)
    assert complaint(taken) == words("open311_name_taken", name="kunshan")
    assert complaint(bad) == words("open311_bad_name", longest=32)
    assert complaint(unknown) == words("open311_no_such_key", name="nobody")


def test_no_key_yet_is_said() -> None:
    assert run("open311", "key", "list").stdout.strip() == words("open311_no_keys")
