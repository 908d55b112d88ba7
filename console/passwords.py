"""Passwords: hashed slowly on purpose, away from the event loop, few at a time."""

from __future__ import annotations

import asyncio
import unicodedata
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError

from console.errors import BadPassword, LoginsBusy

SHORTEST = 10
LONGEST = 128
# Each check takes 64 MiB and most of a core: a flood of logins must leave both to citizens.
AT_ONCE = 2
MOST_WAITING = 20

Result = TypeVar("Result")


class Passwords:
    """Makes and checks Argon2id hashes with today's parameters."""

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        self._hasher = hasher or PasswordHasher()
        self._threads = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="password")
        self._waiting = 0
        # Somebody to be compared with who does not exist, so that unknown names take as long.
        self._nobody = self._hasher.hash("nobody's password")

    async def hash(self, password: str) -> str:
        """The hash to keep; raises ``BadPassword`` and ``LoginsBusy``."""
        if not SHORTEST <= len(password) <= LONGEST:
            raise BadPassword
        return await self._run(lambda: self._hasher.hash(_one_form(password)))

    async def match(self, password_hash: str | None, password: str) -> bool:
        """Whether it is the password; as much work and False without a hash to compare with.

        Raises ``LoginsBusy``.
        """
        usable = password if len(password) <= LONGEST else ""
        against = password_hash or self._nobody
        matches = await self._run(lambda: self._verify(against, _one_form(usable)))
        return matches and password_hash is not None

    def outdated(self, password_hash: str) -> bool:
        """Whether the hash was made with other parameters than today's."""
        return self._hasher.check_needs_rehash(password_hash)

    def close(self) -> None:
        """End the threads."""
        self._threads.shutdown(wait=False)

    def _verify(self, against: str, password: str) -> bool:
        try:
            return self._hasher.verify(against, password)
        except VerifyMismatchError:
            return False

    async def _run(self, work: Callable[[], Result]) -> Result:
        if self._waiting >= MOST_WAITING:
            raise LoginsBusy
        self._waiting += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._threads, work)
        finally:
            self._waiting -= 1


def _one_form(password: str) -> str:
    """Full-width letters of a Chinese keyboard and plain ones are the same password."""
    return unicodedata.normalize("NFKC", password)
