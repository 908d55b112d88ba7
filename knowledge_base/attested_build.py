"""Keeps ``attested.csv`` complete: adds what FAQ entries cite and the regulations' texts confirm.

``python -m knowledge_base.attested_build FOLDER DAY`` reads the Markdown texts in FOLDER and
writes the table anew; rows already there stay. Run it after entries have been written.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

from knowledge_base.attested import FILE, KEY_AT_MOST, Attested, AttestedRow, load_attested
from knowledge_base.entries import Draft, load_drafts
from knowledge_base.notation import article_number, short_name, to_int
from knowledge_base.regulations import Regulation, read_regulations

COLUMNS = ("law", "article", "key", "checked_on")


def confirmed_rows(
    drafts: Iterable[Draft], regulations: Iterable[Regulation], on: date
) -> Sequence[AttestedRow]:
    """A row for every citation whose key phrase stands in a regulation's text."""
    by_law = {regulation.law: regulation for regulation in regulations}
    rows: list[AttestedRow] = []
    for cited in (cited for draft in drafts for cited in draft.citations):
        regulation = by_law.get(short_name(cited.law))
        number = article_number(cited.article)
        short = len(cited.key) <= KEY_AT_MOST
        if regulation and number and short and regulation.holds(number, cited.key):
            row = AttestedRow(law=regulation.law, article=number, key=cited.key, checked_on=on)
            rows.append(row)
    return rows


def merged(table: Attested, rows: Iterable[AttestedRow]) -> Sequence[AttestedRow]:
    """The table with the rows it does not attest yet, by law and number."""
    found = {(row.law, row.article, row.key): row for row in table.rows}
    for row in rows:
        if not table.attests(row.law, row.article, row.key):
            found.setdefault((row.law, row.article, row.key), row)
    return sorted(found.values(), key=lambda row: (row.law, to_int(row.article[1:-1]), row.key))


def write_attested(rows: Iterable[AttestedRow], file: Path = FILE) -> None:
    """Write the whole table."""
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows((row.law, row.article, row.key, row.checked_on) for row in rows)


def main(folder: str, day: str) -> None:
    """Bring the project's own table up to date."""
    regulations = list(read_regulations(Path(folder)))
    rows = confirmed_rows(load_drafts().entries, regulations, date.fromisoformat(day))
    write_attested(merged(load_attested(), rows))


if __name__ == "__main__":
    main(*sys.argv[1:])
