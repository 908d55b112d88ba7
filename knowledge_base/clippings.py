"""Typical cases, figures of verdicts and bulletins: imported with source and day, never written.

The project ships none. What an operator imports stands in one file of the data directory, which
outlives an upgrade; it is looked at again when it has changed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Self

import yaml
from pydantic import BaseModel, ConfigDict, Field, HttpUrl, ValidationError, model_validator

from core.knowledge import Clipping, ClippingKind
from knowledge_base.errors import BadData

FILE_NAME = "clippings.yml"
LONGEST = 200


class Row(BaseModel):
    """One row as it is imported; ``date`` is the day it was published."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)

    kind: ClippingKind = ClippingKind.CASE
    title: str = Field(min_length=2, max_length=40)
    source: str = Field(default="", max_length=60)
    url: HttpUrl | None = None
    date: date
    topic: str
    text: str = Field(min_length=10, max_length=LONGEST)
    entries: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _has_a_source(self) -> Self:
        if not self.source and self.url is None:
            raise ValueError("neither source nor url")
        return self

    @property
    def id(self) -> str:
        """The same for the same publication, however its text was mended."""
        named = "\0".join((self.kind, self.title, self.source or str(self.url), str(self.date)))
        return hashlib.blake2s(named.encode(), digest_size=6).hexdigest()

    @property
    def clipping(self) -> Clipping:
        """The row as other rooms see it."""
        return Clipping(
            id=self.id,
            kind=self.kind,
            title=self.title,
            source=self.source or (self.url.host if self.url and self.url.host else ""),
            url=str(self.url) if self.url else None,
            published_on=self.date,
            topic=self.topic,
            text=self.text,
            entries=self.entries,
        )


class Fate(StrEnum):
    """What became of a row."""

    ADDED = "added"
    CHANGED = "changed"
    KEPT = "kept"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reported:
    """A row's number in the file, from 1, its title, what became of it, and why not."""

    number: int
    title: str
    fate: Fate
    why: str = ""


class ClippingShelf:
    """The imported clippings; ``of`` reads the file again when it has changed."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._seen: tuple[int, int] | None = None
        self._held: tuple[Clipping, ...] = ()

    def of(self, entry_id: str, intent: str) -> Sequence[Clipping]:
        """Those of an entry, newest first: by its id, or by its topic if they name no entry."""
        return [
            clipping
            for clipping in self._fresh()
            if entry_id in clipping.entries or (not clipping.entries and clipping.topic == intent)
        ]

    def _fresh(self) -> tuple[Clipping, ...]:
        try:
            stat = self._file.stat()
        except FileNotFoundError:
            return ()
        if (stat.st_mtime_ns, stat.st_size) != self._seen:
            rows = (row.clipping for row in read_held(self._file))
            self._held = tuple(sorted(rows, key=lambda c: c.published_on, reverse=True))
            self._seen = (stat.st_mtime_ns, stat.st_size)
        return self._held


def import_clippings(
    file: Path, into: Path, *, today: date, entries: Collection[str], topics: Collection[str]
) -> Sequence[Reported]:
    """Take the rows of a YAML or JSON file in; with one row refused nothing is written.

    Raises ``BadData`` where the file is no list of rows. Importing it again changes nothing.
    """
    held = {row.id: row for row in read_held(into)}
    report: list[Reported] = []
    taken = dict(held)
    for number, item in enumerate(_items(file), 1):
        title = str(item.get("title", "")) if isinstance(item, dict) else ""
        row, why = _checked(item, today, entries, topics)
        if row is None:
            report.append(Reported(number=number, title=title, fate=Fate.REFUSED, why=why))
            continue
        before = taken.get(row.id)
        fate = Fate.KEPT if before == row else Fate.CHANGED if before else Fate.ADDED
        taken[row.id] = row
        report.append(Reported(number=number, title=title, fate=fate))
    if taken != held and all(line.fate is not Fate.REFUSED for line in report):
        _write(into, taken.values())
    return report


def read_held(file: Path) -> Sequence[Row]:
    """The rows imported so far; raises ``BadData`` where the file was spoilt by hand."""
    if not file.exists():
        return ()
    try:
        return [Row.model_validate(item) for item in _items(file)]
    except ValidationError as error:
        raise BadData(f"{file.name}: {_told(error)}") from error


def _items(file: Path) -> Sequence[object]:
    try:
        read = yaml.safe_load(file.read_text(encoding="utf-8"))
    except yaml.YAMLError as error:
        raise BadData(f"{file.name}: {error}".replace("\n", " ")) from error
    if not isinstance(read, list):
        raise BadData(f"{file.name}: not a list of rows")
    return read


def _checked(
    item: object, today: date, entries: Collection[str], topics: Collection[str]
) -> tuple[Row | None, str]:
    try:
        row = Row.model_validate(item)
    except ValidationError as error:
        return None, _told(error)
    if row.date > today:
        return None, f"date: {row.date} is in the future"
    if row.topic not in topics:
        return None, f"topic: {row.topic} is not an intent"
    unknown = [entry for entry in row.entries if entry not in entries]
    return (None, f"entries: no {unknown[0]}") if unknown else (row, "")


def _write(file: Path, rows: Iterable[Row]) -> None:
    """Write beside the file and put it in its place, so that no reader meets half of it."""
    file.parent.mkdir(parents=True, exist_ok=True)
    listed = [row.model_dump(mode="json", exclude_none=True) for row in rows]
    beside = file.with_suffix(".new")
    beside.write_text(yaml.safe_dump(listed, allow_unicode=True, sort_keys=False), "utf-8")
    beside.replace(file)


def _told(error: ValidationError) -> str:
    told = (
        f"{'.'.join(map(str, fault['loc']))}: {fault['msg']}".lstrip(": ")
        for fault in error.errors(include_url=False, include_input=False)
    )
    return "; ".join(told)
