"""What stands in a cell, as text: never something that a spreadsheet would compute."""

from __future__ import annotations

import re
from datetime import date, datetime

# A spreadsheet takes a text that begins so for a formula; full-width signs count in some.
FORMULA_SIGNS = "=+-@\t\r＝＋－＠"
QUOTE = "'"
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
DAY = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")


def escaped(text: str) -> str:
    """The text with a quote before what a spreadsheet would compute; ``unescaped`` takes it off."""
    return QUOTE + text if text[:1] and text[0] in FORMULA_SIGNS + QUOTE else text


def unescaped(text: str) -> str:
    """What ``escaped`` was given."""
    quoted = text[:1] == QUOTE and len(text) > 1 and text[1] in FORMULA_SIGNS + QUOTE
    return text[1:] if quoted else text


def as_text(value: object) -> str:
    """A cell's value as it was typed: 12348.0 → 12348, a day → 2026-11-22; "" for an empty cell."""
    match value:
        case None:
            return ""
        case datetime():
            return value.date().isoformat() if value.time() == value.min.time() else str(value)
        case date():
            return value.isoformat()
        case float() if value.is_integer():
            return str(int(value))
        case _:
            return str(value).replace("\r\n", "\n").replace("\r", "\n")


def read_day(text: str) -> date | None:
    """2026-11-22, 2026/11/22, 2026年11月22日; None where it is no day of the calendar."""
    found = DAY.fullmatch(text.strip())
    try:
        return date(*map(int, found.groups())) if found else None
    except ValueError:
        return None


def lines(text: str) -> tuple[str, ...]:
    """The lines of a cell that holds several things, blank ones left out."""
    return tuple(line.strip() for line in text.split("\n") if line.strip())
