"""A document as a file with its name."""

from __future__ import annotations

import pytest

from documents.errors import NoSuchKind
from documents.rendering import CALENDAR, FORMATS, MIMES, render
from tests.unit.documents.samples import WRITTEN, docx_text, pdf_text


def test_a_file_has_its_name_its_kind_and_its_words() -> None:
    word = render("letter", {"claims": "修好路灯"}, as_format="docx", at=WRITTEN)
    page = render("letter", {"claims": "修好路灯"}, as_format="pdf", at=WRITTEN)

    assert (word.name, page.name) == ("信访信.docx", "信访信.pdf")
    assert (word.mime, page.mime) == (MIMES["docx"], "application/pdf")
    assert word.content[:2] == b"PK"
    assert page.content[:5] == b"%PDF-"
    assert "修好路灯" in docx_text(word.content)
    assert "修好路灯" in pdf_text(page.content)
    assert FORMATS.keys() == MIMES.keys()


def test_what_there_is_not_is_an_error() -> None:
    with pytest.raises(NoSuchKind):
        render("will", {}, as_format="pdf", at=WRITTEN)
    with pytest.raises(KeyError):
        render("letter", {}, as_format="exe", at=WRITTEN)


def test_an_appointment_is_a_calendar_file() -> None:
    values = {
        "uid": "YY1@sufatong",
        "summary": "心理疏导",
        "location": "某处",
        "description": "",
        "start": "2026-12-02T09:30:00+08:00",
        "end": "2026-12-02T10:00:00+08:00",
    }
    file = render("appointment", values, as_format=CALENDAR, at=WRITTEN)

    assert (file.name, file.mime) == ("心理疏导.ics", "text/calendar; charset=utf-8")
    assert file.content.startswith(b"BEGIN:VCALENDAR\r\n")
