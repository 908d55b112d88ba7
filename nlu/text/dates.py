"""Dates in a message, resolved against a day to an ISO day, month or year."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from nlu.text.feasts import find_feasts
from nlu.text.mentions import Mention
from nlu.text.relative_dates import find_relative
from nlu.text.written_dates import find_numeric, find_written


def find_fixed_dates(text: str, day: date) -> Iterator[Mention]:
    """Dates that would be taken for numbers: 2024.3.15 and holidays such as 五一."""
    yield from _longest((*find_numeric(text, day), *find_feasts(text, day)))


def find_dates(text: str, day: date) -> Iterator[Mention]:
    """All other dates."""
    yield from _longest((*find_written(text, day), *find_relative(text, day)))


def _longest(found: tuple[Mention, ...]) -> Iterator[Mention]:
    kept: list[Mention] = []
    for mention in sorted(found, key=lambda m: (m.start - m.end, m.start)):
        if all(mention.end <= other.start or mention.start >= other.end for other in kept):
            kept.append(mention)
    yield from sorted(kept, key=lambda m: m.start)
