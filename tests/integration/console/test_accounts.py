"""Accounts: names, the lock after five wrong passwords, and refusals that look alike."""

from __future__ import annotations

from datetime import timedelta

import pytest
from argon2 import PasswordHasher
from sqlalchemy import select, update

from console import accounts
from console.accounts import Account
from console.errors import BadName, BadPassword, LoginRefused, NameTaken
from console.models import Role, Staff
from console.passwords import Passwords
from db.engine import Database
from tests.integration.console.conftest import (
    PASSWORD,
    START,
    CountingHasher,
    MovableClock,
    keep,
)

OLD = PasswordHasher(time_cost=2, memory_cost=8, parallelism=1)


class Door:
    """Tries names and passwords at the moment of its clock."""

    def __init__(self, db: Database, passwords: Passwords, clock: MovableClock) -> None:
        self.db, self.passwords, self.clock = db, passwords, clock

    async def try_(self, password: str = PASSWORD, name: str = "li.na") -> Account | None:
        try:
            return await accounts.log_in(
                self.db, self.passwords, name=name, password=password, now=self.clock()
            )
        except LoginRefused:
            return None


@pytest.fixture
def door(database: Database, passwords: Passwords, clock: MovableClock) -> Door:
    return Door(database, passwords, clock)


async def test_name_and_password_open_the_account(door: Door, agent: Account) -> None:
    assert await door.try_() == agent


@pytest.mark.parametrize("name", ["LI.NA", " li.na ", "ｌｉ．ｎａ"])
async def test_a_name_may_be_typed_in_other_letters(door: Door, agent: Account, name: str) -> None:
    assert await door.try_(name=name) == agent


async def test_a_taken_name_is_refused_however_it_is_written(
    database: Database, passwords: Passwords, agent: Account
) -> None:
    with pytest.raises(NameTaken):
        await keep(database, passwords, "Li.Na", Role.EDITOR)


async def test_a_short_password_makes_no_account(database: Database, passwords: Passwords) -> None:
    with pytest.raises(BadPassword):
        await keep(database, passwords, "wang", Role.EDITOR, "short")

    async with database.read() as session:
        assert await session.scalar(select(Staff.name)) is None


@pytest.mark.parametrize("name", ["", "a", "x" * 33, "-rf", "li na", "li\x00na", "$(id)", "a\nb"])
def test_a_name_with_anything_odd_is_refused(name: str) -> None:
    with pytest.raises(BadName):
        accounts.new_account(name, Role.AGENT)


def test_a_chinese_name_is_a_name() -> None:
    assert accounts.new_account("李娜", Role.AGENT).name == "李娜"


async def test_five_wrong_passwords_lock_for_a_quarter_of_an_hour(
    door: Door, agent: Account
) -> None:
    for _ in range(5):
        assert await door.try_("wrong password") is None

    door.clock.move(timedelta(minutes=15, seconds=-1))
    locked = await door.try_()
    door.clock.move(timedelta(seconds=1))

    assert locked is None
    assert await door.try_() == agent


async def test_four_wrong_passwords_do_not_lock_and_a_right_one_forgives_them(
    door: Door, agent: Account
) -> None:
    for _ in range(2):
        for _ in range(4):
            assert await door.try_("wrong password") is None
        assert await door.try_() == agent


async def test_guessing_at_a_locked_account_does_not_prolong_the_lock(
    door: Door, agent: Account
) -> None:
    for _ in range(5):
        await door.try_("wrong password")
    door.clock.move(timedelta(minutes=14))
    for _ in range(5):
        await door.try_("wrong password")
    door.clock.move(timedelta(minutes=1))

    assert await door.try_() == agent


async def test_an_account_no_longer_active_does_not_open(
    door: Door, database: Database, agent: Account
) -> None:
    async with database.write() as session:
        await session.execute(update(Staff).values(active=False))

    assert await door.try_() is None


@pytest.mark.parametrize(
    ("name", "password"),
    [
        ("li.na", "wrong password"),
        ("nobody", PASSWORD),
        ("not a name\x00", PASSWORD),
        ("li.na", "x" * 10_000),
    ],
)
async def test_every_refusal_is_one_comparison(
    door: Door, agent: Account, hasher: CountingHasher, name: str, password: str
) -> None:
    before = hasher.compared

    assert await door.try_(password, name) is None
    assert hasher.compared - before == 1


async def test_a_locked_account_is_one_comparison_too(
    door: Door, agent: Account, hasher: CountingHasher
) -> None:
    for _ in range(5):
        await door.try_("wrong password")
    before = hasher.compared

    assert await door.try_() is None
    assert hasher.compared - before == 1


async def test_an_old_hash_is_made_anew_when_its_password_comes(
    door: Door, database: Database, passwords: Passwords, agent: Account
) -> None:
    async with database.write() as session:
        await session.execute(update(Staff).values(password_hash=OLD.hash(PASSWORD)))

    assert await door.try_() == agent

    async with database.read() as session:
        kept = await session.scalar(select(Staff.password_hash))
    assert kept is not None
    assert passwords.outdated(kept) is False
    assert await door.try_() == agent


async def test_the_account_keeps_role_and_day_but_not_the_password(
    database: Database, agent: Account
) -> None:
    async with database.read() as session:
        staff = await session.scalar(select(Staff))

    assert staff is not None
    assert (staff.name, staff.role, staff.created_at) == ("li.na", "agent", START)
    assert staff.password_hash.startswith("$argon2id$")
    assert PASSWORD not in staff.password_hash


async def test_those_who_may_serve_are_named_while_they_are_active(
    database: Database, passwords: Passwords, agent: Account
) -> None:
    await keep(database, passwords, "wang", Role.SUPERVISOR)
    await keep(database, passwords, "ed", Role.EDITOR)
    await keep(database, passwords, "gone", Role.AGENT)
    async with database.write() as session:
        await session.execute(update(Staff).where(Staff.name == "gone").values(active=False))

    assert await accounts.serving(database) == ["li.na", "wang"]
