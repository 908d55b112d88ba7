"""Texts of regulations and judicial interpretations in Markdown, as public collections keep them.

Layout: ``# title``, a head that ends with ``<!-- INFO END -->``, ``##`` headings, and paragraphs
of which each article's first begins with its number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from knowledge_base.errors import BadData
from knowledge_base.notation import article_number, notation, short_name, squeeze

NAMES = Path(__file__).with_name("regulations.yml")


@dataclass(frozen=True, slots=True, kw_only=True)
class Regulation:
    """One text; ``law`` is the printed name, ``articles`` texts by number."""

    law: str
    articles: Mapping[str, str]

    def holds(self, article: str, key: str) -> bool:
        """Whether the words stand in the article, blanks ignored."""
        return squeeze(key) in squeeze(self.articles.get(article, ""))


def read_regulation(file: Path) -> Regulation:
    """Read one Markdown text; raises ``BadData`` where no title or no article is found."""
    lines = file.read_text(encoding="utf-8").splitlines()
    title = next((line.lstrip("# ") for line in lines if line.startswith("# ")), "")
    articles: dict[str, list[str]] = {}
    current: list[str] | None = None
    for line in lines:
        if line.startswith("#"):
            current = None
        elif number := _starts_article(line):
            current = articles.setdefault(number, [])
            current.append(line[len(line.split(maxsplit=1)[0]) :].strip())
        elif current is not None and line.strip():
            current.append(line.strip())
    if not title or not articles:
        raise BadData(f"{file.name}: no title or no article")
    return Regulation(
        law=printed_name(title),
        articles={number: "\n".join(texts) for number, texts in articles.items()},
    )


def read_regulations(folder: Path) -> Iterator[Regulation]:
    """Every text of a folder and its subfolders."""
    return (read_regulation(file) for file in sorted(folder.rglob("*.md")))


def printed_name(title: str) -> str:
    """The name an answer prints for an official title."""
    return _printed_names().get(short_name(title), short_name(title))


@cache
def _printed_names() -> Mapping[str, str]:
    names: dict[str, str] = yaml.safe_load(NAMES.read_text(encoding="utf-8"))
    return {short_name(title): printed for printed, title in names.items()}


def _starts_article(line: str) -> str | None:
    head = re.split(r"\s", line, maxsplit=1)[0]
    found = notation().pattern["numbered"].fullmatch(head)
    return article_number(head) if found else None
