"""A kind of document with its values, as a file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from documents.calendar_file import to_ics
from documents.composing import compose
from documents.pdf import to_pdf
from documents.templates import layout_of
from documents.word import to_docx

# An appointment has no layout: its values are those of a calendar entry.
CALENDAR, CALENDAR_MIME = "ics", "text/calendar; charset=utf-8"
FORMATS = {"docx": to_docx, "pdf": to_pdf}
MIMES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A document as it is handed over."""

    name: str
    mime: str
    content: bytes


def render(kind: str, values: Mapping[str, str], *, as_format: str, at: datetime) -> File:
    """Set a document; takes a tenth of a second, so not on the event loop.

    Raises ``NoSuchKind``, and ``KeyError`` for a format that is none of ``FORMATS`` and no calendar file.
    """
    if as_format == CALENDAR:
        return File(
            name=f"{values['summary']}.{CALENDAR}",
            mime=CALENDAR_MIME,
            content=to_ics(values, at),
        )
    layout = layout_of(kind)
    setter = FORMATS[as_format]
    content = setter(compose(layout, values), title=layout.title, at=at)
    return File(name=f"{layout.title}.{as_format}", mime=MIMES[as_format], content=content)
