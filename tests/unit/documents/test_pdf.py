"""PDF files, read again."""

from __future__ import annotations

import io
from concurrent.futures import ThreadPoolExecutor
from typing import Any  # what stands in a PDF

import pytest
from pypdf import PdfReader

from documents.cleaning import clean
from documents.composing import compose
from documents.fonts import MISSING, printable
from documents.pdf import to_pdf
from documents.templates import Layout, layout_of, wording
from tests.unit.documents.samples import HOSTILE, LAYOUTS, WRITTEN, ordinary, pdf_text, squeezed


def kind(layout: Layout) -> str:
    return layout.kind


def made(layout: Layout, values: dict[str, str]) -> bytes:
    return to_pdf(compose(layout, values), title=layout.title, at=WRITTEN)


@pytest.mark.parametrize("layout", LAYOUTS, ids=kind)
def test_it_says_what_was_said(layout: Layout) -> None:
    values = ordinary(layout)
    text = squeezed(pdf_text(made(layout, values)))

    assert layout.title in text
    assert squeezed(wording().notice) in text
    for name, value in values.items():
        assert squeezed(layout.choices.get(name, {}).get(value, value)) in text, name
    blank = squeezed(pdf_text(made(layout, {})))
    assert not any(value in blank for value in values.values() if value.startswith("甲"))


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_words_break_nothing(name: str) -> None:
    told = pdf_text(made(layout_of("complaint"), {"facts": HOSTILE[name]}))
    # Page numbers and the notice stand between the pages of a long one.
    for between in (wording().notice, *(f"第 {n} 页" for n in range(1, 40))):
        told = told.replace(between, "")

    assert squeezed(printable(clean(HOSTILE[name]).replace("\n", ""))) in squeezed(told)


def test_what_the_font_lacks_is_marked_and_explained() -> None:
    text = pdf_text(made(layout_of("letter"), {"name": "冯䶮"}))

    assert f"冯{MISSING}" in text
    assert "请手写补上" in text.replace(wording().notice, "")
    assert wording().missing not in pdf_text(made(layout_of("letter"), {"name": "冯明"}))


def test_ten_thousand_characters_run_over_pages_with_numbers() -> None:
    pages = PdfReader(io.BytesIO(made(layout_of("letter"), {"facts": HOSTILE["long"]}))).pages

    assert len(pages) > 5
    assert "第 2 页" in pages[1].extract_text()


def test_the_font_is_inside_so_every_reader_shows_it() -> None:
    page = PdfReader(io.BytesIO(made(layout_of("letter"), {}))).pages[0]
    resources: Any = page["/Resources"]
    fonts = [font.get_object() for font in resources["/Font"].values()]
    ours = [font for font in fonts if "Hei" in font["/BaseFont"]]

    assert ours
    assert all("/FontFile2" in font["/FontDescriptor"] for font in ours)


def test_several_at_once_do_not_mix_their_words() -> None:
    layout = layout_of("letter")
    texts = [f"第{n}个人的事" + chr(0x4E00 + n * 50) * 20 for n in range(12)]
    with ThreadPoolExecutor(6) as pool:
        files = list(pool.map(lambda text: made(layout, {"facts": text}), texts))

    assert [text in pdf_text(file) for text, file in zip(texts, files, strict=True)] == [True] * 12
