"""The statutes in force on a day: every article by law and number."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from core.knowledge import Article
from knowledge_base.aliases import full_name
from knowledge_base.amendments import amended_law, apply_amendment
from knowledge_base.corpus import LawVersion, Row, in_force, packaged_database, read_database
from knowledge_base.notation import article_number, notation
from knowledge_base.repair import mend


@dataclass(frozen=True, slots=True, kw_only=True)
class Statute:
    """One article; ``number`` is 第一百三十三条之一 for a law, 全文 or 条目一 for a decision.

    ``searched`` is False for what only repeats or changes another text: amendments, decisions.
    """

    law: str
    number: str
    text: str
    chapter: str
    searched: bool

    def as_article(self, score: float = 0.0) -> Article:
        """The article as other rooms see it."""
        return Article(law=self.law, number=self.number, text=self.text, score=score)


class Statutes:
    """Statutes of one day; immutable."""

    def __init__(self, statutes: Iterable[Statute], *, on: date) -> None:
        self.on = on
        self._by_key = {(s.law, s.number): s for s in statutes}
        self._searched = tuple(s for s in self._by_key.values() if s.searched)
        self._laws = frozenset(s.law for s in self._by_key.values())

    def __len__(self) -> int:
        return len(self._by_key)

    @property
    def laws(self) -> frozenset[str]:
        """Names of the laws in force, without 中华人民共和国."""
        return self._laws

    @property
    def searched(self) -> Sequence[Statute]:
        """The articles that a search may find, in the database's order."""
        return self._searched

    def get(self, law: str, number: str) -> Statute | None:
        """An article by any writing of its law and number: 民典 1254, 《刑法》第133条之一."""
        wanted = article_number(number)
        return self._by_key.get((full_name(law, self._laws), wanted)) if wanted else None

    def article(self, law: str, number: str) -> Article | None:
        """``get``, as other rooms see it."""
        found = self.get(law, number)
        return found.as_article() if found else None

    def fingerprint(self) -> str:
        """Changes when any searched text changes."""
        digest = hashlib.blake2b(digest_size=12)
        for s in self._searched:
            digest.update(f"{s.law}\0{s.number}\0{s.chapter}\0{s.text}\0".encode())
        return digest.hexdigest()


def open_statutes(on: date, database: Path | None = None) -> Statutes:
    """Load the packaged texts in force on a day (about a second); raises ``CorpusMissing``."""
    versions, rows = read_database(database or packaged_database())
    by_law: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        by_law[row.law_id].append(row)
    current = in_force(versions, on)
    pending = _amendments(current)
    statutes: list[Statute] = []
    for version in current:
        texts = _texts(by_law[version.id])
        for amendment in pending.get(version.law, ()):
            if amendment.published > version.published:
                texts = apply_amendment(texts, by_law[amendment.id])
        statutes.extend(_statutes(version, by_law[version.id], texts))
    return Statutes(statutes, on=on)


def _amendments(current: Iterable[LawVersion]) -> Mapping[str, Sequence[LawVersion]]:
    found: dict[str, list[LawVersion]] = defaultdict(list)
    for version in sorted(current, key=lambda v: v.published):
        if law := amended_law(version):
            found[law].append(version)
    return found


def _texts(rows: Iterable[Row]) -> dict[str, str]:
    """Texts by number; pieces that the database split under one number are joined."""
    pieces: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        pieces[row.number].append(mend(row.text))
    return {number: "\n".join(texts) for number, texts in pieces.items()}


def _statutes(
    version: LawVersion, rows: Iterable[Row], texts: Mapping[str, str]
) -> Iterable[Statute]:
    words = notation()
    derived = version.kind in (words.database["amendment"], words.database["decision"])
    # The amendments of the constitution are listed as constitutions.
    derived = derived or words.amendment["name"].fullmatch(version.law) is not None
    chapters = {row.number: row.chapter for row in rows}
    for number, text in texts.items():
        yield Statute(
            law=version.law,
            number=number,
            text=text,
            chapter=chapters.get(number, ""),
            searched=not derived,
        )
