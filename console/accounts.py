"""Accounts of staff: made at the terminal, opened by a password, shut for a while by guessing."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, case, or_, select, update
from sqlalchemy.exc import IntegrityError

from console.errors import BadName, LoginRefused, NameTaken
from console.models import NAME_LENGTH, Role, Staff
from console.passwords import Passwords
from console.permissions import Permission, roles_with
from db.base import new_id
from db.engine import Database

MOST_FAILURES = 5
LOCKED_FOR = timedelta(minutes=15)
# Letters of any script; nothing that a shell, a log line or a page could read as its own.
NAME = re.compile(rf"(?!-)[\w.-]{{2,{NAME_LENGTH}}}")
NOBODY = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """A member of staff as the rest of the console knows them."""

    id: str
    name: str
    role: Role


def clean_name(name: str) -> str:
    """The one form of a name, in which it is kept and looked up; raises ``BadName``."""
    cleaned = unicodedata.normalize("NFKC", name).strip().casefold()
    if not NAME.fullmatch(cleaned):
        raise BadName
    return cleaned


def new_account(name: str, role: Role) -> Account:
    """An account that is yet to be kept; raises ``BadName``."""
    return Account(id=new_id(), name=clean_name(name), role=role)


async def create(
    db: Database, passwords: Passwords, account: Account, *, password: str, now: datetime
) -> None:
    """Keep what ``new_account`` made; raises ``BadPassword`` and ``NameTaken``."""
    staff = Staff(
        id=account.id,
        name=account.name,
        password_hash=await passwords.hash(password),
        role=account.role,
        created_at=now,
    )
    try:
        async with db.write() as session:
            session.add(staff)
    except IntegrityError:
        raise NameTaken from None


async def serving(db: Database) -> list[str]:
    """The names of all who may serve citizens."""
    query = (
        select(Staff.name)
        .where(Staff.active, Staff.role.in_(roles_with(Permission.SERVE)))
        .order_by(Staff.name)
    )
    async with db.read() as session:
        return list(await session.scalars(query))


async def log_in(
    db: Database, passwords: Passwords, *, name: str, password: str, now: datetime
) -> Account:
    """The account this name and password open.

    Raises ``LoginRefused``, after the same steps, for a wrong password, an unknown name, an
    account that is locked or no longer active; five wrong passwords lock it for 15 minutes.
    Raises ``LoginsBusy``.
    """
    staff = await _find(db, name)
    known = staff.password_hash if staff is not None else None
    matches = await passwords.match(known, password)
    if not matches or staff is None or known is None:
        await _count_failure(db, staff.id if staff is not None else NOBODY, now)
        raise LoginRefused
    fresh = await passwords.hash(password) if passwords.outdated(known) else known
    if not await _accept(db, staff.id, fresh, now):
        raise LoginRefused
    return Account(id=staff.id, name=staff.name, role=Role(staff.role))


async def _find(db: Database, name: str) -> Staff | None:
    try:
        cleaned = clean_name(name)
    except BadName:
        cleaned = NOBODY
    async with db.read() as session:
        return await session.scalar(select(Staff).where(Staff.name == cleaned))


async def _count_failure(db: Database, staff_id: str, now: datetime) -> None:
    # A locked account counts nothing, or whoever keeps guessing would lock it for ever.
    last_one = Staff.failed_logins + 1 >= MOST_FAILURES
    statement = (
        update(Staff)
        .where(Staff.id == staff_id, _not_locked(now))
        .values(
            failed_logins=case((last_one, 0), else_=Staff.failed_logins + 1),
            locked_until=case((last_one, now + LOCKED_FOR), else_=Staff.locked_until),
        )
    )
    async with db.write() as session:
        await session.execute(statement, execution_options={"synchronize_session": False})


async def _accept(db: Database, staff_id: str, password_hash: str, now: datetime) -> bool:
    # Asked again here: guesses that run side by side may have locked the account meanwhile.
    statement = (
        update(Staff)
        .where(Staff.id == staff_id, Staff.active, _not_locked(now))
        .values(failed_logins=0, locked_until=None, password_hash=password_hash)
        .returning(Staff.id)
    )
    async with db.write() as session:
        return await session.scalar(statement) is not None


def _not_locked(now: datetime) -> ColumnElement[bool]:
    return or_(Staff.locked_until.is_(None), Staff.locked_until <= now)
