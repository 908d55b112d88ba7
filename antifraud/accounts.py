"""Finds accounts that money is to go to: bank cards and wallets of crypto-currency."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

# Over the folded text, which is lower case. A card of a Chinese bank has 16 to 19 digits.
_KINDS: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "account_card",
        re.compile(
            r"(?<![\da-z])(?:62|4\d|5[1-5])\d\d(?:[ -]?\d{4}){3}(?:[ -]?\d{1,3})?(?![\da-z])"
        ),
    ),
    (
        "account_wallet",
        re.compile(
            r"(?<![0-9a-z])(?:t[0-9a-z]{33}|0x[0-9a-f]{40}|bc1[0-9a-z]{25,59})(?![0-9a-z])"
        ),
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """One account; ``mark`` is the name of an account rule, the span is in the folded text."""

    start: int
    end: int
    mark: str


def find_accounts(text: str) -> Sequence[Account]:
    """Cards and wallets that are written out."""
    return tuple(_accounts(text))


def _accounts(text: str) -> Iterator[Account]:
    for mark, pattern in _KINDS:
        for match in pattern.finditer(text):
            yield Account(start=match.start(), end=match.end(), mark=mark)
