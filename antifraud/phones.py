"""Finds telephone numbers whose kind is a sign: virtual operators, abroad, 400, forged short ones."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

# Number ranges given to virtual operators; much used because they are cheap to come by.
_KINDS: tuple[tuple[str, re.Pattern[str]], ...] = (
    # A short number of a bank, an operator or the police never comes with a prefix or a tail.
    (
        "phone_forged",
        re.compile(
            r"(?<![\d+])(?:\+|00)(?:86)?[ -]?0{0,2}-?(?:95\d{3}|100(?:00|10|86)|110|96110|123\d\d)(?!\d)"
            r"|(?<!\d)0{3,4}-?95\d{3}(?!\d)"
            r"|(?<!\d)(?:\+|00)86[ -]?400[ -]?\d{3,4}[ -]?\d{3,4}(?!\d)"
        ),
    ),
    ("phone_virtual", re.compile(r"(?<!\d)1(?:62|65|67|70|71)[ -]?\d{4}[ -]?\d{4}(?!\d)")),
    (
        "phone_abroad",
        re.compile(r"(?<![\d+])(?:\+|00)(?!86)[1-9]\d{0,2}[ -]?\d{2,4}[ -]?\d{3,9}(?!\d)"),
    ),
    ("phone_400", re.compile(r"(?<!\d)400[ -]?[\dx*]{1,4}[ -]?[\dx*]{3,4}(?![\d])")),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Phone:
    """One number; ``mark`` is the name of a phone rule, the span is in the folded text."""

    start: int
    end: int
    mark: str


def find_phones(text: str) -> Sequence[Phone]:
    """Numbers with a mark; ordinary ones are left out, since a caller's number can be forged."""
    return tuple(_phones(text))


def _phones(text: str) -> Iterator[Phone]:
    for mark, pattern in _KINDS:
        for match in pattern.finditer(text):
            yield Phone(start=match.start(), end=match.end(), mark=mark)
