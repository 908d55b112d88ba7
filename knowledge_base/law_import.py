"""Brings law texts onto an installation's shelf, from Markdown or a statute database, row by row."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path

from knowledge_base.corpus import LawVersion, Row, packaged_database, read_database
from knowledge_base.errors import TextRefused
from knowledge_base.notation import notation, squeeze
from knowledge_base.regulations import Regulation, read_regulation
from knowledge_base.repair import mend
from knowledge_base.shelf import LawShelf, LawText, shelf_id

DATABASES = (".db", ".sqlite", ".sqlite3")
MARKDOWN = ".md"


class Outcome(StrEnum):
    """What became of a row; ``packaged`` texts come with the project and are not taken again."""

    ADDED = "added"
    REPLACED = "replaced"
    UNCHANGED = "unchanged"
    PACKAGED = "packaged"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportRow:
    """What was found in one file, or under one law of a database, and what became of it.

    ``reason`` is a code (``no_date``) and ``detail`` what it speaks of; ``effective_known`` is
    False where the text does not say when it starts, so that it starts on the day it was published.
    """

    source: str
    law: str = ""
    published: date | None = None
    effective: date | None = None
    effective_known: bool = True
    articles: int = 0
    repaired: int = 0
    outcome: Outcome = Outcome.SKIPPED
    reason: str = ""
    detail: str = ""


def import_laws(
    path: Path, shelf: LawShelf, *, database: Path | None = None
) -> Iterator[ImportRow]:
    """Take in a Markdown file, a folder of them, or a statute database; one row a text.

    Raises ``TextRefused`` where the path holds nothing of the kind. A text that cannot be read is
    a skipped row and spares the others; the same texts again change nothing.
    """
    packaged = _Packaged(database or packaged_database())
    for source, found in _found(path):
        if isinstance(found, TextRefused):
            yield ImportRow(source=source, reason=found.code, detail=found.detail)
        else:
            yield _take(source, found, shelf, packaged)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reading:
    """A text as it was read, with what the report says about the reading."""

    text: LawText
    repaired: int
    effective_known: bool = True


class _Packaged:
    """The versions that come with the project, to know a text that is there already."""

    def __init__(self, database: Path) -> None:
        versions, rows = read_database(database)
        self._days = {(version.law, version.published) for version in versions}
        laws = {version.id: version.law for version in versions}
        texts: dict[str, dict[str, str]] = defaultdict(dict)
        for row in rows:
            texts[row.law_id][row.number] = squeeze(mend(row.text))
        self._texts: dict[str, list[Mapping[str, str]]] = defaultdict(list)
        for law_id, articles in texts.items():
            self._texts[laws[law_id]].append(articles)

    def holds(self, text: LawText) -> bool:
        """Whether this version is there: the same law of the same day, or word for word."""
        if (text.version.law, text.version.published) in self._days:
            return True
        articles = {row.number: squeeze(mend(row.text)) for row in text.rows}
        return articles in self._texts.get(text.version.law, [])


def _found(path: Path) -> Iterator[tuple[str, _Reading | TextRefused]]:
    if path.suffix.lower() in DATABASES:
        yield from _from_database(path)
        return
    files = sorted(path.rglob(f"*{MARKDOWN}")) if path.is_dir() else [path]
    if not files or files[0].suffix.lower() != MARKDOWN:
        raise TextRefused("no_texts", str(path))
    for file in files:
        name = str(file.relative_to(path)) if path.is_dir() else file.name
        try:
            yield name, _from_regulation(read_regulation(file))
        except TextRefused as refused:
            yield name, refused


def _from_regulation(regulation: Regulation) -> _Reading:
    if regulation.published is None:
        raise TextRefused("no_date", regulation.law)
    words = notation().database
    version = LawVersion(
        id=shelf_id(regulation.law, regulation.published),
        law=regulation.law,
        kind=words["imported"],
        published=regulation.published,
        effective=regulation.effective or regulation.published,
        status=words["in_force"][0],
        imported=True,
    )
    rows = tuple(
        Row(
            law_id=version.id,
            number=number,
            chapter=regulation.chapters.get(number, ""),
            text=text,
        )
        for number, text in regulation.articles.items()
    )
    return _Reading(
        text=LawText(version=version, rows=rows),
        repaired=regulation.repaired,
        effective_known=regulation.effective is not None,
    )


def _from_database(path: Path) -> Iterator[tuple[str, _Reading | TextRefused]]:
    versions, rows = read_database(path)
    by_law: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        by_law[row.law_id].append(row)
    for version in versions:
        found = by_law[version.id]
        if not found:
            yield version.id, TextRefused("no_article", version.law)
            continue
        repaired = sum(mend(row.text) != row.text for row in found)
        yield version.id, _Reading(text=_shelved(version, found), repaired=repaired)


def _shelved(version: LawVersion, rows: Sequence[Row]) -> LawText:
    law_id = shelf_id(version.law, version.published)
    return LawText(
        version=LawVersion(
            id=law_id,
            law=version.law,
            kind=version.kind,
            published=version.published,
            effective=version.effective,
            status=version.status,
            imported=True,
        ),
        rows=tuple(
            Row(law_id=law_id, number=row.number, chapter=row.chapter, text=row.text)
            for row in rows
        ),
    )


def _take(source: str, read: _Reading, shelf: LawShelf, packaged: _Packaged) -> ImportRow:
    version = read.text.version
    try:
        outcome = (
            Outcome.PACKAGED if packaged.holds(read.text) else Outcome(shelf.put(read.text).value)
        )
    except OSError as error:
        return ImportRow(source=source, law=version.law, reason="not_written", detail=str(error))
    return ImportRow(
        source=source,
        law=version.law,
        published=version.published,
        effective=version.effective,
        effective_known=read.effective_known,
        articles=len({row.number for row in read.text.rows}),
        repaired=read.repaired,
        outcome=outcome,
    )
