"""Articles of regulations and judicial interpretations that were checked by hand.

Their texts are not in the packaged corpus; ``attested.csv`` holds law, article, a key phrase of
at most 20 characters that stands in it, and the day it was checked.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from knowledge_base.errors import BadData
from knowledge_base.notation import article_number, short_name, squeeze

FILE = Path(__file__).with_name("attested.csv")
KEY_AT_MOST = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class AttestedRow:
    """One phrase that was read in one article."""

    law: str
    article: str
    key: str
    checked_on: date


class Attested:
    """The checked articles, by law and number."""

    def __init__(self, rows: Iterable[AttestedRow]) -> None:
        self.rows = tuple(rows)
        self._by_key: dict[tuple[str, str], list[AttestedRow]] = defaultdict(list)
        for row in self.rows:
            self._by_key[row.law, row.article].append(row)
        self.laws = frozenset(row.law for row in self.rows)

    def holds(self, law: str, article: str) -> bool:
        """Whether the article was checked at all."""
        return (short_name(law), article_number(article)) in self._by_key

    def attests(self, law: str, article: str, key: str) -> bool:
        """Whether the phrase, or one that contains it, was read in the article."""
        rows = self._by_key.get((short_name(law), article_number(article) or ""), [])
        return any(squeeze(key) in squeeze(row.key) for row in rows)


def load_attested(file: Path = FILE) -> Attested:
    """Read the table; raises ``BadData`` with the line that is wrong."""
    rows: list[AttestedRow] = []
    with file.open(encoding="utf-8", newline="") as lines:
        for line, row in enumerate(csv.DictReader(lines), start=2):
            rows.append(_row(row, f"{file.name}:{line}"))
    return Attested(rows)


@cache
def attested() -> Attested:
    """The project's own table, read once."""
    return load_attested()


def _row(row: dict[str, str], where: str) -> AttestedRow:
    try:
        found = AttestedRow(
            law=short_name(row["law"]),
            article=article_number(row["article"]) or "",
            key=row["key"],
            checked_on=date.fromisoformat(row["checked_on"]),
        )
    except (KeyError, ValueError, TypeError) as error:
        raise BadData(f"{where}: {error}") from error
    if not found.article or not 0 < len(found.key) <= KEY_AT_MOST:
        raise BadData(f"{where}: {row['article']} {row['key']}")
    return found
