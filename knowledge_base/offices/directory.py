"""The offices that were imported, kept in one file and looked up by kind and area."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path

from core.knowledge import Office, OfficeKind
from knowledge_base.errors import BadData
from knowledge_base.offices.kinds import kind_in, kinds
from knowledge_base.offices.words import words
from knowledge_base.sheets.tables import write_whole

NAME = "offices.json"
DAYS = ("confirmed_on", "valid_until")
log = logging.getLogger(__name__)

AreaOf = Callable[[str], str | None]
"""The key of the area that a district's or a town's full name belongs to, if it is known."""


class OfficeDirectory:
    """Implements ``core.ports.Offices``. What is imported while the service runs is seen at once."""

    def __init__(self, file: Path, *, areas: Mapping[str, str], area_of: AreaOf) -> None:
        """``areas`` are names by key."""
        self._file = file
        self._areas = areas
        self._area_of = area_of
        self._stamp: tuple[int, int] | None = None
        self._offices: Sequence[Office] = ()

    def kind_in(self, text: str) -> OfficeKind | None:
        """The kind of office a text speaks of."""
        return kind_in(text)

    def kind(self, key: str) -> OfficeKind | None:
        """The kind of that key."""
        row = kinds().get(key)
        return row.kind if row else None

    def area_of(self, place: str) -> str | None:
        """The key of the area of a district or town by its full name."""
        return self._area_of(place)

    def area_name(self, key: str) -> str:
        """An area's name; raises ``KeyError``."""
        return self._areas[key]

    def of_kind(self, kind: str) -> Sequence[Office]:
        """Every office of a kind, in the order of the table."""
        return [office for office in self._read() if office.kind == kind]

    def _read(self) -> Sequence[Office]:
        """The offices, read again only when the file has changed: one look at it a question."""
        try:
            state = self._file.stat()
        except FileNotFoundError:
            self._stamp, self._offices = None, ()
            return ()
        stamp = (state.st_mtime_ns, state.st_size)
        if stamp != self._stamp:
            try:
                self._offices = load_offices(self._file)
            except BadData:
                # The answer is then the one without a directory, which is honest.
                log.exception("the directory of offices cannot be read")
                self._offices = ()
            self._stamp = stamp
        return self._offices


def load_offices(file: Path) -> Sequence[Office]:
    """The offices of a file, none where there is no file; raises ``BadData`` for a damaged one."""
    try:
        rows = json.loads(file.read_text(encoding="utf-8"))["offices"]
        return [
            Office(**{**row, **{day: date.fromisoformat(row[day]) for day in DAYS}})
            for row in rows
        ]
    except FileNotFoundError:
        return ()
    except (ValueError, TypeError, KeyError) as error:
        raise BadData(words("file_damaged", path=file)) from error


def count_offices(file: Path) -> int:
    """How many offices a file holds; a damaged one, about to be replaced, holds none."""
    try:
        return len(load_offices(file))
    except BadData:
        return 0


def save_offices(file: Path, offices: Iterable[Office]) -> None:
    """Put these offices in the place of all that were there."""
    rows = [asdict(office) for office in offices]
    text = json.dumps({"offices": rows}, ensure_ascii=False, indent=1, default=date.isoformat)
    file.parent.mkdir(parents=True, exist_ok=True)
    write_whole({file: f"{text}\n".encode()})
