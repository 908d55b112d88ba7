"""Texts of regulations and judicial interpretations in Markdown, as public collections keep them.

Layout: ``# title``, a head that ends with ``<!-- INFO END -->``, ``##`` headings, and paragraphs
of which each article's first begins with its number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path

import yaml

from knowledge_base.errors import TextRefused
from knowledge_base.notation import article_number, notation, short_name, squeeze
from knowledge_base.repair import mend
from knowledge_base.text_dates import effective_on, published_on

NAMES = Path(__file__).with_name("regulations.yml")


@dataclass(frozen=True, slots=True, kw_only=True)
class Regulation:
    """One text; ``law`` is the printed name, ``articles`` texts by number, mended.

    ``chapters`` are the headings that articles stand under; ``published`` is the version's day,
    ``effective`` the day it says it starts; None where the text does not tell. ``repaired`` counts
    the articles that were mended.
    """

    law: str
    articles: Mapping[str, str]
    chapters: Mapping[str, str] = field(default_factory=dict)
    published: date | None = None
    effective: date | None = None
    repaired: int = 0

    def holds(self, article: str, key: str) -> bool:
        """Whether the words stand in the article, blanks ignored."""
        return squeeze(key) in squeeze(self.articles.get(article, ""))


def read_regulation(file: Path) -> Regulation:
    """Read one Markdown text; raises ``TextRefused`` where it is no such text."""
    try:
        lines = file.read_text(encoding="utf-8-sig").splitlines()
    except UnicodeError as error:
        raise TextRefused("not_utf8", file.name) from error
    except OSError as error:
        raise TextRefused("not_read", f"{file.name} {error.strerror}") from error
    title = next((line.lstrip("# ") for line in lines if line.startswith("# ")), "")
    body = _Body()
    for line in lines:
        body.take(line)
    if not title:
        raise TextRefused("no_title", file.name)
    if not body.articles:
        raise TextRefused("no_article", file.name)
    if body.repeated:
        raise TextRefused("article_twice", f"{file.name} {body.repeated}")
    raw = {number: "\n".join(lines) for number, lines in body.articles.items()}
    articles = {number: mend(text) for number, text in raw.items()}
    head = [line for line in body.head if not line.startswith("#")]
    published = published_on(file.stem, head)
    return Regulation(
        law=printed_name(title),
        articles=articles,
        chapters=body.chapters,
        published=published,
        effective=published and effective_on(head, list(articles.values()), published),
        repaired=sum(articles[number] != text for number, text in raw.items()),
    )


class _Body:
    """Sorts a text's lines: its head, then articles under their headings, until an annex."""

    def __init__(self) -> None:
        self.head: list[str] = []
        self.articles: dict[str, list[str]] = {}
        self.chapters: dict[str, str] = {}
        self.repeated: str | None = None
        self._current: list[str] | None = None
        self._chapter = ""
        self._ended = False

    def take(self, line: str) -> None:
        """The next line of the file."""
        if line.startswith("#"):
            self._current = None
            self._chapter = squeeze(line.lstrip("#")) if line.startswith("##") else ""
        elif self.articles and notation().pattern["annex"].fullmatch(squeeze(line)):
            self._ended = True
        elif not self._ended and (number := _starts_article(line)):
            self._begin(number, line)
        elif not self.articles:
            self.head.append(line)
        elif self._current is not None and not self._ended and line.strip():
            self._current.append(line.strip())

    def _begin(self, number: str, line: str) -> None:
        if number in self.articles:
            self.repeated = self.repeated or number
        self._current = self.articles.setdefault(number, [])
        self._current.append(line[len(line.split(maxsplit=1)[0]) :].strip())
        self.chapters[number] = self._chapter


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
