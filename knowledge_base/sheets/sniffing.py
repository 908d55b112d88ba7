"""What a file is by its content, whatever it is called, and whether it may be opened at all."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from knowledge_base.sheets.wording import refused

MEGABYTE = 1_000_000
# A full year's entries take less than two; openpyxl holds the shared strings in memory.
FILE_AT_MOST = 20 * MEGABYTE
UNZIPPED_AT_MOST = 64 * MEGABYTE
MEMBERS_AT_MOST = 500
ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
WORKBOOK = {"[Content_Types].xml", "xl/workbook.xml"}
MACROS = ("vbaproject", "xl/macrosheets/", "xl/activex/", "xl/ctrlprops/")
TYPES_AT_MOST = MEGABYTE


class Kind(StrEnum):
    """How a file is read."""

    XLSX = "xlsx"
    YAML = "yaml"
    CSV = "csv"


def kind_of(path: Path, *, csv: bool = False) -> Kind:
    """The kind of a file, checked as far as can be without unpacking it.

    Raises ``BadTable`` for what must not or cannot be opened; ``csv`` says whether one is taken.
    """
    size = path.stat().st_size
    if size > FILE_AT_MOST:
        raise _too_big(size)
    with path.open("rb") as file:
        start = file.read(4)
    if start == ZIP:
        _check_archive(path, csv=csv)
        return Kind.XLSX
    if start == OLE:
        raise refused("file_old")
    if path.suffix.lower() in {".xlsx", ".xlsm"}:
        raise refused("file_broken")
    if path.suffix.lower() == ".csv" and csv:
        return Kind.CSV
    if path.suffix.lower() not in {".yml", ".yaml"}:
        raise refused("file_format", name=path.name, more=more(csv=csv))
    return Kind.YAML


def more(*, csv: bool) -> str:
    """What is taken beside xlsx and YAML, for a sentence."""
    return "、.csv" if csv else ""


def _too_big(size: int) -> Exception:
    return refused("file_too_big", size=round(size / MEGABYTE) or 1, most=FILE_AT_MOST // MEGABYTE)


def _check_archive(path: Path, *, csv: bool) -> None:
    try:
        with ZipFile(path) as archive:
            members = archive.infolist()
            # Python unpacks no more of a member than it declares, so what is declared is a bound.
            huge = sum(m.file_size for m in members) > UNZIPPED_AT_MOST
            if huge or len(members) > MEMBERS_AT_MOST:
                raise refused("file_unzips_huge", most=UNZIPPED_AT_MOST // MEGABYTE)
            names = {m.filename for m in members}
            if not names >= WORKBOOK:
                raise refused("file_no_workbook", more=more(csv=csv))
            with archive.open("[Content_Types].xml") as types:
                declared = types.read(TYPES_AT_MOST).lower()
            if b"macroenabled" in declared or any(_is_macro(name.lower()) for name in names):
                raise refused("file_macros")
    except (BadZipFile, EOFError, NotImplementedError, RuntimeError, ValueError) as error:
        # RuntimeError: a member with a password.
        raise refused("file_broken") from error


def _is_macro(name: str) -> bool:
    return any(mark in name for mark in MACROS)
