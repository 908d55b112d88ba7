"""What those who keep the tables are told of a file that cannot be taken as it is."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from string import Template

import yaml

from knowledge_base.errors import BadData

FILE = Path(__file__).with_name("wording.yml")


class BadTable(BadData):
    """A file of rows cannot be read at all."""


def words(key: str, **values: object) -> str:
    """A sentence with its ``$names`` filled; raises ``KeyError`` for an unknown name."""
    return Template(_read()[key]).substitute(values)


def refused(key: str, **values: object) -> BadTable:
    """The error that says this sentence."""
    return BadTable(words(key, **values))


@cache
def _read() -> dict[str, str]:
    read: dict[str, str] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return read
