"""Passwords: what fits, what matches, how much work it is and how much is let in."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pytest
from argon2 import PasswordHasher

from console.errors import BadPassword, LoginsBusy
from console.passwords import LONGEST, MOST_WAITING, SHORTEST, Passwords

CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
DEARER = PasswordHasher(time_cost=2, memory_cost=8, parallelism=1)


@pytest.fixture
def passwords() -> Iterator[Passwords]:
    made = Passwords(CHEAP)
    yield made
    made.close()


async def test_the_right_password_matches_and_another_does_not(passwords: Passwords) -> None:
    kept = await passwords.hash("correct horse")

    assert await passwords.match(kept, "correct horse") is True
    assert await passwords.match(kept, "correct horsf") is False


async def test_the_same_password_is_kept_differently_each_time(passwords: Passwords) -> None:
    assert await passwords.hash("correct horse") != await passwords.hash("correct horse")


async def test_full_width_letters_are_the_same_password(passwords: Passwords) -> None:
    kept = await passwords.hash("correct horse")

    assert await passwords.match(kept, "ｃｏｒｒｅｃｔ　ｈｏｒｓｅ") is True


@pytest.mark.parametrize("length", [0, SHORTEST - 1, LONGEST + 1])
async def test_a_password_too_short_or_too_long_is_refused(
    passwords: Passwords, length: int
) -> None:
    with pytest.raises(BadPassword):
        await passwords.hash("p" * length)


@pytest.mark.parametrize("length", [SHORTEST, LONGEST])
async def test_the_shortest_and_the_longest_are_kept(passwords: Passwords, length: int) -> None:
    kept = await passwords.hash("p" * length)

    assert await passwords.match(kept, "p" * length) is True


async def test_a_password_longer_than_any_kept_never_matches(passwords: Passwords) -> None:
    kept = await passwords.hash("p" * LONGEST)

    assert await passwords.match(kept, "p" * (LONGEST + 1)) is False


async def test_nobody_has_a_password(passwords: Passwords) -> None:
    assert await passwords.match(None, "nobody's password") is False


async def test_a_hash_of_other_parameters_is_outdated(passwords: Passwords) -> None:
    assert passwords.outdated(DEARER.hash("correct horse")) is True
    assert passwords.outdated(await passwords.hash("correct horse")) is False


async def test_a_flood_is_turned_away_and_then_forgotten(passwords: Passwords) -> None:
    kept = await passwords.hash("correct horse")
    flood = [passwords.match(kept, "correct horse") for _ in range(MOST_WAITING + 3)]

    results = await asyncio.gather(*flood, return_exceptions=True)

    assert results[:MOST_WAITING] == [True] * MOST_WAITING
    assert [type(r) for r in results[MOST_WAITING:]] == [LoginsBusy] * 3
    assert await passwords.match(kept, "correct horse") is True
