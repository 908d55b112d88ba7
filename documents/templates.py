"""The kinds of document as data: a title and blocks, with a place for each value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from pathlib import Path
from string import Template
from typing import Any

import yaml

from core.messages import Citation
from documents.errors import NoSuchKind

FOLDER = Path(__file__).parent / "catalogue"


class Style(StrEnum):
    """How a block looks; the catalogue names all but the title."""

    TITLE = "title"
    HEADING = "heading"
    LINE = "line"
    BODY = "body"
    RIGHT = "right"


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A piece of the layout; ``text`` holds ``$name`` where a value goes."""

    style: Style
    text: Template

    @property
    def names(self) -> list[str]:
        """The values it has places for."""
        return self.text.get_identifiers()


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """One kind of document.

    ``choices`` say what a chosen key means in the document, by name; ``citations`` are the
    articles whose words it uses.
    """

    kind: str
    title: str
    blocks: tuple[Block, ...]
    choices: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    citations: tuple[Citation, ...] = ()

    @property
    def names(self) -> set[str]:
        """Every value the document has a place for."""
        return {name for block in self.blocks for name in block.names}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """What is printed on every document beside its own words."""

    notice: str
    missing: str
    page: str


@cache
def layouts() -> Mapping[str, Layout]:
    """Every kind of document by its name."""
    return {path.stem: _layout(path) for path in sorted(FOLDER.glob("*.yml"))}


def layout_of(kind: str) -> Layout:
    """The layout of a kind; raises ``NoSuchKind``."""
    found = layouts().get(kind)
    if found is None:
        raise NoSuchKind
    return found


@cache
def wording() -> Wording:
    """The words of ``wording.yml``."""
    path = Path(__file__).with_name("wording.yml")
    return Wording(**yaml.safe_load(path.read_text(encoding="utf-8")))


def _layout(path: Path) -> Layout:
    row: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))  # Any: YAML
    return Layout(
        kind=path.stem,
        title=row["title"],
        blocks=tuple(
            Block(style=Style(style), text=Template(text))
            for block in row["blocks"]
            for style, text in block.items()
        ),
        choices=row.get("choices", {}),
        citations=tuple(
            Citation(**{"in_force": "attested", **cited}) for cited in row.get("citations", ())
        ),
    )
