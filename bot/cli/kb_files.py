"""Answers and offices as files that people fill in: checked row by row, taken whole or not at all."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from pathlib import Path
from typing import Annotated

import typer

from bot.bootstrap import offices_file, today
from bot.cli.speech import FAILED, clear_errors, existing, note, say, words
from bot.settings import Settings
from cases.districts import districts
from core.clock import utc_now
from knowledge_base.entries import FOLDER
from knowledge_base.faq_export import export
from knowledge_base.faq_intake import Rules, plan_import
from knowledge_base.offices.directory import count_offices, load_offices, save_offices
from knowledge_base.offices.intake import directory_bytes, read_directory
from knowledge_base.sheets.rows import RowFault
from knowledge_base.sheets.tables import write_whole
from knowledge_base.sheets.wording import refused
from nlu.training import intents

FEW = 5

File = Annotated[Path, typer.Argument(help="An .xlsx or .yml file.")]
Folder = Annotated[Path, typer.Option(help="The folder of entries, if not the project's own.")]
Partial = Annotated[bool, typer.Option("--partial", help="Leave faulty rows out.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Check only, write nothing.")]
Template = Annotated[bool, typer.Option("--template", help="Only the headings, to fill in.")]


def import_entries(
    file: File, folder: Folder = FOLDER, partial: Partial = False, dry_run: DryRun = False
) -> None:
    """Take entries from a table into the files they stand in; exit code 1 if a row is faulty."""
    with clear_errors():
        plan = plan_import(
            existing(file), Rules(on=today(utc_now), intents=intents()), folder=folder
        )
        refuse(plan.faults, partial=partial)
        if not dry_run:
            write_whole(plan.contents)
    _rows("import_notice", plan.notices)
    say(
        "import_checked" if dry_run else "imported",
        added=len(plan.added),
        changed=len(plan.changed),
        same=plan.same,
        files=_named(plan.contents),
    )
    skipped(plan.faults)


def export_entries(file: File, folder: Folder = FOLDER, template: Template = False) -> None:
    """Write every entry as a table; the same entries give the same bytes."""
    with clear_errors():
        content = export(file, folder=folder, template=template)
        write_whole({file: content})
    say("exported", path=file)


def import_directory(
    file: Annotated[Path, typer.Argument(help="An .xlsx, .yml or .csv file.")],
    partial: Partial = False,
    dry_run: DryRun = False,
) -> None:
    """Take a table of offices in place of the directory there is; exit code 1 for a faulty row."""
    with clear_errors():
        kept, day = offices_file(Settings()), today(utc_now)
        read = read_directory(existing(file), districts(), today=day)
        refuse(read.faults, partial=partial)
        if not read.offices:
            raise refused("file_empty")
        before = count_offices(kept)
        if not dry_run:
            save_offices(kept, read.offices)
    expired = sum(office.valid_until < day for office in read.offices)
    key = "directory_checked" if dry_run else "directory_imported"
    say(key, count=len(read.offices), before=before, expired=expired, path=kept)
    skipped(read.faults)


def export_directory(
    file: Annotated[Path, typer.Argument(help="An .xlsx file.")], template: Template = False
) -> None:
    """Write the directory of offices as a table that can be imported again."""
    with clear_errors():
        if file.suffix.lower() != ".xlsx":
            raise refused("file_format", name=file.name, more="")
        offices = [] if template else load_offices(offices_file(Settings()))
        write_whole({file: directory_bytes(offices, districts())})
    say("exported", path=file)


def _named(paths: Collection[Path]) -> str:
    """A few files by their names, many by their number."""
    if 0 < len(paths) <= FEW:
        return "、".join(sorted(path.name for path in paths))
    return words("import_files", count=len(paths))


def refuse(faults: Iterable[RowFault], *, partial: bool) -> None:
    """Name the faulty rows; nothing is taken from the file then, unless the others are wanted."""
    count = _rows("import_fault", faults)
    if count and not partial:
        note("import_refused", count=count)
        raise typer.Exit(FAILED)


def skipped(faults: Iterable[RowFault]) -> None:
    """Say how many rows were left out."""
    if rows := {(fault.sheet, fault.row) for fault in faults}:
        note("import_rows_skipped", count=len(rows))


def _rows(key: str, faults: Iterable[RowFault]) -> int:
    told = list(faults)
    for fault in told:
        say(key, sheet=fault.sheet, row=fault.row, column=fault.column, what=fault.text)
    return len(told)
