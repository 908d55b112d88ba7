"""Rows of YAML and CSV files: UTF-8, bounded, and nothing in them that is expanded or run."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

import yaml

from knowledge_base.sheets.cells import CONTROL, unescaped
from knowledge_base.sheets.layout import Layout
from knowledge_base.sheets.rows import Row
from knowledge_base.sheets.wording import refused, words

# libyaml reads a megabyte in about a quarter of a second.
LOADER = yaml.CSafeLoader
SHOWN = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One entry of a YAML list: the line it begins on and its fields as they stand."""

    line: int
    fields: Mapping[str, object]


def read_text(path: Path) -> str:
    """A whole file as text, a byte order mark taken off; raises ``BadTable`` if it is not UTF-8."""
    try:
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise refused("file_not_utf8") from error


def yaml_items(path: Path) -> Sequence[Item]:
    """The entries of a YAML list; raises ``BadTable``.

    References (&, *) are refused: a few lines of them can stand for gigabytes.
    """
    text = read_text(path)
    try:
        for event in yaml.parse(text, Loader=LOADER):
            if isinstance(event, yaml.AliasEvent):
                mark = event.start_mark
                raise refused("file_has_alias", line=mark.line + 1 if mark else 1)
        node = yaml.compose(text, Loader=LOADER)
        loaded: object = yaml.load(text, Loader=LOADER)  # noqa: S506  a safe one
    except (yaml.YAMLError, ValueError) as error:
        # ValueError: a day such as 2026-02-30.
        mark = getattr(error, "problem_mark", None)
        raise refused("file_not_yaml", line=mark.line + 1 if mark else 1) from error
    if loaded is None:
        return ()
    if not isinstance(node, yaml.SequenceNode) or not isinstance(loaded, list):
        raise refused("file_not_list")
    items = []
    for child, fields in zip(node.value, loaded, strict=True):
        if not isinstance(fields, dict):
            raise refused("file_not_list")
        named = {str(name): value for name, value in fields.items()}
        items.append(Item(line=child.start_mark.line + 1, fields=named))
    return items


def yaml_rows(path: Path, layout: Layout) -> Iterator[Row]:
    """A YAML list of flat entries as rows of a table; names are headings or keys."""
    known = {name: c.key for c in layout.columns for name in (c.title, c.key)}
    for item in yaml_items(path):
        bare = Row(sheet=path.name, number=item.line, cells={})
        texts = {c.key: "" for c in layout.columns}
        faults = []
        for name, value in item.fields.items():
            key = known.get(name)
            if key is None:
                faults.append(bare.fault(name, words("cell_unknown", title=name[:SHOWN])))
            elif isinstance(value, dict | list):
                faults.append(bare.fault(layout.titles[key], words("cell_text")))
            else:
                texts[key] = "" if value is None else str(value)
        yield Row(sheet=path.name, number=item.line, cells=texts, faults=tuple(faults))


def csv_rows(path: Path, layout: Layout) -> Iterator[Row]:
    """The rows of a CSV file with a heading; raises ``BadTable``."""
    try:
        reader = csv.reader(StringIO(read_text(path), newline=""), strict=True)
        keys: Sequence[str] | None = None
        for cells in reader:
            if not any(cell.strip() for cell in cells):
                continue
            if keys is None:
                keys = layout.read_heading(path.name, cells)
            else:
                yield _csv_row(path.name, reader.line_num, cells, keys)
    except csv.Error as error:
        raise refused("file_broken") from error


def _csv_row(sheet: str, number: int, cells: Sequence[str], keys: Sequence[str]) -> Row:
    bare = Row(sheet=sheet, number=number, cells={})
    texts = {key: "" for key in keys if key}
    faults = []
    for index, cell in enumerate(cells):
        key = keys[index] if index < len(keys) else ""
        if CONTROL.search(cell):
            faults.append(bare.fault(key, words("cell_control")))
        elif key:
            texts[key] = unescaped(cell)
        elif cell.strip():
            faults.append(bare.fault("", words("cell_extra", text=cell[:SHOWN])))
    return Row(sheet=sheet, number=number, cells=texts, faults=tuple(faults))
