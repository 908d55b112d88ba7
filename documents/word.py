"""A document as DOCX, to be opened and changed in Word or WPS."""

from __future__ import annotations

import io
from collections.abc import Iterable
from datetime import datetime

from docx import Document
from docx.document import Document as DocxDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.styles.style import ParagraphStyle

from core.clock import SUZHOU
from documents.composing import Paragraph
from documents.templates import Style, wording

# Fonts that Word, WPS and phones have or replace by their own; a name, no sentence.
FONT = "宋体"
SIZES = {Style.TITLE: 18, Style.HEADING: 13, Style.LINE: 12, Style.BODY: 12, Style.RIGHT: 12}
ALIGNED = {
    Style.TITLE: WD_ALIGN_PARAGRAPH.CENTER,
    Style.RIGHT: WD_ALIGN_PARAGRAPH.RIGHT,
}
INDENT = 2  # characters, as Chinese paragraphs begin
NOTICE_SIZE = 9


def to_docx(paragraphs: Iterable[Paragraph], *, title: str, at: datetime) -> bytes:
    """Set the paragraphs on A4; ``at`` is the day it was written."""
    document = Document()
    _prepare(document, title, at)
    for paragraph in paragraphs:
        _add(document, paragraph)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _prepare(document: DocxDocument, title: str, at: datetime) -> None:
    page = document.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin = page.right_margin = Cm(2.6)
    page.top_margin = page.bottom_margin = Cm(2.4)
    normal = document.styles["Normal"]
    assert isinstance(normal, ParagraphStyle)
    normal.font.name = FONT
    normal.font.size = Pt(SIZES[Style.LINE])
    # Without it Word takes its own Western font for Chinese text too.
    normal.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), FONT)
    header = page.header.paragraphs[0]
    header.alignment = WD_ALIGN_PARAGRAPH.CENTER
    header.add_run(wording().notice).font.size = Pt(NOTICE_SIZE)
    about = document.core_properties
    about.title, about.author, about.comments, about.language = title, "", "", "zh-CN"
    about.created = about.modified = at.astimezone(SUZHOU).replace(tzinfo=None)


def _add(document: DocxDocument, paragraph: Paragraph) -> None:
    added = document.add_paragraph()
    run = added.add_run(paragraph.text)
    run.font.size = Pt(SIZES[paragraph.style])
    run.bold = paragraph.style in (Style.TITLE, Style.HEADING)
    shape = added.paragraph_format
    shape.alignment = ALIGNED.get(paragraph.style)
    shape.line_spacing = 1.5
    shape.space_after = Pt(12 if paragraph.style is Style.TITLE else 2)
    shape.keep_with_next = paragraph.style is Style.HEADING
    if paragraph.style is Style.BODY and not paragraph.text.startswith("_"):
        shape.first_line_indent = Pt(INDENT * SIZES[Style.BODY])
