"""Values for every document: ordinary ones, hostile ones, and how a file is read back."""

from __future__ import annotations

import io
from datetime import UTC, datetime

from docx import Document
from pypdf import PdfReader

from documents.templates import Layout, layouts

WRITTEN = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
LAYOUTS = list(layouts().values())
HOSTILE = {
    "markup": "<b>张三</b> <w:t>&amp; ]]> <!-- x --> <script>alert(1)</script>",
    "template": "$name ${claims} {{ facts }} {% x %} %s {0}",
    "controls": "甲\x00乙\x07丙\x1b[31m丁\ud83d戊\ufffe",
    "bidi": "卡号\u202e6543\u202c\u2066收款\u2069\u200f\u200b人\ufeff",
    "emoji": "我很生气😡👨‍👩‍👧他打人❗️",
    "breaks": "一行\r\n二行\u2028三行\x85四行\r五行\t尾",
    "long": "他欠我钱不还" * 1667,
    "unbroken": "A" * 3000,
    "rare": "冯䶮、𠮷野家、㐂",
}


def ordinary(layout: Layout) -> dict[str, str]:
    """A value of its own for every place, chosen keys where the document has choices."""
    return {
        name: next(iter(layout.choices[name])) if name in layout.choices else f"甲{n}乙{name}丙"
        for n, name in enumerate(sorted(layout.names))
    }


def docx_text(content: bytes) -> str:
    """The words of a DOCX, its header included."""
    document = Document(io.BytesIO(content))
    header = document.sections[0].header.paragraphs
    return "\n".join(paragraph.text for paragraph in (*header, *document.paragraphs))


def pdf_text(content: bytes) -> str:
    """The words of a PDF, with the lines that it broke joined again."""
    pages = PdfReader(io.BytesIO(content)).pages
    return "".join(page.extract_text() for page in pages).replace("\n", "")


def squeezed(text: str) -> str:
    """The text without blanks, which setting may add and take."""
    return "".join(text.split())
