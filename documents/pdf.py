"""A document as PDF, to be printed or looked at on a phone."""

from __future__ import annotations

import io
from collections.abc import Iterable
from datetime import datetime
from functools import cache
from string import Template
from threading import Lock
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib.enums import TA_CENTER, TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import cm
from reportlab.platypus import Paragraph as Flowable
from reportlab.platypus import SimpleDocTemplate

from documents import fonts
from documents.composing import Paragraph
from documents.templates import Style, wording

MARGIN = 2.6 * cm
NOTICE_SIZE = 9
SIZES = {Style.TITLE: 18, Style.HEADING: 13, Style.LINE: 12, Style.BODY: 12, Style.RIGHT: 12}
ALIGNED = {Style.TITLE: TA_CENTER, Style.RIGHT: TA_RIGHT}
INDENT = 2  # characters, as Chinese paragraphs begin

# The library keeps one registered font for all documents and counts its glyphs in it.
_setting = Lock()


def to_pdf(paragraphs: Iterable[Paragraph], *, title: str, at: datetime) -> bytes:
    """Set the paragraphs on A4; ``at`` goes into the file's properties."""
    fonts.known()
    told = tuple(paragraphs)
    story = [_flowable(paragraph) for paragraph in told]
    if any(fonts.printable(p.text) != p.text for p in told):
        story.append(Flowable(wording().missing, _style(Style.LINE, flush=True)))
    file = io.BytesIO()
    document = SimpleDocTemplate(
        file,
        pagesize=A4,
        leftMargin=MARGIN,
        rightMargin=MARGIN,
        topMargin=MARGIN,
        bottomMargin=MARGIN,
        title=title,
        author="",
        lang="zh-CN",
        invariant=True,
    )
    with _setting:
        document.build(story, onFirstPage=_frame, onLaterPages=_frame)
    return file.getvalue()


def _flowable(paragraph: Paragraph) -> Flowable:
    flush = paragraph.text.startswith("_")
    return Flowable(escape(fonts.printable(paragraph.text)), _style(paragraph.style, flush=flush))


@cache
def _style(style: Style, *, flush: bool) -> ParagraphStyle:
    size = SIZES[style]
    indented = style is Style.BODY and not flush
    return ParagraphStyle(
        name=f"{style}{flush}",
        fontName=fonts.NAME,
        fontSize=size,
        leading=size * 1.7,
        alignment=ALIGNED.get(style, 0),
        # Breaks between any two characters, as Chinese does.
        wordWrap="CJK",
        firstLineIndent=INDENT * size if indented else 0,
        spaceBefore=6 if style is Style.HEADING else 0,
        spaceAfter=14 if style is Style.TITLE else 2,
        keepWithNext=style is Style.HEADING,
    )


def _frame(canvas: Any, document: Any) -> None:  # Any: the library's canvas and template
    """The notice above and the page's number below."""
    width, height = A4
    canvas.setFont(fonts.NAME, NOTICE_SIZE)
    canvas.drawCentredString(width / 2, height - MARGIN / 2, wording().notice)
    number = Template(wording().page).substitute(number=document.page)
    canvas.drawCentredString(width / 2, MARGIN / 2, number)
