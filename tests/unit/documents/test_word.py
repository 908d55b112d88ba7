"""DOCX files, opened again."""

from __future__ import annotations

import io
import zipfile

import pytest
from docx import Document

from documents.cleaning import clean, on_one_line
from documents.composing import compose
from documents.templates import Layout, layout_of, wording
from documents.word import to_docx
from tests.unit.documents.samples import HOSTILE, LAYOUTS, WRITTEN, docx_text, ordinary


def kind(layout: Layout) -> str:
    return layout.kind


def made(layout: Layout, values: dict[str, str]) -> bytes:
    return to_docx(compose(layout, values), title=layout.title, at=WRITTEN)


@pytest.mark.parametrize("layout", LAYOUTS, ids=kind)
def test_it_says_what_was_said(layout: Layout) -> None:
    values = ordinary(layout)
    text = docx_text(made(layout, values))

    assert text.startswith(f"{wording().notice}\n{layout.title}\n")
    for name, value in values.items():
        for line in layout.choices.get(name, {}).get(value, value).split("\n"):
            assert line in text
    blank = docx_text(made(layout, {}))
    assert not any(value in blank for value in values.values() if value.startswith("甲"))


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_words_break_nothing(text: str) -> None:
    told = docx_text(made(layout_of("complaint"), {"facts": text, "name": text}))

    assert clean(text) in told
    assert on_one_line(text) in told


def test_it_carries_the_day_and_nobody_s_name() -> None:
    content = made(layout_of("letter"), {})
    about = Document(io.BytesIO(content)).core_properties

    assert (about.title, about.author, about.language) == ("信访信", "", "zh-CN")
    assert f"{about.created:%Y-%m-%d %H:%M}" == "2026-11-23 10:00"


def test_it_holds_no_macro_and_nothing_from_outside() -> None:
    with zipfile.ZipFile(
        io.BytesIO(made(layout_of("letter"), ordinary(layout_of("letter"))))
    ) as z:
        names = z.namelist()
        links = [name for name in names if name.endswith(".rels")]
        outside = [name for name in links if b'TargetMode="External"' in z.read(name)]

    assert not any("vba" in name.lower() for name in names)
    assert outside == []
