"""Reads a table from any file that is taken, up to a bound, and writes files whole."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from pathlib import Path

from knowledge_base.sheets.layout import Layout
from knowledge_base.sheets.rows import Row
from knowledge_base.sheets.sniffing import Kind, kind_of
from knowledge_base.sheets.texts import csv_rows, yaml_rows
from knowledge_base.sheets.wording import refused
from knowledge_base.sheets.xlsx_reading import xlsx_rows

ROWS_AT_MOST = 5_000


def table_rows(path: Path, layout: Layout, *, csv: bool = False) -> Sequence[Row]:
    """Every row of an xlsx, YAML or CSV file; raises ``BadTable``, for one row too many as well."""
    readers = {Kind.XLSX: xlsx_rows, Kind.YAML: yaml_rows, Kind.CSV: csv_rows}
    rows = readers[kind_of(path, csv=csv)](path, layout)
    return bounded(rows)


def bounded(rows: Iterable[Row]) -> Sequence[Row]:
    """The rows, of which there may be so many and must be one; raises ``BadTable``."""
    kept = list(islice(rows, ROWS_AT_MOST + 1))
    if len(kept) > ROWS_AT_MOST:
        raise refused("rows_too_many", most=ROWS_AT_MOST)
    if not kept:
        raise refused("file_empty")
    return kept


def write_whole(contents: Mapping[Path, bytes]) -> None:
    """Write some files, all of them or none.

    Each is first written beside its place, where a full disk shows; should a file then not be
    put in place, those before it are put back.
    """
    before = {path: path.read_bytes() if path.exists() else None for path in contents}
    waiting: dict[Path, Path] = {}
    placed: list[Path] = []
    try:
        for path, content in contents.items():
            waiting[path] = path.with_name(f".{path.name}.{os.getpid()}.tmp")
            with waiting[path].open("wb") as out:
                out.write(content)
                out.flush()
                os.fsync(out.fileno())
        for path, temporary in waiting.items():
            temporary.replace(path)
            placed.append(path)
    except OSError:
        for path in placed:
            earlier = before[path]
            if earlier is None:
                path.unlink()
            else:
                path.write_bytes(earlier)
        raise
    finally:
        for temporary in waiting.values():
            temporary.unlink(missing_ok=True)
