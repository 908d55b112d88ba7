"""The statutes in force on a day: every article by law and number."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import chain
from pathlib import Path

from core.knowledge import Article, OldArticle
from knowledge_base.aliases import full_name
from knowledge_base.amendments import amended_law, apply_amendment
from knowledge_base.corpus import LawVersion, Row, in_force, packaged_database, read_database
from knowledge_base.notation import article_number, notation
from knowledge_base.old_texts import AskedVersion, KeptVersion, OldTexts
from knowledge_base.repair import mend
from knowledge_base.repeals import without_repealed
from knowledge_base.shelf import LawShelf, LawText


@dataclass(frozen=True, slots=True, kw_only=True)
class Statute:
    """One article; ``number`` is 第一百三十三条之一 for a law, 全文 or 条目一 for a decision.

    ``searched`` is False for what only repeats or changes another text: amendments, decisions.
    ``version`` is the day of an imported text's version.
    """

    law: str
    number: str
    text: str
    chapter: str
    searched: bool
    version: date | None = None

    def as_article(self, score: float = 0.0) -> Article:
        """The article as other rooms see it."""
        return Article(
            law=self.law, number=self.number, text=self.text, score=score, version=self.version
        )


class Statutes:
    """Statutes of one day, and what is known of older versions; immutable."""

    def __init__(
        self, statutes: Iterable[Statute], *, on: date, old: OldTexts | None = None
    ) -> None:
        self.on = on
        self.old = old or OldTexts()
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

    def old_article(self, law: str, number: str, asked: AskedVersion | None) -> OldArticle | None:
        """An article of a version that is not in force; see ``OldTexts.find``."""
        wanted = article_number(number)
        return self.old.find(full_name(law, self._laws), wanted, asked) if wanted else None

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


def open_statutes(
    on: date, database: Path | None = None, *, shelf: Path | None = None
) -> Statutes:
    """The texts in force on a day, packaged and on the shelf (half a second, the first time).

    Raises ``CorpusMissing``, and ``BadData`` for a damaged file of the shelf.
    """
    imported = LawShelf(shelf).texts() if shelf else ()
    database = database or packaged_database()
    return _gathered(on, database, imported) if imported else _packaged(on, database)


# The package stays as it is while the process lives; two days are asked for around midnight.
@lru_cache(maxsize=2)
def _packaged(on: date, database: Path) -> Statutes:
    return _gathered(on, database, ())


def _gathered(on: date, database: Path, imported: Sequence[LawText]) -> Statutes:
    versions, rows = read_database(database)
    by_law: dict[str, list[Row]] = defaultdict(list)
    for row in chain(rows, *(text.rows for text in imported)):
        by_law[row.law_id].append(row)
    known = [*versions, *(text.version for text in imported)]
    candidates = without_repealed(known, by_law, on) if imported else known
    current = in_force(candidates, on)
    pending = _amendments(current)
    statutes: list[Statute] = []
    for version in current:
        texts = _texts(by_law[version.id])
        for amendment in pending.get(version.law, ()):
            if amendment.published > version.published:
                texts = apply_amendment(texts, by_law[amendment.id])
        statutes.extend(_statutes(version, by_law[version.id], texts))
    return Statutes(statutes, on=on, old=_old_texts(known, current, by_law, on))


def _old_texts(
    known: Iterable[LawVersion],
    current: Sequence[LawVersion],
    rows: Mapping[str, Sequence[Row]],
    on: date,
) -> OldTexts:
    """Every version that has started, of the laws that have one no longer in force."""
    started = [version for version in known if version.starts <= on and rows.get(version.id)]
    ids = {version.id for version in current}
    changed = {version.law for version in started if version.id not in ids}
    kept = [
        KeptVersion(version=version, texts=_texts(rows[version.id]), current=version.id in ids)
        for version in started
        if version.law in changed
    ]
    return OldTexts(kept, {version.law: version.starts for version in current})


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
            version=version.published if version.imported else None,
        )
