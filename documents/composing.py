"""A document as paragraphs: what was said in its place, a blank where nothing was."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from documents.cleaning import clean, on_one_line
from documents.templates import Block, Layout, Style

# Room to write by hand: among other places of a line, alone on one, and three whole lines of A4.
SHORT = "_" * 14
LONG = "_" * 36
LINES = "\n".join(["_" * 72] * 3)


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """A paragraph of the document, ready to be set."""

    style: Style
    text: str


def compose(layout: Layout, values: Mapping[str, str]) -> tuple[Paragraph, ...]:
    """The document's paragraphs; values that it has no place for are left out."""
    title = Paragraph(style=Style.TITLE, text=layout.title)
    said = {name: _meant(layout, name, value) for name, value in values.items()}
    return (title, *(p for block in layout.blocks for p in _set(block, said)))


def as_text(paragraphs: tuple[Paragraph, ...]) -> str:
    """The document as plain text, a line a paragraph."""
    return "\n".join(paragraph.text for paragraph in paragraphs)


def _meant(layout: Layout, name: str, value: str) -> str:
    return layout.choices.get(name, {}).get(value, value)


def _set(block: Block, said: Mapping[str, str]) -> Iterator[Paragraph]:
    body = block.style is Style.BODY
    tidy = clean if body else on_one_line
    blank = LINES if body else LONG if len(block.names) == 1 else SHORT
    filled = {name: tidy(said.get(name, "")) or blank for name in block.names}
    # What was said is put in last and once: a dollar sign in it means nothing.
    for line in block.text.substitute(filled).split("\n"):
        yield Paragraph(style=block.style, text=line)
